"""What a document says, read from the encoder's states: actors, events and relations, by word.

One way: mentions, their clusters (the actors), triggers with roles, relations, repeated reports. Everything here is a
pure function of the states, the words, and where sentences begin.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, cast

import numpy as np

from kg.language.coreference import clusters
from kg.language.heads import sigmoid, softmax
from kg.language.known_names import POSSESSIVES, actor_named, known_names
from kg.language.mentions import GivenNames, Mention, find_mentions
from kg.language.pair_scores import PairScorer, WordStates, represent
from kg.language.pairs import MentionWords, mention_vectors
from kg.language.paths import Paths
from kg.language.relations import StatedControl, StatedRelation, find_controls, find_relations
from kg.language.repeats import repeat_vector
from kg.language.state_names import settle_states
from kg.language.triggers import MentionTable, Trigger, propose, read_triggers
from kg.lexicon import gazetteer
from kg.ontology import symmetric_event_types
from kg.resolve.dictionaries import LexiconOfDay, no_lexicon
from kg.resolve.names import words as words_of
from kg.resolve.sectors import may_have

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from kg.language.constituents import Constituents
    from kg.language.encoder import Encoder, States
    from kg.language.heads import Floats
    from kg.language.inventory import EventInventory
    from kg.language.known_names import KnownName
    from kg.language.thresholds import Thresholds
    from kg.records import ActorType

_BREAKS = frozenset('()[]{}"“”')
_TIES = frozenset({"leads", "represents", "member_of", "part_of"})
_OF_OFFICE = ("leads", "represents")
_FAINT = 0.1
_SINGLE = frozenset({"PERSON", "STATE", "IGO"})
_CERTAIN_KIND = {"name": 1.0, "nominal": 0.5, "pronoun": 0.15}


@dataclass(frozen=True, slots=True, eq=False)
class ReadMention:
    """A mention by words, both inclusive, and whether it is a ``name``, a ``nominal`` or a ``pronoun``."""

    begin: int
    last: int
    kind: str


@dataclass(frozen=True, slots=True, eq=False)
class ReadActor:
    """An actor: type and sector by column of the model's inventory, with all its mentions in text order."""

    type: int
    sector: int
    mentions: tuple[ReadMention, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ReadEvent:
    """An event; actors by index, places and time by word spans (inclusive), ``repeats`` an earlier event or None."""

    trigger: Trigger
    sources: tuple[int, ...]
    targets: tuple[int, ...]
    claimant: int | None
    disputed_by: tuple[int, ...]
    repeats: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """All that was read from one document.

    ``faint`` are relations of office that are less probable than what is reported; who somebody is may confirm them.
    """

    actors: tuple[ReadActor, ...]
    events: tuple[ReadEvent, ...]
    relations: tuple[StatedRelation, ...]
    controls: tuple[StatedControl, ...] = ()
    faint: tuple[StatedRelation, ...] = ()


def read(
    model: Encoder,
    states: States,
    words: Sequence[str],
    sentences: NDArray[np.int64],
    readable: NDArray[np.bool_],
    parse: Constituents,
    thresholds: Thresholds | None = None,
    lexicon: LexiconOfDay | None = None,
) -> Reading:
    """Read one document.

    ``words`` are its non-space tokens, ``sentences`` (W,) the number of each one's sentence, ``readable`` (W,) false
    for words of page furniture, ``parse`` their parse; ``lexicon`` is the user's own, on the day of the document.
    """
    if not len(words):
        return Reading((), (), ())
    limits = thresholds or model.thresholds
    own = LexiconOfDay(no_lexicon()) if lexicon is None else lexicon
    heads, x = model.heads, states.events
    single = [kind in _SINGLE for kind in model.events.actors]
    breaks = np.cumsum([word in _BREAKS for word in words])

    def possible(begin: int, last: int, kind: int) -> bool:
        if breaks[last] > breaks[begin] or parse.is_clause(begin, last) or parse.goes_on(last):
            return False
        if kind != state and (begin, last) not in known and named_by[begin] == named_by[last] >= 0:
            return False
        if broken_at[last] >= begin:
            return False
        return not (single[kind] and _joins_names(parse, words, begin, last))

    @cache
    def named(begin: int, last: int) -> str | None:
        return actor_named(words[begin : last + 1], own)

    state = model.events.actors.index("STATE")

    @cache
    def is_state(begin: int, last: int, kind: int) -> bool:
        found = gazetteer().place(" ".join(words[begin : last + 1])) if kind == state else None
        return found is not None and bool(found.iso3)

    def double(a: tuple[int, int, int], b: tuple[int, int, int]) -> bool:
        if a[1] == b[1] and a[2] != b[2] and (a[:2] in people or b[:2] in people):
            return True  # a "tennis star" is who is named so
        if parse.joins(a[:2], b[:2]) or parse.joins(b[:2], a[:2]):
            return True  # "rebels and soldiers" are one or the other, or both together
        # "NATO member Turkey" is Turkey, of whatever type it seems.
        same = a[2] == b[2] or (a[1] == b[1] and (is_state(*a) or is_state(*b)))
        if same and parse.root(*a[:2]) == parse.root(*b[:2]):
            return True
        return (name := named(*a[:2])) is not None and name == named(*b[:2])

    known = {(n.begin, n.last): n for n in known_names(words, sentences, own)}
    names = _given_names(known, parse, words, model.events.actors)
    people = frozenset(names.persons)
    named_by = _names_at(known.values(), len(words))
    broken_at = _names_going_on(people, len(words))
    mentions = find_mentions(heads, x, sentences, readable, possible, double, limits.mention, names)
    mentions = settle_states(mentions, words, model.events.actors)
    described = [MentionWords.of(words, m.begin, m.last, int(sentences[m.begin])) for m in mentions]
    described = [replace(d, known=known[d.begin, d.last].name) if (d.begin, d.last) in known else d for d in described]
    vectors = mention_vectors(described)
    of_words = WordStates.of(x)
    represented = represent(heads, of_words, mentions, vectors)
    kinds = [model.events.actors[int(m.types.argmax())] for m in mentions]
    persons, countries = [k == "PERSON" for k in kinds], [k == "STATE" for k in kinds]
    scorer = PairScorer(heads, "events.coreference", represented)
    cluster = clusters(scorer, described, persons, countries, limits.coreference)
    sectors = softmax(heads.linear("events.sector", represented))
    actors = _actors(mentions, described, cluster, sectors, model.events)
    candidates = propose(heads, x, sentences, readable, limits.candidate)
    paths = Paths(parse.heads, parse.relations, words)
    table = MentionTable.of(mentions, cluster, vectors, paths)
    triggers = read_triggers(model, states.roles, candidates, table, paths, sentences, limits)
    events = _events(model, x, words, sentences, triggers, limits)
    ties = frozenset(i for i, name in enumerate(model.events.relations) if name in _TIES)
    least = min(_FAINT, limits.relation)
    possible_relations = find_relations(model, of_words, represented, described, cluster, paths, least, ties)
    relations = tuple(r for r in possible_relations if r.probability > limits.relation)
    of_office = {model.events.relations.index(name) for name in _OF_OFFICE}
    faint = tuple(r for r in possible_relations if r.probability <= limits.relation and r.type in of_office)
    spots = sorted({*parse.place_names, *(place for trigger in triggers for place in trigger.places)})
    places = [MentionWords.of(words, *spot, int(sentences[spot[0]])) for spot in spots]
    controls = find_controls(model, of_words, represented, described, cluster, places, paths, limits.control)
    return _taking_part(Reading(actors, events, relations, tuple(controls), faint))


def _given_names(
    known: Mapping[tuple[int, int], KnownName], parse: Constituents, words: Sequence[str], types: Sequence[str]
) -> GivenNames:
    named = [((*span, types.index(n.type)), n) for span, n in known.items() if n.type != "PERSON"]
    people = {span for span, n in known.items() if n.type == "PERSON"}
    full = _full_names(parse.person_names, words)
    people |= {span for span in full if not parse.goes_on(span[1]) and span not in known}
    return GivenNames(
        certain=[name for name, n in named if n.sure],
        likely=[name for name, n in named if not n.sure and n.type != "STATE" and name[:2] not in parse.person_names],
        typed=[name for name, n in named if not n.sure and n.type == "STATE"],
        persons=sorted(people),
        person=types.index("PERSON"),
    )


def _names_at(known: Iterable[KnownName], count: int) -> NDArray[np.int64]:
    """Return, int64 (``count``,), the first word of the sure name, of anything but a state, in which a word stands."""
    begins = np.full(count, -1)
    for name in known:
        if name.sure and name.type != "STATE":
            begins[name.begin : name.last + 1] = name.begin
    return begins


def _names_going_on(people: Iterable[tuple[int, int]], count: int) -> NDArray[np.int64]:
    """Return, int64 (``count``,), where the shortest name begins that goes on after a word, -1 where none does."""
    begins = np.full(count, -1)
    for begin, last in people:
        np.maximum(begins[begin:last], begin, out=begins[begin:last])
    return begins


def _full_names(spans: Iterable[tuple[int, int]], words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the names of several words, without the ``'s`` of possessors; an office alone is none."""
    for begin, end in spans:
        last = end - (words[end] in POSSESSIVES)
        if last > begin and " ".join(words[begin : last + 1]).lower() not in words_of("office"):
            yield begin, last


def _joins_names(parse: Constituents, words: Sequence[str], begin: int, last: int) -> bool:
    """Say whether a span joins several names; ``Bosnia and Herzegovina`` is one."""
    if parse.names_several(begin, last):
        return True
    return parse.is_coordination(begin, last) and not gazetteer().place(" ".join(words[begin : last + 1]))


def _actors(
    mentions: Sequence[Mention],
    described: Sequence[MentionWords],
    cluster: Sequence[int],
    sectors: Floats,
    inventory: EventInventory,
) -> tuple[ReadActor, ...]:
    """Return the actors; each has the likeliest of the sectors that one of its type may have."""
    members: list[list[int]] = [[] for _ in range(max(cluster, default=-1) + 1)]
    for i, number in enumerate(cluster):
        members[number].append(i)
    actors = []
    for indices in members:
        kinds = [described[i].kind for i in indices]
        weights = [_CERTAIN_KIND[kind] for kind in kinds]
        types = np.sum([w * np.log(mentions[i].types + 1e-6) for i, w in zip(indices, weights, strict=True)], axis=0)
        sector = np.sum([w * np.log(sectors[i] + 1e-6) for i, w in zip(indices, weights, strict=True)], axis=0)
        actor_type = cast("ActorType", inventory.actors[int(types.argmax())])
        sector[_barred(actor_type, inventory.sectors)] = -np.inf
        read_mentions = tuple(
            ReadMention(mentions[i].begin, mentions[i].last, kind) for i, kind in zip(indices, kinds, strict=True)
        )
        actors.append(ReadActor(int(types.argmax()), int(sector.argmax()), read_mentions))
    return tuple(actors)


@cache
def _barred(actor_type: ActorType, sectors: tuple[str, ...]) -> NDArray[np.bool_]:
    """Say of each sector whether no actor of a type may have it."""
    return np.array([not may_have(actor_type, name) for name in sectors], np.bool_)


def _events(
    model: Encoder,
    states: Floats,
    words: Sequence[str],
    sentences: NDArray[np.int64],
    triggers: Sequence[Trigger],
    limits: Thresholds,
) -> tuple[ReadEvent, ...]:
    events: list[ReadEvent] = []
    mutual = [name in symmetric_event_types() for name in model.events.events]
    parts = [(_parties if mutual[t.type] else _participants)(t.roles, limits) for t in triggers]
    repeats = _repeats(model, states, words, sentences, triggers, parts, limits.repeat)
    for trigger, (sources, targets), earlier in zip(triggers, parts, repeats, strict=True):
        if earlier is not None and not sources and not targets:
            # "The killings were condemned": who took part was said before.
            sources, targets = events[earlier].sources, events[earlier].targets
        claimant, disputed_by = _voices(trigger.roles, limits)
        events.append(ReadEvent(trigger, sources, targets, claimant, disputed_by, earlier))
    return tuple(events)


def _participants(roles: Floats, limits: Thresholds) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return sources and targets; an actor is one of them, whichever is likelier."""
    source, target = roles[:, 0], roles[:, 1]
    as_source = (source > limits.source) & ((source >= target) | (target <= limits.target))
    as_target = (target > limits.target) & ~as_source
    return tuple(np.flatnonzero(as_source).tolist()), tuple(np.flatnonzero(as_target).tolist())


def _parties(roles: Floats, limits: Thresholds) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the participants of a mutual act, whose two roles are one: as sources where that is likelier."""
    source, target = roles[:, 0], roles[:, 1]
    parties = source + target > limits.party
    return tuple(np.flatnonzero(parties & (source >= target)).tolist()), tuple(
        np.flatnonzero(parties & (source < target)).tolist()
    )


def _voices(roles: Floats, limits: Thresholds) -> tuple[int | None, tuple[int, ...]]:
    """Return who says so and who disputes it; nobody does both, but what is likelier of the two."""
    said, disputed = roles[:, 2], roles[:, 3]
    disputes = (disputed > limits.disputed_by) & (disputed >= said)
    says = np.where(disputes, 0.0, said)
    claimant = int(says.argmax()) if len(says) and says.max() > limits.claimant else None
    return claimant, tuple(np.flatnonzero(disputes).tolist())


def _repeats(
    model: Encoder,
    states: Floats,
    words: Sequence[str],
    sentences: NDArray[np.int64],
    triggers: Sequence[Trigger],
    parts: Sequence[tuple[tuple[int, ...], tuple[int, ...]]],
    threshold: float,
) -> list[int | None]:
    """Return, for each trigger, the earliest report of the same happening before it."""
    found: list[int | None] = [None] * len(triggers)
    pairs = [(i, j) for j in range(len(triggers)) for i in _of_type(triggers, j)]
    if not pairs:
        return found
    left, right = np.array([i for i, _ in pairs]), np.array([j for _, j in pairs])
    features = np.stack(
        [
            repeat_vector(
                words[triggers[i].begin].lower() == words[triggers[j].begin].lower(),
                int(sentences[triggers[j].begin] - sentences[triggers[i].begin]),
                {*parts[i][0], *parts[i][1]},
                {*parts[j][0], *parts[j][1]},
            )
            for i, j in pairs
        ]
    )
    inputs = model.heads.linear("events.repeat_input", states[[t.begin for t in triggers]])
    scores = sigmoid(PairScorer(model.heads, "events.repeat", inputs).score(left, right, features))[:, 0]
    best: dict[int, tuple[float, int]] = {}
    for (i, j), score in zip(pairs, scores.tolist(), strict=True):
        if score > threshold:
            best[j] = max(best.get(j, (0.0, -1)), (score, i))
    for j in sorted(best):
        earlier = best[j][1]
        found[j] = earlier if found[earlier] is None else found[earlier]
    return found


_REMEMBERED = 24


def _of_type(triggers: Sequence[Trigger], j: int) -> list[int]:
    return [i for i in range(max(0, j - _REMEMBERED), j) if triggers[i].type == triggers[j].type]


def _taking_part(reading: Reading) -> Reading:
    """Leave out actors that nobody named and that take part in nothing."""
    busy = {k for e in reading.events for k in (*e.sources, *e.targets, *e.disputed_by, e.claimant)}
    busy |= {k for r in reading.relations for k in (r.source, r.target)} | {c.source for c in reading.controls}
    kept = [
        k
        for k, actor in enumerate(reading.actors)
        if k in busy or any(mention.kind == "name" for mention in actor.mentions)
    ]
    order = sorted(kept, key=lambda k: (reading.actors[k].mentions[0].begin, -reading.actors[k].mentions[0].last))
    return _renumbered(reading, tuple(reading.actors[k] for k in order), {old: new for new, old in enumerate(order)})


def merged(reading: Reading, same: Sequence[Sequence[int]]) -> Reading:
    """Join actors that turned out to be one; ``same`` lists such actors, by index, each in one list at most.

    The joint actor stands where its first part stood and has the type and sector of the part with most mentions.
    """
    first = {k: min(group) for group in same for k in group}
    parts: dict[int, list[int]] = {}
    for k in range(len(reading.actors)):
        parts.setdefault(first.get(k, k), []).append(k)
    actors = tuple(_joint([reading.actors[k] for k in group]) for group in parts.values())
    at = {k: n for n, group in enumerate(parts.values()) for k in group}
    return _renumbered(reading, actors, at)


def _joint(actors: Sequence[ReadActor]) -> ReadActor:
    if len(actors) == 1:
        return actors[0]
    main = max(actors, key=lambda actor: len(actor.mentions))
    mentions = sorted((m for actor in actors for m in actor.mentions), key=lambda m: (m.begin, -m.last))
    kept: list[ReadMention] = []
    for mention in mentions:
        if not kept or mention.begin > kept[-1].last:
            kept.append(mention)
    return ReadActor(main.type, main.sector, tuple(kept))


def _renumbered(reading: Reading, actors: tuple[ReadActor, ...], at: Mapping[int, int]) -> Reading:
    """Return the reading with ``actors``, of which ``at`` tells the new number of each old one that is spoken of.

    An event's target that is its source too is no target; a relation of an actor to itself is none.
    """
    events = []
    for e in reading.events:
        sources = tuple(dict.fromkeys(at[k] for k in e.sources))
        targets = tuple(k for k in dict.fromkeys(at[k] for k in e.targets) if k not in sources)
        events.append(
            replace(
                e,
                sources=sources,
                targets=targets,
                claimant=None if e.claimant is None else at[e.claimant],
                disputed_by=tuple(dict.fromkeys(at[k] for k in e.disputed_by)),
            )
        )
    faint = [r for r in reading.faint if r.source in at and r.target in at]
    controls = {(c.begin, at[c.source]): replace(c, source=at[c.source]) for c in reading.controls}
    return Reading(actors, tuple(events), _moved(reading.relations, at), tuple(controls.values()), _moved(faint, at))


def _moved(relations: Sequence[StatedRelation], at: Mapping[int, int]) -> tuple[StatedRelation, ...]:
    return likeliest([replace(r, source=at[r.source], target=at[r.target]) for r in relations])


def likeliest(relations: Sequence[StatedRelation]) -> tuple[StatedRelation, ...]:
    """Return the relations without those of an actor to itself; of equal ones in one sentence, the likeliest."""
    best: dict[tuple[int, int, int, int], StatedRelation] = {}
    for r in relations:
        key = r.type, r.source, r.target, r.sentence
        if r.source != r.target and (key not in best or best[key].probability < r.probability):
            best[key] = r
    return tuple(best.values())
