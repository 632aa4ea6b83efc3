"""What is common to archives: which members are read, and under what name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from kg.errors import DocumentError, LimitError
from kg.ingest.registry import supported

if TYPE_CHECKING:
    from kg.ingest.origin import Origin

_DRIVE: Final = re.compile(r"[A-Za-z]:")


def is_wanted(path: str) -> bool:
    """Say whether a member is read, as files in a folder are: of a known format, and not hidden."""
    parts = PurePosixPath(path.replace("\\", "/")).parts
    return bool(parts) and supported(parts[-1]) and not any(_is_hidden(part) for part in parts)


def check_path(path: str, archive: Origin) -> str:
    """Return a member's path with forward slashes.

    Nothing is ever written to disk, so that such a path could do no harm; but who made it meant harm.

    Raises:
        DocumentError: If the path leads out of the archive.
    """
    slashed = path.replace("\\", "/")
    if slashed.startswith("/") or _DRIVE.match(slashed) or ".." in slashed.split("/") or "\0" in slashed:
        raise DocumentError(f"cannot read {archive.name}: the path {path!r} leads out of the archive")
    return slashed.encode("utf-8", "backslashreplace").decode()


def check_count(count: int, archive: Origin) -> None:
    """Raise LimitError where an archive has more members than it may."""
    limit = archive.settings.limits.members
    if count > limit:
        raise LimitError(f"cannot read {archive.name}: more than {limit:,} members (the limit 'members')")


def _is_hidden(part: str) -> bool:
    return (part.startswith(".") and part not in {".", ".."}) or part == "__MACOSX"
