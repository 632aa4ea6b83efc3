"""The actors of one document together: each is described by what the document says of those it is tied to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.resolve.actors import VAGUE_SECTORS, describe
from kg.resolve.countries import evidence, most_named, named_states
from kg.resolve.dictionaries import no_lexicon
from kg.resolve.locatives import locatives, state_around
from kg.resolve.people import may_act_for
from kg.resolve.sectors import fitting_sector

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from kg.records import ActorType
    from kg.resolve.actors import Description
    from kg.resolve.countries import Subject
    from kg.resolve.dictionaries import Lexicon, LexiconOfDay
    from kg.resolve.names import MentionText

# Who acts for an actor of one of these types or sectors is of its sector.
_TYPES_OF_ONE_SECTOR: Final[frozenset[ActorType]] = frozenset(
    {"ARMED_GROUP", "COMPANY", "IGO", "MEDIA", "MILITARY", "NGO", "POLICE"}
)
# Who acts for such alone is of their sector, whatever else the text seems to tell.
_ARMED: Final[frozenset[ActorType]] = frozenset({"ARMED_GROUP", "MILITARY", "POLICE"})
_SECTORS_SHARED: Final = ("OPP", "JUD", "LEG")
_SHARING: Final[frozenset[ActorType]] = frozenset({"PERSON", "CIVILIANS", "OTHER"})
# Who is of the state that they are in, where nothing says otherwise.
_AT_HOME: Final[frozenset[ActorType]] = frozenset({"ARMED_GROUP", "CIVILIANS", "ETHNIC_RELIGIOUS", "POLICE"})
# Sectors of a person that tell nothing of who speaks for him or her.
_OWN: Final = (*VAGUE_SECTORS, "BUS", "CRM", "EDU", "MED", "UAF")
# Sectors of nobody who acts for a state and for no one else.
_NOT_OF_STATES: Final = ("", "IGO")


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
    counts = named_states(text, known.places)
    named = tuple(code for code, _ in counts.most_common())
    around = _subjects(actors, text, known, counts)
    alone = {actor.id: _described(actor, (), around[actor.id], known, named) for actor in actors}
    if also := _states_of_known(alone.values(), named):
        named = (*named, *also)
        alone = {actor.id: _described(actor, (), around[actor.id], known, named) for actor in actors}
    tied: dict[str, list[str]] = {actor.id: [] for actor in actors}
    for source, target in ties:
        if source in tied and target in alone and source != target:
            tied[source].append(target)
    types = {actor.id: actor.type for actor in actors}
    described = {}
    for actor in actors:
        targets = [one for one in tied[actor.id] if not _is_foreign(alone[actor.id], alone[one].country, named)]
        if targets:
            shared = _with_sector(actor, targets, types, alone)
            stateless = any(_is_stateless(types[target], actor.type, alone[target]) for target in targets)
            states = _countries(targets, alone)
            described[actor.id] = _described(shared, states, around[actor.id], known, named, stateless=stateless)
        else:
            described[actor.id] = alone[actor.id]
    return described


def _subjects(actors: Sequence[ActorText], text: str, known: LexiconOfDay, counts: Counter[str]) -> dict[str, Subject]:
    """Return the state that a document is about as each actor has it.

    People and the police are of the state that their own sentence places them in, else of the one that is named most
    often, where being a place of what happens counts double.
    """
    about = most_named(counts) if counts else _by_towns(text, known)
    force = _first_force(actors, about, known)
    places = (place.iso3 for place in locatives(text, known.places, counts)) if len(counts) > 1 else ()
    scene = about._replace(setting=most_named(counts + Counter(places)).setting)
    around = {}
    for actor in actors:
        if actor.type in _AT_HOME:
            own = state_around(actor.mentions, known.places, counts)
            around[actor.id] = scene._replace(setting=own) if own else scene
        else:
            around[actor.id] = force if actor.type == "MILITARY" else about
    return around


def _by_towns(text: str, known: LexiconOfDay) -> Subject:
    """Return the state that a text without any state's name is about, by the towns in which things are said to be."""
    towns = Counter(place.iso3 for place in locatives(text, known.places, {}))
    return most_named(towns)._replace(only=False)


def _states_of_known(described: Iterable[Description], named: Sequence[str]) -> list[str]:
    """Return the states that a text names by what is theirs alone: the United States by the FBI."""
    known = (one.country for one in described if one.link is not None and one.country)
    return [code for code in dict.fromkeys(known) if code not in named]


def _first_force(actors: Iterable[ActorText], about: Subject, known: LexiconOfDay) -> Subject:
    """Return the subject of the document as its soldiers have it: of whom the first force is that has its state by it.

    In a report of U.S. troops in Iraq, soldiers of whom no more is said are American.
    """
    forces = (actor.mentions for actor in actors if actor.type == "MILITARY")
    own = (evidence(mentions, "MILITARY", known.places).own for mentions in forces)
    return next((about._replace(setting=codes[0]) for codes in own if codes), about)


def _is_foreign(known: Description, iso3: str, named: Sequence[str]) -> bool:
    """Say whether somebody whose own state the text names cannot act for another, by what the lexicon knows."""
    by_name = known.link is not None and known.link.rule == "name"
    return by_name and known.country in named and not may_act_for(known.name, iso3)


def _is_stateless(target: ActorType, own: ActorType, description: Description) -> bool:
    """Say whether who acts for a target is of no state either: the spokesman of an agency of the United Nations."""
    return not description.country and (target == "IGO" or target == own == "ARMED_GROUP")


def _with_sector(
    actor: ActorText, targets: Sequence[str], types: Mapping[str, ActorType], alone: Mapping[str, Description]
) -> ActorText:
    """Return an actor with the sector of whom it acts for, where the text tells none that is as exact."""
    if actor.type not in _SHARING:
        return actor
    kinds = {types[target] for target in targets}
    told = [alone[target].sector for target in targets if _is_shared(types[target], alone[target].sector)]
    if told and (actor.sector in VAGUE_SECTORS or kinds <= _ARMED):
        return actor._replace(sector=fitting_sector(actor.type, told[0]))
    if actor.type == "PERSON" and kinds == {"PARTY"} and actor.sector in VAGUE_SECTORS:
        return actor._replace(sector=alone[targets[0]].sector)
    states = all(types[target] == "STATE" or alone[target].sector == "GOV" for target in targets)
    if actor.type == "PERSON" and states and actor.sector in _NOT_OF_STATES:
        return actor._replace(sector="GOV")
    return actor


def _is_shared(target: ActorType, sector: str) -> bool:
    """Say whether the sector of a target is that of who acts for it."""
    if target == "PERSON":
        return sector not in _OWN
    return bool(sector) and (target in _TYPES_OF_ONE_SECTOR or sector in _SECTORS_SHARED)


def _described(
    actor: ActorText,
    ties: Sequence[str],
    about: Subject,
    known: LexiconOfDay,
    named: Sequence[str],
    *,
    stateless: bool = False,
) -> Description:
    return describe(
        actor.mentions,
        actor.type,
        actor.sector,
        published=known.day,
        ties=ties,
        setting=about.setting,
        only=about.only,
        named=named,
        stateless=stateless,
        lexicon=known.lexicon,
    )


def _countries(targets: Iterable[str], alone: Mapping[str, Description]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(alone[target].country for target in targets if alone[target].country))
