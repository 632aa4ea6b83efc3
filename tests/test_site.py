"""The documentation site: it holds every page, its links lead on, and its reference names what exists."""

from __future__ import annotations

import importlib
import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
CONFIG = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
NAVIGATION = re.findall(r"^ +- (?:.+: )?(\S+\.md)$", CONFIG, re.MULTILINE)
REFERENCE = sorted((ROOT / "docs" / "reference").glob("*.md"))
MODULES = [
    name for page in REFERENCE for name in re.findall(r"^::: (\S+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
]


@pytest.fixture(scope="module")
def hooks() -> ModuleType:
    return loaded("site_hooks")


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_page_is_in_the_navigation_once(hooks: ModuleType) -> None:
    pages = [path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")]
    assert sorted(NAVIGATION) == sorted([*pages, *hooks.PAGES.values()])


@pytest.mark.parametrize("name", MODULES)
def test_the_reference_names_what_exists(name: str) -> None:
    assert importlib.util.find_spec(name) is not None


def test_every_package_that_users_import_is_in_the_reference() -> None:
    public = {"kg.api", "kg.analyse", "kg.explore", "kg.export", "kg.graph", "kg.ontology", "kg.plot", "kg.query"}
    public |= {"kg.rdf"}
    assert {name for name in public if not any(f"{module}.".startswith(f"{name}.") for module in MODULES)} == set()


@pytest.mark.parametrize(
    ("uri", "markdown", "expected"),
    [
        ("data-model.md", "[a](../ontologies/kg.ttl)", "[a](ontologies/kg.ttl)"),
        ("index.md", "[a](../README.md) [b](queries.md)", "[a](overview.md) [b](queries.md)"),
        (
            "overview.md",
            "[a](docs/quality.md#x) ![b](outputs/seed-network.png)",
            "[a](quality.md#x) ![b](outputs/seed-network.png)",
        ),
        ("reference/kg.md", "[a](../python.md)", "[a](../python.md)"),
        ("changelog.md", "[a](https://example.org/b.md) [c](#d)", "[a](https://example.org/b.md) [c](#d)"),
        ("index.md", "[a](nowhere.md)", "[a](nowhere.md)"),
    ],
)
def test_links_lead_to_their_place_in_the_site(uri: str, markdown: str, expected: str, hooks: ModuleType) -> None:
    assert hooks.relinked(markdown, uri) == expected


def test_what_pages_link_to_is_part_of_the_site(hooks: ModuleType) -> None:
    linked = hooks.linked()
    assert {"ontologies/kg.ttl", "outputs/seed-network.png", "LICENSE"} <= set(linked)
    assert all((ROOT / path).is_file() for path in linked)


def test_roles_in_docstrings_are_shown_as_names(hooks: ModuleType) -> None:
    assert hooks.on_page_content("as :class:<code>~kg.errors.KgError</code>") == "as <code>kg.errors.KgError</code>"


def test_sessions_in_docstrings_are_fenced() -> None:
    pytest.importorskip("griffe", reason="needs the extra docs")
    doctests = loaded("site_doctests")
    assert doctests.fenced("A.\n\n>>> 1\n1\n\nB.") == "A.\n\n```pycon\n>>> 1\n1\n```\n\nB."


def test_the_site_asks_no_other_host_for_anything() -> None:
    assert "font: false" in CONFIG
    assert "extra_javascript" not in CONFIG
    assert not re.search(r"https?://", CONFIG)
    assert all("```mermaid" not in path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md"))
