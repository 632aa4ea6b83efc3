"""Records survive the way through JSON, and what is no record is refused with its place."""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DocumentError, InputError, RecordError
from kg.jsonl import dumps, from_json, loads, read_lines, read_records, to_json, write_records
from kg.records import (
    ACTOR_TYPES,
    EVENT_TYPES,
    FACTUALITIES,
    LINK_RULES,
    RELATION_FACTUALITIES,
    RELATION_TYPES,
    Actor,
    Attribution,
    CustomType,
    Document,
    DocumentRecord,
    Event,
    Link,
    Relation,
    Span,
)

if TYPE_CHECKING:
    from pathlib import Path

Change = Callable[[dict[str, Any]], object]

TEXT = "France met Germany in Bern."
SMALL: dict[str, Any] = {
    "id": "small",
    "text": TEXT,
    "sentences": [{"begin": 0, "end": 27}],
    "actors": [
        {"id": "A1", "name": "France", "type": "STATE", "mentions": [{"begin": 0, "end": 6}]},
        {"id": "A2", "name": "Germany", "type": "STATE", "mentions": [{"begin": 11, "end": 18}]},
    ],
    "events": [
        {
            "id": "E1",
            "type": "CONSULT",
            "trigger": {"begin": 7, "end": 10},
            "sources": ["A1"],
            "targets": ["A2"],
            "factuality": "happened",
        }
    ],
    "relations": [
        {
            "type": "allied_with",
            "source": "A1",
            "target": "A2",
            "sentence": {"begin": 0, "end": 27},
            "factuality": "happened",
        }
    ],
}


def test_round_trip(record: DocumentRecord) -> None:
    assert loads(dumps(record)) == record


def test_file_round_trip(record: DocumentRecord, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    assert write_records([record, record], path) == 2
    assert list(read_records(path)) == [record, record]
    assert path.read_text(encoding="utf-8").count("\n") == 2


def test_fits_the_schema(record: DocumentRecord, shared: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((shared / "evaluation" / "document.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(dumps(record)), schema, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize("name", ["seed/gold.jsonl", "voa/dev.jsonl"])
def test_gold_is_read(shared: Path, name: str) -> None:
    for record in read_records(shared / "evaluation" / name):
        assert loads(dumps(record)) == record


def test_publisher_and_url_only_when_known(article: Document) -> None:
    known = to_json(DocumentRecord(article, (), (), (), ()))
    unknown = to_json(DocumentRecord(replace(article, publisher=None, url=None), (), (), (), ()))
    assert (known["publisher"], known["url"]) == (article.publisher, article.url)
    assert not {"publisher", "url"} & unknown.keys()


def test_ignored_is_not_written(article: Document) -> None:
    marked = DocumentRecord(replace(article, ignored=(Span(0, 5),)), (), (), (), ())
    assert "ignored" not in to_json(marked)


def test_what_may_be_missing() -> None:
    record = from_json(SMALL)
    assert record.document == Document("small", TEXT)
    assert record.relations[0].id == "R1"
    assert record.events[0].confidence == 1.0
    assert from_json({**SMALL, "language": None}).document.language is None


def _set(path: str, value: object) -> Change:
    """Return a change that sets the field at a dotted path."""

    def change(record: dict[str, Any]) -> None:
        *parents, last = path.split(".")
        place: Any = record
        for name in parents:
            place = place[int(name)] if name.isdigit() else place[name]
        place[last] = value

    return change


def _drop(key: str) -> Change:
    return lambda record: record.pop(key)


REFUSED: list[tuple[Change, str]] = [
    (_drop("id"), "id must be a string, found nothing"),
    (_drop("text"), "text must be a string, found nothing"),
    (_drop("sentences"), "sentences must be a list, found nothing"),
    (_set("id", 17), "id must be a string, found 17"),
    (_set("title", ["a"]), "title must be a string, found a list"),
    (_set("actors", {}), "actors must be a list, found an object"),
    (_set("actors", ["A1"]), r"actors\[0\]: expected an object, found \"A1\""),
    (_set("actors.0.type", "KINGDOM"), r"actors\[0\]: type must be one of PERSON, .*, found \"KINGDOM\""),
    (_set("actors.0.mentions", []), r"actors\[0\]: mentions must not be empty"),
    (_set("actors.0.same_as", [1]), r"actors\[0\]: same_as must be a list of strings"),
    (_set("actors.0.link", "name"), r"actors\[0\], link: expected an object, found \"name\""),
    (_set("actors.0.link", {"rule": "luck"}), r"actors\[0\], link: rule must be one of lexicon, name"),
    (_set("actors.0.link", {"rule": "name", "mention": "France", "confidence": 2}), "confidence must be a number"),
    (_set("actors.1.id", "A1"), "actors has the id 'A1' twice"),
    (_set("actors.0.mentions.0.end", 99), r"no span 0 to 99 in a text of 27 characters"),
    (_set("actors.0.mentions.0.end", 0), r"no span 0 to 0"),
    (_set("actors.0.mentions.0.begin", True), r"begin and end must be whole numbers"),
    (_set("actors.0.mentions.0.begin", -1), r"no span -1 to 6"),
    (_set("events.0.type", "WAR"), r"events\[0\]: type must be one of AGREE"),
    (_set("events.0.trigger", None), r"events\[0\]: trigger: expected an object, found null"),
    (_set("events.0.sources", None), r"events\[0\]: sources must be a list of strings, found null"),
    (_set("events.0.factuality", "past"), r"factuality must be one of happened, negated, planned, possible"),
    (_set("events.0.confidence", 2), r"confidence must be a number from 0 to 1, found 2"),
    (_set("events.0.sources", ["A9"]), "event E1 refers to 'A9', which is not in the record"),
    (_set("events.0.claimant", "A9"), "event E1 refers to 'A9'"),
    (_set("events.0.disputed_by", ["A9"]), "event E1 refers to 'A9'"),
    (_set("events.0.same_as", "E7"), "event E1 refers to 'E7'"),
    (_set("relations.0.source", "A9"), "relation R1 refers to 'A9'"),
    (_set("relations.0.target", None), r"relations\[0\]: target or target_place must be given"),
    (_set("relations.0.factuality", "planned"), r"relations\[0\]: factuality must be one of"),
]


@pytest.mark.parametrize(("change", "message"), REFUSED)
def test_refuses_what_is_no_record(change: Change, message: str) -> None:
    broken = copy.deepcopy(SMALL)
    change(broken)
    with pytest.raises(RecordError, match=message) as caught:
        from_json(broken, where="gold.jsonl:3")
    assert str(caught.value).startswith("gold.jsonl:3: ")
    assert "\n" not in str(caught.value)


SAID: dict[str, Any] = {
    **SMALL,
    "events": [
        {
            **SMALL["events"][0],
            "claimant": "A1",
            "disputed_by": ["A2"],
            "attributions": [
                {
                    "actor": "A1",
                    "cue": {"begin": 19, "end": 21},
                    "speaker": {"begin": 0, "end": 6},
                    "quotes": [{"begin": 0, "end": 18}, {"begin": 22, "end": 26}],
                    "verbatim": True,
                },
                {
                    "actor": "A2",
                    "denies": True,
                    "cue": {"begin": 19, "end": 21},
                    "speaker": {"begin": 11, "end": 18},
                    "quotes": [{"begin": 7, "end": 10}],
                },
            ],
        }
    ],
}


def test_attributions() -> None:
    record = from_json(SAID)
    said, denied = record.events[0].attributions
    assert said == Attribution("A1", Span(19, 21), Span(0, 6), (Span(0, 18), Span(22, 26)), verbatim=True)
    assert denied.denies
    assert loads(dumps(record)) == record
    assert "attributions" not in to_json(from_json(SMALL))["events"][0]


ATTRIBUTIONS_REFUSED: list[tuple[Change, str]] = [
    (_set("events.0.attributions", {}), "attributions must be a list"),
    (_set("events.0.attributions.0.actor", "A2"), "event E1 has an attribution to 'A2', not its claimant"),
    (_set("events.0.attributions.1.actor", "A1"), "event E1 has an attribution to 'A1', not its disputed_by"),
    (_set("events.0.attributions.0.cue.end", 99), r"attributions\[0\]: cue: no span 19 to 99"),
    (_set("events.0.attributions.0.speaker", None), r"attributions\[0\]: speaker: expected an object"),
    (_set("events.0.attributions.0.quotes", []), r"attributions\[0\]: quotes must not be empty"),
    (_set("events.0.attributions.0.verbatim", "yes"), 'verbatim must be true or false, found "yes"'),
    (_set("events.0.claimant", None), "an attribution to 'A1', not its claimant"),
]


@pytest.mark.parametrize(("change", "message"), ATTRIBUTIONS_REFUSED)
def test_refuses_attributions_that_are_none(change: Change, message: str) -> None:
    broken = copy.deepcopy(SAID)
    change(broken)
    with pytest.raises(RecordError, match=message):
        from_json(broken)


CUSTOM: dict[str, Any] = {
    **SMALL,
    "events": [{**SMALL["events"][0], "custom_types": ["TALKS"], "patterns": ["talk", "meet"]}],
    "custom_types": [{"name": "TALKS", "label": "secret talks", "broader": "CONSULT"}],
}


def test_types_of_the_users_own() -> None:
    record = from_json(CUSTOM)
    assert record.custom_types == (CustomType("TALKS", "secret talks", "CONSULT"),)
    assert (record.events[0].custom_types, record.events[0].patterns) == (("TALKS",), ("meet", "talk"))
    assert loads(dumps(record)) == record


def test_what_there_is_none_of_is_not_written(record: DocumentRecord) -> None:
    value = to_json(record)
    assert "custom_types" not in value
    assert not {"custom_types", "patterns"} & value["events"][0].keys()


CUSTOM_REFUSED: list[tuple[Change, str]] = [
    (_set("custom_types", {}), "custom_types must be a list"),
    (_set("custom_types", []), "event E1 refers to 'TALKS', which is not in the record"),
    (_set("custom_types.0.name", "a b"), r"custom_types\[0\]: name must be letters, digits"),
    (_set("custom_types.0.label", None), r"custom_types\[0\]: label must be a string, found null"),
    (_set("custom_types.0.namespace", "x"), r"custom_types\[0\]: namespace must be an IRI"),
    (_set("custom_types.0.broader", "WAR"), r"custom_types\[0\]: broader must be one of AGREE"),
    (_set("custom_types.0.broader", "AID"), "event E1 is of TALKS, under AID, but its type is CONSULT"),
    (_set("events.0.custom_types", "TALKS"), "custom_types must be a list of strings"),
    (_set("events.0.patterns", [1]), "patterns must be a list of strings"),
]


@pytest.mark.parametrize(("change", "message"), CUSTOM_REFUSED)
def test_refuses_types_of_the_users_own_that_are_none(change: Change, message: str) -> None:
    broken = copy.deepcopy(CUSTOM)
    change(broken)
    with pytest.raises(RecordError, match=message):
        from_json(broken)


BROKEN_LINES = [
    (b'{"id": ', "not JSON: Expecting value at column 8"),
    (b"[1, 2]", "expected an object, found a list"),
    (b'"text"', 'expected an object, found "text"'),
    (b"NaN", "not JSON: NaN is no JSON number"),
    (b'{"id": "\xe9"}', r"not UTF-8 at byte 11 \(0xe9\)"),
    (b'{"id": "\\ud800"}', "half a surrogate pair"),
    (b"[" * 100_000, "not JSON"),
    (b'{"id": ' + b"1" * 10_000 + b"}", "not JSON"),
]


@pytest.mark.parametrize(("line", "message"), BROKEN_LINES)
def test_a_broken_line_is_named_and_ends_nothing(line: bytes, message: str) -> None:
    content = io.BytesIO(b"{}\n" + line + b'\n\n{"a": 1}\n')
    first, second, third = read_lines(content, "a.jsonl")
    assert (first.number, second.number, third.number) == (1, 2, 4)
    assert isinstance(second.value, RecordError)
    assert str(second.value).startswith("a.jsonl:2: ")
    with pytest.raises(RecordError, match=message):
        raise second.value
    assert third.value == {"a": 1}


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert [line.value for line in read_lines(io.BytesIO(b'\xef\xbb\xbf{"a": 1}\r\n'), "a.jsonl")] == [{"a": 1}]


def test_read_records_stops_at_the_first_broken_line(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(json.dumps(SMALL) + "\n{\n", encoding="utf-8")
    records = read_records(path)
    assert next(records).document.id == "small"
    with pytest.raises(RecordError, match=rf"{path}:2: not JSON"):
        next(records)


def test_read_records_of_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"cannot read .*: No such file"):
        list(read_records(tmp_path / "none.jsonl"))


def test_write_records_leaves_nothing_half_written(record: DocumentRecord, tmp_path: Path) -> None:
    def two() -> Any:
        yield record
        raise InputError("no more")

    with pytest.raises(InputError):
        write_records(two(), tmp_path / "records.jsonl")
    assert list(tmp_path.iterdir()) == []


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
confidences = st.floats(0, 1)


@st.composite
def records(draw: st.DrawFn) -> DocumentRecord:
    """Any record that holds together."""
    text = draw(words)
    spans = st.integers(0, len(text) - 1).flatmap(
        lambda begin: st.integers(begin + 1, len(text)).map(lambda end: Span(begin, end))
    )
    some_spans = st.lists(spans, max_size=3).map(tuple)
    actors = tuple(
        draw(
            st.builds(
                Actor,
                id=st.just(f"A{number}"),
                name=words,
                type=st.sampled_from(ACTOR_TYPES),
                mentions=st.lists(spans, min_size=1, max_size=3).map(tuple),
                iri=st.none() | words,
                same_as=st.lists(words, max_size=2).map(tuple),
                link=st.none() | st.builds(Link, st.sampled_from(LINK_RULES), words, confidences),
            )
        )
        for number in range(draw(st.integers(1, 4)))
    )
    ids = st.sampled_from([actor.id for actor in actors])
    some_ids = st.lists(ids, max_size=3).map(tuple)
    event = st.builds(
        Event,
        id=st.just("E1"),
        type=st.sampled_from(EVENT_TYPES),
        trigger=spans,
        sources=some_ids,
        targets=some_ids,
        factuality=st.sampled_from(FACTUALITIES),
        mode=words,
        places=some_spans,
        time=st.none() | spans,
        date=st.none() | words,
        claimant=st.none() | ids,
        disputed_by=some_ids,
        same_as=st.none(),
        confidence=confidences,
    )
    relation = st.builds(
        Relation,
        id=st.just("R1"),
        type=st.sampled_from(RELATION_TYPES),
        source=ids,
        target=ids,
        sentence=spans,
        factuality=st.sampled_from(RELATION_FACTUALITIES),
        target_place=st.none() | words,
        claimant=st.none() | ids,
        confidence=confidences,
    )
    document = st.builds(
        Document,
        id=words,
        text=st.just(text),
        source=words,
        title=st.none() | words,
        published=st.none() | words,
        publisher=st.none() | words,
        url=st.none() | words,
        language=st.none() | words,
        ignored=st.just(()),
    )
    return DocumentRecord(draw(document), draw(some_spans), actors, (draw(event),), (draw(relation),))


@given(records())
def test_any_record_survives(record: DocumentRecord) -> None:
    line = dumps(record)
    assert "\n" not in line
    assert loads(line.encode("utf-8")) == record


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | words, lambda inner: st.lists(inner) | st.dictionaries(words, inner)
    )
)
def test_anything_else_is_refused_in_one_line(value: object) -> None:
    with pytest.raises(RecordError) as caught:
        loads(json.dumps(value), "a.jsonl:1")
    assert "\n" not in str(caught.value)


@given(st.binary())
def test_any_bytes_give_lines_or_errors(data: bytes) -> None:
    for number, value in read_lines(io.BytesIO(data), "a.jsonl"):
        assert number >= 1
        assert isinstance(value, dict | RecordError)


def test_authors_are_kept(record: DocumentRecord) -> None:
    authored = replace(record, document=replace(record.document, authors=("Rosa Hentzau", "A. N. Other")))
    assert to_json(authored)["authors"] == ["Rosa Hentzau", "A. N. Other"]
    assert loads(dumps(authored)) == authored
    assert "authors" not in to_json(record)


def test_a_line_that_is_too_long_is_broken_and_the_rest_is_read() -> None:
    file = io.BytesIO(b'{"a": 1}\n{"b": "' + b"x" * 100_000 + b'"}\n\xff\n{"c": 2}')
    first, second, third, fourth = read_lines(file, "a", 20)
    assert (first.value, fourth.value) == ({"a": 1}, {"c": 2})
    assert str(second.value) == "a:2: the line is longer than 20 bytes (the limit 'document_bytes')"
    assert str(third.value) == f"a:3: not UTF-8 at byte {9 + 7 + 100_000 + 3} (0xff)"
