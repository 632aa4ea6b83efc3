"""Pages from templates: everything escaped, nothing that turns the direction of writing, links to the web alone."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote_plus, urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from kg import resources
from kg.graph.legible import legible
from kg.plot.families import verb
from kg.plot.spoken import count, date

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER: Final = "explore"
_SHOWN: Final = 160
_KEPT: Final = 20_000
# What turns the direction of writing, hides between letters or breaks lines where nobody sees it.
_MISLEADING: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def render(name: str, /, **values: object) -> str:
    """Return the page that the template ``name`` makes of the values."""
    return _environment().get_template(f"{name}.html").render(**values)


def harmless(text: str) -> str:
    r"""Return ``text`` with what misleads the eye written out, and U+FFFD for what no page can hold.

    >>> harmless("a\u202eb\x00")
    'a\\u202eb�'
    """
    return _MISLEADING.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), legible(text))


def link(address: str | None) -> str:
    """Return an address that a page may link to, "" for any that is not http or https.

    >>> link("https://news.example/a"), link("javascript:alert(1)")
    ('https://news.example/a', '')
    """
    text = (address or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    fine = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"[\x00-\x20\x7f<>\"\\^`{|}]", text)
    return text if fine else ""


def query(parameters: Iterable[tuple[str, str]], **others: object) -> str:
    """Return the query string of an address, with its question mark: what is "" or None is left out.

    >>> query([("since", "2015")], id="actor/a", page=None)
    '?id=actor%2Fa&since=2015'
    """
    pairs = [(name, str(value)) for name, value in others.items() if value not in ("", None)]
    pairs += [(name, value) for name, value in parameters if name not in others]
    encoded = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)
    return f"?{encoded}" if encoded else ""


@lru_cache(_KEPT)
def _quoted(text: str) -> str:
    return quote_plus(text.encode("utf-8", "replace"))


def short(text: str, most: int = _SHOWN) -> str:
    """Return at most so many characters of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def percent(share: float) -> str:
    """Return a share between 0 and 1 in percent."""
    return f"{share:.0%}"


def signed(value: float) -> str:
    """Return a number with its sign, none where it is 0.

    >>> signed(2.5), signed(0.0), signed(-2.0)
    ('+2.5', '0', '−2')
    """
    return f"{value:+g}".replace("-", "\N{MINUS SIGN}") if value else "0"


def kind(name: str) -> str:
    """Return the type of an actor or event in words."""
    return name.replace("_", " ").lower()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(lambda name: resources.read_text(f"{FOLDER}/{name}")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        {
            "link": link,
            "short": short,
            "verb": verb,
            "spoken": date,
            "percent": percent,
            "signed": signed,
            "kind": kind,
        }
    )
    environment.globals.update({"query": query, "count": count})
    return environment


def _finalize(value: Any) -> Any:
    """Make what a template shows harmless; escaping follows."""
    if isinstance(value, Markup):
        return value
    return harmless(str(value)) if isinstance(value, str) else value
