"""Names of a user's lexicon in texts: which words, of what type, and how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from kg.language.known_names import KnownName, actor_named, known_names
from kg.resolve.dictionaries import Lexicon, LexiconOfDay

if TYPE_CHECKING:
    from pathlib import Path

TABLE = """\
name\ttype\taliases
Deep Blue Front\tARMED_GROUP\tDBF
Hemet\tPERSON
tunnel people\tCIVILIANS
Ruritania\tSTATE
al-Example Brigade\tARMED_GROUP
NATO Watch\tNGO
Hamas\tPARTY
"""
ACTORS = """\
ORDER_OF_GULLS_ [MARREB]
GULLNIK_ [MARREB]
ANA_EXAMPLE_
\t[FRAGOV <990101]
\t[FRAELI]
"""


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> LexiconOfDay:
    folder: Path = tmp_path_factory.mktemp("lexicon")
    for name, text in (("a.txt", ACTORS), ("b.tsv", TABLE)):
        (folder / name).write_text(text, encoding="utf-8")
    return Lexicon.read(sorted(folder.iterdir())).on(None)


CASES = [
    ("the Deep Blue Front fled", [("Deep Blue Front", "ARMED_GROUP", True)]),
    ("the DBF and Dbf", [("DBF", "ARMED_GROUP", True)]),
    ("so says Hemet", [("Hemet", "PERSON", True)]),
    ("deep blue front", []),
    (
        "the Tunnel people and tunnel people",
        [("Tunnel people", "CIVILIANS", True), ("tunnel people", "CIVILIANS", True)],
    ),
    ("in Ruritania", [("Ruritania", "STATE", False)]),
    ("by Al - Example Brigade", [("Al - Example Brigade", "ARMED_GROUP", True)]),
    ("NATO Watch and NATO", [("NATO Watch", "NGO", True), ("NATO", "IGO", True)]),
    ("Hamas said", [("Hamas", "PARTY", True)]),
    ("the Order of Gulls", [("Order of Gulls", "ARMED_GROUP", False)]),
    ("a Gullnik", []),
    ("Ana Example", []),
    ("THE DEEP BLUE FRONT", []),
]


@pytest.mark.parametrize(("text", "found"), CASES)
def test_names(lexicon: LexiconOfDay, text: str, found: list[tuple[str, str, bool]]) -> None:
    words = text.split()
    names = known_names(words, np.zeros(len(words), np.int64), lexicon)
    assert [(" ".join(words[n.begin : n.last + 1]), n.type, n.sure) for n in names] == found


def test_the_user_goes_first(lexicon: LexiconOfDay) -> None:
    (name,) = known_names(["Hamas", "fled"], np.zeros(2, np.int64), lexicon)
    assert name == KnownName(0, 0, "PARTY", "Hamas", sure=True)
    assert actor_named(["DBF"], lexicon) == "Deep Blue Front"
    assert actor_named(["U.N."], lexicon) == "United Nations"
    assert actor_named(["Nobody"], lexicon) is None
