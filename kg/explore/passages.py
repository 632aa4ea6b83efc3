"""Stretches of text with what was read from each: triggers, names, quotations and the words that give them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from kg.graph.legible import blank
from kg.graph.model import EventNode
from kg.plot.families import verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.explore.index import Index
    from kg.graph.model import ClaimNode, MentionNode, RelationEdge

Kind = Literal["trigger", "cue", "speaker", "actor", "place", "stated", "quote"]
# Of two marks on one stretch, the one that comes first is the one that it looks like.
_ORDER: Final = get_args(Kind)
_NAMES: Final = frozenset({"actor", "place"})


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch of a text, in code points, the end exclusive; what it is, what was read from it, and of what.

    ``key`` is that of the event, relation, actor or place; "" where the mark leads nowhere.
    """

    begin: int
    end: int
    kind: Kind
    note: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text throughout which the same marks lie, the one that it looks like first."""

    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def kind(self) -> str:
        """What the stretch looks like; "" for plain text."""
        return self.marks[0].kind if self.marks else ""

    @property
    def note(self) -> str:
        """All that was read from it."""
        return "; ".join(dict.fromkeys(mark.note for mark in self.marks))

    @property
    def key(self) -> str:
        """The key of what it leads to; "" where nothing."""
        return next((mark.key for mark in self.marks if mark.key), "")


class Note(NamedTuple):
    """Words that are marked, and all that was read from them."""

    words: str
    note: str


def notes(parts: Sequence[Segment]) -> tuple[Note, ...]:
    """Return what was read from the marked words of a text that was cut into segments, by where they first stand.

    >>> notes(segments("He said no.", [Mark(3, 7, "cue", "said"), Mark(3, 7, "actor", "He")]))
    (Note(words='said', note='said; He'),)
    """
    text = "".join(one.text for one in parts)
    found: dict[str, dict[str, None]] = {}
    marks = {mark for one in parts for mark in one.marks}
    for mark in sorted(marks, key=lambda one: (one.begin, -one.end, _ORDER.index(one.kind), one)):
        found.setdefault(text[mark.begin : mark.end], {})[mark.note] = None
    return tuple(Note(words, "; ".join(read)) for words, read in found.items() if not blank(words))


def segments(text: str, marks: Iterable[Mark]) -> tuple[Segment, ...]:
    """Cut a text where marks begin and end. Joined, the segments are the text; marks beyond it are cut to it.

    A name within a longer name is part of that: "Turkish" in "Turkish army" leads nowhere of its own.

    >>> [(one.text, one.kind) for one in segments("He said no.", [Mark(3, 7, "cue", "said")])]
    [('He ', ''), ('said', 'cue'), (' no.', '')]
    """
    cut = sorted(_outer({one for one in (_cut(mark, len(text)) for mark in marks) if one.begin < one.end}))
    bounds = sorted({0, len(text), *(mark.begin for mark in cut), *(mark.end for mark in cut)})
    found: list[Segment] = []
    waiting, active = list(reversed(cut)), list[Mark]()
    for begin, end in pairwise(bounds):
        while waiting and waiting[-1].begin <= begin:
            active.append(waiting.pop())
        active = [mark for mark in active if mark.end > begin]
        over = sorted(active, key=lambda mark: (_ORDER.index(mark.kind), mark))
        found.append(Segment(text[begin:end], tuple(over)))
    return tuple(found)


def marks_of(
    index: Index, fact: EventNode | RelationEdge, mention: MentionNode, text: str, offset: int
) -> Iterator[Mark]:
    """Give what a mention says of its sentence or of a longer text.

    A graph knows where a mention's trigger and quotations stand. The names of who is involved, and the words that
    give a claim to somebody, are looked for within the mention's sentence.

    Args:
        index: The graph.
        fact: What the mention reports.
        mention: The mention.
        text: The sentence of the mention, or the text of its document.
        offset: Where in the document ``text`` begins.
    """
    key, label = index.key(fact.iri), fact_label(index, fact)
    begin, end = sentence_bounds(mention, text, offset)
    trigger = mention.begin - offset, mention.end - offset
    if text[trigger[0] : trigger[1]] != mention.anchor or trigger[0] < 0:
        at = text.find(mention.anchor, begin, end) if mention.anchor else -1
        trigger = (at, at + len(mention.anchor)) if at >= 0 else (0, 0)
    if trigger[0] < trigger[1]:
        yield Mark(*trigger, _kind_of(fact), f"{label} ({_standing(fact)})", key)
    for kind, iri in _involved(index, fact):
        node = index.actors.get(iri) or index.places.get(iri)
        for name in (node.name, *node.alt_names) if node is not None else ():
            for found in occurrences(text, name, begin, end):
                yield Mark(*found, kind, index.name(iri), index.key(iri))
    for claim in mention.claims:
        yield from _claim_marks(index, claim, label, text, (begin, end), offset)


def sentence_bounds(mention: MentionNode, text: str, offset: int) -> tuple[int, int]:
    """Return where in ``text``, which begins at ``offset`` of the document, the sentence of a mention stands."""
    around = mention.begin - offset
    at = text.rfind(mention.sentence, 0, max(around, 0) + len(mention.sentence)) if mention.sentence else -1
    if at < 0:
        return (0, len(text)) if text == mention.sentence else (max(around, 0), max(mention.end - offset, 0))
    return at, at + len(mention.sentence)


def occurrences(text: str, words: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Give where ``words`` stand in ``text[begin:end]``, not as a part of longer words."""
    if not words.strip() or len(words) > end - begin:
        return
    for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text[begin:end]):
        yield begin + found.start(), begin + found.end()


def sentence_segments(index: Index, fact: EventNode | RelationEdge, mention: MentionNode) -> tuple[Segment, ...]:
    """Return the sentence of a mention, marked."""
    offset = sentence_offset(mention)
    return segments(mention.sentence, marks_of(index, fact, mention, mention.sentence, offset))


def sentence_offset(mention: MentionNode) -> int:
    """Return where in the document the sentence of a mention begins, as far as the mention tells.

    Where the words of the trigger stand more than once in the sentence, the first is taken.
    """
    at = next((begin for begin, _ in occurrences(mention.sentence, mention.anchor, 0, len(mention.sentence))), -1)
    return mention.begin - (at if at >= 0 else max(mention.sentence.find(mention.anchor), 0))


def fact_label(index: Index, fact: EventNode | RelationEdge) -> str:
    """Return one readable line for an event or relation: its type and key where nothing of its label can be seen."""
    if isinstance(fact, EventNode):
        return f"{fact.type.lower()} {index.key(fact.iri)}" if blank(fact.label) else fact.label
    return f"{index.name(fact.source)} {verb(fact.property)} {index.name(fact.target)}"


def _kind_of(fact: EventNode | RelationEdge) -> Kind:
    """Return what the words of a mention look like: those that state a relation are often a whole sentence."""
    return "trigger" if isinstance(fact, EventNode) else "stated"


def _standing(fact: EventNode | RelationEdge) -> str:
    disputed = ", disputed" if fact.contested else ""
    return f"{fact.factuality}{disputed}, confidence {fact.confidence:.2f}"


def _involved(index: Index, fact: EventNode | RelationEdge) -> Iterator[tuple[Kind, str]]:
    if isinstance(fact, EventNode):
        for iri in sorted({*fact.sources, *fact.targets, *fact.participants}):
            yield "actor", iri
        for iri in fact.places:
            yield "place", iri
    else:
        for iri in (fact.source, fact.target):
            yield "place" if iri in index.places else "actor", iri


def _claim_marks(
    index: Index, claim: ClaimNode, label: str, text: str, bounds: Sequence[int], offset: int
) -> Iterator[Mark]:
    who = index.name(claim.claimant)
    key = index.key(claim.claimant) if claim.claimant in index.actors else ""
    said = f"{who} {claim.polarity}: {label}"
    begin, end = bounds
    sought: tuple[tuple[Kind, str], ...] = (("cue", claim.cue), ("speaker", claim.speaker))
    for kind, words in sought:
        for found in islice(occurrences(text, words, begin, end), 1):
            yield Mark(*found, kind, said, key)
    for quote in claim.quotes:
        first, last = quote.begin - offset, quote.end - offset
        if text[max(first, 0) : last] and text[max(first, 0) : last] in quote.text:
            words = "in quotation marks" if quote.verbatim else "in other words"
            yield Mark(max(first, 0), min(last, len(text)), "quote", f"{who}, {words}", key)


def _outer(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Give the marks without the names that lie within longer names."""
    begin = end = -1
    for mark in sorted(marks, key=lambda one: (one.begin, -one.end)):
        if mark.kind in _NAMES:
            if mark.end <= end and (mark.begin, mark.end) != (begin, end):
                continue
            begin, end = mark.begin, mark.end
        yield mark


def _cut(mark: Mark, length: int) -> Mark:
    return replace(mark, begin=max(mark.begin, 0), end=min(mark.end, length))
