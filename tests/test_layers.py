"""The house stands: modules import downwards only, and heavy or replaceable libraries stay where they belong."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kg"

# From the ground up. A module imports from its own part and from those on lines before it, never from one after it.
LAYERS = (
    ("errors", "records", "resources", "files"),
    ("calendar", "ontology", "identifiers", "lexicon", "jsonl"),
    ("ingest", "resolve", "describe"),
    ("language",),
    ("graph",),
    ("analyse",),
    ("rdf",),
    ("store",),
    ("query", "plot", "export"),
    ("evaluate",),
    ("run",),
    ("explore",),
    ("api", "kg"),
    ("cli", "train"),
)
LEVELS = {part: level for level, parts in enumerate(LAYERS) for part in parts}

# Who may import a library, by part of the package.
RESERVED = {
    "rdflib": {"ontology", "rdf", "store", "query", "api"},
    "pyoxigraph": {"ontology", "describe", "rdf", "store", "query", "api"},
    "oxrdflib": {"rdf"},
    "pyshacl": {"rdf"},
    "torch": {"train"},
    "onnx": {"train"},
    "onnxruntime": {"language", "train"},
    "spacy": {"language", "run", "api", "train"},
    "matplotlib": {"plot"},
    "pandas": {"analyse", "query"},
    "filelock": {"run"},
    "ray": {"run"},
    "rustworkx": {"analyse"},
    "rensa": {"graph"},
    "pyarrow": {"export", "ingest"},
    "trafilatura": {"ingest"},
    "lxml": {"ingest"},
    "feedparser": {"ingest"},
    "pypdf": {"ingest"},
    "warcio": {"ingest"},
    "py3langid": {"ingest"},
    "urllib3": {"ingest"},
    "click": {"cli"},
    "starlette": {"explore"},
    "uvicorn": {"explore"},
    "jinja2": {"explore"},
    "markupsafe": {"explore"},
    "rich": {"cli", "query"},
}

# What is imported at the start of every command, and what must then wait until it is needed.
LIGHT = {"cli", "api", "errors", "files", "kg", "records", "resources"}
HEAVY = {"spacy", "rdflib", "matplotlib", "onnxruntime", "numpy", "networkx", "pyoxigraph", "trafilatura", "jinja2"}

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
PARAMETERS = pytest.mark.parametrize("module", MODULES)


def part_of(module: str) -> str:
    """Return the part of the package that a module belongs to: its second name, or ``kg`` for the package itself."""
    return module.split(".")[1] if "." in module else "kg"


@cache
def imports(module: str) -> frozenset[str]:
    """Return the dotted names that a module imports, wherever in the file, also for types only."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}, line {node.lineno}: a relative import; write it out"
            source = node.module or ""
            submodules = {f"{source}.{alias.name}" for alias in node.names} & set(MODULES)
            found.update(submodules or {source})
    return frozenset(found)


def test_every_part_has_its_place() -> None:
    assert {part_of(module) for module in MODULES} <= set(LEVELS), "give the new part its place in LAYERS"


@PARAMETERS
def test_imports_only_downwards(module: str) -> None:
    here = part_of(module)
    inside = {part_of(name) for name in imports(module) if name == "kg" or name.startswith("kg.")}
    above = {part for part in inside if part != here and LEVELS[part] > LEVELS[here]}
    assert not above, f"{module} imports from above itself: {', '.join(sorted(above))}"


@PARAMETERS
def test_libraries_stay_where_they_belong(module: str) -> None:
    outside = {name.split(".")[0] for name in imports(module)}
    strays = {name for name in outside if part_of(module) not in RESERVED.get(name, {part_of(module)})}
    assert not strays, f"{module} imports {', '.join(sorted(strays))}; see RESERVED"


@pytest.mark.parametrize("module", [name for name in MODULES if part_of(name) in LIGHT])
def test_the_command_line_starts_light(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    for node in tree.body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert not HEAVY & {name.split(".")[0] for name in names}, (
            f"{module}, line {node.lineno}: import it when needed"
        )


def test_our_iris_live_in_the_ontologies_alone() -> None:
    found = re.search(
        r"@prefix kg: <https?://([^>]+)/[^>]*>", (ROOT / "ontologies" / "kg.ttl").read_text(encoding="utf-8")
    )
    assert found is not None
    strays = [name for name, path in MODULES.items() if found[1] in path.read_text(encoding="utf-8")]
    assert not strays, f"{found[1]} is written in {', '.join(strays)}; take the term from kg.ontology"


def test_word_lists_name_their_source() -> None:
    for path in sorted((PACKAGE / "data" / "lexicons").glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        header = next(line for line in lines if line.strip() and not line.startswith("#"))
        assert "source" in header.split("\t"), f"{path.name} has no column 'source'"
