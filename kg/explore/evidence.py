"""What a fact rests on: who says so, who denies it, in how many independent reports, and the sentences themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kg.explore.passages import Segment, fact_label, notes, sentence_segments
from kg.graph.legible import blank
from kg.graph.model import EventNode

if TYPE_CHECKING:
    from kg.explore.index import Index
    from kg.explore.passages import Note
    from kg.graph.model import AccountNode, MentionNode, RelationEdge


class Party(NamedTuple):
    """An actor, place or publisher with what it is here: ``who does it``, ``to whom`` ...; "" as key: no page."""

    role: str
    key: str
    name: str


class Voice(NamedTuple):
    """Somebody who stands behind a report, or denies it; the words that say so; and in which document (key, name)."""

    key: str
    name: str
    denies: bool
    cue: str
    speaker: str
    quotes: tuple[str, ...]
    document: str
    title: str
    disputes_another: bool


class Report(NamedTuple):
    """One document's report: its sentence, and what the document says where that differs from the others.

    ``copy_of`` is the title of the document that it reprints, "" where it is one of its own.
    """

    document: str
    title: str
    publisher: str
    published: str
    copy_of: str
    sentence: tuple[Segment, ...]
    begin: int
    end: int
    account: str
    patterns: tuple[str, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was read from the words of the sentence."""
        return notes(self.sentence)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact and what it rests on. ``events`` are those that a relation follows from, as (key, label)."""

    key: str
    label: str
    fact: EventNode | RelationEdge
    parties: tuple[Party, ...]
    affirming: tuple[Voice, ...]
    denying: tuple[Voice, ...]
    reports: tuple[Report, ...]
    documents: int
    independent: int
    events: tuple[tuple[str, str], ...]


def evidence(index: Index, fact: EventNode | RelationEdge) -> Evidence:
    """Return what an event or relation rests on; reports by date and document, voices by name."""
    voices = sorted({voice for mention in fact.mentions for voice in _voices(index, mention)}, key=_order)
    counted = index.counts.of_event(fact) if isinstance(fact, EventNode) else index.counts.of_relation(fact)
    accounts = {one.document: one for one in fact.accounts} if isinstance(fact, EventNode) else {}
    reports = [_report(index, fact, mention, accounts.get(mention.document)) for mention in fact.mentions]
    carried = () if isinstance(fact, EventNode) else index.carrying((fact,))
    return Evidence(
        key=index.key(fact.iri),
        label=fact_label(index, fact),
        fact=fact,
        parties=parties(index, fact),
        affirming=tuple(voice for voice in voices if not voice.denies),
        denying=tuple(voice for voice in voices if voice.denies),
        reports=tuple(sorted(reports, key=lambda one: (one.published or "9999", one.document, one.begin))),
        documents=counted.all,
        independent=counted.independent,
        events=tuple((index.key(event.iri), fact_label(index, event)) for event in carried),
    )


def parties(index: Index, fact: EventNode | RelationEdge) -> tuple[Party, ...]:
    """Return who and what is involved, each with its part."""
    if not isinstance(fact, EventNode):
        return tuple(
            Party(role, index.key(iri), index.name(iri)) for role, iri in (("from", fact.source), ("to", fact.target))
        )
    acting = {*fact.sources, *fact.targets}
    roles = (
        ("who does it", fact.sources),
        ("to whom", fact.targets),
        ("who takes part", tuple(iri for iri in fact.participants if iri not in acting)),
        ("where", fact.places),
    )
    return tuple(Party(role, index.key(iri), index.name(iri)) for role, iris in roles for iri in iris)


def title_of(index: Index, iri: str) -> str:
    """Return what a document is called: its title, or else its id; its key where nothing of these can be seen."""
    document = index.documents.get(iri)
    if document is None:
        return iri
    return next((words for words in (document.title or "", document.id) if not blank(words)), index.key(iri))


def _report(index: Index, fact: EventNode | RelationEdge, mention: MentionNode, account: AccountNode | None) -> Report:
    document = index.documents.get(mention.document)
    copied = document.copy_of if document is not None else None
    return Report(
        document=index.key(mention.document),
        title=title_of(index, mention.document),
        publisher=(document.publisher if document is not None else None) or "",
        published=(document.published if document is not None else None) or "",
        copy_of=title_of(index, copied) if copied else "",
        sentence=sentence_segments(index, fact, mention),
        begin=mention.begin,
        end=mention.end,
        account=_differing(account, fact),
        patterns=mention.patterns,
    )


def _differing(account: AccountNode | None, fact: EventNode | RelationEdge) -> str:
    """Return how one document's account of an event differs from what all say together; "" where it does not."""
    if account is None or not isinstance(fact, EventNode):
        return ""
    said = [account.label] if account.label != fact.label else []
    said += [account.factuality] if account.factuality != fact.factuality else []
    said += ["disputed"] if account.contested and not fact.contested else []
    days = (account.date, account.earliest, account.latest)
    if days != (fact.date, fact.earliest, fact.latest) and any(days):
        said.append(account.date or " to ".join(day for day in days if day))
    return "; ".join(said)


def _voices(index: Index, mention: MentionNode) -> tuple[Voice, ...]:
    return tuple(
        Voice(
            key=index.key(claim.claimant) if claim.claimant in index.actors else "",
            name=index.name(claim.claimant),
            denies=claim.polarity == "denies",
            cue=claim.cue,
            speaker=claim.speaker,
            quotes=tuple(quote.text for quote in claim.quotes),
            document=index.key(mention.document),
            title=title_of(index, mention.document),
            disputes_another=bool(claim.contradicts),
        )
        for claim in mention.claims
    )


def _order(voice: Voice) -> tuple[str, ...]:
    return (voice.name, voice.document, voice.cue, voice.speaker, *voice.quotes, voice.key)
