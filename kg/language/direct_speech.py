"""Direct speech: words in quotation marks with the verb or phrase that gives them to a speaker, and "Norway: ..."."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.language.indirect_speech import is_negated, quotation, speaker_phrase
from kg.language.quotation_marks import paragraphs, quoted
from kg.language.reporting import ReportingWord, reporting_words
from kg.language.speakers import NOMINALS, is_relative, source_of_noun, speaker_of_verb, subjects
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Token

    from kg.language.quotation import Quotation

_REACH: Final = 40
_NAME_LENGTH: Final = 7
_ENDS: Final = frozenset({".", "?", "!"})
_GOES_ON: Final = ("...", "…", ",", "?", "!", "—", "–", "-")
_CLOSED: Final = (".", "?", "!", "…")
_PERSON: Final = frozenset({"PERSON", "PER"})
_SPEAKING_NAMES: Final = frozenset({"ORG", "GPE", "NORP"})
_VERBAL: Final = frozenset({"VERB", "AUX"})
_LINKS: Final = frozenset({"ccomp", "parataxis", "obj", "dobj", "xcomp", "dep"})
_COLON: Final = ReportingWord("", frozenset(), "neutral")


class Cue(NamedTuple):
    """What gives words to a speaker: its first and last token, its entry, and the head word of the speaker."""

    first: Token
    last: Token
    word: ReportingWord
    speaker: Token | None


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Words between quotation marks: their parts by character, their tokens, and the stretch they stand in, or -1."""

    parts: tuple[Span, ...]
    first: int
    end: int
    parent: int

    def __contains__(self, token: Token) -> bool:
        return self.first <= token.i < self.end


def direct_quotations(doc: Doc) -> tuple[list[Quotation], frozenset[tuple[int, int]]]:
    """Return the quotations of direct speech, and by token the pairs of a cue and what is quoted with it.

    Words in quotation marks are a quotation where a reporting verb or phrase before, after or between them says so;
    whole sentences that follow a quotation in its paragraph go on with it.
    """
    reader = _Reader.of(doc)
    found = reader.quoted_by()
    spoken: dict[int, tuple[Cue, list[Span]]] = {}
    for stretch, cue in found:
        spoken.setdefault(cue.first.i, (cue, []))[1].extend(stretch.parts)
    quotations = [
        quotation("direct", _without_commas(reader.text, parts), (cue.first, cue.last), cue.word, cue.speaker)
        for cue, parts in spoken.values()
    ]
    return quotations, frozenset((cue.first.i, i) for stretch, cue in found for i in range(stretch.first, stretch.end))


def _without_commas(text: str, parts: list[Span]) -> tuple[Span, ...]:
    """Return the parts in order, without the commas before their closing marks."""
    return tuple(Span(p.begin, p.begin + len(p.of(text).rstrip(","))) for p in sorted(parts))


def transcribed(doc: Doc) -> Iterator[Quotation]:
    """Give what stands, without quotation marks, after a name and a colon at the start of a paragraph."""
    for span in paragraphs(doc.text):
        inside = doc.char_span(span.begin, span.end, alignment_mode="contract")
        tokens = [token for token in inside or () if not token.is_space]
        colon = next((i for i, token in enumerate(tokens[: _NAME_LENGTH + 1]) if token.text == ":"), 0)
        if not colon or colon + 1 == len(tokens) or tokens[colon + 1].is_quote:
            continue
        speaker = _head(tokens[:colon])
        if speaker is not None and _can_speak(speaker):
            words = Span(tokens[colon + 1].idx, tokens[-1].idx + len(tokens[-1]))
            yield quotation("indirect", (words,), (tokens[colon], tokens[colon]), _COLON, speaker)


def _can_speak(name: Token) -> bool:
    """Say whether a name is that of a person or of who else can speak; a place in capitals is a dateline."""
    if name.pos_ != "PROPN":
        return False
    return name.ent_type_ in _PERSON or (name.ent_type_ in _SPEAKING_NAMES and not name.is_upper)


def _head(tokens: Iterable[Token]) -> Token | None:
    """Return the head of tokens that name somebody, None where there is a verb among them."""
    tokens = list(tokens)
    inside = {token.i for token in tokens}
    if any(token.pos_ in _VERBAL for token in tokens):
        return None
    return next((token for token in tokens if token.head.i not in inside or token.head.i == token.i), None)


def _stretches(doc: Doc, text: str) -> list[Stretch]:
    found: list[Stretch] = []
    around: list[int] = []
    for parts in quoted(text):
        whole = doc.char_span(parts[0].begin, parts[-1].end, alignment_mode="contract")
        if whole is None or not len(whole):
            continue
        while around and found[around[-1]].end < whole.end:
            around.pop()
        found.append(Stretch(parts, whole.start, whole.end, around[-1] if around else -1))
        around.append(len(found) - 1)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Reader:
    """A document with its stretches in quotation marks; by token the innermost of them or -1, and the paragraph."""

    doc: Doc
    text: str
    stretches: list[Stretch]
    zones: list[int]
    paragraphs: list[int]
    forms: list[str]

    @classmethod
    def of(cls, doc: Doc) -> _Reader:
        text = doc.text
        stretches = _stretches(doc, text)
        zones = [-1] * len(doc)
        for number, stretch in enumerate(stretches):
            zones[stretch.first : stretch.end] = [number] * (stretch.end - stretch.first)
        begins = [paragraph.begin for paragraph in paragraphs(text)]
        tokens = list(doc)
        numbers = [bisect_right(begins, token.idx + len(token) - 1) for token in tokens]
        return cls(doc, text, stretches, zones, numbers, [token.lower_ for token in tokens])

    def quoted_by(self) -> list[tuple[Stretch, Cue]]:
        """Return the stretches that are quotations, each with its cue."""
        found: list[tuple[Stretch, Cue]] = []
        latest: dict[int, tuple[Stretch, Cue | None]] = {}
        for stretch in self.stretches:
            before, introduced = self._before(stretch)
            cue = (before if introduced else None) or self._after(stretch) or before
            if cue is None and stretch.parent in latest:
                cue = self._continued(stretch, *latest[stretch.parent])
            latest[stretch.parent] = stretch, cue
            if cue is not None:
                found.append((stretch, cue))
        return found

    def _after(self, stretch: Stretch) -> Cue | None:
        window = self._window(stretch, range(stretch.end, min(stretch.end + _REACH, len(self.doc))))
        start = next((i for i, t in enumerate(window) if not (t.is_space or t.is_punct)), len(window))
        comma = any(token.text == "," for token in window[:start])
        window = window[start:]
        if not window:
            return None
        goes_on = comma or stretch.parts[-1].of(self.text).endswith(_GOES_ON)
        verb = _verb(window, stretch, strict=not goes_on)
        return verb or (self._phrase(window[0].i) if goes_on else None)

    def _phrase(self, position: int) -> Cue | None:
        found = reporting_words().phrase_at(self.forms, position)
        if found is None:
            return None
        end, word = found
        speaker = speaker_phrase(self.doc, position, end)
        if speaker is not None and reporting_words().find("noun", speaker.lower_):
            speaker = source_of_noun(speaker) or speaker
        return None if speaker is None else Cue(self.doc[position], self.doc[end - 1], word, speaker)

    def _before(self, stretch: Stretch) -> tuple[Cue | None, bool]:
        """Return the cue before a stretch, and whether a comma or colon after it introduces direct speech."""
        around = range(stretch.first - 1, max(stretch.first - 1 - _REACH, -1), -1)
        window = self._window(stretch, around)
        start = next((i for i, t in enumerate(window) if not (t.is_space or t.is_quote)), len(window))
        window = window[start:]
        if not window:
            return None, False
        last = window[0]
        introduced = last.text in {",", ":"}
        verb = _verb(window, stretch, strict=not introduced and not _reports(last))
        if last.text == ":":
            return verb or _colon(window), True
        return (None if verb is None or self._reports_more(verb.first, stretch) else verb), introduced

    def _continued(self, stretch: Stretch, earlier: Stretch, cue: Cue | None) -> Cue | None:
        """Return the cue of the quotation before a stretch that goes on with it as a sentence of its own."""
        if cue is None or not stretch.parts[-1].of(self.text).endswith(_CLOSED):
            return None
        if self.paragraphs[earlier.end - 1] != self.paragraphs[stretch.first]:
            return None
        between = [t for t in self.doc[earlier.end : stretch.first] if not (t.is_space or t.is_quote)]
        ends = [i for i, token in enumerate(between) if token.text in _ENDS]
        return cue if not between or ends == [len(between) - 1] else None

    def _reports_more(self, verb: Token, stretch: Stretch) -> bool:
        """Say whether a verb reports something without quotation marks too, of which the stretch then is but a part."""
        clauses = (child for child in verb.children if child.dep_ == "ccomp" and child not in stretch)
        return any(self.zones[clause.i] == stretch.parent for clause in clauses)

    def _window(self, stretch: Stretch, around: range) -> list[Token]:
        """Return the tokens next to a stretch, up to the end of the sentence, of the paragraph, or another stretch."""
        window: list[Token] = []
        at = stretch.end - 1 if around.step > 0 else stretch.first
        for i in around:
            token = self.doc[i]
            other = self.zones[i] != stretch.parent or self.paragraphs[i] != self.paragraphs[at]
            if other or token.text in _ENDS:
                break
            window.append(token)
        return window


def _reports(token: Token) -> bool:
    return token.pos_ == "VERB" and reporting_words().find("verb", token.lower_) is not None


def _verb(window: list[Token], stretch: Stretch, *, strict: bool) -> Cue | None:
    """Return the verb next to a stretch that says it: one that the parse links to it, or else the nearest.

    ``strict`` leaves only linked ones.
    """
    verbs = [token for token in window if _reports(token) and not is_negated(token)]
    chosen = next((verb for verb in verbs if _linked(verb, stretch)), None)
    if chosen is None and not strict:
        chosen = next((verb for verb in verbs if not _is_in_relative_clause(verb)), None)
    word = None if chosen is None else reporting_words().find("verb", chosen.lower_)
    if chosen is None or word is None:
        return None
    speaker = speaker_of_verb(chosen)
    if speaker is None or speaker in stretch:
        speaker = _inverted(chosen)
    return Cue(chosen, chosen, word, speaker)


def _linked(verb: Token, stretch: Stretch) -> bool:
    """Say whether the parse makes what stands in a stretch, or its head, the complement of a verb."""
    if verb.head in stretch and verb.dep_ in _LINKS:
        return True
    clauses = (child for child in verb.children if child.dep_ == "ccomp" and child in stretch)
    return any(_first_word(clause) in stretch for clause in clauses)


def _first_word(clause: Token) -> Token:
    return next((t for t in clause.subtree if not (t.is_punct or t.is_space or t.dep_ in {"mark", "cc"})), clause)


def _inverted(verb: Token) -> Token | None:
    """Return the head of the phrase right after a verb: its subject, which the parse takes for something else."""
    if verb.i + 1 == len(verb.doc):
        return None
    token = verb.nbor()
    while token.head.i > verb.i and token.head.i != token.i:
        token = token.head
    return token if token.pos_ in NOMINALS and token.left_edge.i == verb.i + 1 else None


def _is_in_relative_clause(verb: Token) -> bool:
    return verb.dep_ in {"acl:relcl", "relcl"} or any(is_relative(subject) for subject in subjects(verb)[:1])


def _colon(window: list[Token]) -> Cue | None:
    """Return the cue that a name and a colon are; ``window`` runs backwards from the colon."""
    name = [token for token in reversed(window[1:]) if not token.is_space]
    head = _head(name) if len(name) <= _NAME_LENGTH else None
    return Cue(window[0], window[0], _COLON, head) if head is not None and head.pos_ in NOMINALS else None
