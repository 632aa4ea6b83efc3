"""The actors of one document together: each is described by what the document says of those it is tied to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kg.resolve.actors import VAGUE_SECTORS, describe
from kg.resolve.countries import subject
from kg.resolve.dictionaries import no_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from kg.records import ActorType
    from kg.resolve.actors import Description
    from kg.resolve.countries import Subject
    from kg.resolve.dictionaries import Lexicon, LexiconOfDay
    from kg.resolve.names import MentionText

# Who acts for an actor of one of these types or sectors is of its sector.
_TYPES_OF_ONE_SECTOR: Final[frozenset[ActorType]] = frozenset({"ARMED_GROUP", "IGO", "MEDIA", "MILITARY", "POLICE"})
_SECTORS_SHARED: Final = ("OPP", "JUD", "LEG")


class ActorText(NamedTuple):
    """An actor as it was read: its type, its sector as far as known (else empty), and its mentions in order."""

    id: str
    type: ActorType
    sector: str
    mentions: Sequence[MentionText]


def describe_all(
    actors: Sequence[ActorText],
    ties: Iterable[tuple[str, str]],
    text: str,
    *,
    published: date | None = None,
    lexicon: Lexicon | None = None,
) -> dict[str, Description]:
    """Return the description of every actor of a document, by its id, in the order of ``actors``.

    Args:
        actors: The actors of the document.
        ties: Pairs of ids, an actor and one that it leads, represents, is part of or a member of.
        text: The text of the document.
        published: Its day.
        lexicon: The user's own, which goes before ours.
    """
    known = (lexicon or no_lexicon()).on(published).of_text(text)
    about = subject(text, known.places)
    alone = {actor.id: _described(actor, (), about, known) for actor in actors}
    tied: dict[str, list[str]] = {actor.id: [] for actor in actors}
    for source, target in ties:
        if source in tied and target in alone and source != target:
            tied[source].append(target)
    types = {actor.id: actor.type for actor in actors}
    return {
        actor.id: _described(_with_sector(actor, tied[actor.id], types, alone), tied_to, about, known)
        if (tied_to := _countries(tied[actor.id], alone)) or tied[actor.id]
        else alone[actor.id]
        for actor in actors
    }


def _with_sector(
    actor: ActorText, targets: Iterable[str], types: Mapping[str, ActorType], alone: Mapping[str, Description]
) -> ActorText:
    """Return a person with the sector of whom he or she acts for, where the text tells none that is as exact."""
    if actor.type != "PERSON" or actor.sector not in VAGUE_SECTORS:
        return actor
    sectors = (
        alone[target].sector
        for target in targets
        if types[target] in _TYPES_OF_ONE_SECTOR or alone[target].sector in _SECTORS_SHARED
    )
    return actor._replace(sector=next(filter(None, sectors), actor.sector))


def _described(actor: ActorText, ties: Sequence[str], about: Subject, known: LexiconOfDay) -> Description:
    return describe(
        actor.mentions,
        actor.type,
        actor.sector,
        published=known.day,
        ties=ties,
        setting=about.setting,
        only=about.only,
        lexicon=known.lexicon,
    )


def _countries(targets: Iterable[str], alone: Mapping[str, Description]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(alone[target].country for target in targets if alone[target].country))
