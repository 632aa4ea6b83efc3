"""The examples in docstrings hold."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["page", "passages", "results_xml", "selection", "sparql"])
def test_examples(name: str) -> None:
    result = doctest.testmod(import_module(f"kg.explore.{name}"))
    assert result.attempted > 0
    assert result.failed == 0
