"""The shipped model on texts: what it gives is always a valid record, whatever the text."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import DocumentError, ModelError
from kg.jsonl import from_json, to_json
from kg.language.extract import extract
from kg.language.pipeline import load
from kg.records import Document, DocumentRecord, Span

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

NEWS = (
    "Norwegian Prime Minister Henrik Solberg met Icelandic President Katla Jonsdottir in Oslo on Tuesday. "
    "Solberg said Norway will send aid to Iceland. "
    "Iceland accused Russia of attacking a fishing boat, but Russia rejected the accusation."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def read(nlp: Language, text: str, **known: Any) -> DocumentRecord:
    (record,) = extract([Document(id="d", text=text, **known)], nlp)
    return record


def test_news_is_read(nlp: Language) -> None:
    record = read(nlp, NEWS, published="2021-03-11")
    names = {a.name: a for a in record.actors}
    assert {"Norway", "Iceland", "Russia"} <= set(names)
    assert names["Norway"].type == "STATE"
    assert names["Norway"].country == "NOR"
    assert next(e.type for e in record.events) == "CONSULT"
    assert {e.type for e in record.events} >= {"CONSULT", "ACCUSE", "REJECT"}
    assert len(record.sentences) == 3


def test_the_control_of_a_place_is_a_relation(nlp: Language) -> None:
    record = read(nlp, "Hamas seized control of Gaza in June after it had fought with Fatah.")
    (control,) = [r for r in record.relations if r.type == "controls"]
    assert control.target is None
    assert control.target_place == "Gaza"
    assert next(a.name for a in record.actors if a.id == control.source) == "Hamas"


def test_what_a_state_is_called_beside_its_name_is_no_second_actor(nlp: Language) -> None:
    text = "Russia criticised Turkey. NATO member Turkey rejected the accusation."
    names = [actor.name for actor in read(nlp, text).actors]
    assert "Turkey" in names
    assert not [name for name in names if name.endswith(" Turkey")]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("President Recep Tayyip Erdogan spoke. Erdogan left early.", "Recep Tayyip Erdoğan"),
        ("Afghanistan's government says Afghan troops have killed five rebels.", "Afghanistan"),
        ("The Islamic State group fled. Fighters of Islamic State burnt the bridge.", "Islamic State"),
    ],
)
def test_an_actor_is_there_once(nlp: Language, text: str, actor: str) -> None:
    names = [a.name for a in read(nlp, text).actors]
    assert names.count(actor) == 1


@pytest.mark.parametrize(
    ("form", "lemma"), [("denied", "deny"), ("raised", "raise"), ("ministries", "ministry"), ("children", "child")]
)
def test_lemmas_are_words(nlp: Language, form: str, lemma: str) -> None:
    doc = nlp("He denied that the ministries had raised prices for children.")
    assert next(t.lemma_ for t in doc if t.text == form) == lemma


def test_spacy_annotation_is_there_too(nlp: Language) -> None:
    doc = nlp(NEWS)
    assert [s.text.split()[0] for s in doc.sents] == ["Norwegian", "Solberg", "Iceland"]
    assert doc[4].ent_type_ == "PERSON"
    assert any(chunk.root.text == "aid" for chunk in doc.noun_chunks)
    assert doc._.kg_record.document.text == NEWS
    analysis = nlp.analyze_pipes()
    assert analysis is not None
    assert analysis["problems"] == {name: [] for name in nlp.pipe_names}


def test_streams_and_single_documents_agree(nlp: Language) -> None:
    texts = [NEWS, "Nothing happened.", NEWS[:100]]
    assert [d._.kg_record for d in nlp.pipe(texts)] == [nlp(t)._.kg_record for t in texts]


def test_page_furniture_yields_nothing(nlp: Language) -> None:
    text = "Norway attacked Iceland. " + NEWS
    ignored = read(nlp, text, ignored=(Span(0, 24),))
    assert all(m.begin >= 24 for a in ignored.actors for m in a.mentions)
    assert all(e.trigger.begin >= 24 for e in ignored.events)
    assert any(e.trigger.begin < 24 for e in read(nlp, text).events)


def test_another_pipeline_gives_the_sentences(tmp_path: Path) -> None:
    other = spacy.blank("en")
    other.add_pipe("sentencizer")
    other.to_disk(tmp_path / "other")
    nlp = load(spacy_model=str(tmp_path / "other"))
    assert nlp.pipe_names == ["sentencizer", "kg_encoder", "kg_reader"]
    assert len(read(nlp, NEWS).sentences) == 3


@pytest.mark.parametrize("components", [[], ["entity_ruler"]])
def test_a_pipeline_without_sentences_is_refused(tmp_path: Path, components: list[str]) -> None:
    other = spacy.blank("en")
    for name in components:
        other.add_pipe(name)
    other.to_disk(tmp_path / "other")
    with pytest.raises(ModelError, match="sets no sentences"):
        load(spacy_model=str(tmp_path / "other"))


def test_an_unknown_pipeline_is_refused() -> None:
    with pytest.raises(ModelError, match="no_such_pipeline"):
        load(spacy_model="no_such_pipeline")


def test_components_stand_alone() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("kg_reader")
    assert nlp("Norway attacked Iceland.")._.kg_record.actors


def test_a_failing_document_does_not_sink_the_rest(nlp: Language) -> None:
    failed: list[str] = []
    documents = [Document(id="a", text=NEWS), Document(id="b", text=NEWS), Document(id="c", text=NEWS)]
    broken = [replace(d, text=None) if d.id == "b" else d for d in documents]  # type: ignore[arg-type]
    records = list(extract(broken, nlp, lambda document, _: failed.append(document.id)))
    assert [r.document.id for r in records] == ["a", "c"]
    assert failed == ["b"]
    with pytest.raises(DocumentError, match="'b'"):
        list(extract(broken, nlp))


def test_long_documents_are_read_whole(nlp: Language) -> None:
    record = read(nlp, "\n\n".join([NEWS] * 30))
    consult = [e for e in record.events if e.type == "CONSULT"]
    assert len(consult) == 30
    assert len({e.trigger for e in record.events}) == len({(e.trigger, e.type) for e in record.events})
    assert sum(a.name == "Norway" for a in record.actors) == 1


def check(record: DocumentRecord) -> None:
    text = record.document.text
    assert from_json(json.loads(json.dumps(to_json(record)))) is not None
    spans = [m for a in record.actors for m in a.mentions]
    spans += [e.trigger for e in record.events] + [p for e in record.events for p in e.places]
    spans += [e.time for e in record.events if e.time] + [r.sentence for r in record.relations]
    for span in spans:
        assert 0 <= span.begin < span.end <= len(text)
        assert span.of(text).strip() == span.of(text)
    ids = {a.id for a in record.actors}
    for event in record.events:
        assert {*event.sources, *event.targets, *event.disputed_by} <= ids
        assert not set(event.sources) & set(event.targets)
        assert event.claimant not in event.disputed_by
        assert event.same_as is None or event.same_as in {e.id for e in record.events}


WORDS = st.sampled_from([*NEWS.split(), "\n\n", "\t", "“", "\u202e", "𝔘", "he", "(AFP)", "'s", "--", "U.S.-led"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join)))
def test_any_text_gives_a_valid_record(nlp: Language, text: str) -> None:
    check(read(nlp, text))


def test_nothing_but_states_stands_within_a_known_name(nlp: Language) -> None:
    name = "National Union for the Total Independence of Angola"
    text = f"Rebels of the {name} attacked a convoy near Luanda."
    record = read(nlp, text)
    begin = text.index(name)
    inside = {
        mention.of(text)
        for actor in record.actors
        for mention in actor.mentions
        if begin <= mention.begin and mention.end <= begin + len(name) and actor.type != "STATE"
    }
    assert inside == {name}


@pytest.mark.parametrize("before", ["President ", "cyclist ", "General ", ""])
def test_a_person_is_mentioned_once_and_whole(nlp: Language, before: str) -> None:
    text = f"In Seoul on Monday, {before}Cho Min-seok met Ilse Brand, who had come from Oslo."
    mentions = [mention.of(text) for actor in read(nlp, text).actors for mention in actor.mentions]
    assert [form for form in mentions if "Cho" in form or "seok" in form] in (
        [f"{before}Cho Min-seok"],
        ["Cho Min-seok"],
    )


@pytest.mark.parametrize("after", ["", " Assistant Secretary of State Jane Example met Aden Yusuf in Nairobi."])
def test_what_the_lexicon_knows_is_no_person(nlp: Language, after: str) -> None:
    text = "Al-Shabab denied on Sunday that its fighters had attacked a convoy near Baidoa." + after
    assert {actor.name: actor.type for actor in read(nlp, text).actors}["Al-Shabaab"] == "ARMED_GROUP"


@pytest.mark.parametrize(
    "text",
    [
        "Al-Shabab denied that its fighters had attacked the market in Baidoa.",
        "Iran has denied supplying weapons to the rebels in Yemen.",
        "Israel rejected allegations that its troops had fired on civilians.",
    ],
)
def test_who_denies_it_does_not_say_so(nlp: Language, text: str) -> None:
    disputed = [event for event in read(nlp, text).events if event.disputed_by]
    assert disputed
    assert all(event.claimant is None for event in disputed)
