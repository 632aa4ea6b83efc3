"""The user's lexicon: read before anything else, with word of what could not be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.cli.terminal import note, one_line, summarize

if TYPE_CHECKING:
    from pathlib import Path

    from kg.resolve.dictionaries import Lexicon

_SHOWN: Final = 20


def read_lexicon(paths: tuple[Path, ...], output: Path | None) -> Lexicon | None:
    """Read the lexicon in the files of ``--lexicon``, None without any; ``output`` is where the data goes."""
    if not paths:
        return None
    from kg.resolve.dictionaries import Lexicon

    lexicon = Lexicon.read(paths)
    for skipped in lexicon.skipped[:_SHOWN]:
        note(f"kg: {one_line(str(skipped))}")
    if len(lexicon.skipped) > _SHOWN:
        note(f"kg: {len(lexicon.skipped) - _SHOWN} more lines of the lexicon skipped")
    silent = f", {lexicon.silent} without a state or sector left out" if lexicon.silent else ""
    summarize(f"lexicon: {len(lexicon.entries)} actors, {len(lexicon.agents)} common nouns{silent}", output)
    return lexicon
