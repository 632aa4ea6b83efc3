"""Patterns as people write them: what they read in sentences parsed by hand, and the component in a pipeline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest
import spacy
from spacy.tokens import Doc

from kg.errors import ConfigError, ModelError
from kg.language.pattern_events import join
from kg.language.pattern_file import parse_patterns
from kg.language.pattern_matches import PatternMatcher
from kg.language.patterns import PatternsPipe
from kg.records import Actor, Document, DocumentRecord, Event, Span

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.records import ActorType

VOCAB = spacy.blank("en").vocab
TYPES = """
[[type]]
name = "ARMS_DELIVERY"
label = "delivery of arms"
broader = "AID"
"""
SHIP = (
    TYPES
    + """
[[pattern]]
name = "ship"
type = "ARMS_DELIVERY"
source = "giver"
target = "taker"
confidence = 0.8
dependency = [
  { RIGHT_ID = "verb", RIGHT_ATTRS = { LEMMA = "ship" } },
  { LEFT_ID = "verb", REL_OP = ">", RIGHT_ID = "arms", RIGHT_ATTRS = { DEP = "obj" } },
  { LEFT_ID = "verb", REL_OP = ">", RIGHT_ID = "giver", RIGHT_ATTRS = { DEP = "nsubj" } },
  { LEFT_ID = "verb", REL_OP = ">", RIGHT_ID = "taker", RIGHT_ATTRS = { DEP = "obl" } },
]
"""
)
HIT = """
[[pattern]]
name = "hit"
type = "ASSAULT"
tokens = [ { LEMMA = "hit" } ]
"""


def parsed(text: str) -> Doc:
    """Return a sentence or several, one a line, of which each word is written ``form/lemma/relation/head``, from 1.

    Features may follow after another slash. The head of a root is 0.
    """
    words: list[str] = []
    lemmas: list[str] = []
    deps: list[str] = []
    heads: list[int] = []
    morphs: list[str] = []
    starts: list[bool] = []
    for line in text.strip().splitlines():
        first = len(words)
        for cell in line.split():
            form, lemma, dep, head, *features = cell.split("/")
            heads.append(first + int(head) - 1 if head != "0" else len(words))
            starts.append(len(words) == first)
            words.append(form)
            lemmas.append(lemma)
            deps.append("ROOT" if dep == "root" else dep)
            morphs.append(features[0] if features else "")
    return Doc(VOCAB, words, heads=heads, deps=deps, lemmas=lemmas, morphs=morphs, sent_starts=cast("Any", starts))


def record_of(doc: Doc, actors: Mapping[str, ActorType], *events: Event) -> DocumentRecord:
    """Return a record with an actor for each name, mentioned wherever it stands."""
    text = doc.text
    found = []
    for number, (name, kind) in enumerate(actors.items(), start=1):
        begins = [at for at in range(len(text)) if text.startswith(name, at)]
        found.append(Actor(f"A{number}", name, kind, tuple(Span(at, at + len(name)) for at in begins)))
    sentences = tuple(Span(s.start_char, s.end_char) for s in doc.sents)
    return DocumentRecord(Document("one", text), sentences, tuple(found), events, (), "model 1")


def read(patterns: str, doc: Doc, record: DocumentRecord) -> DocumentRecord:
    file = parse_patterns(patterns)
    return join(record, doc, file, PatternMatcher(VOCAB, file.patterns).find(doc))


def said(record: DocumentRecord) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...], str]]:
    """Return the events of a record: type, trigger, names of sources and targets, factuality."""
    names = {actor.id: actor.name for actor in record.actors}
    return [
        (
            event.type,
            event.trigger.of(record.document.text),
            tuple(names[key] for key in event.sources),
            tuple(names[key] for key in event.targets),
            event.factuality,
        )
        for event in record.events
    ]


SHIPPED = "France/France/nsubj/2 shipped/ship/root/0 tanks/tank/obj/2 to/to/case/5 Ukraine/Ukraine/obl/2"
STATES: Mapping[str, ActorType] = {"France": "STATE", "Ukraine": "STATE", "Poland": "STATE"}


def test_a_dependency_pattern() -> None:
    doc = parsed(SHIPPED)
    record = read(SHIP, doc, record_of(doc, STATES))
    assert said(record) == [("AID", "shipped", ("France",), ("Ukraine",), "happened")]
    (event,) = record.events
    assert (event.id, event.custom_types, event.patterns, event.confidence) == (
        "E1",
        ("ARMS_DELIVERY",),
        ("ship",),
        0.8,
    )
    assert [custom.name for custom in record.custom_types] == ["ARMS_DELIVERY"]
    assert record.model.startswith("model 1 with patterns ")


def test_types_that_nothing_is_of_are_left_out() -> None:
    doc = parsed("Nobody/nobody/nsubj/2 slept/sleep/root/0")
    record = read(SHIP, doc, record_of(doc, {}))
    assert (record.events, record.custom_types) == ((), ())


def test_joined_actors_take_part_together() -> None:
    doc = parsed(f"{SHIPPED} and/and/cc/7 Poland/Poland/conj/5")
    assert said(read(SHIP, doc, record_of(doc, STATES)))[0][3] == ("Ukraine", "Poland")


def test_an_actor_is_the_mention_that_its_word_heads() -> None:
    doc = parsed(
        "French/french/amod/2 envoys/envoy/nsubj/3 shipped/ship/root/0 tanks/tank/obj/3 to/to/case/7 "
        "its/its/nmod:poss/7 president/president/obl/3 Mara/Mara/appos/7 Oduya/Oduya/flat/8"
    )
    actors: Mapping[str, ActorType] = {"French envoys": "PERSON", "French": "STATE", "Mara Oduya": "PERSON"}
    assert said(read(SHIP, doc, record_of(doc, actors)))[0][2:4] == (("French envoys",), ("Mara Oduya",))


NEAREST = {
    "active": (
        "France/France/nsubj/2 hit/hit/root/0 Poland/Poland/obj/2",
        ("France",), ("Poland",),
    ),
    "passive": (
        "Poland/Poland/nsubj:pass/3 was/be/aux:pass/3 hit/hit/root/0/Voice=Pass by/by/case/5 France/France/obl:agent/3",
        ("France",), ("Poland",),
    ),
    "labels of spaCy's models": (
        "Poland/Poland/nsubjpass/3 was/be/auxpass/3 hit/hit/root/0 by/by/agent/3 France/France/pobj/4",
        ("France",), ("Poland",),
    ),
    "shared subject": (
        "France/France/nsubj/2 advanced/advance/root/0 and/and/cc/4 hit/hit/conj/2 Poland/Poland/obj/4",
        ("France",), ("Poland",),
    ),
    "controlled subject": (
        "France/France/nsubj/2 wanted/want/root/0 to/to/mark/4 hit/hit/xcomp/2 Poland/Poland/obj/4",
        ("France",), ("Poland",),
    ),
    "relative clause": (
        "France/France/nsubj/5 ,/,/punct/3 which/which/nsubj/4/PronType=Rel hit/hit/acl:relcl/1 won/win/root/0",
        ("France",), (),
    ),
    "participle": (
        "Poland/Poland/nsubj/3 hit/hit/acl/1/Voice=Pass rose/rise/root/0",
        (), ("Poland",),
    ),
    "noun": (
        "a/a/det/2 hit/hit/root/0 on/on/case/4 Poland/Poland/nmod/2 by/by/case/6 France/France/obl:agent/2",
        ("France",), ("Poland",),
    ),
    "noun of a possessor": (
        "France/France/nmod:poss/3 's/'s/case/1 hit/hit/root/0 on/on/case/5 Poland/Poland/nmod/3",
        ("France",), ("Poland",),
    ),
    "nobody": ("It/it/nsubj/2 hit/hit/root/0 home/home/obj/2", (), ()),
}  # fmt: skip


@pytest.mark.parametrize(("text", "sources", "targets"), NEAREST.values(), ids=NEAREST)
def test_roles_left_to_the_syntax(text: str, sources: tuple[str, ...], targets: tuple[str, ...]) -> None:
    doc = parsed(text)
    assert said(read(HIT, doc, record_of(doc, STATES))) == [("ASSAULT", "hit", sources, targets, "happened")]


FACTUALITY = {
    "may/may/aux/3": "possible",
    "will/will/aux/3": "planned",
    "not/not/advmod/3/Polarity=Neg": "negated",
    "not/not/neg/3": "negated",
    "has/have/aux/3": "happened",
}


@pytest.mark.parametrize(("word", "factuality"), FACTUALITY.items(), ids=FACTUALITY)
def test_factuality_is_what_hangs_on_the_trigger(word: str, factuality: str) -> None:
    doc = parsed(f"France/France/nsubj/3 {word} hit/hit/root/0")
    assert said(read(HIT, doc, record_of(doc, STATES)))[0][4] == factuality
    assert said(read(HIT + 'factuality = "planned"\n', doc, record_of(doc, STATES)))[0][4] == "planned"


def test_no_hit_is_none() -> None:
    doc = parsed("There/there/expl/2 was/be/root/0 no/no/det/4/PronType=Neg hit/hit/nsubj/2")
    assert said(read(HIT, doc, record_of(doc, {})))[0][4] == "negated"


def test_tokens_that_are_named_and_repeated() -> None:
    doc = parsed(
        "France/France/nsubj/2 fired/fire/root/0 many/many/amod/6 very/very/advmod/5 large/large/amod/6 "
        "shells/shell/obj/2 at/at/case/8 Poland/Poland/obl/2"
    )
    pattern = """
[[pattern]]
name = "fire"
type = "ASSAULT"
mode = "heavy-weapons"
trigger = 1
source = 0
target = 5
tokens = [ { DEP = "nsubj" }, { LEMMA = "fire" }, { DEP = { NOT_IN = ["obj"] }, OP = "*" },
           { LOWER = { REGEX = "^shells?$" } }, { LOWER = "at" }, { IS_TITLE = true } ]
"""
    record = read(pattern, doc, record_of(doc, STATES))
    assert said(record) == [("ASSAULT", "fired", ("France",), ("Poland",), "happened")]
    assert record.events[0].mode == "heavy-weapons"
    whole = pattern.replace("trigger = 1\n", "")
    assert said(read(whole, doc, record_of(doc, STATES)))[0][1] == doc.text.strip()


def test_what_the_model_read_too_is_one_event() -> None:
    doc = parsed(SHIPPED)
    own = Event("E7", "AID", Span(7, 20), ("A1",), (), "planned", confidence=0.6)
    record = read(SHIP, doc, record_of(doc, STATES, own))
    (event,) = record.events
    assert said(record) == [("AID", "shipped tanks", ("France",), ("Ukraine",), "planned")]
    assert (event.id, event.confidence, event.custom_types, event.patterns) == (
        "E7",
        0.8,
        ("ARMS_DELIVERY",),
        ("ship",),
    )

    stated = HIT.replace('"ASSAULT"', '"AID"\nmode = ""\nfactuality = "negated"').replace("hit", "ship")
    assert said(read(stated, doc, record_of(doc, STATES, own))) == [
        ("AID", "shipped tanks", ("France",), ("Ukraine",), "negated")
    ]
    turned = replace(own, sources=("A2", "A3"), targets=("A1",))
    assert said(read(SHIP, doc, record_of(doc, STATES, turned)))[0][2:4] == (("France",), ("Ukraine",))
    assert said(read(stated, doc, record_of(doc, STATES, turned)))[0][2:4] == (("Ukraine", "Poland"), ("France",))
    other = read(SHIP, doc, record_of(doc, STATES, replace(own, type="MOBILIZE")))
    assert [(event.id, event.type) for event in other.events] == [("E7", "MOBILIZE"), ("E8", "AID")]


def test_patterns_that_read_the_same_are_one_event() -> None:
    doc = parsed(SHIPPED)
    tanks = (
        '\n[[pattern]]\nname = "tanks"\ntype = "AID"\ntrigger = 0\ntokens = [{ LEMMA = "ship" }, { LEMMA = "tank" }]\n'
    )
    (event,) = read(SHIP + tanks, doc, record_of(doc, STATES)).events
    assert (event.patterns, event.custom_types, event.confidence) == (("ship", "tanks"), ("ARMS_DELIVERY",), 1.0)


def test_new_events_are_numbered_after_those_that_are_there() -> None:
    doc = parsed(SHIPPED)
    others = [Event(name, "CONSULT", Span(0, 6), (), (), "happened") for name in ("E41", "meeting", "E" + "9" * 5000)]
    assert [event.id for event in read(SHIP, doc, record_of(doc, STATES, *others)).events][3:] == ["E42"]


def test_reading_twice_changes_nothing() -> None:
    doc = parsed(SHIPPED)
    once = read(SHIP, doc, record_of(doc, STATES))
    assert read(SHIP, doc, once) == once


def test_page_furniture_is_not_read() -> None:
    doc = parsed(SHIPPED)
    record = record_of(doc, STATES)
    assert not read(SHIP, doc, replace(record, document=replace(record.document, ignored=(Span(0, 9),)))).events


def test_a_match_lies_within_a_sentence() -> None:
    doc = parsed("Guns/gun/root/0\nhit/hit/root/0 Poland/Poland/obj/1")
    pattern = '[[pattern]]\nname = "x"\ntype = "ASSAULT"\ntokens = [{{ LOWER = "{}" }}, {{ LOWER = "{}" }}]\n'
    assert not read(pattern.format("guns", "hit"), doc, record_of(doc, STATES)).events
    assert read(pattern.format("hit", "poland"), doc, record_of(doc, STATES)).events


def test_long_words_and_sentences_are_passed_over() -> None:
    regex = HIT.replace('LEMMA = "hit"', 'LOWER = { REGEX = "^hits?$" }')
    long = parsed(f"hit/hit/root/0 {'x' * 65}/x/dep/1")
    assert not read(regex, long, record_of(long, {})).events
    assert read(HIT, long, record_of(long, {})).events
    table = parsed(" ".join(["hit/hit/root/0", *["x/x/dep/1"] * 200]))
    assert not read(HIT, table, record_of(table, {})).events


# -------------------------------------------------------------------------------- the component


def pipeline(path: Path | None = None) -> Any:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_patterns", config={"patterns": None if path is None else str(path)})
    return nlp


def test_the_component_adds_to_the_record(tmp_path: Path) -> None:
    (tmp_path / "ship.toml").write_text(SHIP, encoding="utf-8")
    pipe = pipeline(tmp_path / "ship.toml").get_pipe("kg_patterns")
    doc = parsed(SHIPPED)
    doc._.kg_record = record_of(doc, STATES)
    (same,) = pipe.pipe([doc])
    assert same is doc
    assert [event.patterns for event in doc._.kg_record.events] == [("ship",)]


def test_a_document_without_record_or_syntax(tmp_path: Path) -> None:
    (tmp_path / "ship.toml").write_text(SHIP, encoding="utf-8")
    nlp = pipeline(tmp_path / "ship.toml")
    with pytest.raises(ModelError, match="the document has no record yet; put it after kg_reader"):
        nlp("France shipped tanks.")
    doc = Doc(VOCAB, ["France"], sent_starts=[True])
    doc._.kg_record = record_of(doc, {})
    with pytest.raises(ModelError, match="the pipeline does not set what the patterns ask for"):
        nlp.get_pipe("kg_patterns")(doc)


def test_a_component_without_patterns() -> None:
    with pytest.raises(ConfigError, match="component kg_patterns: has no patterns"):
        pipeline()("France")


def test_pipelines_go_to_disk_and_bytes_with_their_patterns(tmp_path: Path) -> None:
    path = tmp_path / "ship.toml"
    path.write_text(SHIP, encoding="utf-8")
    nlp = pipeline(path)
    nlp.to_disk(tmp_path / "saved")
    data = nlp.to_bytes()
    path.unlink()
    for loaded in (spacy.load(tmp_path / "saved"), pipeline().from_bytes(data)):
        pipe = loaded.get_pipe("kg_patterns")
        assert isinstance(pipe, PatternsPipe)
        assert pipe.file == parse_patterns(SHIP)


def test_a_pattern_that_spacy_refuses_is_named() -> None:
    file = parse_patterns(SHIP.replace('LEMMA = "ship"', 'ENT_IOB = "X"'))
    with pytest.raises(ConfigError, match="pattern ship: spaCy cannot use it"):
        PatternMatcher(VOCAB, [replace(file.patterns[0], tokens=({"NONE": "x"},) * 4)])
