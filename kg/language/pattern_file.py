"""Event types and patterns of the user's own, from a TOML file.

A ``[[type]]`` is narrower than one of the sixteen PLOVER types. A ``[[pattern]]`` says what an event of a type looks
like: ``tokens`` that follow one another, as spaCy's ``Matcher`` takes them, or ``dependency``, nodes of the syntax
tree, as its ``DependencyMatcher`` does. Everything is checked when the file is read; errors name file, table and key.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias

from kg import ontology
from kg.errors import ConfigError
from kg.identifiers import is_iri
from kg.language.dependency import OPERATORS
from kg.language.token_specs import Occurrence, TokenSpec, near, token_spec
from kg.records import CUSTOM_NAME, EVENT_TYPES, FACTUALITIES, CustomType

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from kg.records import EventType, Factuality

Role: TypeAlias = 'int | Literal["subject", "object"] | None'
"""Who plays a role: the actor at a token or node of the pattern, by number; the nearest by syntax; or nobody."""

_MOST_BYTES: Final = 1_000_000
_MOST_TABLES: Final = 1000
_MOST_TOKENS: Final = 12
_MOST_WAYS: Final = 1000
_LONGEST_TEXT: Final = 1000
_PATTERN_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_TYPE_KEYS: Final = ("name", "label", "description", "broader", "namespace")
_PATTERN_KEYS: Final = (
    *("name", "type", "mode", "factuality", "confidence", "trigger", "source", "target"),
    *("tokens", "dependency"),
)
_NODE_KEYS: Final = ("LEFT_ID", "REL_OP", "RIGHT_ID", "RIGHT_ATTRS")


class Edge(NamedTuple):
    """What joins two nodes of a dependency pattern, by number: ``op`` is an operator of spaCy's DependencyMatcher."""

    left: int
    op: str
    right: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """What an event looks like.

    ``tokens`` are those of a token pattern, in order, or the nodes of a dependency pattern, which ``edges`` join; a
    token pattern has ``edges`` None. ``trigger`` is one of them by number, None where it is the whole match.
    ``factuality`` None leaves it to the syntax around the trigger.
    """

    name: str
    type: EventType
    custom_type: str
    mode: str
    factuality: Factuality | None
    confidence: float
    tokens: tuple[TokenSpec, ...]
    occurrences: tuple[Occurrence, ...]
    edges: tuple[Edge, ...] | None
    trigger: int | None
    source: Role
    target: Role


@dataclass(frozen=True, slots=True)
class PatternFile:
    """The types and patterns of a file, with its text."""

    types: tuple[CustomType, ...]
    patterns: tuple[Pattern, ...]
    text: str

    @property
    def version(self) -> str:
        """What tells these patterns from others: eight hexadecimal digits of the SHA-256 of the text."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()[:8]


def read_patterns(path: str | os.PathLike[str]) -> PatternFile:
    """Read types and patterns from a TOML file.

    Raises:
        ConfigError: If the file cannot be read, is no TOML, or says something that it cannot say; the message names
            file, table and key.
    """
    try:
        with Path(path).open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror or error}") from error
    if len(raw) > _MOST_BYTES:
        raise ConfigError(f"{path}: longer than {_MOST_BYTES} bytes, the most for a file of patterns")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}") from error
    return parse_patterns(text, str(path))


def parse_patterns(text: str, name: str = "patterns") -> PatternFile:
    """Read types and patterns from the text of a TOML file, called ``name`` in messages.

    Raises:
        ConfigError: As :func:`read_patterns`.

    >>> parse_patterns('''
    ... [[pattern]]
    ... name = "toast"
    ... type = "SUPORT"
    ... ''')
    Traceback (most recent call last):
        ...
    kg.errors.ConfigError: patterns, [[pattern]] 1 (toast), type: no event type 'SUPORT'; did you mean 'SUPPORT'?
    """
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{name}: not TOML: {error}") from error
    _Table(content, name).check_keys(("type", "pattern"))
    types = tuple(_type(table) for table in _tables(content, "type", name))
    _check_names("type", [custom.name for custom in types], name)
    by_name = {custom.name: custom for custom in types}
    patterns = tuple(_pattern(table, by_name) for table in _tables(content, "pattern", name))
    _check_names("pattern", [pattern.name for pattern in patterns], name)
    if not patterns:
        raise ConfigError(f"{name}: no [[pattern]] in it")
    return PatternFile(types, patterns, text)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the file, with errors that say where it stands."""

    value: Mapping[str, Any]
    where: str

    def error(self, key: str, problem: str) -> ConfigError:
        return ConfigError(f"{self.where}, {key}: {problem}")

    def check_keys(self, known: Sequence[str]) -> None:
        for key in self.value:
            if key not in known:
                raise ConfigError(f"{self.where}: no key {key!r}; {near(key, known)}")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.value.get(key, default)
        if value is None:
            raise ConfigError(f"{self.where}: {key} is missing")
        if not isinstance(value, str):
            raise self.error(key, f"expected a string, found {value!r:.60}")
        if len(value) > _LONGEST_TEXT or not all(c.isprintable() for c in value):
            raise self.error(key, f"expected one line of at most {_LONGEST_TEXT} characters, found {value!r:.60}")
        return value

    def one_of(self, key: str, known: Sequence[str], what: str) -> str:
        value = self.text(key)
        if value not in known:
            raise self.error(key, f"no {what} {value!r}; {near(value, known)}")
        return value

    def list(self, key: str) -> list[Any]:
        value = self.value[key]
        if not isinstance(value, list) or not 0 < len(value) <= _MOST_TOKENS:
            raise self.error(key, f"expected a list of 1 to {_MOST_TOKENS} tables, found {value!r:.60}")
        return value


def _tables(content: Mapping[str, Any], key: str, name: str) -> Iterator[_Table]:
    tables = content.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigError(f"{name}, {key}: write each as [[{key}]]")
    if len(tables) > _MOST_TABLES:
        raise ConfigError(f"{name}: {len(tables)} [[{key}]] tables; {_MOST_TABLES} is the most")
    for number, table in enumerate(tables, start=1):
        called = f" ({table['name']:.64})" if isinstance(table.get("name"), str) and table["name"].isprintable() else ""
        yield _Table(table, f"{name}, [[{key}]] {number}{called}")


def _check_names(key: str, names: list[str], name: str) -> None:
    twice = next((one for number, one in enumerate(names) if one in names[:number]), None)
    if twice is not None:
        raise ConfigError(f"{name}: two [[{key}]] tables are named {twice!r}")


def _type(table: _Table) -> CustomType:
    table.check_keys(_TYPE_KEYS)
    name = table.text("name")
    if not re.fullmatch(CUSTOM_NAME, name):
        raise table.error(
            "name", f"{name!r} is no name of letters, digits, _ and -, at most 64, beginning with a letter"
        )
    if name in EVENT_TYPES:
        raise table.error("name", f"{name} is one of the PLOVER types already")
    namespace = table.text("namespace", "")
    if namespace and (not is_iri(namespace) or namespace[-1] not in "/#:" or ontology.is_own(namespace)):
        raise table.error(
            "namespace", f"{namespace!r} is no IRI of yours that ends in /, # or :, as https://example.org/types/"
        )
    label = table.text("label").strip()
    if not label:
        raise table.error("label", "expected a few words, found none")
    broader: EventType = table.one_of("broader", EVENT_TYPES, "PLOVER type")  # type: ignore[assignment]
    return CustomType(name, label, broader, table.text("description", "").strip(), namespace)


def _pattern(table: _Table, types: Mapping[str, CustomType]) -> Pattern:
    table.check_keys(_PATTERN_KEYS)
    if not _PATTERN_NAME.fullmatch(table.text("name")):
        raise table.error("name", f"{table.text('name')!r} is no name of letters, digits, _, . and -, at most 64")
    given = table.one_of("type", [*EVENT_TYPES, *types], "event type")
    custom = types.get(given)
    kind: EventType = custom.broader if custom else given  # type: ignore[assignment]
    if ("tokens" in table.value) == ("dependency" in table.value):
        raise ConfigError(f"{table.where}: give either tokens or dependency")
    tokens, occurrences, edges, names = _tokens(table) if "tokens" in table.value else _nodes(table)
    nearest: tuple[Role, Role] = ("subject", "object") if edges is None else (None, None)
    return Pattern(
        name=table.text("name"),
        type=kind,
        custom_type=custom.name if custom else "",
        mode=table.one_of("mode", sorted(ontology.modes(kind)), f"{kind} mode") if table.value.get("mode") else "",
        factuality=_factuality(table),
        confidence=_confidence(table),
        tokens=tokens,
        occurrences=occurrences,
        edges=edges,
        trigger=_trigger(table, names, occurrences),
        source=_role(table, "source", names, nearest[0]),
        target=_role(table, "target", names, nearest[1]),
    )


def _factuality(table: _Table) -> Factuality | None:
    if "factuality" not in table.value:
        return None
    value: Factuality = table.one_of("factuality", FACTUALITIES, "factuality")  # type: ignore[assignment]
    return value


def _confidence(table: _Table) -> float:
    value = table.value.get("confidence", 1.0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise table.error("confidence", f"expected a number from 0 to 1, found {value!r:.60}")
    return round(float(value), 3)


_Parts: TypeAlias = (
    "tuple[tuple[TokenSpec, ...], tuple[Occurrence, ...], tuple[Edge, ...] | None, Mapping[str | int, int]]"
)


def _tokens(table: _Table) -> _Parts:
    """Return a token pattern: its tokens go by number, from 0."""
    read = [token_spec(value, f"{table.where}, tokens[{n}]") for n, value in enumerate(table.list("tokens"))]
    ways = 1
    for _, occurrence in read:
        ways *= occurrence.most - occurrence.least + 1
    if ways > _MOST_WAYS:
        raise table.error("tokens", "so many optional and repeated tokens can match in too many ways; use fewer")
    if not any(occurrence.least for _, occurrence in read):
        raise table.error("tokens", "all of them are optional; at least one must be there")
    specs, occurrences = zip(*read, strict=True)
    return specs, occurrences, None, {n: n for n in range(len(specs))}


def _nodes(table: _Table) -> _Parts:
    """Return a dependency pattern: its nodes go by the names they have as RIGHT_ID."""
    numbers: dict[str | int, int] = {}
    specs: list[TokenSpec] = []
    edges: list[Edge] = []
    for number, value in enumerate(table.list("dependency")):
        where = f"{table.where}, dependency[{number}]"
        if not isinstance(value, Mapping):
            raise ConfigError(f"{where}: expected a table with RIGHT_ID and RIGHT_ATTRS, found {value!r:.60}")
        node = _Table(value, where)
        node.check_keys(_NODE_KEYS if number else _NODE_KEYS[2:])
        name = node.text("RIGHT_ID")
        if not name or name in numbers:
            raise node.error("RIGHT_ID", f"another node is named {name!r}" if name else "expected a name, found none")
        if number:
            left = node.one_of("LEFT_ID", [str(known) for known in numbers], "node before this one")
            edges.append(Edge(numbers[left], node.one_of("REL_OP", list(OPERATORS), "operator"), number))
        numbers[name] = number
        if "RIGHT_ATTRS" not in value:
            raise ConfigError(f"{where}: RIGHT_ATTRS is missing")
        spec, occurrence = token_spec(value["RIGHT_ATTRS"], f"{where}, RIGHT_ATTRS")
        if occurrence != (1, 1):
            raise node.error("RIGHT_ATTRS", "OP has no place in a node; each node is one word")
        specs.append(spec)
    return tuple(specs), (Occurrence(1, 1),) * len(specs), tuple(edges), numbers


def _trigger(table: _Table, names: Mapping[str | int, int], occurrences: Sequence[Occurrence]) -> int | None:
    """Return the number of the trigger: by default the first node, or the whole match of a token pattern."""
    if "trigger" not in table.value:
        return None if "tokens" in table.value else 0
    number = _number(table, "trigger", names)
    if number is None or not occurrences[number].least:
        raise table.error("trigger", "expected a token or node that must be there, found an optional one or none")
    return number


def _role(table: _Table, key: str, names: Mapping[str | int, int], default: Role) -> Role:
    value = table.value.get(key)
    if value is None:
        return default
    if value in ("subject", "object") and value not in names:
        return "subject" if value == "subject" else "object"
    return _number(table, key, names)


def _number(table: _Table, key: str, names: Mapping[str | int, int]) -> int | None:
    """Return the number of the token or node that a key names, None for an empty string."""
    value = table.value[key]
    if value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int) or value not in names:
        kind = "node" if "dependency" in table.value else "token"
        known = list(map(str, names)) + ([] if key == "trigger" else ["subject", "object"])
        raise table.error(key, f"no {kind} {value!r:.60}; {near(str(value), known)}")
    return names[value]
