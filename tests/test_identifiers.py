"""IRIs: the same for the same thing, different for different things, and never broken."""

from __future__ import annotations

import hashlib
import re

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ConfigError
from kg.identifiers import Identifiers, digest, fold, is_iri, text_digest
from kg.records import Span

BASE = "https://example.org/id/"
NAMES = Identifiers(BASE)
ANY_TEXT = st.text(st.characters(codec=None))

ACTORS = [
    ("Katla Jónsdóttir", "PERSON", "ISL", "katla-jonsdottir_person_isl"),
    ("NATO", "IGO", "", "nato_igo"),
    ("Islamic State", "ARMED_GROUP", "", "islamic-state_armed-group"),
    ("al-Nusra  Front", "ARMED_GROUP", "SYR", "al-nusra-front_armed-group_syr"),
    ("Lech Wałęsa", "PERSON", "POL", "lech-walesa_person_pol"),
]

SAME = [
    ("Recep Tayyip Erdoğan", "recep tayyip ERDOGAN"),
    ("al-Assad", "Al Assad"),
    (" United\u00a0Nations\n", "United Nations"),
    ("Ｋｉｅｖ", "Kiev"),
    ("Straße", "STRASSE"),
]

DIFFERENT = [
    (("Georgia", "STATE", "GEO"), ("Georgia", "PERSON", "GEO")),
    (("Georgia", "PERSON", "GEO"), ("Georgia", "PERSON", "USA")),
    (("Georgia", "PERSON", ""), ("Georgia", "PERSON", "usa")),
    (("Georgia", "PERSON", "USA"), ("Georgia", "PERSON", "usa")),
    (("习近平", "PERSON", "CHN"), ("李克强", "PERSON", "CHN")),
    (("मोदी", "PERSON", "IND"), ("मादी", "PERSON", "IND")),
    (("Йемен", "STATE", ""), ("Иемен", "STATE", "")),
    (("!", "OTHER", ""), ("?", "OTHER", "")),
    (("a" * 90, "OTHER", ""), ("a" * 91, "OTHER", "")),
    (("x party", "NGO", ""), ("x", "PARTY", "NGO")),
]


@pytest.mark.parametrize(("name", "kind", "country", "local"), ACTORS)
def test_actor_is_readable(name: str, kind: str, country: str, local: str) -> None:
    assert NAMES.actor(name, kind, country) == f"{BASE}actor/{local}"


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spelling_variants_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert NAMES.actor(one, "PERSON", "TUR") == NAMES.actor(other, "PERSON", "TUR")
    assert NAMES.place(one) == NAMES.place(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_actors_differ(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    assert NAMES.actor(*one) != NAMES.actor(*other)


def test_scope_keeps_actors_apart() -> None:
    assert len({NAMES.actor("gunmen", "ARMED_GROUP", "", scope) for scope in ("", "a", "b")}) == 3


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_hostile_parts_never_break_an_iri(name: str, kind: str, country: str) -> None:
    for iri in (
        NAMES.actor(name, kind, country),
        NAMES.document(name, country),
        NAMES.publisher(name),
        NAMES.place(name, country),
        NAMES.event(country, Span(1, 2), kind),
        NAMES.mention(name, Span(1, 2), kind),
        NAMES.claim(name, country, kind),
        NAMES.relation(name, kind, country, "happened"),
        NAMES.run(name, kind, country),
    ):
        assert re.fullmatch("[a-z]+/[a-z0-9_-]+", iri.removeprefix(BASE))


@given(ANY_TEXT, ANY_TEXT)
def test_actor_iri_tells_folded_names_apart(one: str, other: str) -> None:
    same = NAMES.actor(one, "PERSON") == NAMES.actor(other, "PERSON")
    assert same == ((fold(one) or one) == (fold(other) or other))


@given(
    st.one_of(ANY_TEXT, ANY_TEXT.map("http://x/{}".format), ANY_TEXT.map("https://{}".format), st.from_regex("urn:.*"))
)
def test_what_is_an_iri_here_is_one_for_oxigraph(text: str) -> None:
    if is_iri(text):
        assert pyoxigraph.NamedNode(text).value == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://www.wikidata.org/entity/Q159", True),
        ("http://example.org/a?b=c&d#e", True),
        ("https://de.wikipedia.org/wiki/Köln", True),
        ("urn:isbn:0451450523", True),
        ("javascript:alert(1)", False),
        ("http://example.org/a b", False),
        ("http://example.org/<x>", False),
        ("http://example.org/%zz", False),
        ("http://user@example.org/", False),
        ("http://example.org/\u202e", False),
        ("/relative", False),
        ("", False),
    ],
)
def test_is_iri(text: str, expected: bool) -> None:
    assert is_iri(text) is expected


@pytest.mark.parametrize(
    ("base", "expected"),
    [("https://example.org", "https://example.org/"), ("urn:kg:x:", "urn:kg:x:"), ("http://a/b#", "http://a/b#")],
)
def test_base_ends_where_names_begin(base: str, expected: str) -> None:
    assert Identifiers(base).base == expected


@pytest.mark.parametrize("base", ["", "example.org", "ftp://example.org/", "https://example.org/ x", "urn:x:"])
def test_base_that_is_none(base: str) -> None:
    with pytest.raises(ConfigError, match="absolute"):
        Identifiers(base)


def test_namespaces_are_those_of_the_iris() -> None:
    assert NAMES.actor("NATO", "IGO").startswith(NAMES.namespaces()["actor"])
    assert NAMES.run("a", "b", "c").startswith(NAMES.namespaces()["run"])


def test_digest_keeps_parts_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert re.fullmatch("[0-9a-f]{16}", digest("a", 1))


def test_text_digest_takes_lone_surrogates() -> None:
    assert text_digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert text_digest("\ud800") != text_digest("\ud801")


@given(st.lists(st.one_of(ANY_TEXT, st.integers(0, 10**6)), max_size=4))
def test_digest_is_of_the_lengths_and_bytes_of_its_parts(parts: list[str | int]) -> None:
    hashed = hashlib.sha256()
    for encoded in (str(part).encode("utf-8", "surrogatepass") for part in parts):
        hashed.update(b"%d:%b" % (len(encoded), encoded))
    assert digest(*parts) == hashed.hexdigest()[:16]


@given(st.lists(st.one_of(ANY_TEXT, st.sampled_from(["é", "\u0301", "\u1100", "\u1161", "ﬁ", "¨", "\x1c", "’"]))))
def test_words_are_folded_by_themselves(words: list[str]) -> None:
    assert fold(" ".join(words)) == " ".join(filter(None, map(fold, words)))


@given(st.text(st.characters(max_codepoint=127)))
def test_folded_ascii_is_its_letters_and_digits(text: str) -> None:
    assert fold(text) == " ".join(re.findall("[a-z0-9]+", text.lower()))
