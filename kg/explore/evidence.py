"""What a fact rests on: who says so, who denies it, in how many independent reports, and the sentences themselves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kg.explore.passages import Segment, fact_label, notes, sentence_segments
from kg.graph.legible import blank
from kg.graph.model import EventNode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kg.explore.index import Index
    from kg.explore.passages import Note
    from kg.graph.model import AccountNode, ClaimNode, MentionNode, RelationEdge


class Party(NamedTuple):
    """An actor, place or publisher with what it is here: ``who does it``, ``to whom`` ...; "" as key: no page."""

    role: str
    key: str
    name: str


class Saying(NamedTuple):
    """The words that give a claim to somebody, in which document (key, name), and where the report in it begins.

    ``copy_of`` is the title of the document that it reprints, "" where it is one of its own.
    """

    cue: str
    speaker: str
    quotes: tuple[str, ...]
    document: str
    title: str
    published: str
    copy_of: str
    begin: int


class Contradiction(NamedTuple):
    """Who contradicts a claim in what is said of another event or relation (key, label)."""

    name: str
    key: str
    label: str


class Voice(NamedTuple):
    """Somebody who stands behind a fact, or denies it: in which documents, each place once, copies last.

    ``contradicted`` says whether anybody contradicts that: ``opponents`` are the names of those who do so of the same
    fact, ``elsewhere`` those who do so of another.
    """

    key: str
    name: str
    denies: bool
    sayings: tuple[Saying, ...]
    contradicted: bool
    opponents: tuple[str, ...]
    elsewhere: tuple[Contradiction, ...]

    @property
    def only_copied(self) -> bool:
        """Whether all documents that give the claim are copies."""
        return all(one.copy_of for one in self.sayings)


class Report(NamedTuple):
    """One document's report: its sentence, and what the document says where that differs from the others.

    ``url`` is where the document was published, "" where that is not known; ``copy_of`` the title of the document that
    it reprints, "" where it is one of its own.
    """

    document: str
    title: str
    publisher: str
    published: str
    url: str
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
    voices = _voices(index, fact)
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
    return Report(
        document=index.key(mention.document),
        title=title_of(index, mention.document),
        publisher=(document.publisher if document is not None else None) or "",
        published=(document.published if document is not None else None) or "",
        url=(document.url if document is not None else None) or "",
        copy_of=_original(index, mention.document),
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


def _original(index: Index, iri: str) -> str:
    """Return the title of the document that a document reprints, "" where it is one of its own."""
    document = index.documents.get(iri)
    return title_of(index, document.copy_of) if document is not None and document.copy_of else ""


def _voices(index: Index, fact: EventNode | RelationEdge) -> tuple[Voice, ...]:
    """Return who says so and who denies it, each once, by name."""
    said: defaultdict[tuple[str, bool], list[tuple[MentionNode, ClaimNode]]] = defaultdict(list)
    for mention in fact.mentions:
        for claim in mention.claims:
            said[claim.claimant, claim.polarity == "denies"].append((mention, claim))
    speakers = {claim.iri: claim.claimant for claims in said.values() for _, claim in claims}
    order = sorted(said, key=lambda one: (index.name(one[0]), one))
    return tuple(_voice(index, speakers, *one, said[one]) for one in order)


def _voice(
    index: Index,
    speakers: Mapping[str, str],
    claimant: str,
    denies: bool,
    claims: Collection[tuple[MentionNode, ClaimNode]],
) -> Voice:
    """Return a voice, given who makes each claim about the same fact, and the claims of the voice itself."""
    others = sorted({iri for _, claim in claims for iri in claim.contradicts})
    return Voice(
        key=index.key(claimant) if claimant in index.actors else "",
        name=index.name(claimant),
        denies=denies,
        sayings=_sayings(index, claims),
        contradicted=bool(others),
        opponents=tuple(sorted({index.name(speakers[iri]) for iri in others if iri in speakers})),
        elsewhere=_elsewhere(index, (iri for iri in others if iri not in speakers)),
    )


def _sayings(index: Index, claims: Iterable[tuple[MentionNode, ClaimNode]]) -> tuple[Saying, ...]:
    """Return where somebody says it; of places of a document that differ in nothing else, the first."""
    found: dict[Saying, Saying] = {}
    for one in sorted(_saying(index, mention, claim) for mention, claim in claims):
        found.setdefault(one._replace(begin=0), one)
    return tuple(
        sorted(found.values(), key=lambda one: (bool(one.copy_of), one.published or "9999", one.document, one.begin))
    )


def _saying(index: Index, mention: MentionNode, claim: ClaimNode) -> Saying:
    document = index.documents.get(mention.document)
    return Saying(
        cue=claim.cue,
        speaker=claim.speaker,
        quotes=tuple(quote.text for quote in claim.quotes),
        document=index.key(mention.document),
        title=title_of(index, mention.document),
        published=(document.published if document is not None else None) or "",
        copy_of=_original(index, mention.document),
        begin=mention.begin,
    )


def _elsewhere(index: Index, claims: Iterable[str]) -> tuple[Contradiction, ...]:
    """Return who makes claims (IRIs) that the graph holds, and about what."""
    found = (index.claims[iri] for iri in claims if iri in index.claims)
    return tuple(
        sorted(
            {
                Contradiction(index.name(claim.claimant), index.key(fact.iri), fact_label(index, fact))
                for claim, fact in found
            }
        )
    )
