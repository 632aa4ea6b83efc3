"""How things look: colours, line styles, marker shapes and type sizes.

The colours are Paul Tol's "vibrant" scheme, which readers with any colour vision can tell apart; line styles say the
same a second time, for print in grey.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from kg.plot.families import Family
from kg.plot.fonts import SANS, SERIF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.records import ActorType

INK: Final = "#1c1f23"
FADED: Final = "#5f666d"
HAIRLINE: Final = "#c9cdd1"
HALO: Final = "#e4e1d3"
PAPER: Final = "#ffffff"
LAND: Final = "#f0eee7"
COAST: Final = "#b5b2a6"
BORDER: Final = "#d3d0c4"


@dataclass(frozen=True, slots=True)
class Lettering:
    """How text is set. ``size`` is in points; ``halo`` is the width of the paper-coloured rim that keeps it legible."""

    size: float
    family: str = SANS
    colour: str = INK
    weight: str = "normal"
    slant: Literal["normal", "italic"] = "normal"
    spacing: float = 1.15
    halo: float = 0.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a tie is drawn. ``dashes`` are lengths of ink and gap in line widths; none is a solid line.

    ``caption`` explains it in a legend of ties, ``event`` in one of events.
    """

    colour: str
    text: str
    width: float
    dashes: tuple[float, ...] = ()
    caption: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Marker:
    """A sign: a matplotlib marker, its fill, what it stands for in a legend, and its size against a circle's."""

    shape: str
    fill: str
    caption: str = ""
    scale: float = 1.0


TITLE: Final = Lettering(22, SERIF, weight="bold", spacing=1.05)
SUBTITLE: Final = Lettering(12.5, SERIF, FADED, spacing=1.15)
NAME: Final = Lettering(9.5, weight="bold", spacing=1.05, halo=2.6)
MINOR_NAME: Final = Lettering(8.5, spacing=1.05, halo=2.6)
VERB: Final = Lettering(7, halo=2.4, spacing=1.1)
CAPTION: Final = Lettering(8, colour=INK)
DAY: Final = Lettering(8.5, weight="bold")
LANE: Final = Lettering(8, weight="bold", spacing=1.05)
WORDS: Final = Lettering(9, spacing=1.15)
CLAIM: Final = Lettering(8, colour=FADED, slant="italic")
HEADING: Final = Lettering(8, colour=FADED, weight="bold")
FIGURE: Final = Lettering(7.5)
PLACE_NAME: Final = Lettering(7.5, spacing=1.0, halo=2.2)
CREDIT: Final = Lettering(8, SERIF, FADED, slant="italic")

STROKES: Final[Mapping[Family, Stroke]] = {
    Family.MEETS: Stroke("#009988", "#00756a", 1.5, caption="meets, talks", event="meeting"),
    Family.SUPPORTS: Stroke("#0077bb", "#005c91", 1.5, caption="supports, cooperates", event="support, cooperation"),
    Family.DISPUTES: Stroke(
        "#ee7733", "#b34a0c", 1.5, (1.1, 1.3), caption="disputes, accuses, demands", event="dispute, demand"
    ),
    Family.OPPOSES: Stroke("#cc3311", "#a82409", 1.6, (4.2, 1.6), caption="opposes, attacks", event="coercion, force"),
    Family.STANDING: Stroke("#a3a9af", "#6b7278", 0.8, caption="leads, belongs to, controls"),
}
WIDEST: Final = 4.0

# Shapes say again what colours do.
EVENT_SIGNS: Final[Mapping[Family, Marker]] = {
    Family.MEETS: Marker("o", PAPER),
    Family.SUPPORTS: Marker("P", PAPER, scale=1.1),
    Family.DISPUTES: Marker("^", PAPER, scale=1.05),
    Family.OPPOSES: Marker("X", PAPER, scale=1.05),
    Family.STANDING: Marker("s", PAPER, scale=0.9),
}

# From conflict to cooperation: Paul Tol's "sunset" scheme, which readers with any colour vision can tell apart.
DIVERGING: Final = (
    *("#a50026", "#dd3d2d", "#f67e4b", "#fdb366"),
    "#eaeccc",
    *("#98cae1", "#6ea6cd", "#4a7bb7", "#364b9a"),
)

_STATE = "#2c3e50"
_ALLIANCE = "#8795a1"
_ARMED = "#5a4334"
_CIVIL = "#e6e1d6"
PLACE: Final = Marker("p", PAPER, "place", 0.9)
MARKERS: Final[Mapping[ActorType, Marker]] = {
    "PERSON": Marker("o", _STATE, "person"),
    "STATE": Marker("s", _STATE, "state", 1.05),
    "GOVERNMENT_BODY": Marker("s", _ALLIANCE, "government body", 0.9),
    "IGO": Marker("h", _ALLIANCE, "international organisation", 1.2),
    "MILITARY": Marker("^", _STATE, "military", 1.1),
    "POLICE": Marker("v", _STATE, "police", 1.1),
    "ARMED_GROUP": Marker("D", _ARMED, "armed group", 0.9),
    "PARTY": Marker("p", _STATE, "party", 1.1),
    "NGO": Marker("P", _ALLIANCE, "organisation", 1.1),
    "COMPANY": Marker("d", _ALLIANCE, "company", 1.15),
    "MEDIA": Marker("*", _ALLIANCE, "media", 1.5),
    "CIVILIANS": Marker("o", _CIVIL, "people", 1.0),
    "ETHNIC_RELIGIOUS": Marker("8", _CIVIL, "ethnic or religious group", 1.1),
    "OTHER": Marker("X", _ALLIANCE, "other actor", 1.0),
}


def width_of(family: Family, count: int) -> float:
    """Return the width in points of a tie that rests on ``count`` reports."""
    stroke = STROKES[family]
    if family is Family.STANDING:
        return stroke.width
    return min(WIDEST, stroke.width + 0.75 * (count - 1) ** 0.5) if count > 1 else stroke.width
