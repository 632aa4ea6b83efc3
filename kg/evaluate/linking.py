"""How well mentions are linked to the lexicons: scored on a table of mentions in context.

The table has the columns ``type``, ``published``, ``name`` (that of the lexicons, empty where a mention must stay
unlinked) and ``text``, in which the mention stands between ``[[`` and ``]]``; others are for the reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import DocumentError
from kg.records import ACTOR_TYPES
from kg.resolve.document import ActorText, describe_all
from kg.resolve.names import MentionText, kind_of

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

    from kg.records import ActorType
    from kg.resolve.actors import Description


class LinkingCase(NamedTuple):
    """A mention in a text of one day, and the name of whom it means, empty where it must stay unlinked."""

    type: ActorType
    published: date
    name: str
    left: str
    mention: str
    right: str


class Judgement(NamedTuple):
    """A case, and what was made of it."""

    case: LinkingCase
    found: Description

    @property
    def linked(self) -> str:
        """The name that it was linked to, empty where to none."""
        return self.found.name if self.found.link else ""

    @property
    def right(self) -> bool:
        """Whether it was linked to whom it means, or left alone where it should be."""
        return self.linked == self.case.name


@dataclass(frozen=True, slots=True)
class LinkingScores:
    """``accuracy`` is the share that is linked rightly or rightly left alone, ``false_links`` that of wrong links."""

    judgements: tuple[Judgement, ...]

    @property
    def accuracy(self) -> float:
        """From 0 to 1."""
        return sum(one.right for one in self.judgements) / len(self.judgements)

    @property
    def false_links(self) -> float:
        """From 0 to 1, of all mentions."""
        return sum(bool(one.linked) and not one.right for one in self.judgements) / len(self.judgements)

    @property
    def wrong(self) -> tuple[Judgement, ...]:
        """The judgements that are not right."""
        return tuple(one for one in self.judgements if not one.right)


def read(path: str | os.PathLike[str]) -> tuple[LinkingCase, ...]:
    """Read a table of cases.

    Raises:
        DocumentError: the file cannot be read, has no case, or a line of it is none.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"cannot read {path}: {error}") from error
    kept = [(number, line.split("\t")) for number, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    if not kept[1:]:
        raise DocumentError(f"{path}: no cases; the first line names the columns, each other is a mention in context")
    (_, header), *rows = kept
    return tuple(_case(header, cells, f"{path}:{number}") for number, cells in rows)


def score(cases: Iterable[LinkingCase]) -> LinkingScores:
    """Link the mention of every case, and judge it."""
    return LinkingScores(tuple(Judgement(case, _described(case)) for case in cases))


def _described(case: LinkingCase) -> Description:
    mention = MentionText(case.mention, kind_of(case.mention), case.left, case.right)
    actor = ActorText("A1", case.type, "", [mention])
    text = f"{case.left}{case.mention}{case.right}"
    return describe_all([actor], (), text, published=case.published)["A1"]


def _case(header: Sequence[str], cells: Sequence[str], where: str) -> LinkingCase:
    row = dict(zip(header, cells, strict=False))
    try:
        left, rest = row["text"].split("[[")
        mention, right = rest.split("]]")
        if row["type"] not in ACTOR_TYPES:
            raise ValueError(row["type"])
        published = date.fromisoformat(row["published"])
        return LinkingCase(row["type"], published, row["name"], left, mention, right)
    except (KeyError, ValueError) as error:
        raise DocumentError(f"{where}: no mention in context ({error}); see kg.evaluate.linking") from None
