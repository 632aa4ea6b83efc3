"""Scores syntax and names on treebanks and entity corpora.

    python benchmarks/syntax.py CORPORA [--model DIR] [--limit N]

Words and sentences are the corpora's own. UAS and LAS leave punctuation out, as spaCy's ``Scorer`` does, and count the
full label (``nmod:poss``); "all" counts punctuation too, which PUD attaches by rules of its own. Names count
exact spans, with the types of each corpus brought to ours as in training, and only those types that the corpus
annotates.
"""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import spacy
from spacy.tokens import Doc

from kg.language import bio
from kg.language.annotate import annotate_syntax
from kg.language.encoder import Encoder
from kg.train.corpora import NAME_SCHEMES, NamedSentence, read_conllu, read_names

if TYPE_CHECKING:
    from collections.abc import Iterator

TREEBANKS = {
    "UD PUD news": "ud_pud/en_pud-ud-test.news.conllu.gz",
    "UD GUM news": "ud_gum/en_gum_open-ud-test.conllu.gz",
    "UD EWT test": "ud_ewt/en_ewt-ud-test.conllu.gz",
}
NAMES = {
    "GMB": ("gmb", "gmb_voa/test.tsv.gz"),
    "UNER EWT": ("uner", "uner_ewt/en_ewt-ud-test.iob2.gz"),
    "CrossNER politics": ("crossner", "crossner_politics/test.txt"),
}


def syntax(encoder: Encoder, path: Path, only: str, limit: int | None) -> dict[str, float]:
    """Return the accuracies over all words of a treebank, in per cent."""
    vocab = spacy.blank("en").vocab
    right, dependents = np.zeros(5), np.zeros(2)
    total = counted = 0
    sentences = (s for s in read_conllu(path) if only in s.document)
    for sentence in itertools.islice(sentences, limit):
        doc = Doc(vocab, words=list(sentence.words))
        (encoding,) = encoder.encode([doc])
        encoding.syntax.sent_start[:] = (1.0, -1.0)
        annotate_syntax(doc, encoding.syntax, encoder.labels, encoding.is_word)
        heads = np.array([t.head.i for t in doc]) == np.array(sentence.heads)
        found = [("root" if t.dep_ == "ROOT" else t.dep_) for t in doc]
        labels = np.array(found) == np.array(sentence.relations)
        solid = np.array(sentence.relations) != "punct"
        dependents += [(heads & solid).sum(), (heads & labels & solid).sum()]
        counted += int(solid.sum())
        upos = [m.split("|")[0] for m in sentence.morphs]
        right += [
            heads.sum(),
            (heads & labels).sum(),
            sum(t.tag_ == g for t, g in zip(doc, sentence.tags, strict=True)),
            sum(t.pos_ == g for t, g in zip(doc, upos, strict=True)),
            sum(t.lemma_ == g for t, g in zip(doc, sentence.lemmas, strict=True)),
        ]
        total += len(doc)
    uas, las = 100 * dependents / counted
    all_uas, all_las, tags, pos, lemmas = 100 * right / total
    attached = {"UAS": uas, "LAS": las, "UAS all": all_uas, "LAS all": all_las}
    return attached | {"tags": tags, "UPOS": pos, "lemmas": lemmas}


def names(encoder: Encoder, scheme: str, path: Path, limit: int | None) -> float:
    """Return F1 of exact spans, in per cent."""
    vocab = spacy.blank("en").vocab
    tags = bio.Scheme(encoder.labels.names)
    annotated = {t for types in NAME_SCHEMES[scheme].types.values() for t in types}
    true = gold = found = 0
    for sentence in itertools.islice(read_names(path, NAME_SCHEMES[scheme]), limit):
        doc = Doc(vocab, words=list(sentence.words))
        (encoding,) = encoder.encode([doc])
        decoded = bio.spans(bio.decode(encoding.syntax.names, tags), tags)
        predicted = {(s.begin, s.end, s.label) for s in decoded if s.label in annotated}
        expected = dict(gold_spans(sentence))
        true += sum(label in expected.get((b, e), ()) for b, e, label in predicted)
        gold += len(expected)
        found += len(predicted)
    return 100 * 2 * true / (gold + found)


def gold_spans(sentence: NamedSentence) -> Iterator[tuple[tuple[int, int], frozenset[str]]]:
    """Yield the spans of a sentence with the types each may have."""
    begin, types = -1, frozenset[str]()
    for i, allowed in enumerate([*sentence.allowed, frozenset({"O"})]):
        inside = all(tag.startswith("I-") for tag in allowed)
        if begin >= 0 and not inside:
            yield (begin, i), types
            begin = -1
        if all(tag.startswith("B-") for tag in allowed):
            begin, types = i, frozenset(tag[2:] for tag in allowed)


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    encoder = Encoder.load(options.model)
    for name, path in TREEBANKS.items():
        only = "news" if "GUM" in name else ""
        scores = syntax(encoder, options.corpora / path, only, options.limit)
        print(f"{name:20s}" + "  ".join(f"{k} {v:.1f}" for k, v in scores.items()))
    for name, (scheme, path) in NAMES.items():
        print(f"{name:20s}names F1 {names(encoder, scheme, options.corpora / path, options.limit):.1f}")


if __name__ == "__main__":
    main()
