"""Document records as JSON, one object a line, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple, TypeVar

from kg.errors import DocumentError, RecordError
from kg.files import write_whole
from kg.identifiers import is_iri
from kg.records import (
    ACTOR_TYPES,
    CUSTOM_NAME,
    EVENT_TYPES,
    FACTUALITIES,
    LINK_RULES,
    RELATION_FACTUALITIES,
    RELATION_TYPES,
    Actor,
    Attribution,
    CustomType,
    Document,
    DocumentRecord,
    Event,
    Link,
    Relation,
    Span,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence

Name = TypeVar("Name", bound=str)

_REST: Final = 1 << 16
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class Line(NamedTuple):
    """One line of a JSONL file: its number, counted from 1, and its object, or why there is none."""

    number: int
    value: Mapping[str, Any] | RecordError


def read_records(path: str | os.PathLike[str]) -> Iterator[DocumentRecord]:
    """Read the document records of a JSONL file, in order.

    Raises:
        DocumentError: If the file cannot be read.
        RecordError: At the first line that is no JSON object or does not fit the schema, naming file and line.
    """
    try:
        with Path(path).open("rb") as file:
            for number, value in read_lines(file, str(path)):
                if isinstance(value, RecordError):
                    raise value
                yield from_json(value, where=f"{path}:{number}")
    except OSError as error:
        raise DocumentError(f"cannot read {path}: {error.strerror or error}") from error


def read_lines(file: BinaryIO | IO[bytes], name: str, longest: int | None = None) -> Iterator[Line]:
    """Read JSON objects, one a line, skipping blank lines. A broken line gives a RecordError and ends nothing.

    Args:
        file: An open file of UTF-8 bytes; it is read line by line.
        name: What to call the file in messages.
        longest: How many bytes a line may have; a longer one is broken. No bound by default.
    """
    offset = 0
    for number, line in enumerate(_bounded(file, longest), start=1):
        if isinstance(line, int):
            offset += line
            reason = f"the line is longer than {longest:,} bytes (the limit 'document_bytes')"
            yield Line(number, RecordError(f"{name}:{number}: {reason}"))
            continue
        if line.strip():
            yield Line(number, _parse(line, f"{name}:{number}", offset))
        offset += len(line)


def _bounded(file: BinaryIO | IO[bytes], longest: int | None) -> Iterator[bytes | int]:
    """Yield lines; of one that is too long, which is never held whole, the number of bytes."""
    if longest is None:
        yield from file
        return
    while line := file.readline(longest + 1):
        if len(line) <= longest or line.endswith(b"\n"):
            yield line
            continue
        count = len(line)
        while not line.endswith(b"\n") and (line := file.readline(_REST)):
            count += len(line)
        yield count


def write_records(records: Iterable[DocumentRecord], path: str | os.PathLike[str]) -> int:
    """Write records to a file, whole or not at all, and return how many there were.

    Raises:
        InputError: If the file cannot be written.
    """
    count = 0
    with write_whole(path) as file:
        for record in records:
            file.write(dumps(record) + "\n")
            count += 1
    return count


def dumps(record: DocumentRecord) -> str:
    """Return the record as one line of JSON, without the line feed."""
    return json.dumps(to_json(record), ensure_ascii=False)


def loads(line: str | bytes, where: str = "record") -> DocumentRecord:
    """Read one record from a line of JSON.

    Raises:
        RecordError: If the line is no JSON object, or does not fit the schema.
    """
    raw = line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line
    value = _parse(raw, where)
    if isinstance(value, RecordError):
        raise value
    return from_json(value, where)


def to_json(record: DocumentRecord) -> dict[str, Any]:
    """Return the record as the schema's JSON object.

    ``ignored`` is left out; publisher, url, authors and model are given when known, the user's own types and patterns,
    attributions, and links of actors to the lexicons, where there are any.

    >>> record = DocumentRecord(Document("a", "It rains."), (Span(0, 9),), (), (), ())
    >>> to_json(record)["sentences"]
    [{'begin': 0, 'end': 9}]
    """
    document = record.document
    known = {"publisher": document.publisher, "url": document.url, "model": record.model or None}
    authors = {"authors": list(document.authors)} if document.authors else {}
    return {
        "id": document.id,
        "source": document.source,
        "title": document.title,
        "published": document.published,
        **{key: value for key, value in known.items() if value is not None},
        **authors,
        "language": document.language,
        "text": document.text,
        "sentences": [_span(span) for span in record.sentences],
        "actors": [_actor(actor) for actor in record.actors],
        "events": [_event(event) for event in record.events],
        "relations": [_relation(relation) for relation in record.relations],
        **({"custom_types": [asdict(custom) for custom in record.custom_types]} if record.custom_types else {}),
    }


def from_json(value: Mapping[str, Any], where: str = "record") -> DocumentRecord:
    """Read a record from the schema's JSON object. Keys that the schema does not know are passed over.

    Spans must lie within the text, ids must differ, and every actor referred to must be there.

    Args:
        value: The parsed object.
        where: File and line, for messages.

    Raises:
        RecordError: If the object does not fit the schema, naming the field.
    """
    fields = Fields(value, where)
    document = Document(
        id=fields.text("id"),
        text=fields.text("text"),
        source=fields.text("source", ""),
        title=fields.optional_text("title"),
        published=fields.optional_text("published"),
        publisher=fields.optional_text("publisher"),
        url=fields.optional_text("url"),
        language=fields.optional_text("language") if "language" in value else "en",
        authors=fields.texts("authors"),
    )
    length = len(document.text)
    record = DocumentRecord(
        document,
        sentences=fields.spans("sentences", length),
        actors=tuple(_read_actor(item, length) for item in fields.items("actors")),
        events=tuple(_read_event(item, length) for item in fields.items("events")),
        relations=tuple(_read_relation(item, length, n) for n, item in enumerate(fields.items("relations"), start=1)),
        model=fields.text("model", ""),
        custom_types=tuple(_read_custom_type(item) for item in fields.items("custom_types"))
        if "custom_types" in value
        else (),
    )
    _check_references(record, where)
    _check_custom_types(record, where)
    return record


class Fields:
    """Typed access to a JSON object, whose errors say where it stands and which field is wrong."""

    def __init__(self, value: object, where: str) -> None:
        if not isinstance(value, Mapping):
            raise RecordError(f"{where}: expected an object, found {_kind(value)}")
        self.value = value
        self.where = where

    def error(self, key: str, expected: str) -> RecordError:
        """Return the error for a field that is missing or not as ``expected``."""
        found = _kind(self.value[key]) if key in self.value else "nothing"
        return RecordError(f"{self.where}: {key} must be {expected}, found {found}")

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string; ``default`` stands in for a missing one."""
        value = self.value.get(key, default)
        if not isinstance(value, str):
            raise self.error(key, "a string")
        return value

    def optional_text(self, key: str) -> str | None:
        """Return a string, or None where it is missing or null."""
        return None if self.value.get(key) is None else self.text(key)

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of strings, empty where one that is not required is missing."""
        value = self.value.get(key, None if required else [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(key, "a list of strings")
        return tuple(value)

    def one_of(self, key: str, names: Sequence[Name]) -> Name:
        """Return the string of ``names`` that stands in the field."""
        value = self.value.get(key)
        for name in names:
            if name == value:
                return name
        raise self.error(key, "one of " + ", ".join(names))

    def confidence(self) -> float:
        """Return the confidence, from 0 to 1; 1 where it is missing."""
        value = self.value.get("confidence", 1.0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.error("confidence", "a number from 0 to 1")
        return float(value)

    def flag(self, key: str) -> bool:
        """Return a truth value; a missing one is false."""
        value = self.value.get(key, False)
        if not isinstance(value, bool):
            raise self.error(key, "true or false")
        return value

    def items(self, key: str) -> Iterator[Fields]:
        """Return the objects of a list that must be there."""
        value = self.value.get(key)
        if not isinstance(value, list):
            raise self.error(key, "a list")
        for position, item in enumerate(value):
            yield Fields(item, f"{self.where}: {key}[{position}]")

    def spans(self, key: str, length: int) -> tuple[Span, ...]:
        """Return a list of spans that must be there, each within a text of ``length`` characters."""
        return tuple(item.as_span(length) for item in self.items(key))

    def span(self, key: str, length: int) -> Span:
        """Return the span in a field."""
        return Fields(self.value.get(key), f"{self.where}: {key}").as_span(length)

    def as_span(self, length: int) -> Span:
        """Read this object itself as a span."""
        begin, end = self.value.get("begin"), self.value.get("end")
        if type(begin) is not int or type(end) is not int:
            raise RecordError(f"{self.where}: begin and end must be whole numbers")
        if not 0 <= begin < end <= length:
            raise RecordError(f"{self.where}: no span {begin} to {end} in a text of {length} characters")
        return Span(begin, end)


def _parse(line: bytes, where: str, offset: int = 0) -> Mapping[str, Any] | RecordError:
    try:
        text = line.decode("utf-8").removeprefix("\ufeff").rstrip("\r\n")
    except UnicodeDecodeError as error:
        return RecordError(f"{where}: not UTF-8 at byte {offset + error.start} (0x{line[error.start]:02x})")
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        return RecordError(f"{where}: not JSON: {error.msg.removesuffix(' at')} at column {error.colno}")
    except (ValueError, RecursionError) as error:
        return RecordError(f"{where}: not JSON: {error}")
    if not isinstance(value, dict):
        return RecordError(f"{where}: expected an object, found {_kind(value)}")
    # Half a surrogate pair can be spelt in JSON, but no file can be written with it.
    if "\\u" in text and _SURROGATE.search(json.dumps(value, ensure_ascii=False)):
        return RecordError(f"{where}: half a surrogate pair in a string")
    return value


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _kind(value: object) -> str:
    """Say in a word or two what a wrong value is."""
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list):
        return "a list"
    shown = json.dumps(value)
    return shown if len(shown) <= 40 else shown[:36] + " ..."


def _span(span: Span) -> dict[str, int]:
    return {"begin": span.begin, "end": span.end}


def _actor(actor: Actor) -> dict[str, Any]:
    return {
        "id": actor.id,
        "name": actor.name,
        "type": actor.type,
        "country": actor.country,
        "sector": actor.sector,
        "iri": actor.iri,
        "same_as": list(actor.same_as),
        "mentions": [_span(span) for span in actor.mentions],
        **({"link": actor.link._asdict()} if actor.link else {}),
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "trigger": _span(event.trigger),
        "sources": list(event.sources),
        "targets": list(event.targets),
        "places": [_span(span) for span in event.places],
        "time": None if event.time is None else _span(event.time),
        "date": event.date,
        "factuality": event.factuality,
        "claimant": event.claimant,
        "disputed_by": list(event.disputed_by),
        "same_as": event.same_as,
        "confidence": event.confidence,
        **({"custom_types": list(event.custom_types)} if event.custom_types else {}),
        **({"patterns": list(event.patterns)} if event.patterns else {}),
        **({"attributions": [_attribution(one) for one in event.attributions]} if event.attributions else {}),
    }


def _attribution(attribution: Attribution) -> dict[str, Any]:
    return {
        "actor": attribution.actor,
        "denies": attribution.denies,
        "cue": _span(attribution.cue),
        "speaker": _span(attribution.speaker),
        "quotes": [_span(span) for span in attribution.quotes],
        "verbatim": attribution.verbatim,
    }


def _relation(relation: Relation) -> dict[str, Any]:
    return {
        "id": relation.id,
        "type": relation.type,
        "source": relation.source,
        "target": relation.target,
        "target_place": relation.target_place,
        "sentence": _span(relation.sentence),
        "factuality": relation.factuality,
        "claimant": relation.claimant,
        "confidence": relation.confidence,
    }


def _read_actor(fields: Fields, length: int) -> Actor:
    mentions = fields.spans("mentions", length)
    if not mentions:
        raise RecordError(f"{fields.where}: mentions must not be empty")
    return Actor(
        id=fields.text("id"),
        name=fields.text("name"),
        type=fields.one_of("type", ACTOR_TYPES),
        mentions=mentions,
        country=fields.text("country", ""),
        sector=fields.text("sector", ""),
        iri=fields.optional_text("iri"),
        same_as=fields.texts("same_as"),
        link=_read_link(Fields(fields.value["link"], f"{fields.where}, link"))
        if fields.value.get("link") is not None
        else None,
    )


def _read_link(fields: Fields) -> Link:
    return Link(fields.one_of("rule", LINK_RULES), fields.text("mention"), fields.confidence())


def _read_event(fields: Fields, length: int) -> Event:
    return Event(
        id=fields.text("id"),
        type=fields.one_of("type", EVENT_TYPES),
        trigger=fields.span("trigger", length),
        sources=fields.texts("sources", required=True),
        targets=fields.texts("targets", required=True),
        factuality=fields.one_of("factuality", FACTUALITIES),
        mode=fields.text("mode", ""),
        places=fields.spans("places", length) if "places" in fields.value else (),
        time=None if fields.value.get("time") is None else fields.span("time", length),
        date=fields.optional_text("date"),
        claimant=fields.optional_text("claimant"),
        disputed_by=fields.texts("disputed_by"),
        same_as=fields.optional_text("same_as"),
        confidence=fields.confidence(),
        custom_types=tuple(sorted(set(fields.texts("custom_types")))),
        patterns=tuple(sorted(set(fields.texts("patterns")))),
        attributions=tuple(_read_attribution(item, length) for item in fields.items("attributions"))
        if "attributions" in fields.value
        else (),
    )


def _read_attribution(fields: Fields, length: int) -> Attribution:
    quotes = fields.spans("quotes", length)
    if not quotes:
        raise RecordError(f"{fields.where}: quotes must not be empty")
    return Attribution(
        actor=fields.text("actor"),
        cue=fields.span("cue", length),
        speaker=fields.span("speaker", length),
        quotes=quotes,
        verbatim=fields.flag("verbatim"),
        denies=fields.flag("denies"),
    )


def _read_custom_type(fields: Fields) -> CustomType:
    name, namespace = fields.text("name"), fields.text("namespace", "")
    if not re.fullmatch(CUSTOM_NAME, name):
        raise fields.error("name", "letters, digits, _ and -, at most 64, beginning with a letter")
    if namespace and not (is_iri(namespace) and namespace[-1] in "/#:"):
        raise fields.error("namespace", "an IRI that ends in /, # or :")
    return CustomType(
        name=name,
        label=fields.text("label"),
        broader=fields.one_of("broader", EVENT_TYPES),
        description=fields.text("description", ""),
        namespace=namespace,
    )


def _read_relation(fields: Fields, length: int, number: int) -> Relation:
    relation = Relation(
        id=fields.text("id", f"R{number}"),
        type=fields.one_of("type", RELATION_TYPES),
        source=fields.text("source"),
        target=fields.optional_text("target"),
        sentence=fields.span("sentence", length),
        factuality=fields.one_of("factuality", RELATION_FACTUALITIES),
        target_place=fields.optional_text("target_place"),
        claimant=fields.optional_text("claimant"),
        confidence=fields.confidence(),
    )
    if relation.target is None and relation.target_place is None:
        raise RecordError(f"{fields.where}: target or target_place must be given")
    return relation


def _check_references(record: DocumentRecord, where: str) -> None:
    """Refuse ids that are given twice, and references to what is not there."""
    actors = _ids("actors", [actor.id for actor in record.actors], where)
    events = _ids("events", [event.id for event in record.events], where)
    _ids("relations", [relation.id for relation in record.relations], where)
    for event in record.events:
        _check(f"event {event.id}", (*event.sources, *event.targets, event.claimant, *event.disputed_by), actors, where)
        _check(f"event {event.id}", (event.same_as,), events, where)
        for attribution in event.attributions:
            _check_attribution(event, attribution, where)
    for relation in record.relations:
        _check(f"relation {relation.id}", (relation.source, relation.target, relation.claimant), actors, where)


def _check_attribution(event: Event, attribution: Attribution, where: str) -> None:
    """Refuse words that give a report to somebody whose claim or denial it is not said to be."""
    role, known = ("disputed_by", event.disputed_by) if attribution.denies else ("claimant", (event.claimant,))
    if attribution.actor not in known:
        raise RecordError(f"{where}: event {event.id} has an attribution to {attribution.actor!r}, not its {role}")


def _check_custom_types(record: DocumentRecord, where: str) -> None:
    """Refuse types of the user's own that are given twice, and events of such a type that lie elsewhere in PLOVER."""
    broader = {custom.name: custom.broader for custom in record.custom_types}
    _ids("custom_types", [custom.name for custom in record.custom_types], where)
    for event in record.events:
        _check(f"event {event.id}", event.custom_types, frozenset(broader), where)
        for name in event.custom_types:
            if broader[name] != event.type:
                raise RecordError(
                    f"{where}: event {event.id} is of {name}, under {broader[name]}, but its type is {event.type}"
                )


def _ids(name: str, ids: list[str], where: str) -> frozenset[str]:
    unique = frozenset(ids)
    if len(unique) < len(ids):
        twice = next(one for position, one in enumerate(ids) if one in ids[:position])
        raise RecordError(f"{where}: {name} has the id {twice!r} twice")
    return unique


def _check(owner: str, references: tuple[str | None, ...], known: frozenset[str], where: str) -> None:
    for reference in references:
        if reference is not None and reference not in known:
            raise RecordError(f"{where}: {owner} refers to {reference!r}, which is not in the record")
