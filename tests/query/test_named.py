"""The queries that ship with kg: their exact answers about one article, and how they are asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
import rdflib

from kg import ontology, resources
from kg.analyse import actors, dyads, summary
from kg.errors import QueryError
from kg.graph.assemble import assemble
from kg.graph.model import ActorNode, DocumentNode, EventNode, KnowledgeGraph, MentionNode, PlaceNode
from kg.graph.slice import criteria, sliced
from kg.query import NamedQuery, Table, load, named, names, run
from kg.query.format import display
from kg.query.named import parse_named
from kg.rdf.encode import encode
from kg.rdf.oxigraph import add, graph_on
from kg.records import EVENT_TYPES, EventType, Factuality
from kg.store.memory import graph_of

if TYPE_CHECKING:
    from kg.records import DocumentRecord

BEATEN = "They said Norwegian police officers had beaten two demonstrators, but the police denied it."
ATTACK = "Norwegian Police Service attacked demonstrators"

# What each query's own example is answered with; cells as people see them, joined by bars.
ANSWERS: dict[str, list[str]] = {
    "actor-profile": [
        "Iceland | rdf:type | kg:State",
        "Iceland | skos:altLabel | Icelandic",
        "Iceland | kg:alliedWith | Denmark",
        "Iceland | kg:country | ISL",
        "Katla Jónsdóttir | kg:leads | Iceland",
        "Iceland | kg:memberOf | NATO",
        "Iceland | kg:sector | plover:GOV",
    ],
    "actors": [
        "Denmark | kg:State | DNK | plover:GOV | 0",
        "Henrik Solberg | kg:Person | NOR | plover:GOV | 1",
        "Iceland | kg:State | ISL | plover:GOV | 3",
        "Katla Jónsdóttir | kg:Person | ISL | plover:GOV | 1",
        "NATO | kg:IntergovernmentalOrganization |  | plover:IGO | 0",
        "Norway | kg:State | NOR | plover:GOV | 3",
        "Norwegian Police Service | kg:PoliceForce | NOR | plover:COP | 2",
        "Russia | kg:State | RUS | plover:GOV | 0",
        "Russian ambassador | kg:Person | RUS | plover:GOV | 1",
        "Sea Watchers | kg:NonGovernmentalOrganization |  | plover:NGO | 2",
        "demonstrators | kg:PopulationGroup | NOR | plover:CVL | 1",
    ],
    "between": [
        " |  | plover:AGREE | Iceland and Norway reached an agreement | kg:Happened | false",
        "2024-04-01 | 2024-04-30 | plover:AID | Norway to give aid to Iceland | kg:Planned | false",
    ],
    "claims-by": [
        "Henrik Solberg | kg:Affirms |  | Norway to give aid to Iceland | send | "
        "Norway will send two coast guard vessels to Iceland next month, Solberg said. | north-sea",
    ],
    "contradictions": [
        f"{ATTACK} | Sea Watchers | kg:Affirms | Norwegian Police Service | kg:Denies | {BEATEN} | {BEATEN}"
    ],
    "disputed-events": [
        f" |  | {ATTACK} | Sea Watchers | kg:Affirms | beaten | {BEATEN}",
        f" |  | {ATTACK} | Norwegian Police Service | kg:Denies | beaten | {BEATEN}",
    ],
    "documents": ["north-sea | Iceland and Norway agree to share patrol data | The Northern Courier | 2024-03-13 | 15"],
    "dyads": [
        "Henrik Solberg | Katla Jónsdóttir | 1 | 1 | 0 | 4",
        "Iceland | Norway | 1 | 1 | 0 | 2.5",
        "Norwegian Police Service | Sea Watchers | 1 | 0 | 1 | -2",
    ],
    "event-types": [
        "plover:SANCTION | 2 | 0 | 0 | 1 | 1 | 0",
        "plover:AGREE | 1 | 1 | 0 | 0 | 0 | 0",
        "plover:AID | 1 | 0 | 1 | 0 | 0 | 0",
        "plover:ASSAULT | 1 | 1 | 0 | 0 | 0 | 1",
        "plover:CONSULT | 1 | 1 | 0 | 0 | 0 | 0",
        "plover:PROTEST | 1 | 1 | 0 | 0 | 0 | 0",
        "plover:REJECT | 1 | 1 | 0 | 0 | 0 | 0",
    ],
    "events-by-type": [" |  | plover:PROTEST | plover:PROTEST-demo | Sea Watchers protested | kg:Happened | false"],
    "evidence": [f"kg:attacks | {ATTACK} | beaten | 338 | 344 | {BEATEN} | north-sea | 2024-03-13"],
    "leaders": ["Katla Jónsdóttir | Iceland | 2024-03-13 | 2024-03-13 | 0.96"],
    "members-of": ["Iceland | NATO | 2024-03-13 | 2024-03-13 | 0.94"],
    "most-active": [
        "Sea Watchers | 2 | 1 | 1 | 1",
        "Henrik Solberg | 1 | 0 | 0 | 1",
        "Iceland | 1 | 0 | 0 | 1",
    ],
    "most-reported": [
        " |  | plover:AGREE | Iceland and Norway reached an agreement | 1 | 1 | false",
        f" |  | plover:ASSAULT | {ATTACK} | 1 | 1 | true",
        " |  | plover:PROTEST | Sea Watchers protested | 1 | 1 | false",
    ],
    "negated-or-possible": [
        "kg:Negated |  |  | plover:SANCTION | Iceland did not expel Russian ambassador | expel | "
        "Iceland, a NATO member and a close ally of Denmark, did not expel the Russian ambassador.",
    ],
    "opponents-of": ["Norwegian Police Service | kg:rejects | 1 |  |  | kg:Happened | false"],
    "places": ["Oslo | NOR | 59.91273 | 10.74609 | 1", "Reykjavik | ISL | 64.13548 | -21.89541 | 1"],
    "planned": ["2024-04-01 | 2024-04-30 | plover:AID | Norway to give aid to Iceland | 0.72"],
    "relations": [
        "Denmark | kg:alliedWith | Iceland | 1 | 2024-03-13 | 2024-03-13 | 0.88 | kg:Happened | false",
        "Iceland | kg:agreesWith | Norway | 1 |  |  | 0.9 | kg:Happened | false",
        "Norway | kg:agreesWith | Iceland | 1 |  |  | 0.9 | kg:Happened | false",
        "Norway | kg:aids | Iceland | 1 | 2024-04-01 | 2024-04-30 | 0.72 | kg:Planned | false",
    ],
    "reports": [
        "north-sea | 133 | 139 | agreed | plover:AGREE | Iceland and Norway reached an agreement | kg:Happened | "
        "The two governments agreed to share patrol data.",
    ],
    "supporters-of": [
        "Denmark | kg:alliedWith | 1 | 2024-03-13 | 2024-03-13 | kg:Happened | false",
        "Norway | kg:agreesWith | 1 |  |  | kg:Happened | false",
        "Norway | kg:aids | 1 | 2024-04-01 | 2024-04-30 | kg:Planned | false",
    ],
    "timeline": [
        " |  | plover:AGREE | Iceland and Norway reached an agreement | kg:Happened | false",
        " |  | plover:SANCTION | Iceland did not expel Russian ambassador | kg:Negated | false",
        "2024-04-01 | 2024-04-30 | plover:AID | Norway to give aid to Iceland | kg:Planned | false",
    ],
    "what-did-x-do-to-y": [f" |  | plover:ASSAULT | {ATTACK} | 0.8 | true"],
    "who-met-whom": ["Henrik Solberg | Katla Jónsdóttir | 1 | 2024-03-12 | 2024-03-12 | kg:Happened"],
}


def shown(table: Table) -> list[str]:
    return [" | ".join(display(term, table.prefixes) for term in row) for row in table]


def test_every_query_has_an_answer_here() -> None:
    assert set(names()) == set(ANSWERS)


@pytest.mark.parametrize("name", names())
def test_the_example_of_each_query(graph: rdflib.Graph, name: str) -> None:
    query = load(name)
    assert shown(query.run(graph, dict(query.example))) == ANSWERS[name]


@pytest.mark.parametrize("name", names())
def test_each_query_is_standard_sparql(graph: rdflib.Graph, name: str) -> None:
    """Another engine, given the query with its prefixes, answers the same about everything, row by row."""
    store = pyoxigraph.Store()
    triples = graph.serialize(format="nt").encode()
    store.bulk_load(triples, pyoxigraph.RdfFormat.N_TRIPLES)
    answer = store.query(load(name).sparql)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    theirs = [tuple(None if term is None else term.value for term in solution) for solution in answer]
    ours = [tuple(None if term is None else str(term) for term in row) for row in run(graph, load(name).sparql)]
    assert theirs
    assert ours == theirs


@pytest.mark.parametrize("name", names())
def test_an_empty_graph_has_no_answers(name: str) -> None:
    assert run(rdflib.Graph(), load(name).text).rows == ()


ASKED = [
    ("who-met-whom", {"actor": "katla jonsdottir"}, ["Katla Jónsdóttir | Henrik Solberg | 1 | 2024-03-12"]),
    ("who-met-whom", {"actor": "Denmark"}, []),
    ("supporters-of", {"actor": "Denmark"}, ["Iceland | kg:alliedWith | 1 | 2024-03-13"]),
    ("supporters-of", {"actor": "Iceland", "how": "aids"}, ["Norway | kg:aids | 1 | 2024-04-01"]),
    ("opponents-of", {"actor": "Russian ambassador"}, []),
    ("evidence", {"source": "Denmark", "target": "Iceland"}, ["kg:alliedWith |  | Iceland, a NATO member"]),
    ("evidence", {"source": "Norway", "target": "Jan Mayen"}, ["kg:controls |  | Norway controls Jan Mayen."]),
    ("evidence", {"source": "Solberg", "target": "Katla Jónsdóttir"}, ["kg:meets | "]),
    ("between", {"one": "NATO", "other": "Iceland"}, ["2024-03-13 | 2024-03-13 | kg:memberOf | Iceland memberOf NATO"]),
    ("what-did-x-do-to-y", {"source": "demonstrators", "target": "Norwegian Police Service"}, []),
    ("what-did-x-do-to-y", {"source": "Iceland", "target": "Norway"}, [" |  | plover:AGREE"]),
    ("what-did-x-do-to-y", {"source": "Norway", "target": "Iceland"}, [" |  | plover:AGREE"]),
    ("timeline", {"actor": "Norway", "since": "2024-04-30"}, ["2024-04-01 | 2024-04-30 | plover:AID"]),
    ("timeline", {"actor": "Norway", "since": "2024-05-01"}, []),
    ("timeline", {"actor": "Norway", "until": "2024-03-31"}, []),
    ("timeline", {"actor": "Norway", "since": "2024", "until": "2024"}, ["2024-04-01 | 2024-04-30 | plover:AID"]),
    ("timeline", {"actor": "Norway", "until": "2024-03"}, []),
    ("planned", {"until": "2024-04-01"}, ["2024-04-01 | 2024-04-30 | plover:AID"]),
    ("claims-by", {"actor": "Norwegian Police Service"}, ["Norwegian Police Service | kg:Denies"]),
    ("disputed-events", {"actor": "Norway"}, []),
    ("contradictions", {"actor": "Sea Watchers"}, [f"{ATTACK} | Sea Watchers"]),
    ("leaders", {"of": "Norway"}, []),
    ("leaders", {}, ["Katla Jónsdóttir | Iceland"]),
    ("most-active", {"limit": 1}, ["Sea Watchers"]),
    ("events-by-type", {"type": "sanction"}, [" |  | plover:SANCTION", " |  | plover:SANCTION"]),
]


@pytest.mark.parametrize(("name", "arguments", "beginnings"), ASKED)
def test_parameters_narrow_the_answer(
    graph: rdflib.Graph, name: str, arguments: dict[str, object], beginnings: list[str]
) -> None:
    rows = shown(named(graph, name, **arguments))
    assert len(rows) == len(beginnings), rows
    for row, beginning in zip(rows, beginnings, strict=True):
        assert row.startswith(beginning)


def test_none_leaves_a_parameter_out(graph: rdflib.Graph) -> None:
    assert named(graph, "leaders", of=None) == named(graph, "leaders")


def test_a_hostile_name_is_only_a_name(graph: rdflib.Graph) -> None:
    with pytest.raises(QueryError, match="no actor is named"):
        named(graph, "timeline", actor='Norway" } ?s ?p ?o { "')


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        (
            "who-met-who",
            {},
            "no query is named 'who-met-who'; did you mean who-met-whom? known: actor-profile, actors,",
        ),
        ("../kg", {}, "no query is named '../kg'; known: "),
        ("timeline", {"actr": "Norway"}, "query timeline has no parameter 'actr'; it has actor, since, until"),
        ("actors", {"x": 1}, "query actors has no parameter 'x'; it has none"),
        ("timeline", {}, "query timeline needs a value for actor: give actor (who), for example actor=Iceland"),
        ("timeline", {"actor": None}, "query timeline needs a value for actor"),
        ("between", {}, "query between needs a value for one, other: give one (an actor), other (another), for"),
        ("planned", {"since": "soon"}, "parameter since: 'soon' is no date"),
    ],
)
def test_what_cannot_be_asked(graph: rdflib.Graph, name: str, arguments: dict[str, object], message: str) -> None:
    with pytest.raises(QueryError) as caught:
        named(graph, name, **arguments)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("name", names())
def test_headers_fit_their_queries(name: str) -> None:
    query = load(name)
    assert query.title
    assert query.description.endswith(".")
    known = {parameter.name for parameter in query.parameters}
    assert {parameter for parameter, _ in query.example} <= known
    assert {each.name for each in query.parameters if each.required} <= {parameter for parameter, _ in query.example}
    for parameter in known - {"limit"}:
        assert f"VALUES ?{parameter} {{ UNDEF }}" in query.text
    assert ("LIMIT" in query.text) == ("limit" in known)
    assert "ORDER BY" in query.text


@pytest.mark.parametrize("name", names())
def test_queries_name_only_terms_of_the_ontology(name: str) -> None:
    text = load(name).text
    for vocabulary, prefix in ((ontology.KG, "kg"), (ontology.PLOVER, "plover"), (ontology.SEM, "sem")):
        for word in text.replace("(", " ").replace(")", " ").replace(",", " ").replace("^", " ").split():
            _, mark, term = word.partition(f"{prefix}:")
            if mark and term:
                assert vocabulary[term.split("/")[0].split("|")[0]]


@pytest.mark.parametrize("name", ["supporters-of", "opponents-of", "evidence"])
def test_symmetric_relations_are_looked_up_both_ways(name: str) -> None:
    symmetric = sorted(ontology.symmetric_properties() & set(ontology.relation_properties()))
    listed = ", ".join(f"kg:{ontology.local_name(term)}" for term in symmetric)
    assert f"FILTER (?how IN ({listed}))" in load(name).text


BROKEN = [
    ("SELECT * {}", "query x: the first line is no comment with a title"),
    ("# Title\nSELECT * {}", "query x: 0 lines begin with 'example:', not one"),
    (
        "# Title\n# parameter a: colour - b\n# example:\n",
        "is not as 'parameter NAME: TYPE - DESCRIPTION'; types: actor,",
    ),
    ("# Title\n# example: a\n", "query x: 'a' in the example is not as NAME=VALUE"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_a_broken_header_is_an_error(text: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_named("x", text)
    assert message in str(caught.value)


def test_a_header_is_read_whole() -> None:
    header = "# T\n#\n# One\n# two.\n#\n# parameter n: integer = 3 - how many\n# example: n='4'\n"
    text = f"{header}\nSELECT * {{ VALUES ?n {{ UNDEF }} }}\n"
    query = parse_named("x", text)
    assert (query.title, query.description, query.example) == ("T", "One two.", (("n", "4"),))
    assert query.parameters[0].default == "3"
    assert [str(row[0]) for row in query.run(rdflib.Graph())] == ["3"]
    assert isinstance(query, NamedQuery)


def test_files_and_event_types_are_all_there() -> None:
    assert len(names()) == len(resources.names("queries", ".rq")) >= 14
    assert all(ontology.PLOVER[kind] for kind in EVENT_TYPES)


@pytest.fixture(scope="module")
def large(record: DocumentRecord) -> rdflib.Graph:
    """The article's graph as large ones are held."""
    return graph_of(assemble([record]), large=0)


@pytest.mark.parametrize("name", names())
def test_oxigraph_gives_the_answers_of_rdflib(graph: rdflib.Graph, large: rdflib.Graph, name: str) -> None:
    query = load(name)
    actors = [parameter.name for parameter in query.parameters if parameter.type == "actor"]
    pairs = [("Norway", "Iceland"), ("Iceland", "Norway"), ("Katla Jónsdóttir", "Solberg")]
    given = [dict(query.example), *({**dict(query.example), **dict(zip(actors, pair, strict=False))} for pair in pairs)]
    for arguments in given if actors else given[:1]:  # the others would ask the same once more
        assert query.run(large, arguments) == query.run(graph, arguments), arguments
        assert query.run(large, arguments, subjects=True) == query.run(graph, arguments, subjects=True), arguments


HAPPENINGS: tuple[tuple[EventType, str, str, Factuality, bool], ...] = (
    ("AID", "a", "b", "happened", False),
    ("ACCUSE", "b", "a", "happened", False),
    ("ASSAULT", "b", "a", "happened", True),
    ("CONSULT", "", "abc", "happened", False),
    ("CONSULT", "", "ac", "happened", True),
    ("THREATEN", "ab", "ab", "happened", False),
    ("AGREE", "c", "ab", "happened", False),
    ("SANCTION", "a", "bcd", "planned", False),
    ("PROTEST", "d", "", "happened", False),
    ("REJECT", "d", "a", "negated", False),
)


@pytest.fixture(scope="module")
def quarrel() -> KnowledgeGraph:
    """Some events, of sources, and of targets or else those who take part alike, in two documents by turns."""
    base = "https://g.test/id/"
    documents = [DocumentNode(f"{base}doc/{n}", f"doc{n}", "0" * 64, None, "Daily", "2015-11-01") for n in (0, 1)]
    place = PlaceNode(f"{base}place/p", "Port", "FRA")
    events = [
        EventNode(
            *(f"{base}event/{number}", kind, f"event {number}", factuality),
            sources=tuple(base + letter for letter in sources),
            targets=tuple(base + letter for letter in others if sources),
            participants=tuple(base + letter for letter in others if not sources),
            places=(place.iri,),
            contested=contested,
            mentions=(MentionNode(f"{base}mention/{number}", documents[number % 2].iri, 0, 4, "word", "word"),),
        )
        for number, (kind, sources, others, factuality, contested) in enumerate(HAPPENINGS)
    ]
    actors = tuple(ActorNode(base + letter, f"{letter.upper()}land", "STATE") for letter in "abcd")
    return KnowledgeGraph(base, tuple(documents), actors, (place,), tuple(events))


def test_windows_are_those_of_slices(quarrel: KnowledgeGraph) -> None:
    """An event of which only the beginning or the end is known touches every window that it may lie in."""
    days = [(None, None), ("2015-11-02", None), (None, "2015-11-20"), ("2015-10-01", "2015-10-31")]
    events = tuple(
        replace(event, earliest=earliest, latest=latest)
        for event, (earliest, latest) in zip(quarrel.events, days, strict=False)
    )
    graph = replace(quarrel, events=events)
    rdf = encode(graph)
    for since, until in (("2015-11", None), (None, "2015-10"), ("2015-11-21", "2015"), (None, None)):
        kept = sliced(graph, criteria(graph, since=since, until=until)).events
        rows = named(rdf, "events-by-type", since=since, until=until).dicts()
        assert sorted(str(row["what"]) for row in rows) == [event.label for event in kept]


def test_a_window_that_ends_before_it_begins_is_refused(graph: rdflib.Graph) -> None:
    with pytest.raises(QueryError, match="the window ends on 2015-12-31, before it begins on 2016-01-01"):
        named(graph, "planned", since="2016", until="2015")


@pytest.mark.parametrize("engine", ["rdflib", "Oxigraph"])
def test_counts_are_those_of_kg_stats(quarrel: KnowledgeGraph, engine: str) -> None:
    rdf = encode(quarrel)
    if engine == "Oxigraph":
        store = pyoxigraph.Store()
        add(store, rdf)
        rdf = graph_on(store)
    pairs = {(row.one, row.other): row for row in dyads(quarrel)}
    asked = {(str(row["one"]), str(row["other"])): row for row in named(rdf, "dyads").dicts()}
    assert set(asked) == set(pairs)
    assert len(pairs) == 3
    for pair, row in asked.items():
        counted = pairs[pair]
        assert (row["events"], row["cooperative"], row["conflictual"]) == (
            *(counted.events, counted.cooperative, counted.conflictual),
        )
        assert float(str(row["mean"])) == round(counted.mean, 2)
    known = {row.actor: (row.events, row.received, row.documents) for row in actors(quarrel)}
    active = named(rdf, "most-active").dicts()
    assert {row["actor"]: (row["events"], row["asTarget"], row["documents"]) for row in active} == known
    (place,) = named(rdf, "places").dicts()
    assert place["events"] == actors(quarrel).basis.events
    common = {row.what: row.events for row in summary(quarrel).rows if row.section == "commonest events"}
    types = {str(row["type"]): (row["happened"], row["contested"]) for row in named(rdf, "event-types").dicts()}
    for name, count in common.items():
        happened, contested = types[str(ontology.PLOVER[name])]
        assert int(str(happened)) - int(str(contested)) == count


def test_what_is_explained_is_what_is_asked(graph: rdflib.Graph, large: rdflib.Graph) -> None:
    words = load("leaders").explain(large, {"of": "Iceland"})
    assert words.startswith("engine: Oxigraph\n")
    assert "VALUES" not in words
    assert "iceland_state_isl" in words
    assert "VALUES" in load("leaders").explain(graph, {"of": "Iceland"})
