"""Annotation that stands apart from its text: records of the sentences of corpora that cannot come with the project.

A file of JSON Lines holds one record a line, as :mod:`kg.jsonl` writes it, but without ``text``. In its place stands
``text_from``: ``corpus``, a file of the corpora folder, ``sentences``, the names of those of its sentences that the
text is, joined by a space, and ``digest``, the beginning of the text's SHA-256, so that offsets never meet another text
than that which they were made for.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ConfigError, RecordError
from kg.files import write_whole
from kg.jsonl import from_json, read_lines, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.records import DocumentRecord

_COLUMNS: Final = ".tsv.gz"
_NUMBER, _ID, _TEXT = "# sent ", "# sent_id = ", "# text = "
_CLOSING: Final = frozenset([*".,;:?!%)]'", "...", "n't", "'s", "'re", "'ve", "'ll", "'d", "'m"])
_OPENING: Final = frozenset("([$#")


def read_standoff(path: Path, corpora: Path) -> Iterator[DocumentRecord]:
    """Yield the records of a file, with their texts from the files below ``corpora``.

    Raises:
        ConfigError: a corpus lacks a sentence, or has another text there than was annotated.
        DocumentError: a file cannot be read.
        RecordError: a line is no such record.
    """
    known: dict[str, Mapping[str, str]] = {}
    with path.open("rb") as file:
        for number, value in read_lines(file, str(path)):
            if isinstance(value, Exception):
                raise value
            where, fields = f"{path}:{number}", dict(value)
            source = fields.pop("text_from", None)
            if not isinstance(source, dict) or set(source) != {"corpus", "sentences", "digest"}:
                raise RecordError(f"{where}: text_from: expected a corpus, its sentences, and the text's digest")
            corpus = source["corpus"]
            if corpus not in known:
                known[corpus] = sentences(corpora / corpus)
            text = " ".join(known[corpus].get(name, "") for name in source["sentences"])
            if _digest(text) != source["digest"]:
                raise ConfigError(f"{where}: {corpora / corpus} has another text there than was annotated")
            yield from_json(fields | {"text": text}, where)


def write_standoff(parts: Iterable[tuple[DocumentRecord, str, Sequence[str]]], path: Path) -> int:
    """Write records without their texts, each with its corpus and the names of its sentences; return how many.

    Raises:
        InputError: the file cannot be written.
    """
    count = 0
    with write_whole(path) as file:
        for record, corpus, names in parts:
            fields: dict[str, Any] = to_json(record)
            source = {"corpus": corpus, "sentences": list(names), "digest": _digest(fields.pop("text"))}
            file.write(json.dumps({"text_from": source, **fields}, ensure_ascii=False) + "\n")
            count += 1
    return count


def sentences(path: Path) -> Mapping[str, str]:
    """Return the sentences of a corpus by name: of a treebank its texts, of columns of words these joined anew.

    Raises:
        ConfigError: the file cannot be read.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return dict(_of_columns(file) if path.name.endswith(_COLUMNS) else _of_treebank(file))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read {path}: {error}") from error


def _of_treebank(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    name = ""
    for line in lines:
        if line.startswith(_ID):
            name = line.removeprefix(_ID).strip()
        elif line.startswith(_TEXT):
            yield name, " ".join(line.removeprefix(_TEXT).split())


def _of_columns(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    words: defaultdict[str, list[str]] = defaultdict(list)
    name = ""
    for line in lines:
        if line.startswith(_NUMBER):
            name = line.removeprefix(_NUMBER).strip()
        elif line.strip():
            words[name].append(line.partition("\t")[0])
    for name, each in words.items():
        yield name, joined(each)


def joined(words: Sequence[str]) -> str:
    r"""Join the words of a tokenised sentence as they would be printed.

    >>> joined(["\"", "We", "do", "n't", "know", ",", "\"", "he", "said", "(", "twice", ")", "."])
    '"We don\'t know," he said (twice).'
    """
    text, quoted, glued = "", False, True
    for word in words:
        if word == '"':
            text += '"' if quoted or glued else ' "'
            quoted, glued = not quoted, not quoted
        elif word in _CLOSING:
            text, glued = text + word, False
        else:
            text += word if glued else f" {word}"
            glued = word in _OPENING
    return text


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
