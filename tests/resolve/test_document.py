from __future__ import annotations

from kg.resolve.actors import Description
from kg.resolve.document import ActorText, describe_all
from kg.resolve.names import MentionText


def test_ties_within_the_document_give_states() -> None:
    text = "Jane Example, who heads the ministry of Denmark, met Norwegian envoys in Oslo, Norway."
    actors = [
        ActorText("A1", "PERSON", "GOV", [MentionText("Jane Example", "name", "", " who heads the ministry")]),
        ActorText("A2", "GOVERNMENT_BODY", "GOV", [MentionText("ministry", "nominal", "heads the ", " of Denmark")]),
    ]
    alone = describe_all(actors, [], text)
    tied = describe_all(actors, [("A1", "A2"), ("A1", "A9"), ("A1", "A1")], text)
    assert alone["A1"] == Description("Jane Example", "", "GOV")
    assert tied["A1"] == Description("Jane Example", "DNK", "GOV")
    assert list(tied) == ["A1", "A2"]
    assert tied["A2"] == alone["A2"]
