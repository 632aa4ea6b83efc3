"""What the explorer's pages share: the graph, what is around every page, and addresses."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from kg.errors import GraphError
from kg.explore import page
from kg.explore.choices import Choices
from kg.explore.drawing import note
from kg.explore.events import rows as event_rows
from kg.explore.selection import Selection
from kg.explore.stated import stated as stated_relations
from kg.explore.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.explore.events import EventRow
    from kg.explore.index import Index
    from kg.explore.parameters import Parameters
    from kg.explore.ragged import Numbers
    from kg.explore.stated import Stated
    from kg.graph.model import RelationEdge
    from kg.plot.ties import Tie

FORMS: Final = ("actor", "pair", "timeline", "map", "events", "documents")
"""The views that have the form of a selection."""
# Through what a choice goes along, so that it is still there when one comes back.
_CARRYING: Final = (*FORMS, "event", "relation", "document")


class Frame:
    """What pages about one graph share.

    Args:
        index: The graph.
        title: What it is called, as the name of its file.
    """

    def __init__(self, index: Index, title: str) -> None:
        self.index = index
        self.title = title

    @cached_property
    def choices(self) -> Choices:
        """What there is to choose from."""
        return Choices.of(self.index)

    def render(self, template: str, title: str, /, *, selection: Selection | None = None, **values: Any) -> str:
        """Return a page with what all pages show."""
        chosen = selection or Selection()
        claimant = self.index.name(self.index.iri(chosen.claimant))
        shared = {
            "title": title,
            "title_of_graph": self.title,
            "here": values.pop("here", ""),
            "selection": chosen,
            "carried": chosen.parameters(),
            "choice": in_words(chosen, claimant),
            "choices": self.choices.including(chosen, claimant),
            "url": self.url(chosen),
            "url_of": lambda key: self.address(key, chosen),
            "framed": False,
        }
        return page.render(template, **{**shared, **values})

    def url(self, selection: Selection) -> Callable[..., str]:
        """Return what gives the address of a view; what is chosen goes along where it matters."""
        chosen = selection.parameters()

        def url(view: str, **parameters: object) -> str:
            carried = chosen if view in _CARRYING else ()
            anchor = "#at" if "at" in parameters else ""
            return f"/{view}{page.query(carried, **parameters)}{anchor}"

        return url

    def address(self, key: str, selection: Selection | None = None) -> str:
        """Return the address of the page of whatever a key or IRI stands for, "" where it has none."""
        carried = selection.parameters() if selection else ()
        iri = self.index.iri(key)
        index = self.index
        views: tuple[tuple[str, Mapping[str, object]], ...] = (
            *(("event", index.events), ("relation", index.relations)),
            *(("actor", index.actors), ("actor", index.places), ("document", index.documents)),
        )
        return next((f"/{view}{page.query(carried, id=index.key(iri))}" for view, kind in views if iri in kind), "")

    def party(self, given: Parameters, name: str) -> str:
        """Return the IRI of the actor or place whose key is the parameter ``name``.

        Raises:
            GraphError: There is none.
        """
        iri = self.index.iri(given.get(name, ""))
        if iri not in self.index.actors and iri not in self.index.places:
            raise GraphError("there is no such actor or place in the graph")
        return iri

    def rows(self, positions: Numbers) -> tuple[EventRow, ...]:
        """Return the events at these places of the columns as rows of a table."""
        return event_rows(self.index, self.index.columns.at(positions))

    def tie(self, tie: Tie) -> dict[str, object]:
        """Return a tie as templates show it."""
        index = self.index
        return {
            "one": index.key(tie.source),
            "one_name": index.name(tie.source),
            "other": index.key(tie.target),
            "other_name": index.name(tie.target),
            "family": tie.family,
            "how": note(index, tie),
            "count": tie.count,
        }

    def stated(self, relations: Iterable[RelationEdge], most: int) -> tuple[Stated, ...]:
        """Return the relations that most texts state."""
        order = sorted(relations, key=lambda one: (-len(one.mentions), one.iri))
        return stated_relations(self.index, order[:most])
