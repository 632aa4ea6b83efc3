"""Letters for names in any script: which installed fonts hold them, and what stands in for those that none holds."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from matplotlib.font_manager import fontManager, get_font

if TYPE_CHECKING:
    from collections.abc import Iterable

# Both ship with matplotlib, so that a picture looks the same wherever it is drawn.
SANS: Final = "DejaVu Sans"
SERIF: Final = "STIXGeneral"

SUBSTITUTE: Final = "\N{WHITE SQUARE}"
# Stand-ins, mathematics, pictures: fonts that have a letter's code point, but not the letter to be read.
_UNSUITABLE: Final = ("Last Resort", "Adobe Blank", "STIX", "cmr", "cms", "cmt", "cmm", "cme", "cmb", "DejaVu Math")
_PICTURES: Final = ("emoji", "symbol", "icons")


@dataclass(frozen=True, slots=True)
class FontChain:
    """Font families in the order in which a letter is looked for."""

    families: tuple[str, ...]

    @classmethod
    def covering(cls, first: str, texts: Iterable[str]) -> FontChain:
        """Return the chain that begins with ``first`` and goes on to what else the letters of ``texts`` need."""
        families = [first] if first == SANS else [first, SANS]
        missing = {ord(letter) for text in texts for letter in cleaned(text)}
        for family in families:
            missing -= _letters(family)
        if missing:
            for family in _installed():
                held = missing & _letters(family)
                if held:
                    families.append(family)
                    missing -= held
        return cls(tuple(families))

    def holds(self, text: str) -> bool:
        """Say whether every letter of ``text`` can be drawn."""
        return self.drawable(text) == cleaned(text)

    def drawable(self, text: str) -> str:
        """Return ``text`` on one line, with a white square for each letter that no font of the chain holds."""
        return "".join(self._drawn(letter) for letter in cleaned(text))

    def _drawn(self, letter: str) -> str:
        if self._held(letter):
            return letter
        plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
        if plain and all(map(self._held, plain)):
            return plain
        return "" if unicodedata.category(letter) in {"Cf", "Mn", "Me"} else SUBSTITUTE

    def _held(self, letter: str) -> bool:
        return any(ord(letter) in _letters(family) for family in self.families)


def cleaned(text: str) -> str:
    """Return ``text`` composed and on one line, without control characters and other letters that never show."""
    shown = (" " if letter.isspace() or unicodedata.category(letter) == "Cc" else letter for letter in text)
    whole = unicodedata.normalize("NFC", "".join(shown))
    return " ".join("".join(letter for letter in whole if not _invisible(letter)).split())


def _invisible(letter: str) -> bool:
    """Say whether the letter only steers its neighbours; joiners, which shape Arabic and Indic, are kept."""
    return letter not in "\u200c\u200d" and unicodedata.category(letter) in {"Cf", "Co", "Cn"}


@lru_cache(maxsize=512)
def _letters(family: str) -> frozenset[int]:
    """Return the code points that the plainest face of ``family`` holds, and its bold one where it has one.

    There are none where a font cannot be read.
    """
    faces = [font for font in fontManager.ttflist if font.name == family]
    faces.sort(key=lambda font: (font.style != "normal", font.weight not in (400, "normal", "regular"), font.fname))
    bold = [font for font in faces if font.style == "normal" and font.weight in (700, "bold")]
    try:
        held = [frozenset(get_font(face.fname).get_charmap()) for face in (*faces[:1], *bold[:1])]
    except (RuntimeError, OSError):
        return frozenset()
    return frozenset.intersection(*held) if held else frozenset()


@lru_cache(maxsize=1)
def _installed() -> tuple[str, ...]:
    """Return the installed families fit for reading, Noto first (made to have one style in all scripts)."""
    names = {
        font.name
        for font in fontManager.ttflist
        if not font.name.startswith(_UNSUITABLE) and not any(word in font.name.casefold() for word in _PICTURES)
    }
    return tuple(sorted(names, key=lambda name: (not name.startswith("Noto Sans"), not name.startswith("Noto"), name)))
