"""One readable line for an event: "Russia rejected Turkey", "Putin to hold talks with Hollande"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kg import resources
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.records import EventType, Factuality

_LEXICON: Final = "lexicons/event_labels.tsv"
_NAMES_SHOWN: Final = 3
_NOUN_FRAMES: Final = {
    "happened": "{noun}",
    "planned": "planned {noun}",
    "possible": "possible {noun}",
    "negated": "no {noun}",
}
_VERB_FRAMES: Final = {
    "happened": "{past}",
    "planned": "to {base}",
    "possible": "may {base}",
    "negated": "did not {base}",
}


@dataclass(frozen=True, slots=True)
class Phrases:
    """What events of one type are called: verb phrases with and without an object, and for actors side by side."""

    past_to: str
    base_to: str
    past: str
    base: str
    noun_to: str
    noun: str
    past_joint: str = ""
    base_joint: str = ""


def reciprocal(type: EventType, mode: str = "") -> bool:  # noqa: A002 (the field's own name)
    """Say whether actors named side by side, without an object, do this to each other rather than alike."""
    return bool(phrases(type, mode).past_joint)


def phrases(type: EventType, mode: str = "") -> Phrases:  # noqa: A002
    """Return the phrases of a mode, or of its type where the mode has none of its own.

    Raises:
        KgError: If the lexicon lacks the type.

    """
    found = _lexicon()
    if (type, "") not in found:
        raise KgError(f"packaged table {_LEXICON} has no row for event type {type}")
    return found.get((type, mode), found[type, ""])


def label(
    type: EventType,  # noqa: A002
    mode: str,
    factuality: Factuality,
    sources: Sequence[str],
    targets: Sequence[str] = (),
    *,
    joint: bool = False,
) -> str:
    """Return a line that says who did what to whom, from the names of sources and targets.

    With ``joint``, the sources are participants that act on each other.

    >>> label("REJECT", "", "happened", ["Russia"], ["Turkey"])
    'Russia rejected Turkey'
    >>> label("ASSAULT", "", "possible", [], ["Turkey"])
    'Possible attack on Turkey'
    """
    said = phrases(type, mode)
    if not sources:
        noun = f"{said.noun_to} {_listed(targets)}" if targets else said.noun
        return _capital(_NOUN_FRAMES[factuality].format(noun=noun))
    if joint and len(sources) > 1 and said.past_joint:
        past, base, objects = said.past_joint, said.base_joint, ""
    elif targets:
        past, base, objects = said.past_to, said.base_to, f" {_listed(targets)}"
    else:
        past, base, objects = said.past, said.base, ""
    return f"{_capital(_listed(sources))} {_VERB_FRAMES[factuality].format(past=past, base=base)}{objects}"


@cache
def _lexicon() -> Mapping[tuple[str, str], Phrases]:
    columns = Phrases.__slots__
    rows = resources.read_tsv(_LEXICON)
    return MappingProxyType({(row["type"], row["mode"]): Phrases(*(row[name] for name in columns)) for row in rows})


def _listed(names: Sequence[str]) -> str:
    """Join names into a phrase; of many, the first are named and the rest counted."""
    if len(names) > _NAMES_SHOWN:
        return f"{', '.join(names[: _NAMES_SHOWN - 1])} and {len(names) - _NAMES_SHOWN + 1} others"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
