from __future__ import annotations

import pytest

from kg.records import SECTORS, ActorType
from kg.resolve.agents import sector_of_agents, sector_of_organisations
from kg.resolve.names import MentionText, kind_of
from kg.resources import read_tsv


@pytest.mark.parametrize(
    ("texts", "actor_type", "sector"),
    [
        (["five Pakistani soldiers", "they"], "PERSON", "MIL"),
        (["gunmen"], "ARMED_GROUP", "UAF"),
        (["police officer", "Jan Example"], "PERSON", "COP"),
        (["opposition leader Jan Example", "Mr. Example"], "PERSON", "OPP"),
        (["two radio journalists"], "PERSON", "MED"),
        (["the lawmaker", "the lawmaker", "a soldier"], "PERSON", "LEG"),
        (["officials"], "GOVERNMENT_BODY", ""),
        (["spokesman"], "PERSON", ""),
        (["soldiers"], "STATE", ""),
        (["militants"], "MILITARY", ""),
        (["the country's highest court"], "GOVERNMENT_BODY", "JUD"),
        (["Supreme Court"], "GOVERNMENT_BODY", "JUD"),
        (["Dock Workers Union"], "NGO", "LAB"),
        (["Customs Union"], "IGO", ""),
        (["two opposition parties"], "PARTY", "OPP"),
        (["Opposition"], "PERSON", ""),
        (["prosecutors", "officials"], "GOVERNMENT_BODY", "JUD"),
        (["Example University"], "OTHER", "EDU"),
        (["Example Court"], "COMPANY", ""),
        (["University of Example"], "OTHER", "EDU"),
        (["Office of the Example"], "OTHER", ""),
        (["Senator Jan Example"], "PERSON", "LEG"),
        (["European Union official"], "PERSON", ""),
        (["armed men"], "ARMED_GROUP", "UAF"),
        (["NATO forces"], "MILITARY", "MIL"),
        (["he"], "PERSON", ""),
        (["Judge"], "PERSON", ""),
        ([], "PERSON", ""),
    ],
)
def test_sector_of_agents(texts: list[str], actor_type: ActorType, sector: str) -> None:
    mentions = [MentionText(text, kind_of(text)) for text in texts]
    if texts in (["Judge"], ["Opposition"]):
        mentions = [MentionText(texts[0], "name")]
    assert sector_of_agents(mentions, actor_type) == sector


@pytest.mark.parametrize(
    ("texts", "actor_type", "sector"),
    [
        (["two CIA officers"], "PERSON", "SPY"),
        (["top al-Qaeda leaders"], "ARMED_GROUP", "REB"),
        (["U.N. security officer", "Jan Example"], "PERSON", "IGO"),
        (["European Union official"], "PERSON", "IGO"),
        (["U.N. peacekeepers"], "MILITARY", "IGO"),
        (["Hamas spokesman", "CIA officer", "Hamas spokesman"], "PERSON", "REB"),
        (["U.S. CIA officer"], "PERSON", "SPY"),
        (["CIA personnel"], "MILITARY", ""),
        (["former KGB general"], "PERSON", ""),
        (["National Security Council spokesman"], "PERSON", ""),
        (["Pentagon analysts"], "PERSON", ""),
        (["Hamas"], "PERSON", ""),
        (["he"], "PERSON", ""),
        ([], "PERSON", ""),
    ],
)
def test_sector_of_organisations(texts: list[str], actor_type: ActorType, sector: str) -> None:
    mentions = [MentionText(text, kind_of(text)) for text in texts]
    mentions = [m if " " not in m.text or m.text == "Jan Example" else m._replace(kind="nominal") for m in mentions]
    assert sector_of_organisations(mentions, actor_type) == sector


def test_the_table_is_well_formed() -> None:
    rows = read_tsv("lexicons/agents.tsv")
    assert len({row["noun"] for row in rows}) == len(rows)
    for row in rows:
        assert row["noun"] == row["noun"].lower(), row
        assert row["sector"] in SECTORS, row
