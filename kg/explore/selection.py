"""Which facts are shown: what a reader chose, as it stands in the address of a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError
from kg.graph.slice import criteria, sliced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.explore.index import Index
    from kg.explore.ragged import Numbers
    from kg.graph.model import EventNode, KnowledgeGraph, MentionNode, RelationEdge
    from kg.graph.slice import Criteria

_LONGEST: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a fact must meet to be shown: all that is given.

    Args:
        since: The first day, month or year.
        until: The last day, month or year. An undated event takes the day on which its first document appeared.
        type: A type of events (``CONSULT``), of stated relations (``member_of``), or one of the user's own, by name.
        sure: The least confidence, 0 to 1.
        source: The publisher of a document that reports it, by name.
        claimant: The key (:meth:`kg.explore.Index.key`) of an actor or publisher who says so.
        undisputed: Whether what somebody disputes is left out.
        happened: Whether what is planned, possible or negated is left out.
    """

    since: str = ""
    until: str = ""
    type: str = ""
    sure: float = 0.0
    source: str = ""
    claimant: str = ""
    undisputed: bool = False
    happened: bool = False

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Selection:
        """Return what the parameters of an address choose; others than ours are left alone.

        Raises:
            ConfigError: A value is none that can be chosen.
        """
        values = {name: given.get(name, "").strip() for name in ("since", "until", "type", "source", "claimant")}
        for name, value in values.items():
            if len(value) > _LONGEST:
                raise ConfigError(f"{name} is longer than {_LONGEST} characters")
        return cls(
            **values,
            sure=_share(given.get("sure", "")),
            undisputed=given.get("undisputed", "") == "yes",
            happened=given.get("happened", "") == "yes",
        )

    @classmethod
    def as_typed(cls, given: Mapping[str, str]) -> Selection:
        """Return what parameters choose without what :meth:`read` refuses, for a form in which it is put right."""
        kept = {name: value for name, value in given.items() if len(value) <= _LONGEST}
        try:
            return cls.read(kept)
        except ConfigError:
            return cls.read({**kept, "sure": ""})

    def of_documents(self) -> Selection:
        """Return the part that can be asked of a document too: when it appeared, and who published it."""
        return Selection(since=self.since, until=self.until, source=self.source)

    def of_facts(self) -> Selection:
        """Return the part that can be asked of facts alone: what :meth:`of_documents` leaves."""
        return replace(self, since="", until="", source="")

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """Return the parameters of an address that choose this; what is not chosen is not among them.

        >>> Selection(since="2015", sure=0.5, undisputed=True).parameters()
        (('since', '2015'), ('sure', '0.5'), ('undisputed', 'yes'))
        """
        return tuple(self._parameters())

    def __bool__(self) -> bool:
        """Say whether anything is chosen."""
        return bool(self.parameters())

    def apply(
        self, index: Index, events: Iterable[EventNode] = (), relations: Iterable[RelationEdge] = ()
    ) -> KnowledgeGraph:
        """Return the graph of those of the facts that are to be shown.

        Raises:
            ConfigError: A date or type is none, or the window ends before it begins.
        """
        part = index.part(events, relations)
        if not self:
            return part
        found = sliced(part, self.criteria(index))
        return self._from_source(index, found) if self.source else found

    def meets(self, index: Index, positions: Numbers) -> Numbers:
        """Return which of the events, by their places among all, are to be shown: those that :meth:`apply` leaves.

        Raises:
            ConfigError: As :meth:`apply`.
        """
        return positions[index.columns.meeting(self.criteria(index), self.source)[positions]] if self else positions

    def criteria(self, index: Index) -> Criteria:
        """Return what facts must meet, all but the publisher.

        Raises:
            ConfigError: A date or type is none, or the window ends before it begins.
        """
        bare = replace(index.graph, documents=(), actors=(), places=(), events=(), relations=())
        wanted = criteria(
            bare,
            since=self.since or None,
            until=self.until or None,
            published=True,
            types=(self.type,) if self.type else (),
            min_confidence=self.sure,
            exclude_contested=self.undisputed,
            factualities=("happened",) if self.happened else (),
        )
        if self.claimant:
            wanted = replace(wanted, asserted_by=frozenset({index.iri(self.claimant)}))
        return wanted

    def _from_source(self, index: Index, part: KnowledgeGraph) -> KnowledgeGraph:
        """Return the part that documents of the chosen publisher report."""

        def reported(mentions: Iterable[MentionNode]) -> bool:
            documents = (index.documents.get(mention.document) for mention in mentions)
            return any(document is not None and document.publisher == self.source for document in documents)

        events = tuple(event for event in part.events if reported(event.mentions))
        kept = {event.iri for event in events}
        relations = tuple(
            relation
            for relation in part.relations
            if reported(relation.mentions) or any(iri in kept for iri in relation.events)
        )
        return replace(part, events=events, relations=relations)

    def _parameters(self) -> Iterator[tuple[str, str]]:
        for name in ("since", "until", "type"):
            if value := str(getattr(self, name)):
                yield name, value
        if self.sure:
            yield "sure", f"{self.sure:g}"
        for name in ("source", "claimant"):
            if value := str(getattr(self, name)):
                yield name, value
        for name in ("undisputed", "happened"):
            if getattr(self, name):
                yield name, "yes"


def _share(text: str) -> float:
    try:
        share = float(text or 0)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ConfigError(f"the least confidence is a number from 0 to 1, not {text[:40]!r}")
    return share
