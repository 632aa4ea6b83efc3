"""Where the user's patterns match in a document."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from spacy.matcher import Matcher

from kg.errors import ConfigError, ModelError
from kg.language.dependency import Tree, fitting
from kg.language.token_specs import LONGEST_WORD, uses_regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

    from kg.language.pattern_file import Pattern, Role
    from kg.language.token_specs import Occurrence, TokenSpec

_LONGEST_SENTENCE: Final = 200
"""Words of the longest sentence that patterns are tried on; what is longer is a table or a list."""


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a pattern matches. All are tokens of the document.

    ``begin`` and ``last`` bound the trigger; ``sources`` and ``targets`` are the tokens that the pattern names for
    them, none where it names nobody or leaves them to the syntax.
    """

    pattern: Pattern
    begin: int
    last: int
    sources: tuple[int, ...] = ()
    targets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Matchers:
    """spaCy's matchers for token patterns, and for the single words of dependency patterns."""

    sequences: Matcher
    words: Matcher

    @classmethod
    def of(cls, vocab: Vocab) -> _Matchers:
        return cls(Matcher(vocab, validate=False), Matcher(vocab, validate=False))

    def add(self, number: int, pattern: Pattern) -> None:
        if pattern.edges is None:
            specs = [_counted(*token) for token in zip(pattern.tokens, pattern.occurrences, strict=True)]
            self.sequences.add(_key(number), [specs], greedy="LONGEST")
        else:
            for node, spec in enumerate(pattern.tokens):
                self.words.add(_key(number, node), [[dict(spec)]])


class PatternMatcher:
    """Finds matches of patterns, sentence by sentence.

    Sentences of more than 200 tokens are passed over, and by regular expressions those with words of more than 64
    characters.

    Raises:
        ConfigError: If spaCy refuses a pattern.
    """

    def __init__(self, vocab: Vocab, patterns: Sequence[Pattern]) -> None:
        self._patterns = patterns
        self._plain, self._guarded = _Matchers.of(vocab), _Matchers.of(vocab)
        for number, pattern in enumerate(patterns):
            matchers = self._guarded if any(map(uses_regex, pattern.tokens)) else self._plain
            try:
                matchers.add(number, pattern)
            except (ValueError, TypeError) as error:
                reason = str(error).splitlines()[0]
                raise ConfigError(f"pattern {pattern.name}: spaCy cannot use it: {reason}") from error

    def find(self, doc: Doc) -> Iterator[Match]:
        """Give the matches in a document, sentence by sentence, and in each in the order of the patterns.

        Raises:
            ModelError: If the document lacks the syntax or names that a pattern asks for.
        """
        for sentence in doc.sents:
            if len(sentence) > _LONGEST_SENTENCE:
                continue
            long = any(len(token) > LONGEST_WORD for token in sentence)
            used = [self._plain] if long else [self._plain, self._guarded]
            try:
                found = [
                    one for kind in used for one in (*self._in_sequence(kind, sentence), *self._in_tree(kind, sentence))
                ]
            except ValueError as error:
                reason = str(error).splitlines()[0]
                raise ModelError(f"the pipeline does not set what the patterns ask for: {reason}") from error
            for _, match in sorted(found, key=lambda one: (one[0], one[1].begin, one[1].last)):
                yield match

    def _in_sequence(self, matchers: _Matchers, sentence: Span) -> Iterator[tuple[int, Match]]:
        if not len(matchers.sequences):
            return
        strings = sentence.vocab.strings
        found = cast("list[tuple[int, int, int, list[int]]]", matchers.sequences(sentence, with_alignments=True))
        for key, begin, end, alignments in found:
            number = int(strings[key].rpartition(":")[2])
            pattern = self._patterns[number]
            at: defaultdict[int, list[int]] = defaultdict(list)
            for offset, token in enumerate(alignments[: end - begin]):
                at[token].append(sentence.start + begin + offset)
            trigger = list(range(sentence.start + begin, sentence.start + end))
            if pattern.trigger is not None:
                trigger = at[pattern.trigger]
            if trigger:
                named = (tuple(at[role]) if isinstance(role, int) else () for role in (pattern.source, pattern.target))
                yield number, Match(pattern, trigger[0], trigger[-1], *named)

    def _in_tree(self, matchers: _Matchers, sentence: Span) -> Iterator[tuple[int, Match]]:
        if not len(matchers.words):
            return
        candidates: defaultdict[int, defaultdict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        strings = sentence.vocab.strings
        for key, begin, _ in matchers.words(sentence):
            number, node = map(int, strings[key].split(":")[1:])
            candidates[number][node].add(begin)
        tree = Tree([min(max(t.head.i - sentence.start, 0), len(sentence) - 1) for t in sentence])
        for number, by_node in candidates.items():
            for match in _matches(tree, self._patterns[number], by_node, sentence.start):
                yield number, match


def _matches(tree: Tree, pattern: Pattern, by_node: Mapping[int, set[int]], start: int) -> Iterator[Match]:
    """Give a match for each word that can be the trigger, with all that can play a role beside it."""
    if len(by_node) < len(pattern.tokens) or pattern.edges is None or pattern.trigger is None:
        return
    words: Sequence[frozenset[int]] = [frozenset(by_node[node]) for node in range(len(pattern.tokens))]
    words = fitting(tree, pattern.edges, words)
    for word in sorted(words[pattern.trigger]):
        own = list(words)
        own[pattern.trigger] = frozenset((word,))
        around = fitting(tree, pattern.edges, own)
        named = (_named(role, around, start) for role in (pattern.source, pattern.target))
        yield Match(pattern, start + word, start + word, *named)


def _named(role: Role, words: Sequence[frozenset[int]], start: int) -> tuple[int, ...]:
    return tuple(sorted(start + word for word in words[role])) if isinstance(role, int) else ()


def _counted(spec: TokenSpec, occurrence: Occurrence) -> dict[str, object]:
    """Return what spaCy's Matcher takes for a token and how often it may stand."""
    signs = {(1, 1): "1", (0, 0): "!", (0, 1): "?"}
    return {**spec, "OP": signs.get(occurrence, f"{{{occurrence.least},{occurrence.most}}}")}


def _key(*numbers: int) -> str:
    return ":".join(map(str, ("kg_patterns", *numbers)))
