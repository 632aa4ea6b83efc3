"""spaCy's factories of the components, found through the entry points of the package.

Annotations are evaluated here, unlike elsewhere: spaCy reads the settings of a component from them.
"""

from pathlib import Path

from spacy.language import Language

from kg.language.components import EncoderPipe, NamesPipe, SyntaxPipe
from kg.language.encodings import ATTRIBUTE
from kg.language.protocols import Encoder


@Language.factory("kg_encoder", assigns=[ATTRIBUTE], default_config={"model": None})
def make_encoder(nlp: Language, name: str, model: str | None) -> EncoderPipe:
    """Make the component that runs the encoder; ``model`` is a folder, None for the packaged model."""
    return EncoderPipe(nlp, name, load_encoder, _folder(model))


@Language.factory(
    "kg_syntax",
    assigns=[
        *("token.tag", "token.pos", "token.morph", "token.lemma"),
        *("token.dep", "token.head", "token.is_sent_start", "doc.sents"),
    ],
    requires=[ATTRIBUTE],
    default_config={"model": None},
    default_score_weights={"tag_acc": 0.2, "dep_uas": 0.2, "dep_las": 0.4, "lemma_acc": 0.1, "sents_f": 0.1},
)
def make_syntax(nlp: Language, name: str, model: str | None) -> SyntaxPipe:
    """Make the component for syntax; it encodes with ``model`` where no encoder ran before it."""
    return SyntaxPipe(nlp, name, load_encoder, _folder(model))


@Language.factory(
    "kg_names",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    requires=[ATTRIBUTE],
    default_config={"model": None, "threshold": 0.5},
    default_score_weights={"ents_f": 1.0},
)
def make_names(nlp: Language, name: str, model: str | None, threshold: float) -> NamesPipe:
    """Make the component for names; it encodes with ``model`` where no encoder ran before it."""
    return NamesPipe(nlp, name, load_encoder, _folder(model), threshold)


def load_encoder(path: Path | None) -> Encoder:
    """Open the model in the folder ``path``, or the packaged one. Raises ModelError where it is missing."""
    from kg.language.encoder import Encoder as OnnxEncoder

    return OnnxEncoder.load(path)


def _folder(model: str | None) -> Path | None:
    return None if model is None else Path(model)
