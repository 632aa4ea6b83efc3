"""A graph made by hand: a summit, an incident at sea, and those who have a word to say about it."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from matplotlib.text import Text

from kg.graph.model import (
    ActorNode,
    ClaimNode,
    DocumentNode,
    EventNode,
    KnowledgeGraph,
    MentionNode,
    PlaceNode,
    RelationEdge,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kg.records import ActorType, EventType, Factuality

BASE = "https://example.org/id/"

ACTORS: list[tuple[str, str, ActorType]] = [
    ("varland", "Varland", "STATE"),
    ("osmia", "Osmia", "STATE"),
    ("keltz", "Republic of Keltz", "STATE"),
    ("sund", "Sund", "STATE"),
    ("league", "League of Northern Nations", "IGO"),
    ("orlova", "Irina Orlova", "PERSON"),
    ("demir", "Yaşar Demirtaş", "PERSON"),
    ("haan", "Pieter de Haan", "PERSON"),
    ("okafor", "Ngozi Okafor", "PERSON"),
    ("navy", "Varland Navy", "MILITARY"),
    ("guard", "Osmian Coast Guard", "POLICE"),
    ("front", "Free Coast Front", "ARMED_GROUP"),
    ("ministry", "Ministry of Foreign Affairs of Osmia", "GOVERNMENT_BODY"),
    ("party", "People's Harbour Party", "PARTY"),
    ("relief", "Doctors of the Strait", "NGO"),
    ("oil", "Nordstrom Energy", "COMPANY"),
    ("herald", "The Morning Herald", "MEDIA"),
    ("fishers", "fishermen of the northern islands", "CIVILIANS"),
    ("miners", "striking dock workers", "CIVILIANS"),
    ("tribe", "Isk people", "ETHNIC_RELIGIOUS"),
    ("union", "Dockers' Union", "NGO"),
    ("analyst", "Tom Ashby", "PERSON"),
    ("observer", "Lena Brandt", "PERSON"),
    ("court", "Maritime Court", "IGO"),
]

# source, property, target, reports, contested, factuality
RELATIONS: list[tuple[str, str, str, int, bool, Factuality]] = [
    ("orlova", "leads", "varland", 3, False, "happened"),
    ("demir", "leads", "osmia", 2, False, "happened"),
    ("haan", "leads", "keltz", 1, False, "happened"),
    ("okafor", "leads", "league", 1, False, "happened"),
    ("navy", "partOf", "varland", 1, False, "happened"),
    ("guard", "partOf", "osmia", 1, False, "happened"),
    ("ministry", "partOf", "osmia", 1, False, "happened"),
    ("keltz", "memberOf", "league", 1, False, "happened"),
    ("sund", "memberOf", "league", 1, False, "happened"),
    ("front", "controls", "islands", 1, True, "happened"),
    ("orlova", "meets", "demir", 5, False, "happened"),
    ("orlova", "meets", "haan", 1, False, "happened"),
    ("okafor", "meets", "demir", 2, False, "happened"),
    ("orlova", "agreesWith", "haan", 2, False, "happened"),
    ("keltz", "cooperatesWith", "varland", 1, False, "planned"),
    ("varland", "supports", "front", 2, True, "happened"),
    ("varland", "aids", "front", 1, True, "happened"),
    ("osmia", "opposes", "front", 1, False, "happened"),
    ("osmia", "attacks", "front", 4, False, "happened"),
    ("front", "attacks", "guard", 3, True, "happened"),
    ("navy", "attacks", "guard", 2, True, "happened"),
    ("osmia", "accuses", "varland", 4, False, "happened"),
    ("varland", "rejects", "osmia", 3, False, "happened"),
    ("varland", "accuses", "osmia", 1, False, "happened"),
    ("osmia", "sanctions", "varland", 1, False, "planned"),
    ("varland", "mobilizesAgainst", "osmia", 1, False, "happened"),
    ("league", "demandsOf", "varland", 2, False, "happened"),
    ("league", "demandsOf", "osmia", 1, False, "happened"),
    ("sund", "supports", "osmia", 1, False, "happened"),
    ("sund", "praises", "okafor", 1, False, "happened"),
    ("varland", "threatens", "sund", 1, False, "happened"),
    ("keltz", "alliedWith", "sund", 1, False, "happened"),
    ("sund", "alliedWith", "keltz", 1, False, "happened"),
    ("party", "opposes", "demir", 1, False, "happened"),
    ("party", "supports", "union", 1, False, "happened"),
    ("miners", "protestsAgainst", "oil", 2, False, "happened"),
    ("miners", "memberOf", "union", 1, False, "happened"),
    ("ministry", "accuses", "orlova", 1, False, "happened"),
    ("oil", "agreesWith", "osmia", 1, False, "happened"),
    ("relief", "aids", "fishers", 2, False, "happened"),
    ("guard", "coerces", "fishers", 1, True, "happened"),
    ("herald", "accuses", "guard", 1, False, "happened"),
    ("analyst", "represents", "institute", 1, False, "happened"),
    ("observer", "represents", "court", 1, False, "happened"),
    ("haan", "opposes", "front", 1, False, "possible"),
]

# type, factuality, sources, targets, participants, date, contested, claimant, denier, label
EVENTS: list[tuple[EventType, Factuality, str, str, str, str | None, bool, str, str, str]] = [
    ("CONSULT", "happened", "", "", "orlova demir", "2024-03-04", False, "", "", "Orlova and Demirtaş meet in Sund"),
    (
        "ACCUSE",
        "happened",
        "osmia",
        "varland",
        "",
        "2024-03-06",
        False,
        "",
        "",
        "Osmia accuses Varland of arming the Free Coast Front",
    ),
    ("REJECT", "happened", "varland", "osmia", "", "2024-03-06", False, "", "", "Varland rejects Osmia's account"),
    (
        "ASSAULT",
        "happened",
        "navy",
        "guard",
        "",
        "2024-03-07",
        True,
        "ministry",
        "varland",
        "Varland Navy fires on a patrol boat of the Osmian Coast Guard near the northern islands, wounding six",
    ),
    (
        "MOBILIZE",
        "happened",
        "varland",
        "",
        "",
        "2024-03-08",
        False,
        "herald",
        "",
        "Varland sends three frigates north",
    ),
    (
        "REQUEST",
        "happened",
        "league",
        "varland osmia",
        "",
        "2024-03-09",
        False,
        "",
        "",
        "League calls on both to hold fire",
    ),
    ("SANCTION", "planned", "osmia", "varland", "", "2024-03-15", False, "", "", "Osmia to close its ports to Varland"),
    ("AID", "happened", "relief", "fishers", "", None, False, "", "", "Doctors of the Strait treat stranded fishermen"),
    ("COERCE", "happened", "guard", "fishers", "", None, True, "herald", "guard", "Coast guard seizes fishing boats"),
    ("PROTEST", "happened", "miners", "oil", "", None, False, "", "", "Dock workers strike against Nordstrom Energy"),
    ("RETREAT", "negated", "front", "", "", None, False, "", "", "Free Coast Front does not withdraw"),
    ("AGREE", "possible", "haan", "orlova", "", None, False, "", "", "De Haan might agree to a deal"),
]


def texts(figure: Figure, *roles: str) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_gid() in roles]


def words(figure: Figure, *roles: str) -> list[str]:
    return [text.get_text().replace("\n", " ") for text in texts(figure, *roles)]


def assert_legible(figure: Figure, *roles: str) -> None:
    """No two texts overlap, and none leaves the page."""
    figure.canvas.draw()
    drawn = [text for text in texts(figure, *roles) if text.get_text().strip()]
    boxes = [(text.get_text(), text.get_window_extent()) for text in drawn]
    assert boxes
    for text, box in boxes:
        assert figure.bbox.x0 <= box.x0, text
        assert box.x1 <= figure.bbox.x1, text
        assert figure.bbox.y0 <= box.y0, text
        assert box.y1 <= figure.bbox.y1, text
    for (one, first), (other, second) in combinations(boxes, 2):
        width = min(first.x1, second.x1) - max(first.x0, second.x0)
        height = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert min(width, height) < 1, (one, other)


def iri(name: str) -> str:
    return f"{BASE}{name}"


@pytest.fixture(scope="session")
def strait() -> KnowledgeGraph:
    actors = [*ACTORS, ("institute", "Institute for the Study of the Sea", "NGO")]
    return KnowledgeGraph(
        BASE,
        documents=(
            DocumentNode(iri("doc1"), "doc1", "0" * 64, None, "The Morning Herald", "2024-03-08"),
            DocumentNode(iri("doc2"), "doc2", "1" * 64, None, "Sund Radio", "2024-03-09"),
        ),
        actors=tuple(sorted(ActorNode(iri(key), name, kind) for key, name, kind in actors)),
        places=(PlaceNode(iri("islands"), "Northern Islands"),),
        events=tuple(sorted(_event(place, *row) for place, row in enumerate(EVENTS))),
        relations=tuple(
            sorted(
                RelationEdge(
                    iri(f"rel/{source}-{name}-{target}"),
                    iri(source),
                    name,
                    iri(target),
                    first="2024-03-04",
                    last="2024-03-09",
                    count=count,
                    contested=contested,
                    factuality=factuality,
                )
                for source, name, target, count, contested, factuality in RELATIONS
            )
        ),
    )


def _event(
    place: int,
    kind: EventType,
    factuality: Factuality,
    sources: str,
    targets: str,
    participants: str,
    date: str | None,
    contested: bool,
    claimant: str,
    denier: str,
    label: str,
) -> EventNode:
    claims = [ClaimNode(iri(f"claim{place}a"), iri(claimant), "affirms", "says")] if claimant else []
    claims += [ClaimNode(iri(f"claim{place}d"), iri(denier), "denies", "denies")] if denier else []
    mention = MentionNode(iri(f"mention{place}"), iri("doc1"), 10 * place, 10 * place + 4, "word", label, tuple(claims))
    return EventNode(
        iri(f"event{place:02}"),
        kind,
        label,
        factuality,
        sources=tuple(map(iri, sources.split())),
        targets=tuple(map(iri, targets.split())),
        participants=tuple(map(iri, participants.split())),
        date=date,
        contested=contested,
        mentions=(mention,),
    )
