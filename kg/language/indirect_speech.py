"""Indirect speech: "Norway said that ...", "the claim that ...", "according to Norway", "as Norway put it"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.language.quotation import Quotation
from kg.language.reporting import reporting_words
from kg.language.speakers import (
    NOMINALS,
    OBJECTS,
    POSSESSORS,
    is_relative,
    phrase,
    prepositional,
    source_of_noun,
    speaker_of_verb,
    subjects,
    supporter,
)
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Token

    from kg.language.quotation import QuotationKind
    from kg.language.reporting import ReportingWord

_VERBAL: Final = frozenset({"VERB", "AUX"})
_OUTER_CLAUSES: Final = frozenset({"advcl", "xcomp", "acl", "acl:relcl", "relcl", "advcl:relcl"})
_TRIMMED_LEFT: Final = frozenset({"mark", "punct", "cc"})
_NEGATIVE: Final = frozenset({"Polarity=Neg", "PronType=Neg"})
_INFINITIVE_TAG: Final = "TO"
_GERUND_TAG: Final = "VBG"


def indirect_quotations(doc: Doc, ignoring: frozenset[tuple[int, int]] = frozenset()) -> Iterator[Quotation]:
    """Give the quotations of indirect speech, by the parse of ``doc``, in no order.

    ``ignoring`` are pairs of a cue and the head of what it reports, by token, that are quotations of another kind.
    """
    words = reporting_words()
    forms = [token.lower_ for token in doc]
    quoting = {cue for cue, _ in ignoring}
    for token in doc:
        if token.pos_ in _VERBAL:
            verb = words.find("verb", forms[token.i])
            if verb is not None and not is_negated(token):
                yield from _of_verb(token, verb, ignoring)
        elif token.pos_ in NOMINALS:
            noun = words.find("noun", forms[token.i])
            if noun is not None:
                yield from _of_noun(token, noun)
            after = words.find("after", forms[token.i])
            if after is not None:
                yield from _of_words(token, after)
        before = words.phrase_at(forms, token.i)
        if before is not None and token.i not in quoting:
            yield from _of_phrase(doc, token.i, *before)


def quotation(
    kind: QuotationKind,
    content: tuple[Span, ...],
    cue: tuple[Token, Token],
    word: ReportingWord,
    speaker: Token | None,
) -> Quotation:
    """Return a quotation with the spans of its cue, first to last token, and of the phrase that ``speaker`` heads."""
    doc = cue[0].doc
    named = None if speaker is None else characters(doc, *phrase(speaker))
    head = None if speaker is None else Span(speaker.idx, speaker.idx + len(speaker))
    begin, end = cue[0].idx, cue[1].idx + len(cue[1])
    return Quotation(kind, content, Span(begin, end), word.lemma, word.stance, named, head)


def characters(doc: Doc, begin: int, end: int) -> Span:
    """Return the characters of the tokens from ``begin`` to before ``end``."""
    last = doc[end - 1]
    return Span(doc[begin].idx, last.idx + len(last))


def speaker_phrase(doc: Doc, position: int, end: int) -> Token | None:
    """Return the head word of who stands after the phrase of tokens ``position`` to before ``end``."""
    last = doc[end - 1]
    inner = next((child for child in last.children if child.dep_ in {"pobj", "obl", "nmod"} and child.i >= end), None)
    if inner is not None:
        return inner
    token = last
    while position <= token.i < end and token.head.i != token.i:
        token = token.head
    return token if token.i >= end and token.pos_ in NOMINALS else None


def is_negated(verb: Token) -> bool:
    """Say whether a verb is negated, or said of nobody ("no group claimed"): what was not said is no claim."""
    own = [*verb.children, *(word for subject in subjects(verb) for word in (subject, *subject.children))]
    return any(word.dep_ == "neg" or bool(_NEGATIVE & set(str(word.morph).split("|"))) for word in own)


def _of_verb(verb: Token, word: ReportingWord, ignoring: frozenset[tuple[int, int]]) -> Iterator[Quotation]:
    speaker = speaker_of_verb(verb)
    for inside, root in _reported(verb, word):
        if (verb.i, root.i) in ignoring:
            continue
        if root.dep_ == "ccomp" and root.head.i == verb.i:
            inside = (inside | _strays(verb, root)) - _addressee(verb, root)
        content = _content(verb.doc, inside - (_subtree(verb) if verb.i in inside else set()))
        if content:
            yield quotation("indirect", content, (verb, verb), word, speaker)


def _reported(verb: Token, word: ReportingWord) -> Iterator[tuple[set[int], Token]]:
    """Give what a verb reports, in the constructions that it has: the tokens, and the head of them."""
    frames, children = word.frames, list(verb.children)
    if "clause" in frames:
        clause = _clause_of(verb, children)
        if clause is not None:
            yield _subtree(clause), clause
            return
    if _comments(verb, word.frames):
        yield _subtree(verb.head), verb.head
    elif "infinitive" in frames and any(_is_infinitive(child, verb) for child in children):
        yield from ((_subtree(child), child) for child in children if _is_infinitive(child, verb))
    elif "object" in frames and any(child.dep_ in OBJECTS for child in children):
        named = (child for child in children if child.dep_ in OBJECTS and child.pos_ != "PRON")
        yield from ((_subtree(child), child) for child in named)
    elif "clause" in frames:
        yield from _before_verb(verb)
    governed = (child for child, preposition in prepositional(verb) if preposition.lower_ in frames - {"as"})
    yield from ((_subtree(child), child) for child in governed)


def _is_infinitive(child: Token, verb: Token) -> bool:
    """Say whether a word is the infinitive or gerund that a verb governs."""
    beside = child.dep_ == "advcl" and child.tag_ == _GERUND_TAG and child.left_edge.i == verb.i + 1
    return child.dep_ == "xcomp" or beside


def _clause_of(verb: Token, children: list[Token]) -> Token | None:
    """Return the head of the clause that is a verb's complement: the first after it, or else the last before it."""
    clauses = [child for child in children if child.dep_ == "ccomp"]
    found = next((clause for clause in clauses if clause.i > verb.i), clauses[-1] if clauses else None)
    if found is not None or any(child.dep_ in OBJECTS for child in children):
        return found
    # A parse may hang the clause beside a participle on what that hangs on.
    beside = (other for other in verb.head.rights if other.left_edge.i == verb.i + 1 and other.pos_ in _VERBAL)
    return next(beside, None) if verb.dep_ in _OUTER_CLAUSES else None


def _comments(verb: Token, frames: frozenset[str]) -> bool:
    """Say whether a clause comments on the one it stands in: "as she put it", or "she said" set off by commas."""
    if verb.head.i == verb.i or not subjects(verb) or is_relative(subjects(verb)[0]):
        return False
    conjunctions = [child for child in verb.lefts if child.dep_ in {"mark", "advmod"} and child.i < subjects(verb)[0].i]
    if any(child.lower_ == "as" for child in conjunctions):
        return verb.dep_ == "advcl" and bool(frames & {"as", "clause"})
    if "clause" not in frames or conjunctions or any(child.dep_ in OBJECTS for child in verb.children):
        return False
    return verb.dep_ in {"parataxis", "advcl", "acl", "acl:relcl", "dep"} and _stands_apart(verb)


def _stands_apart(verb: Token) -> bool:
    """Say whether a clause is set off by a comma before it, and by a comma or the end of the sentence after it."""
    doc, words = verb.doc, [token for token in verb.subtree if not (token.is_punct or token.is_space)]
    before, after = words[0].i - 1, words[-1].i + 1
    if before < 0 or not doc[before].is_punct:
        return False
    return after == len(doc) or doc[after].is_punct or doc[after].is_space or bool(doc[after].is_sent_start)


def _before_verb(verb: Token) -> Iterator[tuple[set[int], Token]]:
    """Give what stands before a reporting clause at the end of a sentence, where the parse does not join them."""
    found = subjects(verb)
    start, first = verb.sent.start, found[0].left_edge.i if found else 0
    if not found or found[0].i > verb.i or first - 2 < start or verb.doc[first - 1].text != ",":
        return
    inside = set(range(start, first - 1))
    heads = [verb.doc[i] for i in inside if verb.doc[i].pos_ in _VERBAL]
    if heads and verb.dep_ in {"ROOT", "root"}:
        yield inside, heads[0]


def _strays(verb: Token, root: Token) -> set[int]:
    """Return the subject that a reporting clause cuts off, parsed as that clause's own ("Norway, she said, will")."""
    if subjects(root):
        return set()
    return {i for token in subjects(verb)[1:] if token.i < verb.i and not is_relative(token) for i in _subtree(token)}


def _addressee(verb: Token, root: Token) -> set[int]:
    """Return the tokens of whom something is told, where the parse takes them for a second subject of what is told."""
    found = subjects(root)
    told = found[-1] if len(found) > 1 and root.dep_ == "ccomp" else None
    return _subtree(told) if told is not None and told.left_edge.i == verb.i + 1 else set()


def _of_noun(noun: Token, word: ReportingWord) -> Iterator[Quotation]:
    for child in noun.rights:
        if child.dep_ in {"acl", "ccomp"} and _has_conjunction(child):
            content = _content(noun.doc, _subtree(child))
            if content:
                yield quotation("indirect", content, (noun, noun), word, source_of_noun(noun) or supporter(noun))


def _has_conjunction(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.tag_ != _INFINITIVE_TAG and child.i < verb.i for child in verb.children)


def _of_words(noun: Token, word: ReportingWord) -> Iterator[Quotation]:
    """Give what a phrase such as "in his words" comments on."""
    owner = next((child for child in noun.children if child.dep_ in POSSESSORS), None)
    adposition = next((child for child in noun.lefts if child.dep_ == "case"), None)
    if adposition is None and noun.dep_ == "pobj":
        adposition = noun.head
    if owner is None or adposition is None:
        return
    top = adposition if adposition.i == noun.head.i else noun
    content = _commented(top)
    if content:
        yield quotation("according", content, (adposition, noun), word, owner)


def _of_phrase(doc: Doc, position: int, end: int, word: ReportingWord) -> Iterator[Quotation]:
    speaker = speaker_phrase(doc, position, end)
    if speaker is None:
        return
    top = speaker
    while position <= top.head.i < end and top.head.i != top.i:
        top = top.head
    content = _commented(top)
    if content:
        source = source_of_noun(speaker) if reporting_words().find("noun", speaker.lower_) else None
        yield quotation("according", content, (doc[position], doc[end - 1]), word, source or speaker)


def _commented(top: Token) -> tuple[Span, ...]:
    """Return the clause that the phrase under ``top`` comments on: the whole sentence where it begins or ends that."""
    sentence, own = top.sent, _subtree(top)
    if top.head.i == top.i:
        return ()
    first, last = min(own), max(own)
    before = [t for t in top.doc[sentence.start : first] if not (t.is_space or t.is_punct)]
    after = [t for t in top.doc[last + 1 : sentence.end] if not (t.is_space or t.is_punct)]
    if not before or (not after and _set_off(top.doc, first)):
        inside = set(range(sentence.start, sentence.end))
    else:
        inside = _subtree(_clause(top.head))
    return _content(top.doc, inside - own)


def _set_off(doc: Doc, first: int) -> bool:
    """Say whether a phrase that begins at ``first`` is set off by punctuation."""
    return doc[first].is_punct or (first > 0 and doc[first - 1].is_punct)


def _clause(token: Token) -> Token:
    """Return the head of the clause that a token stands in."""
    while token.head.i != token.i and (token.pos_ not in _VERBAL or token.dep_ in _OUTER_CLAUSES | {"aux", "cop"}):
        token = token.head
    return token


def _subtree(token: Token) -> set[int]:
    return {inner.i for inner in token.subtree}


def _content(doc: Doc, inside: Iterable[int]) -> tuple[Span, ...]:
    """Return the stretches of the tokens ``inside``, without conjunctions and punctuation at their edges."""
    runs: list[list[Token]] = []
    for i in sorted(inside):
        if not runs or runs[-1][-1].i + 1 != i:
            runs.append([])
        runs[-1].append(doc[i])
    trimmed = (_trimmed(run) for run in runs)
    return tuple(Span(run[0].idx, run[-1].idx + len(run[-1])) for run in trimmed if run)


def _trimmed(run: list[Token]) -> list[Token]:
    first, last = 0, len(run)
    while first < last and (run[first].is_space or run[first].is_punct or run[first].dep_ in _TRIMMED_LEFT):
        first += 1
    while last > first and (run[last - 1].is_space or run[last - 1].is_punct):
        last -= 1
    return run[first:last]
