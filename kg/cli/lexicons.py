"""The user's lexicon: read before anything else, with word of what could not be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.cli.terminal import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from kg.cli.log import Log
    from kg.resolve.dictionaries import Lexicon

_SHOWN: Final = 20


def read_lexicon(paths: tuple[Path, ...], output: Path | None, log: Log) -> Lexicon | None:
    """Read the lexicon in the files of ``--lexicon``, None without any; ``output`` is where the data goes."""
    if not paths:
        return None
    from kg.resolve.dictionaries import Lexicon

    lexicon = Lexicon.read(paths)
    for skipped in lexicon.skipped[:_SHOWN]:
        log.note(one_line(str(skipped)))
    if len(lexicon.skipped) > _SHOWN:
        log.note(f"{len(lexicon.skipped) - _SHOWN} more lines of the lexicon skipped")
    silent = f", {lexicon.silent} without a state or sector left out" if lexicon.silent else ""
    words = f"lexicon: {len(lexicon.entries)} actors, {len(lexicon.agents)} common nouns{silent}"
    log.summary(words, output, {"actors": len(lexicon.entries), "common_nouns": len(lexicon.agents)}, "lexicon")
    return lexicon
