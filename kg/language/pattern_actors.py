"""Who plays a role in what a pattern reads: the actors that a document mentions, found from words of its syntax tree.

Dependency labels are those of Universal Dependencies, as kg's own pipeline sets them, and those of spaCy's English
models.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Token

    from kg.language.pattern_file import Role
    from kg.records import DocumentRecord, Span

_SUBJECTS: Final = frozenset({"nsubj", "csubj", "nsubj:outer"})
_PASSIVE_SUBJECTS: Final = frozenset({"nsubj:pass", "csubj:pass", "nsubjpass", "csubjpass"})
_AGENTS: Final = frozenset({"obl:agent", "agent"})
_POSSESSORS: Final = frozenset({"nmod:poss", "poss"})
_OBJECTS: Final = frozenset({"obj", "iobj", "dobj", "dative"})
_OBLIQUES: Final = frozenset({"obl", "nmod", "prep"})
_SHARING: Final = frozenset({"conj", "xcomp", "advcl", "ccomp", "parataxis", "aux", "cop", "obj", "dobj"})
"""Relations over which a word without a subject of its own has that of its head: "decided to send", "made a gift"."""

_MODIFYING: Final = frozenset({"acl", "acl:relcl", "relcl"})
_PARTS: Final = frozenset({"flat", "appos", "compound", "nmod:desc"})
_CLIMBS: Final = 4


class MentionedActors:
    """The actors of a record, found from tokens of its document."""

    def __init__(self, doc: Doc, record: DocumentRecord) -> None:
        self._doc = doc
        self._over: defaultdict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for actor in record.actors:
            for mention in actor.mentions:
                self._add(mention, actor.id)

    def _add(self, mention: Span, actor: str) -> None:
        span = self._doc.char_span(*mention, alignment_mode="expand")
        if span is not None:
            for token in span:
                self._over[token.i].append((len(span), span.root.i, actor))

    def at(self, token: Token) -> str | None:
        """Return the actor that a word stands for, by the mention that it heads or else that it is in.

        The word may also be an apposition's ("its president, Salva Kiir") or a relative pronoun ("the army, which").
        """
        mentions = self._over[token.i]
        headed = [mention for mention in mentions if mention[1] == token.i]
        if headed:
            return max(headed)[2]
        for part in token.children:
            own = [mention for mention in self._over[part.i] if mention[1] == part.i]
            if own and part.dep_ in _PARTS:
                return max(own)[2]
        if mentions and token.dep_ in _PARTS | {"goeswith", "fixed"}:
            return min(mentions)[2]
        antecedent = _antecedent(token)
        return None if antecedent is None else self.at(antecedent)

    def all_at(self, tokens: Iterable[Token]) -> tuple[str, ...]:
        """Return the actors at words and at those joined to them ("France and Germany"), each once."""
        found = (self.at(each) for token in tokens for each in (token, *_joined(token)))
        return tuple(dict.fromkeys(actor for actor in found if actor is not None))

    def nearest(self, role: Role, trigger: Token) -> tuple[str, ...]:
        """Return the actors that are subject or object of a trigger, or of a word above that shares its own with it."""
        if role == "subject":
            return next(filter(None, map(self.all_at, _subjects(trigger))), ())
        if role == "object":
            return next(filter(None, map(self.all_at, _objects(trigger))), ())
        return ()


def _joined(token: Token) -> Iterator[Token]:
    """Give the words that are joined to a word, at any remove."""
    for child in token.children:
        if child.dep_ == "conj":
            yield child
            yield from _joined(child)


def _antecedent(token: Token) -> Token | None:
    """Return the noun that a relative pronoun stands for."""
    if "Rel" not in token.morph.get("PronType", []) and token.tag_ not in ("WDT", "WP"):
        return None
    above = token
    for _ in range(_CLIMBS):
        if above.dep_ in _MODIFYING:
            return above.head if above.head.i < token.i else None
        above = above.head
    return None


def _subjects(trigger: Token) -> Iterator[list[Token]]:
    """Give, from near to far, the words that may do what a trigger says."""
    word, passive = trigger, _is_passive(trigger)
    for _ in range(_CLIMBS):
        yield _children(word, _AGENTS)
        yield _children(word, _POSSESSORS)
        if not passive:
            yield _children(word, _SUBJECTS)
            if word.dep_ in _MODIFYING:
                yield [word.head]
        if word.dep_ not in _SHARING:
            return
        word, passive = word.head, _is_passive(word.head)


def _objects(trigger: Token) -> Iterator[list[Token]]:
    """Give, from near to far, the words that may have done to them what a trigger says."""
    yield _children(trigger, _PASSIVE_SUBJECTS)
    if _is_passive(trigger) and trigger.dep_ in _MODIFYING:
        yield [trigger.head]
    objects = _children(trigger, _OBJECTS)
    yield objects
    yield from ([oblique] for oblique in _children(trigger, _OBLIQUES))
    for noun in objects:
        yield from ([modifier] for modifier in _children(noun, _OBLIQUES))
    if trigger.dep_ in ("obj", "dobj"):
        yield from ([oblique] for oblique in _children(trigger.head, _OBLIQUES))


def _is_passive(token: Token) -> bool:
    if "Pass" in token.morph.get("Voice", []):
        return True
    return any(child.dep_ in ("aux:pass", "auxpass", *_PASSIVE_SUBJECTS) for child in token.children)


def _children(token: Token, relations: frozenset[str]) -> list[Token]:
    """Return the words that hang on one by these relations; in place of a preposition, what hangs on that."""
    found: list[Token] = []
    for child in token.children:
        if child.dep_ in relations:
            inner = [each for each in child.children if each.dep_ == "pobj"]
            found.extend(inner or [child])
    return found
