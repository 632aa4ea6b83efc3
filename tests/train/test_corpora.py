from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from kg.train.corpora import NAME_SCHEMES, read_conllu, read_names

if TYPE_CHECKING:
    from pathlib import Path

CONLLU = """# newdoc id = harbour
# sent_id = 1
# text = Ships didn't sail.
1\tShips\tship\tNOUN\tNNS\tNumber=Plur\t4\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\tTense=Past\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tsail\tsail\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

"""


@pytest.mark.parametrize("suffix", [".conllu", ".conllu.gz"])
def test_treebank(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"bank{suffix}"
    path.write_bytes(gzip.compress(CONLLU.encode()) if suffix.endswith("gz") else CONLLU.encode())
    (sentence,) = read_conllu(path)
    assert sentence.document == "harbour"
    assert sentence.words == ("Ships", "did", "n't", "sail", ".")
    assert sentence.heads == (3, 3, 3, 3, 3)
    assert sentence.morphs[:2] == ("NOUN|Number=Plur", "AUX|Tense=Past")
    assert sentence.relations[3] == "root"


def test_names_that_are_annotated(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text("# sent 1\nOslo\tNNP\tB-geo\nis\tVBZ\tO\nNew\tNNP\tB-geo\nTown\tNNP\tI-geo\n\n")
    (sentence,) = read_names(path, NAME_SCHEMES["gmb"])
    assert sentence.words == ("Oslo", "is", "New", "Town")
    assert sentence.allowed == tuple(map(frozenset, ({"B-LOC"}, {"O"}, {"B-LOC"}, {"I-LOC"})))


def test_types_that_a_corpus_leaves_open(tmp_path: Path) -> None:
    path = tmp_path / "names.iob2"
    path.write_text("# text\n1\tOslo\tB-LOC\n2\tyesterday\tO\n\n")
    (sentence,) = read_names(path, NAME_SCHEMES["uner"])
    assert sentence.allowed[0] == {"B-LOC"}
    assert {"O", "B-DATE", "I-DATE", "B-NORP"} <= sentence.allowed[1]
    assert "B-LOC" not in sentence.allowed[1]


def test_names_without_b_tags(tmp_path: Path) -> None:
    path = tmp_path / "names.conll"
    path.write_text("Oslo I-LOC\nHarbour I-LOC\nsaid O\n\n")
    (sentence,) = read_names(path, NAME_SCHEMES["wikigold"])
    assert sentence.allowed[:2] == (frozenset({"B-LOC"}), frozenset({"I-LOC"}))
