"""Turns the network's scores into spaCy annotations: tags, features, lemmas, trees, sentences and entities of a Doc.

Whitespace tokens, which the network does not see, get spaCy's usual annotation: tag ``_SP``, part of speech ``SPACE``,
relation ``dep``, and the word before them as head, or the one after at the start of a sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from spacy.parts_of_speech import IDS as PARTS_OF_SPEECH  # type: ignore[import-not-found]
from spacy.tokens import Span

from kg.language import bio, parse
from kg.language.lemmas import apply_script
from kg.language.parse import ROOT, SPACE_RELATION
from kg.language.sentences import sentence_starts
from kg.language.words import words as words_of
from kg.lexicon import gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from kg.language.scores import Labels, SyntaxScores

    Integers = NDArray[np.int64]

_SPACE_TAG: Final = "_SP"
_LEMMAS: Final = 6


def annotate_syntax(
    doc: Doc, scores: SyntaxScores, labels: Labels, is_word: Callable[[str], bool] | None = None
) -> None:
    """Set tag, part of speech, features, lemma, head, relation and sentence start of every token of ``doc``.

    Each sentence is one tree with one root, whatever the scores. ``is_word`` tells words of the language, lower-cased:
    of the likeliest lemmas of an inflected form the first that is one is taken. Raises ValueError where ``scores`` has
    not one row for each word.
    """
    words = _checked_words(doc, scores)
    if not len(doc):
        return
    starts = sentence_starts(doc, words, scores.sent_start)
    heads = parse.heads(scores, starts)
    relations = parse.relations(scores, heads, labels)
    columns = {
        **_word_columns(doc, words, scores, labels, is_word),
        "HEAD": _token_heads(len(doc), words, starts, heads),
        "DEP": _token_relations(doc.vocab, len(doc), words, relations),
    }
    _fill(doc, columns)
    _fill(doc, {"SENT_START": _token_starts(len(doc), words, starts)})


def annotate_names(doc: Doc, scores: SyntaxScores, labels: Labels, *, threshold: float = 0.5) -> None:
    """Set the entities of ``doc``: none runs over a sentence end, where sentences are known.

    Labels are spaCy's: ``PERSON`` for people; of the locations, ``GPE`` for states, their regions and capitals, and
    ``FAC`` for seats of government, as the gazetteer knows them. ``threshold`` is as in :func:`kg.language.bio.decode`.
    Raises ValueError where ``scores`` has not one row for each word.
    """
    words = _checked_words(doc, scores)
    scheme = bio.Scheme(labels.names)
    tags = bio.decode(scores.names, scheme, starts=_known_starts(doc, words), threshold=threshold)
    doc.set_ents([_entity(doc, words, span) for span in bio.spans(tags, scheme)])


def _fill(doc: Doc, columns: Mapping[str, NDArray[Any]]) -> None:
    table = np.stack([column.astype(np.uint64) for column in columns.values()], axis=1)
    doc.from_array(list(columns), table)  # type: ignore[arg-type]


def _checked_words(doc: Doc, scores: SyntaxScores) -> Integers:
    words = words_of(doc)
    if len(words) != len(scores):
        raise ValueError(f"scores: {len(scores)} rows for {len(words)} words; encode the document again")
    return words


def _word_columns(
    doc: Doc, words: Integers, scores: SyntaxScores, labels: Labels, is_word: Callable[[str], bool] | None
) -> dict[str, NDArray[np.uint64]]:
    """Return the TAG, POS, MORPH and LEMMA columns, one row a token."""
    strings, morphology = doc.vocab.strings, doc.vocab.morphology
    tags, tag = np.unique(scores.tags.argmax(axis=1), return_inverse=True)
    kinds, kind = np.unique(scores.morphs.argmax(axis=1), return_inverse=True)
    found = [labels.morphs[i].partition("|") for i in kinds.tolist()]
    pos = np.array([PARTS_OF_SPEECH.get(part, PARTS_OF_SPEECH["X"]) for part, _, _ in found], np.uint64)
    morphs = np.array([morphology.add(feats if feats != "_" else "") for _, _, feats in found], np.uint64)
    columns = {
        "TAG": np.full(len(doc), strings.add(_SPACE_TAG), np.uint64),
        "POS": np.full(len(doc), PARTS_OF_SPEECH["SPACE"], np.uint64),
        "MORPH": np.full(len(doc), morphology.add(""), np.uint64),
        "LEMMA": doc.to_array("ORTH").astype(np.uint64),
    }
    columns["TAG"][words] = np.array([strings.add(labels.tags[i]) for i in tags.tolist()], np.uint64)[tag.reshape(-1)]
    columns["POS"][words] = pos[kind.reshape(-1)]
    columns["MORPH"][words] = morphs[kind.reshape(-1)]
    forms, likeliest = [doc[i].text for i in words.tolist()], scores.lemmas.argmax(axis=1).tolist()
    lemmas = (_lemma(*each, labels.lemmas, is_word) for each in zip(forms, likeliest, scores.lemmas, strict=True))
    columns["LEMMA"][words] = [strings.add(lemma) for lemma in lemmas]
    return columns


def _lemma(
    form: str,
    likeliest: int,
    scores: NDArray[np.float32],
    scripts: Sequence[str],
    is_word: Callable[[str], bool] | None,
) -> str:
    best = apply_script(form, scripts[likeliest])
    if is_word is None or best.lower() == form.lower() or is_word(best.lower()):
        return best
    for column in np.argsort(-scores, kind="stable")[1:_LEMMAS]:
        lemma = apply_script(form, scripts[int(column)])
        if lemma.lower() != form.lower() and is_word(lemma.lower()):
            return lemma
    return best


def _token_heads(size: int, words: Integers, starts: NDArray[np.bool_], heads: Integers) -> Integers:
    """Return the HEAD column, offsets to the head: words as ``heads`` says, whitespace to a word of its sentence."""
    tokens = np.arange(size)
    if not len(words):
        return -tokens
    nearest = words[_rows(size, words, starts)]
    nearest[words] = words[heads]
    return nearest - tokens


def _token_relations(vocab: Vocab, size: int, words: Integers, relations: list[str]) -> NDArray[np.uint64]:
    column = np.full(size, vocab.strings.add(SPACE_RELATION), np.uint64)
    if not len(words):
        column[:1] = vocab.strings.add(ROOT)
    column[words] = [vocab.strings.add(relation) for relation in relations]
    return column


def _token_starts(size: int, words: Integers, starts: NDArray[np.bool_]) -> Integers:
    """Return the SENT_START column: 1 or -1. Whitespace ends a sentence, and starts only the first."""
    column = np.full(size, -1, np.int64)
    column[words[starts][1:]] = 1
    column[:1] = 1
    return column


def _rows(size: int, words: Integers, starts: NDArray[np.bool_]) -> Integers:
    """Return for each token the row of the last word up to it, or of the first word for what stands before that."""
    return np.maximum(np.searchsorted(words, np.arange(size), side="right") - 1, 0)


def _known_starts(doc: Doc, words: Integers) -> NDArray[np.bool_] | None:
    if not doc.has_annotation("SENT_START"):
        return None
    return np.asarray(doc.to_array("SENT_START").astype(np.int64)[words] == 1)


def _entity(doc: Doc, words: Integers, span: bio.LabelledSpan) -> Span:
    begin, end = int(words[span.begin]), int(words[span.end - 1]) + 1
    return Span(doc, begin, end, _spacy_label(span.label, doc[begin:end].text))


def _spacy_label(label: str, text: str) -> str:
    if label != "LOC":
        return "PERSON" if label == "PER" else label
    place = gazetteer().place(text)
    if place is None or not place.iso3:
        return label
    return "FAC" if place.kind == "seat" else "GPE"
