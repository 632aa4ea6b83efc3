"""Who is meant: actors and places by any of their names, as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kg.identifiers import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.explore.index import Index


class Hit(NamedTuple):
    """An actor or place: the form of its name that fits, what it is, and how many events involve it."""

    key: str
    name: str
    matched: str
    kind: str
    country: str
    events: int


class Names:
    """Every name of every actor and place of a graph."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._folded: tuple[tuple[str, str, str], ...] = tuple(
            (folded, label, iri) for label, iri in _labels(index) if (folded := fold(label))
        )

    def search(self, text: str, limit: int = 12) -> tuple[Hit, ...]:
        """Return who bears a name that fits ``text``, whatever its case, accents and punctuation; the likeliest first.

        Whole names go before beginnings of names, and these before beginnings of words. Then comes what stands within
        a word, and names that have all the words typed, or words that begin so, in another order. What somebody is
        called without a name ("the unit"), of which there are many, goes two steps later; of equals, who is involved
        in more goes first.
        """
        wanted = fold(text[:_LONGEST])
        if not wanted:
            return ()
        # The longest first: it is in the fewest names.
        words = sorted(set(wanted.split()), key=lambda word: (-len(word), word))
        best: dict[str, tuple[int, str]] = {}
        for folded, label, iri in self._folded:
            if words[0] not in folded:
                continue
            at = folded.find(wanted)
            if at < 0 and not _has(folded, words):
                continue
            rank = _rank(folded, wanted, at) + (_DESCRIBED if label.islower() else 0)
            if iri not in best or rank < best[iri][0]:
                best[iri] = (rank, label)
        order = sorted(best, key=lambda iri: (best[iri][0], -self._index.activity(iri), self._index.name(iri), iri))
        return tuple(self._hit(iri, best[iri][1]) for iri in order[:limit])

    def _hit(self, iri: str, matched: str) -> Hit:
        index = self._index
        actor = index.actors.get(iri)
        kind = actor.type if actor else "PLACE"
        country = actor.country if actor else index.places[iri].country
        return Hit(index.key(iri), index.name(iri), matched, kind, country, index.activity(iri))


_LONGEST: Final = 200
_DESCRIBED: Final = 2


def _has(folded: str, words: Sequence[str]) -> bool:
    """Say whether a name has each of the words, or one that begins so."""
    spaced = f" {folded}"
    return all(f" {word}" in spaced for word in words)


def _rank(folded: str, wanted: str, at: int) -> int:
    if folded == wanted:
        return 0
    if at == 0:
        return 1
    return 2 if f" {wanted}" in folded else 3


def _labels(index: Index) -> Iterator[tuple[str, str]]:
    for actor in index.graph.actors:
        for label in (actor.name, *actor.alt_names):
            yield label, actor.iri
    for place in index.graph.places:
        for label in (place.name, *place.alt_names):
            yield label, place.iri
