"""Who speaks, by the parse: the speaker of a reporting verb, noun or phrase, and the words that name them.

Labels are those of Universal Dependencies; of spaCy's own English labels, those that differ are known too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.language.reporting import reporting_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "nsubjpass"})
OBJECTS: Final = frozenset({"obj", "dobj", "iobj", "dative"})
POSSESSORS: Final = frozenset({"nmod:poss", "poss"})
NOMINALS: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_SHARING: Final = frozenset({"conj", "xcomp", "advcl", "parataxis", "pcomp", "dep"})
"""Relations in which a verb shares the subject of the verb it hangs on."""

_PASSIVE: Final = frozenset({"aux:pass", "auxpass", "nsubj:pass", "nsubjpass"})
_PASSIVE_SUBJECTS: Final = frozenset({"nsubj:pass", "nsubjpass"})
_RELATIVE_TAGS: Final = frozenset({"WP", "WDT"})
_NOT_LEFT: Final = frozenset({"case", "punct", "cc", "mark", "prep", "dep", "parataxis", "discourse"})
_NOT_RIGHT: Final = frozenset(
    {"acl", "acl:relcl", "relcl", "appos", "parataxis", "punct", "advcl", "advcl:relcl", "ccomp", "dep", "list"}
    | {"orphan", "case", "obl:unmarked", "npadvmod", "nmod:unmarked", "xcomp"}
)
_NAMES: Final = frozenset({"GPE", "NORP", "ORG", "LOC"})


def speaker_of_verb(verb: Token) -> Token | None:
    """Return the head word of who speaks by ``verb``, None where the sentence does not say.

    That is its subject, that of the verb it depends on, what a relative clause hangs on, or the agent of a passive;
    for what is said in a statement, whose statement it is.
    """
    if any(child.dep_ in _PASSIVE for child in verb.children):
        return _agent(verb)
    found = _subject(verb) or _inherited(verb)
    return None if found is None else _source_or_itself(found)


def source_of_noun(noun: Token) -> Token | None:
    """Return the head word of who is behind a claim or statement: its possessor, or who it comes from."""
    for child in noun.children:
        if child.dep_ in POSSESSORS:
            return child
    for child, preposition in prepositional(noun):
        if reporting_words().find("origin", preposition.lower_):
            return child
    lefts = (child for child in noun.lefts if child.dep_ in {"amod", "compound", "nmod"})
    return next((child for child in lefts if child.pos_ == "PROPN" or child.ent_type_ in _NAMES), None)


def prepositional(token: Token) -> Iterator[tuple[Token, Token]]:
    """Give what hangs on ``token`` by a preposition, with the preposition; gerunds too."""
    for child in token.children:
        if child.dep_ == "prep":
            yield from ((inner, child) for inner in child.children if inner.dep_ in {"pobj", "pcomp"})
        else:
            yield from ((child, case) for case in child.children if case.dep_ in {"case", "mark"})


def phrase(head: Token) -> tuple[int, int]:
    """Return the first token and the end of the phrase that names a speaker, without what is said about them.

    Relative clauses and appositions are left out; what says for whom they speak stays.
    """
    begin = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ in _NOT_LEFT or child.right_edge.i + 1 != begin:
            break
        begin = child.left_edge.i
    return begin, _phrase_end(head)


def _phrase_end(head: Token) -> int:
    end = head.i + 1
    for child in head.rights:
        if child.dep_ in _NOT_RIGHT or child.left_edge.i != end:
            break
        end = _phrase_end(child)
        if end != child.right_edge.i + 1:
            break
    return end


def is_relative(token: Token) -> bool:
    """Say whether a word is a relative pronoun."""
    return token.tag_ in _RELATIVE_TAGS


def subjects(verb: Token) -> list[Token]:
    """Return the subjects of a verb, the nearest first; a parse may give it one that is another verb's."""
    found = [child for child in verb.children if child.dep_ in SUBJECTS]
    return sorted(found, key=lambda child: (abs(child.i - verb.i), child.i))


def _subject(verb: Token) -> Token | None:
    found = subjects(verb)
    if not found or not is_relative(found[0]):
        return found[0] if found else None
    if _is_clause_of_noun(verb):
        return verb.head
    return next((other for other in found[1:] if other.i < found[0].i), None)


def _inherited(verb: Token) -> Token | None:
    """Return who a verb without a subject of its own has for one."""
    if verb.head.i == verb.i:
        return None
    word = reporting_words().find("verb", verb.lower_)
    resumed = _reporting_ancestor(verb) if word is not None and "resumes" in word.frames else None
    if resumed is not None:
        return _subject(resumed) or _inherited(resumed)
    if _is_clause_of_noun(verb):
        return verb.head
    head = verb.head.head if verb.dep_ == "pcomp" else verb.head
    if reporting_words().find("relay", head.lower_):
        return next((child for child in head.children if child.dep_ in OBJECTS | _PASSIVE_SUBJECTS), None)
    if verb.dep_ in _SHARING and head.pos_ in {"VERB", "AUX"}:
        return _subject(head) or _inherited(head)
    return None


def _reporting_ancestor(verb: Token) -> Token | None:
    """Return the nearest reporting verb above one that goes on with what was said, as "adding" does."""
    return next((t for t in verb.ancestors if t.pos_ == "VERB" and reporting_words().find("verb", t.lower_)), None)


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "obl:agent":
            return child
        if child.dep_ == "agent":
            return next((inner for inner in child.children if inner.dep_ == "pobj"), None)
    return None


def _source_or_itself(token: Token) -> Token:
    """Return who is behind a statement, or the token itself where it is none or comes from nobody."""
    if token.pos_ != "NOUN" or reporting_words().find("noun", token.lower_) is None:
        return token
    return source_of_noun(token) or supporter(token) or token


def supporter(noun: Token) -> Token | None:
    """Return who makes a statement theirs by issuing or repeating it, as the subject of such a verb."""
    if noun.dep_ not in OBJECTS or reporting_words().find("support", noun.head.lower_) is None:
        return None
    return speaker_of_verb(noun.head)


def _is_clause_of_noun(verb: Token) -> bool:
    return verb.dep_ in {"acl", "acl:relcl", "relcl"} and verb.head.pos_ in NOMINALS
