"""Every error that kg raises on purpose.

    KgError
    ├── InputError            something the user gave cannot be used
    │   ├── DocumentError     one document: missing, empty, binary, not decodable, without text
    │   │   └── LimitError    one document, archive or page that goes beyond a limit
    │   ├── RecordError       a document record that does not fit the schema
    │   ├── GraphError        a file that is no graph of ours, or fails validation
    │   ├── LexiconError      a lexicon that cannot be read, or a line of it
    │   ├── QueryError        SPARQL that does not parse, is refused, or lacks a parameter
    │   ├── EndpointError     a SPARQL endpoint that cannot be reached, or refuses what it is sent
    │   └── ConfigError       a setting or option outside its range
    ├── OntologyError         a term that the shipped ontologies do not define
    ├── ModelError            a language model that is missing or does not fit this version
    └── MissingExtraError     a feature whose optional packages are not installed

Messages are one line: what was wrong, where (file, line, offset), and what to do about it.
"""


class KgError(Exception):
    """Base of all errors raised by kg."""


class InputError(KgError):
    """Something the user gave cannot be used."""


class DocumentError(InputError):
    """One document cannot be read."""


class LimitError(DocumentError):
    """A document, archive or page goes beyond a limit."""


class RecordError(InputError):
    """A document record does not fit the schema."""


class GraphError(InputError):
    """A graph cannot be read, or does not hold what it promises."""


class LexiconError(InputError):
    """A user's lexicon cannot be used."""


class QueryError(InputError):
    """A query cannot be run."""


class EndpointError(InputError):
    """A SPARQL endpoint cannot be reached, or refuses what it is sent."""


class ConfigError(InputError):
    """A setting or option is outside its range."""


class OntologyError(KgError):
    """A term is not defined by the shipped ontologies."""


class ModelError(KgError):
    """A language model is missing or does not fit this version of kg."""


class MissingExtraError(KgError):
    """A feature needs optional packages that are not installed."""
