"""The descriptions of the ontologies: complete, as committed, and safe to serve."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from rdflib import Graph

from kg import ontology
from kg.describe import markdown
from kg.describe.__main__ import main, pages
from kg.describe.terms import KINDS, Term, concepts, links, promises, terms
from kg.ontology import CAMEO, KG, PLOVER, local_name
from kg.rdf.validate import validate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = pages()
TERMS = tuple(term for kind in KINDS for term in terms(kind))
PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in ontology.prefixes().items())


class Page(HTMLParser):
    """The ids, links and elements of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.elements: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "src"):
                self.links.append(value or "")


@pytest.mark.parametrize("name", PAGES)
def test_what_is_committed_is_up_to_date(name: str, repository: Path) -> None:
    committed = (repository / "docs" / name).read_text(encoding="utf-8")
    assert committed == PAGES[name], "run: python -m kg.describe docs"


def test_every_term_is_described_once() -> None:
    names = [term.name for term in TERMS]
    assert sorted(names) == sorted(f"kg:{local_name(term)}" for term in KG)
    assert all(f"`{name}`" in PAGES["ontology.md"] or f"### {name}\n" in PAGES["ontology.md"] for name in names)


def test_every_term_has_its_place_on_the_namespace_page() -> None:
    page = Page(PAGES["namespace.html"])
    assert len(page.ids) == len(set(page.ids))
    assert {local_name(term) for vocabulary in (KG, PLOVER, CAMEO) for term in vocabulary} <= set(page.ids)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_the_namespace_page_is_complete_in_itself() -> None:
    page = Page(PAGES["namespace.html"])
    assert all(link.startswith("#") for link in page.links)
    assert not page.elements & {"script", "link", "img", "iframe", "object"}
    assert "@import" not in PAGES["namespace.html"]
    assert "url(http" not in PAGES["namespace.html"]


@pytest.mark.parametrize("name", [name for name in PAGES if name.endswith(".svg")])
def test_a_diagram_is_svg_within_its_frame(name: str) -> None:
    root = ElementTree.fromstring(PAGES[name])
    _, _, wide, high = map(float, root.attrib["viewBox"].split())
    boxes = [element.attrib for element in root.iter() if element.get("class") == "box"]
    for box in boxes:
        assert float(box["x"]) + float(box["width"]) <= wide
        assert float(box["y"]) + float(box["height"]) <= high
    assert len(list(root.iter("{http://www.w3.org/2000/svg}text"))) > len(boxes)


def test_boxes_of_the_model_stand_apart() -> None:
    root = ElementTree.fromstring(PAGES["diagrams/model.svg"])
    frames = [
        tuple(float(element.attrib[side]) for side in ("x", "y", "width", "height"))
        for element in root.iter()
        if element.get("class") == "box"
    ]
    assert len(frames) == 9
    for number, (x, y, wide, high) in enumerate(frames):
        for other_x, other_y, other_wide, other_high in frames[number + 1 :]:
            apart = x + wide < other_x or other_x + other_wide < x or y + high < other_y or other_y + other_high < y
            assert apart


@pytest.mark.parametrize(
    "name", ["Actor", "Place", "Event", "Account", "Mention", "Claim", "Quote", "Document", "Run", "Relation"]
)
def test_a_class_of_graphs_has_promises_and_an_example(name: str) -> None:
    (term,) = (one for one in TERMS if one.name == f"kg:{name}")
    assert promises(term.name)
    assert term.examples
    assert name == "Run" or links(term.name)


def test_the_examples_are_a_valid_graph() -> None:
    examples = "\n".join(example for term in TERMS for example in term.examples)
    graph = Graph().parse(data=f"{PREFIXES}PREFIX : <https://example.org/>\n{examples}", format="turtle")
    assert validate(graph) == []


def test_examples_use_terms_that_exist() -> None:
    for name in _used(TERMS):
        assert name in KG, f"kg:{name} in an example is not defined"


def _used(found: tuple[Term, ...]) -> Iterator[str]:
    for term in found:
        for example in term.examples:
            yield from re.findall(r"\bkg:(\w+)", example)


def test_concepts_carry_what_the_schemes_say() -> None:
    (riot,) = (one for one in concepts("plover", "kg:Mode") if one.name == "plover:PROTEST-riot")
    assert (riot.notation, riot.broader) == ("riot", "plover:PROTEST")
    assert "cameo:145" in riot.matches
    assert len(concepts("cameo", "kg:CameoCode")) == 318


def test_links_follow_the_shapes() -> None:
    assert ("kg:claim", ("kg:Claim",)) in {(link.property, link.targets) for link in links("kg:Mention")}
    (denotes,) = (link for link in links("kg:Mention") if link.property == "gaf:denotes")
    assert denotes.targets == ("kg:Event", "kg:Relation")


def test_a_bar_does_not_break_a_table() -> None:
    assert markdown.table(("a", "b"), [("x|y", "z")]) == "| a | b |\n| --- | --- |\n| x\\|y | z |\n"


def test_the_command_writes_all_pages(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 0
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == set(PAGES)


@pytest.mark.parametrize("arguments", [[], ["nowhere"], ["a", "b"]])
def test_the_command_wants_a_folder(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "python -m kg.describe FOLDER" in capsys.readouterr().err
