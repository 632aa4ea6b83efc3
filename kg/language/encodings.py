"""Encodings on their way from the encoder to the components that read them: ``doc._.kg_scores``.

They are large, so the last component that wants them lets them go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from spacy.tokens import Doc

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

    from kg.language.protocols import Encoding

NAME: Final = "kg_scores"
ATTRIBUTE: Final = f"doc._.{NAME}"
"""What a component that reads encodings declares among its ``requires``."""


def register() -> None:
    """Register the extension ``doc._.kg_scores``, unless it is: an Encoding, or None where there is none."""
    if not Doc.has_extension(NAME):
        Doc.set_extension(NAME, getter=encoding, setter=attach)


def encoding(doc: Doc) -> Encoding | None:
    """Return the encoding of ``doc``, or None where it has none."""
    return cast("Encoding | None", doc.user_hooks.get(NAME))


def attach(doc: Doc, encoding: Encoding | None) -> None:
    """Keep ``encoding`` with ``doc``, or let go of what it has.

    It lives among the hooks, not in ``user_data``, because a Doc is written to bytes with its ``user_data``.
    """
    if encoding is None:
        doc.user_hooks.pop(NAME, None)
    else:
        doc.user_hooks[NAME] = cast("Callable[..., Any]", encoding)


def wanted_after(nlp: Language, component: str) -> bool:
    """Say whether a component of ``nlp`` that comes after ``component`` reads encodings."""
    names = nlp.pipe_names
    later = names[names.index(component) + 1 :] if component in names else []
    return any(ATTRIBUTE in nlp.get_pipe_meta(name).requires for name in later)
