"""Files of types and patterns: what they say, and what is refused, by file, table and key."""

from __future__ import annotations

import doctest
import re
from typing import TYPE_CHECKING

import pytest

from kg import ontology
from kg.errors import ConfigError
from kg.language import pattern_file
from kg.language.pattern_file import Edge, parse_patterns, read_patterns
from kg.records import CustomType

if TYPE_CHECKING:
    from pathlib import Path

TYPE = """
[[type]]
name = "ARMS_DELIVERY"
label = "delivery of arms"
description = "Weapons change hands."
broader = "AID"
namespace = "https://example.org/types/"
"""
NODES = """
[[pattern]]
name = "ship-arms"
type = "ARMS_DELIVERY"
source = "giver"
confidence = 0.9
dependency = [
  { RIGHT_ID = "verb", RIGHT_ATTRS = { LEMMA = "ship" } },
  { LEFT_ID = "verb", REL_OP = ">", RIGHT_ID = "giver", RIGHT_ATTRS = { DEP = "nsubj" } },
]
"""
TOKENS = """
[[pattern]]
name = "hunger.1"
type = "PROTEST"
mode = "hunger"
factuality = "happened"
trigger = 1
tokens = [ { POS = "DET", OP = "?" }, { LOWER = "hunger" }, { LOWER = "strike" } ]
"""


def test_types_and_patterns() -> None:
    file = parse_patterns(TYPE + NODES + TOKENS)
    assert file.types == (
        CustomType("ARMS_DELIVERY", "delivery of arms", "AID", "Weapons change hands.", "https://example.org/types/"),
    )
    nodes, tokens = file.patterns
    assert (nodes.name, nodes.type, nodes.custom_type, nodes.confidence) == ("ship-arms", "AID", "ARMS_DELIVERY", 0.9)
    assert nodes.edges == (Edge(0, ">", 1),)
    assert (nodes.trigger, nodes.source, nodes.target, nodes.factuality) == (0, 1, None, None)
    assert (tokens.type, tokens.custom_type, tokens.mode, tokens.edges) == ("PROTEST", "", "hunger", None)
    assert (tokens.trigger, tokens.source, tokens.target, tokens.factuality) == (1, "subject", "object", "happened")
    assert (tokens.confidence, len(tokens.tokens)) == (1.0, 3)


def test_roles_may_be_left_to_nobody_or_to_the_syntax() -> None:
    (nodes,) = parse_patterns(TYPE + NODES.replace('"giver"\nconf', '"subject"\ntarget = ""\nconf')).patterns
    assert (nodes.source, nodes.target) == ("subject", None)
    (tokens,) = parse_patterns(TOKENS + 'source = ""\ntarget = 2\n').patterns
    assert (tokens.source, tokens.target) == (None, 2)


def test_the_version_tells_files_apart() -> None:
    assert parse_patterns(TOKENS).version != parse_patterns(TOKENS + "\n").version
    assert re.fullmatch("[0-9a-f]{8}", parse_patterns(TOKENS).version)


def swap(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


ARMS = "[[type]] 1 (ARMS_DELIVERY)"
SHIP = "[[pattern]] 1 (ship-arms)"
HUNGER = "[[pattern]] 1 (hunger.1)"
REFUSED = {
    "no TOML": ("[[pattern", "arms.toml: not TOML: "),
    "nothing": ("", "arms.toml: no [[pattern]] in it"),
    "unknown table": ("[[patern]]", "arms.toml: no key 'patern'; did you mean 'pattern'?"),
    "single table": ("[pattern]", "arms.toml, pattern: write each as [[pattern]]"),
    "type without name": (
        swap(TYPE, "name =", "label2 ="),
        "arms.toml, [[type]] 1: no key 'label2'; did you mean 'label'?",
    ),
    "no name": (swap(TYPE, 'name = "ARMS_DELIVERY"', ""), "arms.toml, [[type]] 1: name is missing"),
    "name with a space": (
        swap(TYPE, "ARMS_DELIVERY", "ARMS DELIVERY"),
        "arms.toml, [[type]] 1 (ARMS DELIVERY), name: 'ARMS DELIVERY' is no name of letters",
    ),
    "name of PLOVER's": (
        swap(TYPE, "ARMS_DELIVERY", "AID"),
        "arms.toml, [[type]] 1 (AID), name: AID is one of the PLOVER types already",
    ),
    "no label": (swap(TYPE, "delivery of arms", " "), f"arms.toml, {ARMS}, label: expected a few words, found none"),
    "two lines": (swap(TYPE, "delivery of", "delivery\\nof"), f"arms.toml, {ARMS}, label: expected one line"),
    "a list": (swap(TYPE, '"delivery of arms"', "[1]"), f"arms.toml, {ARMS}, label: expected a string, found [1]"),
    "no broader": (swap(TYPE, 'broader = "AID"', ""), f"arms.toml, {ARMS}: broader is missing"),
    "unknown broader": (
        swap(TYPE, '"AID"', '"AIDE"'),
        f"arms.toml, {ARMS}, broader: no PLOVER type 'AIDE'; did you mean 'AID'?",
    ),
    "namespace that is none": (swap(TYPE, "/types/", "/types"), f"arms.toml, {ARMS}, namespace: "),
    "namespace of kg": (
        swap(TYPE, "https://example.org/types/", ontology.prefixes()["plover"]),
        f"arms.toml, {ARMS}, namespace: ",
    ),
    "type twice": (TYPE + TYPE, "arms.toml: two [[type]] tables are named 'ARMS_DELIVERY'"),
    "pattern twice": (TOKENS + TOKENS, "arms.toml: two [[pattern]] tables are named 'hunger.1'"),
    "unknown key": (swap(TOKENS, "mode", "modes"), f"arms.toml, {HUNGER}: no key 'modes'; did you mean 'mode'?"),
    "unknown type": (NODES, f"arms.toml, {SHIP}, type: no event type 'ARMS_DELIVERY'; known: AGREE, "),
    "unknown mode": (
        swap(TOKENS, '"hunger"\nf', '"hungre"\nf'),
        f"arms.toml, {HUNGER}, mode: no PROTEST mode 'hungre'; did you mean 'hunger'?",
    ),
    "unknown factuality": (swap(TOKENS, '"happened"', '"happend"'), f"arms.toml, {HUNGER}, factuality: no factuality"),
    "confidence": (swap(TYPE + NODES, "0.9", "9"), f"arms.toml, {SHIP}, confidence: expected a number from 0 to 1"),
    "confidence that is none": (swap(TYPE + NODES, "0.9", "nan"), f"arms.toml, {SHIP}, confidence: expected a number"),
    "name of a pattern": (swap(TOKENS, "hunger.1", "hunger 1"), "is no name of letters, digits, _, . and -"),
    "neither": (swap(TOKENS, "tokens =", "x ="), f"arms.toml, {HUNGER}: no key 'x'"),
    "both": (TOKENS + "dependency = []", f"arms.toml, {HUNGER}: give either tokens or dependency"),
    "no tokens": (re.sub(r"tokens = .*", "tokens = []", TOKENS), f"arms.toml, {HUNGER}, tokens: expected a list of 1"),
    "many tokens": (
        re.sub(r"tokens = .*", f"tokens = [{'{},' * 13}]", TOKENS),
        f"arms.toml, {HUNGER}, tokens: expected a list of 1",
    ),
    "wild tokens": (
        re.sub(r"tokens = .*", "tokens = [{}, {}, {OP='*'}, {OP='*'}, {OP='*'}, {OP='*'}]", TOKENS),
        f"arms.toml, {HUNGER}, tokens: so many optional and repeated tokens",
    ),
    "optional tokens": (
        re.sub(r"trigger = 1\ntokens = .*", "tokens = [{OP='*'}]", TOKENS),
        f"arms.toml, {HUNGER}, tokens: all of them are optional",
    ),
    "broken token": (swap(TOKENS, "POS", "PSO"), f"arms.toml, {HUNGER}, tokens[0]: no token attribute 'PSO'"),
    "trigger beyond": (swap(TOKENS, "trigger = 1", "trigger = 3"), f"arms.toml, {HUNGER}, trigger: no token 3; "),
    "trigger that may lack": (swap(TOKENS, "trigger = 1", "trigger = 0"), f"arms.toml, {HUNGER}, trigger: expected a"),
    "trigger that is true": (
        swap(TOKENS, "trigger = 1", "trigger = true"),
        f"arms.toml, {HUNGER}, trigger: no token True",
    ),
    "unknown source": (
        swap(TYPE + NODES, 'source = "giver"', 'source = "givr"'),
        f"arms.toml, {SHIP}, source: no node 'givr'; did you mean 'giver'?",
    ),
    "list of sources": (
        swap(TYPE + NODES, '"giver"\n', '["giver"]\n'),
        f"arms.toml, {SHIP}, source: no node ['giver']",
    ),
    "node twice": (
        swap(TYPE + NODES, 'RIGHT_ID = "giver"', 'RIGHT_ID = "verb"'),
        f"arms.toml, {SHIP}, dependency[1], RIGHT_ID: another node is named 'verb'",
    ),
    "unknown left": (
        swap(TYPE + NODES, 'LEFT_ID = "verb"', 'LEFT_ID = "verbs"'),
        f"arms.toml, {SHIP}, dependency[1], LEFT_ID: no node before this one 'verbs'; did you mean 'verb'?",
    ),
    "unknown operator": (
        swap(TYPE + NODES, 'REL_OP = ">"', 'REL_OP = "=>"'),
        f"arms.toml, {SHIP}, dependency[1], REL_OP: no operator '=>'",
    ),
    "root with a relation": (
        swap(TYPE + NODES, '{ RIGHT_ID = "verb"', '{ REL_OP = ">", RIGHT_ID = "verb"'),
        f"arms.toml, {SHIP}, dependency[0]: no key 'REL_OP'; known: RIGHT_ID, RIGHT_ATTRS",
    ),
    "no attributes": (
        swap(TYPE + NODES, ', RIGHT_ATTRS = { DEP = "nsubj" }', ""),
        f"arms.toml, {SHIP}, dependency[1]: RIGHT_ATTRS is missing",
    ),
    "repeated node": (
        swap(TYPE + NODES, '{ DEP = "nsubj" }', '{ DEP = "nsubj", OP = "?" }'),
        f"arms.toml, {SHIP}, dependency[1], RIGHT_ATTRS: OP has no place in a node",
    ),
    "node that is no table": (
        re.sub(r"dependency = \[.*\]", "dependency = [1]", TYPE + NODES, flags=re.DOTALL),
        f"arms.toml, {SHIP}, dependency[0]: expected a table",
    ),
    "many patterns": ("[[pattern]]\n" * 1001, "arms.toml: 1001 [[pattern]] tables; 1000 is the most"),
}


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_patterns(text, "arms.toml")
    assert message in str(caught.value)
    assert str(caught.value).startswith("arms.toml")
    assert "\n" not in str(caught.value)


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "arms.toml"
    path.write_text(TYPE + NODES, encoding="utf-8")
    assert read_patterns(path) == parse_patterns(TYPE + NODES)
    for content, message in ((b"\xff", "not UTF-8 at byte 0"), (b"#" * 1_000_001, "longer than 1000000 bytes")):
        path.write_bytes(content)
        with pytest.raises(ConfigError, match=f"{path}: {message}"):
            read_patterns(path)
    with pytest.raises(ConfigError, match=r"cannot read .*none\.toml: No such file"):
        read_patterns(tmp_path / "none.toml")
    with pytest.raises(ConfigError, match="cannot read"):
        read_patterns(tmp_path)


def test_the_documented_examples() -> None:
    assert doctest.testmod(pattern_file).failed == 0
