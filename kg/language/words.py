"""Words: the tokens of a Doc that the model scores, which are all but the runs of whitespace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    from spacy.tokens import Doc


def words(doc: Doc) -> npt.NDArray[np.int64]:
    """Return the indices of the tokens of ``doc`` that are not whitespace, ascending.

    Row ``i`` of every score array of a document belongs to the token ``words(doc)[i]``.
    """
    if not len(doc):
        return np.empty(0, np.int64)
    return np.flatnonzero(doc.to_array("IS_SPACE").ravel() == 0).astype(np.int64)
