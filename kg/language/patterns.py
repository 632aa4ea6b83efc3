"""The component that reads events by the user's patterns, and its factory.

Annotations are evaluated here, unlike elsewhere: spaCy reads the settings of a component from them.
"""

from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc

from kg.errors import ConfigError, ModelError
from kg.files import write_whole
from kg.language.pattern_events import join
from kg.language.pattern_file import PatternFile, parse_patterns, read_patterns
from kg.language.pattern_matches import PatternMatcher
from kg.language.reader import RECORD, register

_FILE = "patterns.toml"


class PatternsPipe(Pipe):
    """Joins the events that the user's patterns read to ``doc._.kg_record``.

    The patterns are read from the file when the component is first used, or else set. Written to disk or bytes, it
    takes them along.
    """

    def __init__(self, nlp: Language, name: str, path: Path | None = None) -> None:
        register()
        self.nlp = nlp
        self.name = name
        self.path = path
        self._file: PatternFile | None = None
        self._matcher: PatternMatcher | None = None

    @property
    def file(self) -> PatternFile:
        """The types and patterns. Raises ConfigError where there are none or they cannot be used."""
        if self._file is None:
            if self.path is None:
                raise ConfigError(
                    f"component {self.name}: has no patterns; give it a TOML file as its setting 'patterns'"
                )
            self.set(read_patterns(self.path))
        assert self._file is not None
        return self._file

    def set(self, file: PatternFile) -> None:
        """Read by the patterns of ``file`` from now on. Raises ConfigError where spaCy refuses one of them."""
        self._matcher = PatternMatcher(self.nlp.vocab, file.patterns)
        self._file = file

    def __call__(self, doc: Doc) -> Doc:
        """Join what the patterns read in one document to its record.

        Raises:
            ConfigError: If there are no patterns, or they cannot be used.
            ModelError: If the document was not read yet, or lacks what a pattern asks for.
        """
        file, record = self.file, doc._.kg_record
        if record is None:
            raise ModelError(f"component {self.name}: the document has no record yet; put it after kg_reader")
        assert self._matcher is not None
        doc._.kg_record = join(record, doc, file, self._matcher.find(doc))
        return doc

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the patterns to the folder ``path``."""
        Path(path).mkdir(parents=True, exist_ok=True)
        with write_whole(Path(path) / _FILE) as file:
            file.write(self.file.text)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "PatternsPipe":
        """Load what :meth:`to_disk` wrote. Raises ConfigError where it cannot be used."""
        self.set(read_patterns(Path(path) / _FILE))
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the patterns as bytes."""
        return self.file.text.encode("utf-8")

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "PatternsPipe":
        """Load what :meth:`to_bytes` returned. Raises ConfigError where it cannot be used."""
        self.set(parse_patterns(data.decode("utf-8"), self.name))
        return self


@Language.factory(
    "kg_patterns",
    assigns=[f"doc._.{RECORD}"],
    requires=[f"doc._.{RECORD}", "token.dep", "token.head", "doc.sents"],
    default_config={"patterns": None},
)
def make_patterns(nlp: Language, name: str, patterns: str | None) -> PatternsPipe:
    """Make the component that reads events by the patterns in the TOML file ``patterns``; it comes after kg_reader."""
    return PatternsPipe(nlp, name, None if patterns is None else Path(patterns))
