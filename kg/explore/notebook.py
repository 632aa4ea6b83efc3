"""A graph in a notebook: a summary where it is the value of a cell, and the whole report within the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.explore import page
from kg.explore.index import Index
from kg.explore.overview import overview
from kg.explore.report import report

if TYPE_CHECKING:
    from kg.graph.model import KnowledgeGraph

_TOP: Final = 8
_HEIGHT: Final = 700
_ADDRESS: Final = "about:srcdoc"  # of every page that is the value of srcdoc


def summary(graph: KnowledgeGraph) -> str:
    """Return a graph at first sight as a piece of HTML, without scripts, styles or links."""
    return page.render("summary", found=overview(Index(graph), _TOP))


@dataclass(frozen=True, slots=True)
class Inline:
    """A report that a notebook shows within its page, walled off from it: without scripts, and an origin of its own.

    ``html`` is the report; ``height`` is in pixels.
    """

    html: str
    height: int = _HEIGHT

    def _repr_html_(self) -> str:
        return page.render("inline", html=self.html, height=self.height)


def inline(graph: KnowledgeGraph, *, actor: str | None = None, height: int = _HEIGHT) -> Inline:
    """Return the report on a graph, for a notebook.

    Raises:
        ConfigError: The graph has no such actor.
    """
    return Inline(report(graph, actor=actor, address=_ADDRESS), height)
