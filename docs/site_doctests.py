"""The doctests of docstrings, shown as Python sessions in the reference: an extension of Griffe, which reads them."""

from __future__ import annotations

from typing import Any

from griffe import Extension, Object


class Doctests(Extension):
    """Puts what begins with ``>>>`` between fences, up to the next empty line."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Change the docstring of a module, class, function or attribute."""
        if obj.docstring is not None:
            obj.docstring.value = fenced(obj.docstring.value)


def fenced(text: str) -> str:
    """Return a docstring with its sessions between fences."""
    paragraphs = text.split("\n\n")
    return "\n\n".join(f"```pycon\n{one.rstrip()}\n```" if one.startswith(">>> ") else one for one in paragraphs)
