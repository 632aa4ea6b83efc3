"""Hooks of the documentation site: what the pages link to beside ``docs/`` becomes part of the site.

Pages link to each other and to other files of the repository as a reader of the repository needs it
(``../ontologies/kg.ttl``). The site holds those files too, and its links lead to them. README and CHANGELOG are pages.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
DOCS: Final = "docs"
PAGES: Final = {"README.md": "overview.md", "CHANGELOG.md": "changelog.md"}
LINK: Final = re.compile(r"(?<=\]\()(?P<target>[^)#:\s]+)(?P<rest>(?:#[^)\s]*)?)(?=\))")
ROLE: Final = re.compile(r":(?:class|data|exc|func|meth|mod):<code>~?([\w.]+)</code>")


def on_files(files: Any, config: Any) -> Any:
    """Add README and CHANGELOG as pages, and every other file beside ``docs/`` that a page links to."""
    from mkdocs.structure.files import File

    sources = {PAGES.get(path, path): path for path in (*PAGES, *linked())}
    for uri, path in sorted(sources.items()):
        files.append(File.generated(config, uri, abs_src_path=str(ROOT / path)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Make the links of a page lead to where things lie in the site."""
    return relinked(markdown, page.file.src_uri)


def on_page_content(html: str, **_: Any) -> str:
    """Show the roles of docstrings (``:class:`` and others) as the names that they are of."""
    return ROLE.sub(r"<code>\1</code>", html)


def linked() -> tuple[str, ...]:
    """Return the files beside ``docs/`` that pages link to, README and CHANGELOG left out, as paths from the root."""
    found = {path for page in sources() for path in _targets(page) if not path.startswith(f"{DOCS}/")}
    return tuple(sorted(path for path in found - set(PAGES) if (ROOT / path).is_file()))


def sources() -> tuple[str, ...]:
    """Return the pages of the site as paths from the root of the repository."""
    pages = (path.relative_to(ROOT).as_posix() for path in (ROOT / DOCS).rglob("*.md"))
    return tuple(sorted((*PAGES, *pages)))


def relinked(markdown: str, uri: str) -> str:
    """Return a page of the site, ``uri``, with links to places in the repository changed to places in the site."""
    source = next((path for path, page in PAGES.items() if page == uri), f"{DOCS}/{uri}")

    def link(found: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), found["target"]))
        if not (ROOT / path).is_file():
            return found[0]
        target = PAGES.get(path, path.removeprefix(f"{DOCS}/"))
        return posixpath.relpath(target, posixpath.dirname(uri) or ".") + found["rest"]

    return LINK.sub(link, markdown)


def _targets(source: str) -> Iterator[str]:
    text = (ROOT / source).read_text(encoding="utf-8")
    for found in LINK.finditer(text):
        yield posixpath.normpath(posixpath.join(posixpath.dirname(source), found["target"]))
