"""Deterministic IRIs for everything in a graph, made from a base and from what the thing is.

The same thing gets the same IRI in every run and in every graph with the same base::

    actor/vladimir-putin_person_rus     name, type and country
    document/article-1-5d41402abc4b2a76 id, and a digest of id and text
    event/consult-7d793037a0760186      a digest of document, trigger and type

Nothing but ``a-z``, ``0-9``, ``-`` and ``_`` ever follows the kind, so neither a hostile id nor a name in any
script can break out of an IRI. Where a readable part does not say all, a digest (64 bits of SHA-256) follows it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.records import Span

_KINDS: Final = (
    *("account", "actor", "appearance", "claim", "document", "event", "mention", "naming", "place", "publisher"),
    *("quote", "relation", "run", "type"),
)
_SLUG_LENGTH: Final = 60
_UCS: Final = "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd"
_PCHAR: Final = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})"
_HOST: Final = r"(?:[A-Za-z0-9\-._~]|%[0-9A-Fa-f]{2})+"
_TAIL: Final = rf"(?:\?(?:{_PCHAR}|[/?])*)?(?:#(?:{_PCHAR}|[/?])*)?"
# Of an IRI in which "~" stands for each character that is not of ASCII: both may be in the same places.
_IRI: Final = re.compile(
    rf"https?://{_HOST}(?::[0-9]+)?(?:/{_PCHAR}*)*{_TAIL}|urn:[A-Za-z0-9][A-Za-z0-9\-]{{0,31}}:(?:{_PCHAR}|/)+{_TAIL}"
)
_KNOWN: Final = 1 << 14
_ASCII_WORD: Final = re.compile("[a-z0-9]+")
# What each ASCII character becomes: letters are written small, and all but letters and digits part words.
_ASCII_FOLDED: Final = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() and code < 128 else 32 for code in range(256)
)
# Latin letters that Unicode does not decompose into a base letter and a mark.
_LATIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e"}
)


@dataclass(frozen=True, slots=True)
class Identifiers:
    """Makes the IRIs of one graph.

    Args:
        base: What every IRI begins with; an absolute ``http``, ``https`` or ``urn`` IRI. A slash is added
            where it ends in neither ``/``, ``#`` nor ``:``.

    Raises:
        ConfigError: If the base is no such IRI.

    >>> Identifiers("https://example.org/id").actor("Vladimir Putin", "PERSON", "RUS")
    'https://example.org/id/actor/vladimir-putin_person_rus'
    """

    base: str

    def __post_init__(self) -> None:
        if not is_iri(self.base):
            raise ConfigError(f"base {self.base!r} is no absolute http, https or urn IRI, as https://example.org/id/")
        if self.base[-1] not in "/#:":
            object.__setattr__(self, "base", f"{self.base}/")

    def document(self, id: str, sha256: str) -> str:  # noqa: A002 (the field's own name)
        """Return the IRI of the document with this id and this digest of its text."""
        return self._iri("document", f"{_slug(id)[0]}-{digest(id, sha256)}")

    def actor(self, name: str, type: str, country: str = "", scope: str = "") -> str:  # noqa: A002
        """Return the IRI of an actor.

        Names that differ only in case, in spacing and punctuation or in marks on Latin letters share one IRI;
        other names, types, countries and scopes never do. ``scope`` keeps apart actors of one description
        that are known to be distinct, such as the "gunmen" of two documents.
        """
        return self._iri("actor", f"{_readable(name, scope)}_{_kind(type)}{_country(country)}")

    def appearance(self, document: str, node: str, key: str) -> str:
        """Return the IRI of the actor or place ``node`` as a document has it; ``key`` tells several there apart."""
        return self._iri("appearance", digest(document, node, key))

    def naming(self, appearance: str, span: Span) -> str:
        """Return the IRI of the stretch of a document that names what :meth:`appearance` made ``appearance`` for."""
        return self._iri("naming", f"{span.begin}-{span.end}-{appearance.rpartition('/')[2]}")

    def publisher(self, name: str) -> str:
        """Return the IRI of the publisher of documents with exactly this name."""
        return self._iri("publisher", _publisher(name))

    def place(self, name: str, country: str = "", number: str = "") -> str:
        """Return the IRI of a place; ``number`` is that in a gazetteer which tells it from others of the name."""
        return self._iri("place", f"{_readable(name)}{_country(country)}{_number(number)}")

    def event(self, document: str, trigger: Span, type: str, ordinal: int = 0) -> str:  # noqa: A002
        """Return the IRI of the event first reported at ``trigger``; ``ordinal`` counts others of its type there."""
        return self._iri("event", f"{_slug(type)[0]}-{digest(document, trigger.begin, trigger.end, type, ordinal)}")

    def custom_type(self, name: str, namespace: str = "") -> str:
        """Return the IRI of an event type of the user's own; ``name`` holds letters, digits, ``_`` and ``-`` alone."""
        return f"{namespace}{name}" if namespace else self._iri("type", name)

    def happening(self, type: str, reports: Iterable[str]) -> str:  # noqa: A002
        """Return the IRI of the event that documents report as those with the IRIs ``reports``, in whatever order."""
        return self._iri("event", f"{_slug(type)[0]}-{digest(*sorted(reports))}")

    def account(self, event: str) -> str:
        """Return the IRI of what one document says, which by itself would be the event with the IRI ``event``."""
        return self._iri("account", event.rpartition("/")[2])

    def reported(self, account: str) -> str:
        """Return the IRI of the event that :meth:`account` made ``account`` from."""
        return self._iri("event", account.rpartition("/")[2])

    def mention(self, document: str, span: Span, denotes: str) -> str:
        """Return the IRI of the report of ``denotes`` (an event's or relation's IRI) at ``span``."""
        return self._iri("mention", f"{span.begin}-{span.end}-{digest(document, span.begin, span.end, denotes)}")

    def claim(self, mention: str, claimant: str, polarity: str) -> str:
        """Return the IRI of the claim by which ``claimant`` affirms or denies what ``mention`` reports."""
        return self._iri("claim", f"{_slug(polarity)[0]}-{digest(mention, claimant, polarity)}")

    def quote(self, document: str, span: Span, kind: str) -> str:
        """Return the IRI of the words at ``span`` that a document gives as somebody's; ``kind`` says how."""
        return self._iri("quote", f"{span.begin}-{span.end}-{digest(document, span.begin, span.end, kind)}")

    def relation(self, source: str, property: str, target: str, factuality: str) -> str:  # noqa: A002
        """Return the IRI of the relation between two nodes."""
        return self._iri("relation", f"{_slug(property)[0]}-{digest(source, property, target, factuality)}")

    def run(self, program: str, model: str, ontology: str) -> str:
        """Return the IRI of a run with these versions."""
        return self._iri("run", digest(program, model, ontology))

    def namespaces(self) -> dict[str, str]:
        """Return what the IRIs of each kind of thing begin with, by kind."""
        return {kind: self._iri(kind, "") for kind in _KINDS}

    def _iri(self, kind: str, local: str) -> str:
        return f"{self.base}{kind}/{local}"


def digest(*parts: str | int) -> str:
    """Return 16 hexadecimal digits of the SHA-256 of the parts, which are kept apart from each other."""
    texts = [str(part) for part in parts]
    told_apart = "".join([f"{len(text)}:{text}" for text in texts])
    if told_apart.isascii():
        return hashlib.sha256(told_apart.encode()).hexdigest()[:16]
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    return hashlib.sha256(b"".join([b"%d:%b" % (len(one), one) for one in encoded])).hexdigest()[:16]


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as 64 hexadecimal digits. A lone surrogate is hashed as its code."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def fold(name: str) -> str:
    """Return what identifies a name: its letters and digits without case, with single spaces between words.

    Marks are taken off Latin letters only; in other scripts they tell words apart.

    >>> fold("  Recep Tayyip ERDOĞAN "), fold("al-Assad"), fold("Йемен")
    ('recep tayyip erdogan', 'al assad', 'йемен')
    """
    if name.isascii():
        return b" ".join(name.encode().translate(_ASCII_FOLDED).split()).decode()
    return " ".join(filter(None, map(_folded_word, name.split())))


@lru_cache(_KNOWN)
def _folded_word(word: str) -> str:
    """Return the folded form of what stands between white space; nothing in it bears on what stands beside it."""
    kept: list[str] = []
    base = ""
    caseless = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    for character in caseless.translate(_LATIN):
        mark = unicodedata.category(character).startswith("M")
        if not mark:
            base = character
        if not (mark and base.isascii()):
            kept.append(character if mark or character.isalnum() else " ")
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))


@lru_cache(_KNOWN)
def is_iri(text: str) -> bool:
    """Say whether ``text`` is an absolute http, https or urn IRI that every RDF syntax can hold as it is."""
    plain = text if text.isascii() else _beyond_ascii().sub("~", text)
    return text.isprintable() and _IRI.fullmatch(plain) is not None


@cache
def _beyond_ascii() -> re.Pattern[str]:
    """Return the pattern of a character outside ASCII that an IRI may hold; costly to make, and rarely needed."""
    return re.compile(f"[{_UCS}]")


@lru_cache(_KNOWN)
def _publisher(name: str) -> str:
    return f"{_slug(name)[0]}-{digest(name)}"


@lru_cache(_KNOWN)
def _slug(text: str) -> tuple[str, bool]:
    """Return ``text`` as lower-case ASCII words joined by hyphens, and whether that says all of its folded form."""
    folded = fold(text)
    slug = folded.replace(" ", "-") if folded.isascii() else "-".join(_ASCII_WORD.findall(folded))
    short = slug[:_SLUG_LENGTH].strip("-")
    return short or "x", bool(slug) and short == folded.replace(" ", "-")


@lru_cache(_KNOWN)
def _readable(name: str, scope: str = "") -> str:
    slug, whole = _slug(name)
    return slug if whole and not scope else f"{slug}_{digest(fold(name) or name, scope)}"


@lru_cache(_KNOWN)
def _kind(type: str) -> str:  # noqa: A002
    return type.lower().replace("_", "-") if re.fullmatch("[A-Z]+(_[A-Z]+)*", type) else digest(type)


@lru_cache(_KNOWN)
def _country(code: str) -> str:
    if not code:
        return ""
    return f"_{code.lower()}" if re.fullmatch("[A-Z]{3}", code) else f"_{digest(code)}"


def _number(number: str) -> str:
    if not number:
        return ""
    return f"_{number}" if re.fullmatch("[0-9]+", number) else f"_{digest(number)}"
