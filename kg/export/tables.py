"""The tables of a graph: one for each kind of record, joined to each other by IRI."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kg import ontology
from kg.export.table import Column, table
from kg.graph.model import holds
from kg.graph.reports import ReportCounts
from kg.identifiers import Identifiers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.export.table import Table, Value
    from kg.graph.model import (
        AccountNode,
        AppearanceNode,
        ClaimNode,
        EventNode,
        KnowledgeGraph,
        MentionNode,
        NamingNode,
        QuoteNode,
    )


class Within(NamedTuple):
    """A record with the IRI of what it belongs to."""

    owner: str
    record: MentionNode | ClaimNode | AccountNode | AppearanceNode | NamingNode


class Quoted(NamedTuple):
    """A quote with the IRIs of the claims that it is given for: one may tell of several events."""

    record: QuoteNode
    claims: tuple[str, ...]


class Names:
    """What the IRIs of a graph stand for."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph

    def of(self, iris: Iterable[str]) -> tuple[str, ...]:
        """Return the names of actors, places, publishers and own types, and an IRI that has none as it is."""
        return tuple(self._names.get(iri, iri) for iri in iris)

    @cached_property
    def _names(self) -> dict[str, str]:
        graph, identifiers = self._graph, Identifiers(self._graph.base)
        publishers = {document.publisher for document in graph.documents if document.publisher}
        names = {identifiers.publisher(name): name for name in publishers}
        names.update((kind.iri, kind.name) for kind in graph.custom_types)
        names.update((place.iri, place.name) for place in graph.places)
        names.update((actor.iri, actor.name) for actor in graph.actors)
        return names


def tables(graph: KnowledgeGraph) -> tuple[Table, ...]:
    """Return the tables of a graph: the same ones, with the same columns, for every graph; rows are sorted by IRI."""
    names, counts = Names(graph), ReportCounts(graph)
    reports = _sorted(Within(iri, mention) for iri, mention in mentions(graph))
    stated = [(mention.iri, claim) for _, mention in mentions(graph) for claim in mention.claims]
    claims = _sorted(Within(iri, claim) for iri, claim in stated)
    accounts = _sorted(Within(event.iri, account) for event in graph.events for account in event.accounts)
    shown = [(node.iri, appearance) for node in graph.named for appearance in node.appearances]
    appearances = _sorted(Within(iri, appearance) for iri, appearance in shown)
    namings = _sorted(Within(appearance.iri, naming) for _, appearance in shown for naming in appearance.namings)
    return (
        event_table(graph.events, names, counts),
        table("accounts", "what one document says of an event that several report", _account_columns(names), accounts),
        table("actors", "who takes part", _ACTORS, graph.actors),
        table("places", "where events happen, and what somebody controls", _PLACES, graph.places),
        table("appearances", "an actor or place as one document has it", _appearance_columns(names), appearances),
        table("namings", "a stretch of a document that names an actor", _NAMINGS, namings),
        table("mentions", "one report in one text, of an event or of a relation", _MENTIONS, reports),
        table("claims", "who affirms or denies what a mention reports", _claim_columns(names), claims),
        table(
            "quotes",
            "a stretch of a document given as the claimant's words",
            _QUOTES,
            _quoted(claim for _, claim in stated),
        ),
        table(
            "relations",
            "what joins two actors, and what it rests on",
            _relation_columns(names, counts),
            graph.relations,
        ),
        table("documents", "the texts", _DOCUMENTS, graph.documents),
        table("types", "event types of the user's own", _TYPES, graph.custom_types),
        table("runs", "what made the graph", _RUNS, graph.runs),
    )


def event_table(events: Iterable[EventNode], names: Names, counts: ReportCounts) -> Table:
    """Return events as a table, in the order given."""
    columns = _event_columns(names, counts)
    return table("events", "what happened, was planned, may happen or did not", columns, events)


def documents_of(event: EventNode) -> tuple[str, ...]:
    """Return the IRIs of the documents that report an event, sorted."""
    return tuple(sorted({mention.document for mention in event.mentions}))


def quad_class(event: EventNode) -> str:
    """Return the quad class of an event: ``verbal_conflict``, for one."""
    return ontology.local_name(ontology.quad_class(event.type))


def contexts(event: EventNode) -> tuple[str, ...]:
    """Return the contexts that an event's type and mode settle."""
    return tuple(ontology.local_name(term) for term in ontology.implied_contexts(event.type, event.mode))


def intensity(event: EventNode) -> float:
    """Return the place of an event on the PLOVER scale, -10 (conflict) to 10 (cooperation)."""
    return float(ontology.intensity(event.type, event.mode))


def cameo(event: EventNode) -> str:
    """Return the CAMEO code of an event, "" where no single code says what it is."""
    code = ontology.cameo_code(event.type, event.mode)
    return ontology.local_name(code) if code else ""


def mentions(graph: KnowledgeGraph) -> Iterator[tuple[str, MentionNode]]:
    """Give the mentions of events and relations, each with the IRI of what it reports."""
    for event in graph.events:
        yield from ((event.iri, mention) for mention in event.mentions)
    for relation in graph.relations:
        yield from ((relation.iri, mention) for mention in relation.mentions)


def _sorted(rows: Iterable[Within]) -> list[Within]:
    return sorted(rows, key=lambda row: row.record.iri)


def _quoted(claims: Iterable[ClaimNode]) -> list[Quoted]:
    found: dict[str, Quoted] = {}
    for claim in claims:
        for quote in claim.quotes:
            _, known = found.get(quote.iri, (quote, ()))
            found[quote.iri] = Quoted(quote, tuple(sorted({*known, claim.iri})))
    return [quoted for _, quoted in sorted(found.items())]


def _within(name: str, kind: str, about: str, *, refers: bool = False) -> Column:
    """Return a column for a field of the record within."""
    return Column(name, kind, about, lambda row: getattr(row.record, name), refers)  # type: ignore[arg-type]


def _event_columns(names: Names, counts: ReportCounts) -> tuple[Column, ...]:
    return (
        Column("iri", "text", "the event"),
        Column("label", "text", "one readable line"),
        Column("type", "text", "one of PLOVER's sixteen types"),
        Column("mode", "text", "how, where the text says"),
        Column("custom_types", "texts", "types of your own, by name", lambda event: names.of(event.custom_types)),
        Column("quad_class", "text", "verbal or material, cooperation or conflict", quad_class),
        Column("intensity", "number", "PLOVER's scale, -10 (conflict) to 10 (cooperation)", intensity),
        Column("contexts", "texts", "the subject matter, where type and mode settle it", contexts),
        Column("cameo", "text", "the CAMEO code, where one says the same", cameo),
        Column("factuality", "text", "happened, planned, possible or negated"),
        Column("contested", "flag", "whether somebody denies it, or reports differ"),
        Column("confidence", "number", "how sure the reader is, 0 to 1"),
        Column("date", "day", "the day, where it is known"),
        Column("earliest", "day", "the first day it can be, where only a period is known"),
        Column("latest", "day", "the last day it can be"),
        *_roles(names),
        Column("reports", "integer", "how many documents report it", lambda event: counts.of_event(event).all),
        Column(
            "independent_reports",
            "integer",
            "how many of them are no copies of each other",
            lambda event: counts.of_event(event).independent,
        ),
        Column("documents", "texts", "those documents", documents_of, refers=True),
    )


def _roles(names: Names) -> Iterator[Column]:
    about = {
        "sources": "who does it",
        "targets": "to whom",
        "participants": "who takes part, where all act alike",
        "places": "where",
    }
    for role, words in about.items():
        yield Column(role, "texts", f"{words}: IRIs", refers=True)
        yield Column(
            f"{role.removesuffix('s')}_names",
            "texts",
            f"{words}: names",
            _names_of(names, role),
            refers=True,
        )


def _names_of(names: Names, role: str) -> Value:
    return lambda event: names.of(getattr(event, role))


def _account_columns(names: Names) -> tuple[Column, ...]:
    own = (
        Column("iri", "text", "the account", lambda row: row.record.iri),
        Column("event", "text", "the event", lambda row: row.owner, refers=True),
        _within("document", "text", "the document", refers=True),
        _within("label", "text", "one readable line"),
        _within("mode", "text", "how, where the text says"),
        _within("factuality", "text", "happened, planned, possible or negated"),
        _within("contested", "flag", "whether somebody denies it there"),
        _within("confidence", "number", "how sure the reader is, 0 to 1"),
        _within("date", "day", "the day, where it is known"),
        _within("earliest", "day", "the first day it can be, where only a period is known"),
        _within("latest", "day", "the last day it can be"),
    )
    joining = (
        _within("joined_to", "text", "the account that it was joined to", refers=True),
        _within("rule", "text", "why, as `kg why` says it"),
        _within("agrees_on", "texts", "in what respects the two agree"),
        _within("score", "integer", "the points for that"),
    )
    return (*own, *(replace(role, value=_of_record(role)) for role in _roles(names)), *joining)


def _of_record(column: Column) -> Value:
    return lambda row: column.of(row.record)


def _appearance_columns(names: Names) -> tuple[Column, ...]:
    return (
        Column("iri", "text", "the appearance", lambda row: row.record.iri),
        Column("node", "text", "the actor or place", lambda row: row.owner, refers=True),
        Column("node_name", "text", "its name in the graph", lambda row: names.of([row.owner])[0], refers=True),
        _within("document", "text", "the document", refers=True),
        _within("name", "text", "what it is called there"),
        _within("rule", "text", "what decided that it is this one"),
        _within("confidence", "number", "how sure that is, 0 to 1"),
        _within("type", "text", "of an actor: PERSON, STATE and so on, as the document has it"),
        _within("country", "text", "of an actor: ISO 3166-1 alpha-3, as the document has it"),
        _within("sector", "text", "of an actor: PLOVER's sector, as the document has it"),
        _within("same_as", "texts", "of an actor: the same in other knowledge bases, as the document has it"),
    )


def _claim_columns(names: Names) -> tuple[Column, ...]:
    return (
        Column("iri", "text", "the claim", lambda row: row.record.iri),
        Column("mention", "text", "the mention whose report it is about", lambda row: row.owner, refers=True),
        _within("claimant", "text", "who claims it: an actor or the document's publisher", refers=True),
        Column(
            "claimant_name",
            "text",
            "the claimant's name",
            lambda row: names.of([row.record.claimant])[0],
            refers=True,
        ),
        _within("polarity", "text", "affirms or denies"),
        _within("cue", "text", "the words that give it to the claimant, where known"),
        _within("speaker", "text", "the words that name the claimant with them"),
        Column(
            "quotes",
            "texts",
            "what the document gives as the claimant's words",
            lambda row: tuple(quote.text for quote in row.record.quotes),
        ),
        _within("contradicts", "texts", "claims that cannot stand beside it", refers=True),
    )


def _relation_columns(names: Names, counts: ReportCounts) -> tuple[Column, ...]:
    return (
        Column("iri", "text", "the relation"),
        Column("source", "text", "from whom: an actor", refers=True),
        Column("source_name", "text", "that actor's name", lambda edge: names.of([edge.source])[0], refers=True),
        Column("property", "text", "what joins them, as meets or memberOf"),
        Column("target", "text", "to whom: an actor, or a place that the source controls", refers=True),
        Column(
            "target_name", "text", "that actor's or place's name", lambda edge: names.of([edge.target])[0], refers=True
        ),
        Column("holds", "flag", "whether it is an edge: what is past, negated or only possible is none", holds),
        Column("factuality", "text", "happened (it holds), planned, past, possible or negated"),
        Column("contested", "flag", "whether nothing undisputed is left to rest on"),
        Column("confidence", "number", "how sure the reader is, 0 to 1"),
        Column("first", "day", "the first day of what it rests on"),
        Column("last", "day", "the last day of it"),
        Column("count", "integer", "how many events and mentions it rests on"),
        Column("reports", "integer", "how many documents report it", lambda edge: counts.of_relation(edge).all),
        Column(
            "independent_reports",
            "integer",
            "how many of them are no copies of each other",
            lambda edge: counts.of_relation(edge).independent,
        ),
        Column("events", "texts", "the events that it follows from", refers=True),
    )


_ACTORS = (
    Column("iri", "text", "the actor"),
    Column("name", "text", "its canonical name"),
    Column("type", "text", "PERSON, STATE, MILITARY and so on"),
    Column("country", "text", "ISO 3166-1 alpha-3"),
    Column("sector", "text", "PLOVER's sector, as GOV or MIL"),
    Column("alt_names", "texts", "every other form in the texts"),
    Column("same_as", "texts", "the same in other knowledge bases"),
)
_PLACES = (
    Column("iri", "text", "the place"),
    Column("name", "text", "its commonest name"),
    Column("alt_names", "texts", "every other name in the texts"),
    Column("country", "text", "ISO 3166-1 alpha-3, where known"),
    Column("latitude", "number", "degrees (WGS 84), where known"),
    Column("longitude", "number", "degrees (WGS 84), where known"),
    Column("precision", "text", "how exact that is: city, region or country"),
    Column("entry", "text", "the place of the gazetteers that it is or lies in"),
    Column("basis", "text", "what decided for that entry"),
    Column("geonames", "text", "the entry's number in GeoNames, where the place is the entry itself"),
    Column("population", "integer", "the entry's, likewise"),
)
_MENTIONS = (
    Column("iri", "text", "the mention", lambda row: row.record.iri),
    Column("denotes", "text", "the event or relation that it reports", lambda row: row.owner, refers=True),
    _within("document", "text", "the document", refers=True),
    _within("begin", "integer", "where its words begin in the text, in code points"),
    _within("end", "integer", "where they end, exclusive"),
    _within("anchor", "text", "the words"),
    _within("sentence", "text", "their sentence"),
    _within("custom_types", "texts", "types of your own that it is of: IRIs", refers=True),
    _within("patterns", "texts", "your patterns that it was read by"),
    _within("confidence", "number", "how sure the reader is of it, 0 to 1, where it states a relation"),
)
_NAMINGS = (
    Column("iri", "text", "the naming", lambda row: row.record.iri),
    Column("appearance", "text", "the appearance that it is a part of", lambda row: row.owner, refers=True),
    _within("begin", "integer", "where its words begin in the text, in code points"),
    _within("end", "integer", "where they end, exclusive"),
    _within("anchor", "text", "the words"),
)
_QUOTES = (
    Column("iri", "text", "the quote", lambda row: row.record.iri),
    Column("claims", "texts", "the claims that it is given for", refers=True),
    _within("begin", "integer", "where it begins in the text, in code points"),
    _within("end", "integer", "where it ends, exclusive"),
    _within("text", "text", "the words"),
    _within("verbatim", "flag", "whether it stands in quotation marks"),
)
_DOCUMENTS = (
    Column("iri", "text", "the document"),
    Column("id", "text", "its id where it came from"),
    Column("title", "text", "its title"),
    Column("publisher", "text", "who published it"),
    Column("published", "text", "the day or moment of publication, ISO 8601"),
    Column("source", "text", "the file it was read from"),
    Column("url", "text", "its address"),
    Column("language", "text", "BCP 47"),
    Column("sha256", "text", "the digest of its text"),
    Column("copy_of", "text", "the document that it reprints", refers=True),
    Column("run", "text", "the run in which it was read", refers=True),
)
_TYPES = (
    Column("iri", "text", "the type"),
    Column("name", "text", "its name"),
    Column("label", "text", "what it is called"),
    Column("broader", "text", "the PLOVER type that it lies under"),
    Column("description", "text", "what it is"),
)
_RUNS = (
    Column("iri", "text", "the run"),
    Column("program", "text", "the version of the program"),
    Column("model", "text", "the language model and its version"),
    Column("ontology", "text", "the version of the ontology"),
)
