"""The English pipeline: spaCy components for syntax, names, actors, events and relations."""

from kg.language.pipeline import load

__all__ = ["load"]
