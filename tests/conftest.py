"""Fixtures that several test modules share."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from kg.records import Actor, Document, DocumentRecord, Event, Relation, Span

REPOSITORY = Path(__file__).resolve().parent.parent

ARTICLE = (
    "Icelandic Prime Minister Katla Jónsdóttir met Norwegian Foreign Minister Henrik Solberg in Reykjavik on Tuesday. "
    "The two governments agreed to share patrol data. "
    "Norway will send two coast guard vessels to Iceland next month, Solberg said.\n"
    "\n"
    "Sea Watchers activists rallied against the deal in Oslo. "
    "They said Norwegian police officers had beaten two demonstrators, but the police denied it. "
    "Iceland, a NATO member and a close ally of Denmark, did not expel the Russian ambassador. "
    "If the talks fail, Norway could suspend the accord. "
    "Norway controls Jan Mayen."
)

LONG = (
    *("test_readme.py", "test_roundtrip.py", "run/test_workers.py", "train/test_tune.py", "train/test_stories.py"),
    *("explore/browser/test_archive.py", "explore/browser/test_appearance.py", "explore/test_columns.py"),
)

Find = Callable[..., Span]

gc.set_threshold(50_000)  # as the commands do: what the tests load is there to stay, and much to search over and over


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold sets and corpora: $KG_SHARED, or ``shared`` beside the checkout."""
    folder = Path(os.environ.get("KG_SHARED") or REPOSITORY.parent / "shared")
    if not (folder / "evaluation").is_dir():
        pytest.skip(reason=f"needs the gold sets and corpora; {folder} does not hold them (set KG_SHARED)")
    return folder


def find(text: str, words: str, nth: int = 1) -> Span:
    """Return the span of the ``nth`` occurrence of ``words``, counted from 1."""
    begin = -1
    for _ in range(nth):
        begin = text.index(words, begin + 1)
    return Span(begin, begin + len(words))


@pytest.fixture(scope="session")
def find_span() -> Find:
    """A function from text, words and which occurrence (1 by default) to their span."""
    return find


@pytest.fixture(scope="session")
def article() -> Document:
    """A two-paragraph article about invented people, with a character beyond ASCII."""
    return Document(
        id="north-sea",
        text=ARTICLE,
        source="articles/north-sea.txt",
        title="Iceland and Norway agree to share patrol data",
        published="2024-03-13",
        publisher="The Northern Courier",
        url="https://news.example/north-sea",
    )


@pytest.fixture(scope="session")
def record(article: Document) -> DocumentRecord:
    """What the article says, read by hand: every factuality, a dispute, a claim, a place ruled, an alliance."""
    return DocumentRecord(
        document=article,
        sentences=_sentences(article.text),
        actors=_actors(article.text),
        events=_events(article.text),
        relations=_relations(article.text),
    )


def _sentences(text: str) -> tuple[Span, ...]:
    starts = (
        "Icelandic Prime",
        "The two gov",
        "Norway will",
        "Sea Watchers",
        "They said",
        "Iceland, a",
        "If the",
        "Norway controls",
    )
    begins = [find(text, start).begin for start in starts]
    ends = [*begins[1:], len(text)]
    return tuple(Span(begin, begin + len(text[begin:end].rstrip())) for begin, end in zip(begins, ends, strict=True))


def _actors(text: str) -> tuple[Actor, ...]:
    def at(words: str, nth: int = 1) -> Span:
        return find(text, words, nth)

    return (
        Actor("A1", "Katla Jónsdóttir", "PERSON", (at("Prime Minister Katla Jónsdóttir"),), "ISL", "GOV"),
        Actor(
            "A2", "Henrik Solberg", "PERSON", (at("Foreign Minister Henrik Solberg"), at("Solberg", 2)), "NOR", "GOV"
        ),
        Actor("A3", "Iceland", "STATE", (at("Icelandic"), at("Iceland", 2), at("Iceland", 3)), "ISL", "GOV"),
        Actor(
            *("A4", "Norway", "STATE"),
            (at("Norwegian"), at("Norway"), at("Norwegian", 2), at("Norway", 2), at("Norway", 3)),
            *("NOR", "GOV"),
        ),
        Actor("A5", "Sea Watchers", "NGO", (at("Sea Watchers activists"), at("They")), "", "NGO"),
        Actor(
            "A6", "Norwegian Police Service", "POLICE", (at("Norwegian police officers"), at("police", 2)), "NOR", "COP"
        ),
        Actor("A7", "demonstrators", "CIVILIANS", (at("two demonstrators"),), "NOR", "CVL"),
        Actor("A8", "NATO", "IGO", (at("NATO"),), "", "IGO"),
        Actor("A9", "Denmark", "STATE", (at("Denmark"),), "DNK", "GOV"),
        Actor("A10", "Russian ambassador", "PERSON", (at("Russian ambassador"),), "RUS", "GOV"),
        Actor("A11", "Russia", "STATE", (at("Russian"),), "RUS", "GOV"),
    )


def _events(text: str) -> tuple[Event, ...]:
    def at(words: str, nth: int = 1) -> Span:
        return find(text, words, nth)

    return (
        Event(
            *("E1", "CONSULT", at("met"), ("A1",), ("A2",), "happened"),
            mode="visit",
            places=(at("Reykjavik"),),
            time=at("Tuesday"),
            date="2024-03-12",
            confidence=0.97,
        ),
        Event("E2", "AGREE", at("agreed"), ("A3", "A4"), (), "happened", confidence=0.9),
        Event(
            *("E3", "AID", at("send"), ("A4",), ("A3",), "planned"),
            time=at("next month"),
            date="2024-04-01/2024-04-30",
            claimant="A2",
            confidence=0.72,
        ),
        Event(
            "E4", "PROTEST", at("rallied"), ("A5",), (), "happened", mode="demo", places=(at("Oslo"),), confidence=0.95
        ),
        Event(
            *("E5", "ASSAULT", at("beaten"), ("A6",), ("A7",), "happened"),
            mode="beat",
            claimant="A5",
            disputed_by=("A6",),
            confidence=0.8,
        ),
        Event("E6", "REJECT", at("denied"), ("A6",), ("A5",), "happened", confidence=0.85),
        Event("E7", "SANCTION", at("expel"), ("A3",), ("A10",), "negated", mode="expel", confidence=0.66),
        Event("E8", "SANCTION", at("suspend"), ("A4",), (), "possible", mode="discontinue", confidence=0.6),
    )


def _relations(text: str) -> tuple[Relation, ...]:
    one, *_, five, six, _, eight = _sentences(text)
    return (
        Relation("R1", "leads", "A1", "A3", one, "happened", confidence=0.96),
        Relation("R2", "represents", "A2", "A4", one, "happened", confidence=0.9),
        Relation("R3", "part_of", "A6", "A4", five, "happened"),
        Relation("R4", "member_of", "A3", "A8", six, "happened", confidence=0.94),
        Relation("R5", "allied_with", "A3", "A9", six, "happened", confidence=0.88),
        Relation("R6", "represents", "A10", "A11", six, "happened"),
        Relation("R7", "controls", "A4", None, eight, "happened", target_place="Jan Mayen", confidence=0.75),
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules that take longest: at the end one of two workers would go on with them alone."""
    long = {REPOSITORY / "tests" / name for name in LONG}
    items.sort(key=lambda item: item.path not in long)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make what a test logged fit for any pipe: tests on lone surrogates log some, which no encoding can carry."""
    report = yield
    report.sections = [(name, text.encode("utf-8", "backslashreplace").decode()) for name, text in report.sections]
    return report
