"""Lemmas as edit scripts: a small closed set of labels, each of which turns a form into its lemma.

A script reads ``case|cut|add|cut|add``: how to recase the form (``l`` lower, ``t`` title, ``u`` upper, ``=`` as it
stands), how many characters to cut at the front and what to put there, then the same at the back. ``l|0||1|`` takes
"Words" to "word". Pairs with nothing in common get ``a`` and the lemma itself: ``abe`` takes "was" to "be".
"""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_RECASE: Final[dict[str, Callable[[str], str]]] = {
    "l": str.lower,
    "=": str,
    "t": str.capitalize,
    "u": str.upper,
}
_WHOLE: Final = "a"


class _Edit(NamedTuple):
    case: str
    front_cut: int
    front: str
    back_cut: int
    back: str

    def apply(self, form: str) -> str:
        base = form if self.case == "=" else form.lower()
        if self.front_cut + self.back_cut >= len(base):
            return _RECASE[self.case](form)
        return _RECASE[self.case](self.front + base[self.front_cut : len(base) - self.back_cut] + self.back)


def make_script(form: str, lemma: str) -> str:
    """Return the script that turns ``form`` into ``lemma``: ``apply_script(form, script) == lemma``, always.

    Of the scripts that do, the shortest is taken, lower case first, so that a corpus needs few of them.
    """
    scripts = [script for case in _RECASE if (script := _edit_script(case, form, lemma)) is not None]
    fitting = [script for script in scripts if apply_script(form, script) == lemma]
    return min(fitting, key=len, default=_WHOLE + lemma)


def apply_script(form: str, script: str) -> str:
    """Return the lemma of ``form`` under ``script``.

    Total: a script that cuts more than the form has only recases it, and a malformed one leaves it as it is.
    """
    if script.startswith(_WHOLE):
        return script[len(_WHOLE) :]
    edit = _parse(script)
    return form if edit is None else edit.apply(form)


def _edit_script(case: str, form: str, lemma: str) -> str | None:
    source, target = (form, lemma) if case == "=" else (form.lower(), lemma.lower())
    common = SequenceMatcher(None, source, target, autojunk=False).find_longest_match()
    if not common.size:
        return None
    front, back = target[: common.b], target[common.b + common.size :]
    return f"{case}|{common.a}|{front}|{len(source) - common.a - common.size}|{back}"


@lru_cache(maxsize=4096)
def _parse(script: str) -> _Edit | None:
    fields = script.split("|")
    if len(fields) != 5 or fields[0] not in _RECASE or not _is_count(fields[1]) or not _is_count(fields[3]):
        return None
    return _Edit(fields[0], int(fields[1]), fields[2], int(fields[3]), fields[4])


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9
