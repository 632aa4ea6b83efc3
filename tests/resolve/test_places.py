"""Places in their context: which of the name is meant, where it lies, and what must stay unknown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import Span
from kg.resolve.places import Context, Place, Within, qualifier, resolve
from kg.resolve.setting import Setting


def place_in(text: str, name: str, *taking_part: str) -> Place | None:
    """Return what a name stands for in a text whose sentences end in full stops before capitals."""
    ends = [found.end() for found in re.finditer(r"(?<=[a-z)])\.(?= [A-Z]|$)", text)] or [len(text)]
    sentences = [Span(begin, end) for begin, end in zip([0, *ends], ends, strict=False)]
    assert name in text
    return resolve(name, Setting(text, sentences).context(name, taking_part))


# Text, place, and where that is: state, latitude and longitude to half a degree.
TOWNS = [
    # Middle East and North Africa
    ("Shells fell on Homs before dawn.", "Homs", "SYR", 34.7, 36.7),
    ("Kurdish fighters held Kobani against the siege, Syrian activists said.", "Kobani", "SYR", 36.9, 38.4),
    ("The convoy reached Deir ez-Zor on Monday. Syria denied it.", "Deir ez-Zor", "SYR", 35.3, 40.1),
    ("Jets struck Raqqa.", "Raqqa", "SYR", 35.9, 39.0),
    ("Iraqi troops entered Mosul.", "Mosul", "IRQ", 36.3, 43.1),
    ("Iraqi officers were killed near Tikrit.", "Tikrit", "IRQ", 34.6, 43.7),
    ("Clashes in Tripoli left six dead. Lebanon sent its army. Lebanese medics spoke.", "Tripoli", "LBN", 34.4, 35.8),
    ("Militias fought over the airport in Tripoli, Libyan officials said.", "Tripoli", "LBY", 32.9, 13.2),
    ("The envoy flew to Tripoli.", "Tripoli", "LBY", 32.9, 13.2),
    ("Gunmen opened fire in Sirte. Libya has two governments.", "Sirte", "LBY", 31.2, 16.6),
    ("A rocket landed in Haifa, Israeli police said.", "Haifa", "ISR", 32.8, 35.0),
    ("Soldiers raided houses in Nablus.", "Nablus", "PSE", 32.2, 35.3),
    ("Protesters marched in Isfahan against the Iranian government.", "Isfahan", "IRN", 32.7, 51.7),
    ("Houthi fighters took Hodeidah from Yemen's army.", "Hodeidah", "YEM", 14.8, 42.9),
    ("A bomb killed three in Alexandria.", "Alexandria", "EGY", 31.2, 29.9),
    ("Tunisian police shot a man in Sfax.", "Sfax", "TUN", 34.7, 10.8),
    ("Moroccan workers struck in Tangier.", "Tangier", "MAR", 35.8, -5.8),
    ("Turkish jets took off from Adana.", "Adana", "TUR", 37.0, 35.3),
    # Africa
    ("Boko Haram attacked Maiduguri.", "Maiduguri", "NGA", 11.8, 13.2),
    ("Riots broke out in Jos, Nigerian police said.", "Jos", "NGA", 9.9, 8.9),
    ("Rebels captured Goma.", "Goma", "COD", -1.7, 29.2),
    ("French soldiers retook Timbuktu from the rebels. Mali thanked France.", "Timbuktu", "MLI", 16.8, -3.0),
    ("Ethiopian forces shelled Mekele.", "Mekele", "ETH", 13.5, 39.5),
    ("Shabab fighters left Kismayo.", "Kismayo", "SOM", -0.4, 42.5),
    ("The army fled El Fasher. Sudan is at war with itself.", "El Fasher", "SDN", 13.6, 25.3),
    ("Miners struck at Rustenburg, South African police said.", "Rustenburg", "ZAF", -25.7, 27.2),
    ("Bandits struck Pemba, Mozambique, on Sunday.", "Pemba", "MOZ", -13.0, 40.5),
    ("Kenyan police fired on crowds in Kisumu.", "Kisumu", "KEN", -0.1, 34.8),
    # Europe
    ("Ukrainian troops withdrew from Debaltseve.", "Debaltseve", "UKR", 48.3, 38.4),
    ("Bodies were found in Bucha, Ukraine said.", "Bucha", "UKR", 50.5, 30.2),
    ("Separatists seized Donetsk.", "Donetsk", "UKR", 48.0, 37.8),
    ("Kharkov was bombed.", "Kharkov", "UKR", 50.0, 36.2),
    ("The talks in Kiev failed.", "Kiev", "UKR", 50.5, 30.5),
    ("A blast shook Volgograd. Russia blamed militants.", "Volgograd", "RUS", 48.7, 44.5),
    ("Ministers met in St. Petersburg.", "St. Petersburg", "RUS", 59.9, 30.3),
    ("Russian-backed forces shelled Gori, Georgia, the Red Cross said.", "Gori", "GEO", 42.0, 44.1),
    ("Police clashed with marchers in Cologne. German officials spoke of dozens.", "Cologne", "DEU", 50.9, 7.0),
    ("The court in Hague", "Hague", "NLD", 52.1, 4.3),
    ("Kosovo Serbs blocked a bridge in Mitrovica.", "Mitrovica", "XKX", 42.9, 20.9),
    ("British police searched a house in Cambridge.", "Cambridge", "GBR", 52.2, 0.1),
    (
        "Students rallied in Cambridge. Massachusetts has a new governor, American radio said.",
        "Cambridge",
        "USA",
        42.4,
        -71.1,
    ),
    ("Strikers gathered in Birmingham, England.", "Birmingham", "GBR", 52.5, -1.9),
    ("Strikers gathered in Birmingham, Alabama.", "Birmingham", "USA", 33.5, -86.8),
    ("Spanish judges banned the march in Valencia.", "Valencia", "ESP", 39.5, -0.4),
    ("The opposition marched in Valencia. Venezuela arrested its leaders.", "Valencia", "VEN", 10.2, -68.0),
    ("A mayor was shot in Cordoba, Argentina.", "Cordoba", "ARG", -31.4, -64.2),
    ("Spain's king spoke in Cordoba.", "Cordoba", "ESP", 37.9, -4.8),
    ("Turkey met Armenia in Zurich.", "Zurich", "CHE", 47.4, 8.5),
    ("Leaders met in Athens to talk with American bankers.", "Athens", "GRC", 38.0, 23.7),
    ("The governor spoke in Athens, Georgia.", "Athens", "USA", 33.96, -83.4),
    ("Troops from the United States landed in Rotterdam.", "Rotterdam", "NLD", 51.9, 4.5),
    ("Presidents meet in Davos, Switzerland, each year.", "Davos", "CHE", 46.8, 9.8),
    # South and Central Asia
    (
        "Police in Hyderabad shot a protester. Pakistan and its Sindh province mourn. Pakistani media",
        "Hyderabad",
        "PAK",
        25.4,
        68.4,
    ),
    ("Indian police arrested two men in Hyderabad.", "Hyderabad", "IND", 17.4, 78.5),
    ("A bomb went off in Hyderabad.", "Hyderabad", "IND", 17.4, 78.5),
    ("Pakistani soldiers left Mingora.", "Mingora", "PAK", 34.8, 72.4),
    ("Taliban fighters took Kunduz.", "Kunduz", "AFG", 36.7, 68.9),
    ("Afghan forces struck near Lashkar Gah.", "Lashkar Gah", "AFG", 31.6, 64.4),
    ("Indian troops fired on crowds in Srinagar.", "Srinagar", "IND", 34.1, 74.8),
    ("Monks marched in Mandalay. Myanmar's generals warned them.", "Mandalay", "MMR", 22.0, 96.1),
    ("The Uzbek army fired on crowds in Andijan.", "Andijan", "UZB", 40.8, 72.3),
    ("Kyrgyz mobs burned houses in Osh.", "Osh", "KGZ", 40.5, 72.8),
    ("Tamil rebels bombed Trincomalee, Sri Lanka.", "Trincomalee", "LKA", 8.6, 81.2),
    ("Workers rioted in Chittagong, Bangladesh.", "Chittagong", "BGD", 22.3, 91.8),
    # East Asia and the Pacific
    ("Chinese police dispersed a crowd in Wuhan.", "Wuhan", "CHN", 30.6, 114.3),
    ("Envoys met in Hiroshima.", "Hiroshima", "JPN", 34.4, 132.5),
    ("South Korea held drills off Busan.", "Busan", "KOR", 35.1, 129.0),
    ("Filipino marines stormed Marawi.", "Marawi", "PHL", 8.0, 124.3),
    ("A church was bombed in Surabaya, Indonesian police said.", "Surabaya", "IDN", -7.2, 112.7),
    ("A gunman killed 51 in Christchurch.", "Christchurch", "NZL", -43.5, 172.6),
    ("Marines will train at Darwin, Australia said.", "Darwin", "AUS", -12.5, 130.8),
    ("Leaders of the Pacific met in Port Moresby.", "Port Moresby", "PNG", -9.4, 147.2),
    ("Activists blocked the port of Newcastle, Australia.", "Newcastle", "AUS", -32.9, 151.8),
    # The Americas
    ("A shooting in San Jose shocked California.", "San Jose", "USA", 37.3, -121.9),
    ("Costa Rica hosted the talks in San Jose.", "San Jose", "CRI", 9.9, -84.1),
    ("The delegates met in Santiago.", "Santiago", "CHL", -33.5, -70.6),
    ("Dominican police fired tear gas in Santiago.", "Santiago", "DOM", 19.5, -70.7),
    ("A Cuban ship docked in Santiago de Cuba.", "Santiago de Cuba", "CUB", 20.0, -75.8),
    ("The prime minister spoke in Victoria, British Columbia.", "Victoria", "CAN", 48.4, -123.4),
    ("Canadian police arrested a man in Victoria.", "Victoria", "CAN", 48.4, -123.4),
    ("Lawmakers met in Springfield, Illinois.", "Springfield", "USA", 39.8, -89.6),
    ("Lawmakers met in Springfield, Mass., on Friday.", "Springfield", "USA", 42.1, -72.6),
    ("Soldiers patrolled Culiacan, the Mexican army said.", "Culiacan", "MEX", 24.8, -107.4),
    ("Colombian rebels kidnapped an official in Cali.", "Cali", "COL", 3.4, -76.5),
    ("Farmers blocked roads in Cochabamba. Bolivia's president resigned.", "Cochabamba", "BOL", -17.4, -66.2),
    ("Brazilian police raided a slum in Recife.", "Recife", "BRA", -8.1, -34.9),
    ("Gangs hold Gonaives, Haitian officials say.", "Gonaives", "HTI", 19.4, -72.7),
    ("Paris and Berlin disagree. The U.S. envoy is in Paris.", "Paris", "FRA", 48.9, 2.3),
    ("The fair in Paris, Texas, was shut.", "Paris", "USA", 33.7, -95.6),
    ("A Canadian minister spoke in London.", "London", "GBR", 51.5, -0.1),
    ("A Canadian minister spoke in London, Ontario.", "London", "CAN", 43.0, -81.2),
    ("The president spoke in New York.", "New York", "USA", 40.7, -74.0),
    ("He was received in Washington.", "Washington", "USA", 38.9, -77.0),
    ("Officials in Kingston, Jamaica, agreed.", "Kingston", "JAM", 18.0, -76.8),
]


@pytest.mark.parametrize(("text", "name", "country", "latitude", "longitude"), TOWNS)
def test_towns(text: str, name: str, country: str, latitude: float, longitude: float) -> None:
    place = place_in(text, name)
    assert place is not None
    assert (place.country, place.precision, place.whole) == (country, "city", True)
    assert place.latitude == pytest.approx(latitude, abs=0.5)
    assert place.longitude == pytest.approx(longitude, abs=0.5)
    assert place.geonames.isdigit()
    assert place.population


# Text, place, its state, how exact its point is, and what it is or lies in.
AREAS = [
    ("Fighting went on in Syria.", "Syria", "SYR", "country", "Syria", True),
    ("Fighting went on in northern Syria.", "northern Syria", "SYR", "country", "Syria", False),
    ("Iran warned the U.S. of war.", "U.S.", "USA", "country", "United States", True),
    ("Jets entered Turkish airspace.", "Turkish airspace", "TUR", "country", "Turkey", False),
    ("Russian tanks rolled into Georgia. Tbilisi appealed for help.", "Georgia", "GEO", "country", "Georgia", True),
    ("Voters in Georgia and Florida chose a senator. The American press", "Georgia", "USA", "region", "Georgia", True),
    ("Troops left Homs province.", "Homs province", "SYR", "region", "Homs", False),
    ("They met in the city of Aleppo.", "the city of Aleppo", "SYR", "city", "Aleppo", True),
    ("Rockets hit central Baghdad.", "central Baghdad", "IRQ", "city", "Baghdad", False),
    ("Crowds filled Cairo's Tahrir Square.", "Cairo's Tahrir Square", "EGY", "city", "Cairo", False),
    ("Crowds filled Tahrir Square in Cairo.", "Tahrir Square in Cairo", "EGY", "city", "Cairo", False),
    ("He spoke at the Kremlin.", "Kremlin", "RUS", "city", "Moscow", False),
    ("He spoke at the White House.", "White House", "USA", "city", "Washington", False),
    ("War returned to Chechnya.", "Chechnya", "RUS", "region", "Chechnya", True),
    ("Russia annexed Crimea.", "Crimea", "UKR", "region", "Crimea", True),
    ("Indian farmers marched in Punjab.", "Punjab", "IND", "region", "Punjab", True),
    ("Pakistani police were shot in Punjab.", "Punjab", "PAK", "region", "Punjab", True),
    ("The governor of Texas objected.", "Texas", "USA", "region", "Texas", True),
    ("Fires burned in Victoria, Australian officials said.", "Victoria", "AUS", "region", "Victoria", True),
    ("Tanks entered the Gaza Strip.", "the Gaza Strip", "PSE", "region", "Gaza Strip", True),
    ("The army shelled Umm Tarwat, Syria.", "Umm Tarwat", "SYR", "country", "Umm Tarwat", False),
]


@pytest.mark.parametrize(("text", "name", "country", "precision", "entry", "whole"), AREAS)
def test_areas_and_what_lies_in_them(
    text: str, name: str, country: str, precision: str, entry: str, whole: bool
) -> None:
    place = place_in(text, name)
    assert place is not None
    assert (place.country, place.precision, place.name, place.whole) == (country, precision, entry, whole)
    assert -90 <= (place.latitude or 0) <= 90


UNKNOWN = [
    ("They met at the border.", "the border"),
    ("Protesters gathered on the square.", "the square"),
    ("Students occupied the University.", "University"),
    ("Shots were fired near the Parliament.", "Parliament"),
    ("Pakistani troops attacked Orakzai.", "Orakzai"),
    ("Peshmerga hold much of Kurdistan.", "Kurdistan"),
    ("Ships collided on the Black Sea.", "the Black Sea"),
    ("Leaders from the Middle East agreed.", "Middle East"),
    ("Fighting spread across West Africa.", "West Africa"),
    ("Rebels in Syria shelled Santa Rosita.", "Santa Rosita"),
    ("Iranian officials were in Bucha.", "Bucha"),
    ("The patrol left Camp Bastion.", "Camp Bastion"),
    ("Russians were among them.", "Russians"),
    ("Nothing was said of Xyzzyville.", "Xyzzyville"),
    ("He pointed at 12.", "12"),
]


@pytest.mark.parametrize(("text", "name"), UNKNOWN)
def test_unknown_stays_unknown(text: str, name: str) -> None:
    assert place_in(text, name) is None


BASES = [
    ("The fair in Paris, Texas, was shut.", "Paris", (), "qualifier"),
    ("Lebanese troops entered Tripoli.", "Tripoli", (), "sentence"),
    ("Troops entered Tripoli.", "Tripoli", ("LBN",), "sentence"),
    ("Troops entered Tripoli. They crossed Lebanon.", "Tripoli", (), "document"),
    ("Troops entered Tripoli.", "Tripoli", (), "lexicon"),
    ("Ships left Rotterdam.", "Rotterdam", (), "population"),
]


@pytest.mark.parametrize(("text", "name", "taking_part", "basis"), BASES)
def test_what_decided_is_told(text: str, name: str, taking_part: tuple[str, ...], basis: str) -> None:
    place = place_in(text, name, *taking_part)
    assert place is not None
    assert place.basis == basis


def test_rivals_are_told() -> None:
    lebanese = resolve("Tripoli", Context(near=frozenset({"LBN"})))
    assert lebanese is not None
    assert lebanese.rivals == ("Tripoli, LBY", "Trípoli, GRC")
    region = resolve("Georgia", Context(near=frozenset({"USA"})))
    assert region is not None
    assert region.rivals == ("Georgia, GEO",)


def test_a_qualifier_behind_one_mention_holds_for_all() -> None:
    text = "Snow fell on Portland. Mayors of Portland, Maine, and other towns met."
    place = place_in(text, "Portland")
    assert place is not None
    assert place.basis == "qualifier"
    assert place.latitude == pytest.approx(43.7, abs=0.5)


def test_a_name_is_no_context_of_its_own() -> None:
    assert Setting("Georgia won. Georgia lost.", (Span(0, 12), Span(13, 26))).context("Georgia") == Context()


def test_the_state_spoken_of_most_is_meant_where_a_sentence_names_several() -> None:
    text = "Pakistan and India argue over Hyderabad. {0} says so. {0} repeats it. {0} insists."
    for state, country in (("Pakistan", "PAK"), ("India", "IND")):
        place = place_in(text.format(state), "Hyderabad")
        assert place is not None
        assert place.country == country


@pytest.mark.parametrize(
    ("following", "expected"),
    [
        (", Lebanon, on Friday", Within("LBN")),
        (" in northern Lebanon", Within("LBN")),
        (" (Lebanon)", Within("LBN")),
        (", Ill., and", Within("USA", frozenset({"IL"}))),
        (", New Mexico.", Within("USA", frozenset({"NM"}))),
        (", British Columbia", Within("CAN", frozenset({"02"}))),
        (", Beirut and Damascus", None),
        (" and Lebanon", None),
        (", the Lebanese port", None),
        ("", None),
    ],
)
def test_qualifiers(following: str, expected: Within | None) -> None:
    assert qualifier(following) == expected


@given(st.text(max_size=40), st.frozensets(st.sampled_from(["USA", "SYR", "XXX", ""])))
def test_any_text_is_known_or_not(text: str, near: frozenset[str]) -> None:
    place = resolve(text, Context(near=near))
    assert place is None or place.country
    assert place == resolve(text, Context(near=near))
    assert Setting(text, ()).context(text) is not None
