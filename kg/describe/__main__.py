"""Writes the descriptions of the ontologies into a folder: ``python -m kg.describe docs``."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.describe import markdown, namespace
from kg.describe.diagrams import diagrams
from kg.errors import KgError
from kg.files import write_whole


def pages() -> dict[str, str]:
    """Return what is written: text by the path of its file within the folder."""
    drawn = {f"diagrams/{name}": svg for name, svg in diagrams().items()}
    return {"ontology.md": markdown.page(), "namespace.html": namespace.page(), **drawn}


def main(arguments: list[str]) -> int:
    """Write all pages into the folder that is named; return the exit code."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.stderr.write("usage: python -m kg.describe FOLDER\n")
        return 2
    try:
        for name, text in pages().items():
            path = Path(arguments[0], name)
            path.parent.mkdir(exist_ok=True)
            with write_whole(path) as file:
                file.write(text)
    except (KgError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
