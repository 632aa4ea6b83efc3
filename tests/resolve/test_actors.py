from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records import ActorType
from kg.resolve.actors import Description, describe
from kg.resolve.names import MentionText, kind_of

Case = tuple[list[str], ActorType, str, tuple[str, str, str]]


def mentions_of(texts: list[str]) -> list[MentionText]:
    return [MentionText(text, kind_of(text)) for text in texts]


STATES: list[Case] = [
    (["Turkey", "Ankara", "it"], "STATE", "", ("Turkey", "TUR", "GOV")),
    (["the Kremlin"], "STATE", "GOV", ("Russia", "RUS", "GOV")),
    (["U.S.", "US"], "STATE", "", ("United States", "USA", "GOV")),
    (["French government", "Paris"], "STATE", "", ("France", "FRA", "GOV")),
    (["Congolese", "Republic of Congo"], "STATE", "", ("Republic of the Congo", "COG", "GOV")),
    (["Soviet Union"], "STATE", "", ("Soviet Union", "SUN", "GOV")),
    (["Arab countries"], "STATE", "", ("Arab countries", "", "GOV")),
    (["Ethopia"], "STATE", "", ("Ethiopia", "ETH", "GOV")),
    (["Prussia"], "STATE", "", ("Prussia", "", "GOV")),
    (["Trump administration"], "STATE", "", ("United States", "USA", "GOV")),
    (["Putin"], "STATE", "", ("Russia", "RUS", "GOV")),
    (["Catalan government"], "STATE", "", ("Catalonia", "ESP", "GOV")),
    (["Baghdad government"], "STATE", "", ("Iraq", "IRQ", "GOV")),
    (["allies of Iran"], "STATE", "", ("allies of Iran", "", "GOV")),
]
PEOPLE: list[Case] = [
    (["President Recep Tayyip Erdogan", "Erdogan", "he"], "PERSON", "", ("Recep Tayyip Erdoğan", "TUR", "GOV")),
    (["Mr. Putin"], "PERSON", "", ("Vladimir Putin", "RUS", "GOV")),
    (["Bashar Assad"], "PERSON", "", ("Bashar al-Assad", "SYR", "GOV")),
    (["Francois Hollande", "Hollande"], "PERSON", "", ("François Hollande", "FRA", "GOV")),
    (["Mr. Jeb Bush", "Bush"], "PERSON", "GOV", ("Jeb Bush", "", "GOV")),
    (["Judge Brown"], "PERSON", "JUD", ("Brown", "", "JUD")),
    (["Mrs. Bush"], "PERSON", "", ("Bush", "", "")),
    (["Mrs. Merkel"], "PERSON", "", ("Angela Merkel", "DEU", "GOV")),
    (["Mr. Smith", "he"], "PERSON", "", ("Smith", "", "")),
    (["Colonel Ana Example"], "PERSON", "MIL", ("Ana Example", "", "MIL")),
    (["Ugandan opposition leader Okello Example"], "PERSON", "OPP", ("Okello Example", "UGA", "OPP")),
    (["Latvian coach Igor Ivanov"], "PERSON", "", ("Igor Ivanov", "LVA", "")),
    (["Kenyan Jane Example"], "PERSON", "", ("Jane Example", "KEN", "")),
    (["Israeli Attorney General"], "PERSON", "GOV", ("Israeli Attorney General", "ISR", "GOV")),
    (["Barack Obama", "Illinois senator"], "PERSON", "", ("Barack Obama", "USA", "LEG")),
    (["a Greek diplomat", "she"], "PERSON", "GOV", ("Greek diplomat", "GRC", "GOV")),
]
ORGANISATIONS: list[Case] = [
    (["NATO", "alliance"], "IGO", "", ("NATO", "", "IGO")),
    (["U.N."], "IGO", "", ("United Nations", "", "IGO")),
    (["WHO"], "IGO", "", ("World Health Organization", "", "IGO")),
    (["IS", "Daesh"], "ARMED_GROUP", "", ("Islamic State", "", "REB")),
    (["Al-Qa'ida"], "ARMED_GROUP", "", ("al-Qaeda", "", "REB")),
    (["PKK"], "ARMED_GROUP", "", ("Kurdistan Workers' Party", "TUR", "REB")),
    (["AFP"], "MEDIA", "", ("Agence France-Presse", "FRA", "MED")),
    (["Kommersant daily"], "MEDIA", "", ("Kommersant", "RUS", "MED")),
    (["Northern Example Front"], "ARMED_GROUP", "REB", ("Northern Example Front", "", "REB")),
]
BODIES: list[Case] = [
    (["Turkish military"], "MILITARY", "", ("Turkish Armed Forces", "TUR", "MIL")),
    (["Pakistan's military"], "MILITARY", "", ("Pakistan Armed Forces", "PAK", "MIL")),
    (["Israeli army"], "MILITARY", "", ("Israel Defense Forces", "ISR", "MIL")),
    (["Texas police"], "POLICE", "", ("Texas police", "USA", "COP")),
    (["Kenyan police"], "POLICE", "", ("Kenyan police", "KEN", "COP")),
    (["Egyptian Foreign Ministry"], "GOVERNMENT_BODY", "", ("Ministry of Foreign Affairs (Egypt)", "EGY", "GOV")),
    (["Ukraine's parliament"], "GOVERNMENT_BODY", "", ("Verkhovna Rada", "UKR", "LEG")),
    (["five Pakistani soldiers", "soldiers"], "MILITARY", "MIL", ("Pakistani soldiers", "PAK", "MIL")),
    (["gunmen"], "ARMED_GROUP", "UAF", ("gunmen", "", "UAF")),
    (["at least 12 others", "Protesters"], "CIVILIANS", "CVL", ("protesters", "", "CVL")),
]


@pytest.mark.parametrize(("texts", "actor_type", "sector", "expected"), STATES + PEOPLE + ORGANISATIONS + BODIES)
def test_describe(texts: list[str], actor_type: ActorType, sector: str, expected: tuple[str, str, str]) -> None:
    assert describe(mentions_of(texts), actor_type, sector)[:3] == expected


@pytest.mark.parametrize(
    ("text", "published", "name"),
    [
        ("President Bush", date(1991, 2, 1), "George H. W. Bush"),
        ("President Bush", date(2004, 2, 1), "George W. Bush"),
        ("Mr. Bush", date(2023, 2, 1), "Bush"),
        ("President Castro", date(2015, 2, 1), "Raúl Castro"),
        ("Prime Minister Brown", date(2008, 2, 1), "Gordon Brown"),
        ("Prime Minister Brown", date(1995, 2, 1), "Brown"),
    ],
)
def test_surnames_need_their_time(text: str, published: date, name: str) -> None:
    assert describe([MentionText(text, "name")], "PERSON", "", published=published).name == name


def test_a_word_of_the_state_before_the_mention_counts() -> None:
    minister = MentionText("Foreign Minister Jane Example", "name", left="talks with Danish ")
    assert describe([minister], "PERSON", "GOV") == Description("Jane Example", "DNK", "GOV")


def test_a_verb_between_state_and_mention_does_not() -> None:
    gunmen = MentionText("gunmen", "nominal", left="Danish officials say ")
    assert describe([gunmen], "ARMED_GROUP", "UAF").country == ""


def test_apposition_after_the_mention_counts() -> None:
    envoy = MentionText("Jane Example", "name", right=", the Norwegian envoy, has left.")
    assert describe([envoy], "PERSON", "GOV").country == "NOR"


def test_ties_give_the_state() -> None:
    army = [MentionText("army", "nominal")]
    assert describe(army, "MILITARY", "", ties=("TUR",))[:3] == ("Turkish Army", "TUR", "MIL")


def test_setting_gives_the_state_of_police_but_not_of_named_people_or_foreigners() -> None:
    assert describe([MentionText("Police", "nominal")], "POLICE", "COP", setting="KEN").name == "Kenyan police"
    assert describe([MentionText("Jane Example", "name")], "PERSON", "", setting="KEN").country == ""
    assert describe([MentionText("Jane Example", "name")], "PERSON", "", setting="KEN", only=True).country == "KEN"
    assert describe([MentionText("foreign troops", "nominal")], "MILITARY", "MIL", setting="KEN").country == ""


@pytest.mark.parametrize(
    ("texts", "actor_type", "country"),
    [
        (["Jane Example", "a rice trader"], "PERSON", "KEN"),
        (["Judge Jane Example"], "PERSON", "KEN"),
        (["Mr. Example"], "PERSON", ""),
        (["spokesman"], "PERSON", ""),
        (["suicide bomber"], "PERSON", ""),
        (["a driver"], "PERSON", "KEN"),
        (["Example Relief Fund"], "NGO", "KEN"),
        (["aid groups"], "NGO", ""),
        (["hundreds of ethnic Albanians", "demonstrators"], "CIVILIANS", "KEN"),
        (["Example Mills"], "COMPANY", "KEN"),
        (["Foreign Ministry"], "GOVERNMENT_BODY", "KEN"),
        (["foreign ministers"], "GOVERNMENT_BODY", ""),
        (["foreign diplomats"], "GOVERNMENT_BODY", ""),
        (["five embassies"], "GOVERNMENT_BODY", ""),
        (["pro-Arab parties"], "PARTY", "KEN"),
        (["Arab leaders", "tribesmen"], "ETHNIC_RELIGIOUS", "KEN"),
        (["Arab leaders", "chiefs"], "GOVERNMENT_BODY", ""),
    ],
)
def test_who_is_of_the_state_that_a_text_is_about(texts: list[str], actor_type: ActorType, country: str) -> None:
    assert describe(mentions_of(texts), actor_type, "", setting="KEN").country == country


@pytest.mark.parametrize(
    ("text", "actor_type", "country"),
    [
        ("U.S.-led forces", "MILITARY", ""),
        ("U.S. led coalition", "MILITARY", ""),
        ("Danish and Norwegian officials", "GOVERNMENT_BODY", ""),
        ("Danish-Norwegian patrol", "MILITARY", ""),
        ("Danish and other officials", "GOVERNMENT_BODY", "DNK"),
        ("Iranian-backed fighters", "ARMED_GROUP", "KEN"),
        ("Danish-based activists", "CIVILIANS", "DNK"),
        ("two Hamas fighters", "ARMED_GROUP", "PSE"),
        ("Hezbollah's gunmen", "ARMED_GROUP", "LBN"),
        ("NATO soldiers", "MILITARY", ""),
        ("Jewish settlers", "CIVILIANS", "ISR"),
    ],
)
def test_words_of_states_within_a_description(text: str, actor_type: ActorType, country: str) -> None:
    assert describe(mentions_of([text]), actor_type, "", setting="KEN").country == country


def test_who_acts_for_the_united_nations_is_of_no_state() -> None:
    envoy = [MentionText("envoy", "nominal", "The ", " in Nairobi met both sides.")]
    assert describe(envoy, "PERSON", "GOV", setting="KEN").country == "KEN"
    assert describe(envoy, "PERSON", "GOV", setting="KEN", stateless=True).country == ""
    assert describe(envoy, "PERSON", "GOV", setting="KEN", stateless=True, ties=("NOR",)).country == "NOR"


def test_an_administrator_of_the_united_nations_is_not_of_the_land_administered() -> None:
    described = [MentionText("United Nations administrator", "nominal"), MentionText("Jan Example", "name")]
    found = describe(described, "PERSON", "GOV", setting="XKX", ties=("XKX",))
    assert (found.country, found.sector) == ("", "IGO")
    of_norway = [MentionText("Norwegian", "nominal"), *described]
    assert describe(of_norway, "PERSON", "GOV", setting="XKX", ties=("XKX",)).country == "NOR"


@pytest.mark.parametrize(
    ("text", "published", "ties", "expected"),
    [
        ("Senator Barack Obama", None, (), ("USA", "LEG")),
        ("Senator Barack Obama", date(2010, 1, 1), (), ("USA", "GOV")),
        ("President Barack Obama", None, (), ("USA", "GOV")),
        ("Ban Ki-moon", None, (), ("", "IGO")),
        ("Ban Ki-moon", None, ("KOR",), ("KOR", "GOV")),
        ("Ban Ki-moon", date(2010, 1, 1), ("KOR",), ("", "IGO")),
    ],
)
def test_a_text_without_a_day_may_tell_an_earlier_office(
    text: str, published: date | None, ties: tuple[str, ...], expected: tuple[str, str]
) -> None:
    assert describe([MentionText(text, "name")], "PERSON", "", published=published, ties=ties)[1:3] == expected


def test_officials_of_two_states_are_of_neither() -> None:
    officials = mentions_of(["officials"])
    assert describe(officials, "GOVERNMENT_BODY", "", ties=("DNK", "NOR")).country == ""
    assert describe(mentions_of(["Jane Example"]), "PERSON", "", ties=("DNK", "NOR")).country == "DNK"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Lebanon's pro-Syrian government", "LBN"),
        ("Burma's military-led government", "MMR"),
        ("white minority South African government", "ZAF"),
        ("allies of Iran", ""),
    ],
)
def test_a_government_described_is_its_state(text: str, country: str) -> None:
    assert describe(mentions_of([text]), "STATE", "").country == country


@pytest.mark.parametrize(
    ("texts", "actor_type", "sector", "expected"),
    [
        (["Hamas"], "PARTY", "", "PTY"),
        (["Hamas"], "ARMED_GROUP", "", "REB"),
        (["militia"], "ARMED_GROUP", "CVL", "UAF"),
        (["masked men"], "ARMED_GROUP", "CVL", "REB"),
        (["tribunal"], "IGO", "IGO", "JUD"),
    ],
)
def test_a_sector_is_one_of_the_type(texts: list[str], actor_type: ActorType, sector: str, expected: str) -> None:
    assert describe(mentions_of(texts), actor_type, sector).sector == expected


def test_a_local_name_needs_its_country() -> None:
    senate = [MentionText("Labor Party", "name")]
    assert describe(senate, "PARTY", "PTY", setting="ISR").name == "Israeli Labor Party"
    assert describe(senate, "PARTY", "PTY", setting="AUS").name == "Australian Labor Party"
    assert describe(senate, "PARTY", "PTY").name == "Labor Party"


def test_a_state_known_only_as_the_government_takes_that_of_the_story() -> None:
    government = [MentionText("government", "nominal"), MentionText("it", "pronoun")]
    assert describe(government, "STATE", "", setting="NPL") == Description("Nepal", "NPL", "GOV")


def test_without_mentions_there_is_no_name() -> None:
    assert describe([], "OTHER", "") == Description("", "", "")


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            MentionText,
            st.text(max_size=40),
            st.sampled_from(["name", "nominal", "pronoun"]),
            st.text(max_size=30),
            st.text(max_size=30),
        ),
        max_size=4,
    ),
    st.sampled_from(get_args(ActorType)),
)
def test_any_mentions_are_described(mentions: list[MentionText], actor_type: ActorType) -> None:
    first, second = (describe(mentions, actor_type, "") for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("texts", "actor_type", "published", "country", "link"),
    [
        (["Moscow", "Russia"], "STATE", date(2001, 1, 1), "RUS", ("state", "Russia")),
        (["Moscow"], "STATE", date(2001, 1, 1), "RUS", ("metonym", "Moscow")),
        (["Kremlin"], "STATE", None, "RUS", ("metonym", "Kremlin")),
        (["NATO"], "IGO", None, "", ("abbreviation", "NATO")),
        (["Doctors Without Borders"], "NGO", None, "", ("name", "Doctors Without Borders")),
        (["Turkish military"], "MILITARY", None, "TUR", ("body", "Turkish military")),
        (["Economist"], "MEDIA", None, "GBR", ("name", "Economist")),
        (["Pro-Russian demonstrators"], "CIVILIANS", None, "", None),
        (["Bush administration"], "GOVERNMENT_BODY", date(2004, 1, 1), "USA", None),
        (["gunmen"], "ARMED_GROUP", None, "", None),
    ],
)
def test_links(
    texts: list[str], actor_type: ActorType, published: date | None, country: str, link: tuple[str, str] | None
) -> None:
    found = describe(mentions_of(texts), actor_type, "", published=published)
    assert found.country == country
    assert (found.link[:2] if found.link else None) == link


def test_organisations_are_those_of_the_day() -> None:
    isis = [MentionText("ISIS", "name")]
    assert describe(isis, "ARMED_GROUP", "", published=date(2015, 1, 1)).name == "Islamic State"
    assert describe(isis, "ARMED_GROUP", "", published=date(1995, 1, 1)).link is None


def test_a_town_of_the_same_name_is_not_the_state() -> None:
    moscow = MentionText("Moscow", "name", "He came from ", ", Idaho, on Monday.")
    assert describe([moscow], "STATE", "").link is None
