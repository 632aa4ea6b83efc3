"""A user's lexicon: found by name and day, before ours; of files that differ the later decides."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import LexiconError
from kg.lexicon import gazetteer
from kg.resolve.actors import Description, describe
from kg.resolve.dictionaries import Lexicon, no_lexicon
from kg.resolve.document import ActorText, describe_all
from kg.resolve.lexicon_bytes import dumps, loads
from kg.resolve.names import MentionText, kind_of

if TYPE_CHECKING:
    from kg.records import ActorType

TABLE = """\
name\ttype\taliases\tcountry\tsector\tfrom\tuntil\tsame_as
Deep Blue Front\tARMED_GROUP\tDBF|Blue Tigers\tSDN\tREB\t\t\thttp://example.org/dbf
Ana Example\tPERSON\tLa Tigresa\tFRA\tOPP\t\t2009\t
Ana Example\tPERSON\t\tFRA\tGOV\t2010-05-01\t2012\t
Ruritania\tSTATE\tRuritanian\tAZE\t\t\t\t
tunnel people\tCIVILIANS\t\tEGY\tCVL\t\t\t
Amina One\tPERSON\tthe Lioness\tEGY\tGOV\t2001\t2004\t
Amina Two\tPERSON\tthe Lioness\tSYR\tGOV\t2003\t2009\t
Hamas\tPARTY\t\tPSE\tPTY\t\t\t
"""
ACTORS = """\
CITY_OF_GULLS_ [MAR]
+GULLTOWN_
+GUL_
BORIS_EXAMPLE_
\t[UKRGOV 000101-041231]
\t[UKROPP >050101]
ORDER_OF_GULLS_ [MARREB]
GULLCORP_INC_ [MNCMAR]
OLD_EMPIRE_
\t[SUN <911226]
\t[RUS]
LEAGUE_OF_GULLS_ [IGOLGL]
"""
AGENTS = "!FOLK! = MAN, WOMAN\nDOCKER [~LAB]\nHARBOUR_DOCKER [~OPP]\nKEEPER [~COP]\nKEEPER [~MIL]\nCRANE!FOLK! [~BUS]\n"


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    folder = tmp_path_factory.mktemp("lexicon")
    paths = [folder / name for name in ("gulls.actors.txt", "gulls.agents.txt", "own.tsv")]
    for path, text in zip(paths, (ACTORS, AGENTS, TABLE), strict=True):
        path.write_text(text, encoding="utf-8")
    return Lexicon.read(paths)


FOUND: list[tuple[str, str | None, tuple[str, str] | None]] = [
    ("the Deep Blue Front", "Deep Blue Front", ("SDN", "REB")),
    ("Blue-Tigers", "Deep Blue Front", ("SDN", "REB")),
    ("DBF's", "Deep Blue Front", ("SDN", "REB")),
    ("Dbf", None, None),
    ("blue tigers", None, None),
    ("tunnel people", "tunnel people", ("EGY", "CVL")),
    ("Tunnel people", "tunnel people", ("EGY", "CVL")),
    ("Boris Example", "Boris Example", ("UKR", "OPP")),
    ("Order of Gulls", "Order of Gulls", ("MAR", "REB")),
    ("Gulltown", None, None),
    ("Nobody", None, None),
]


@pytest.mark.parametrize(("form", "name", "term"), FOUND)
def test_found_by_name(lexicon: Lexicon, form: str, name: str | None, term: tuple[str, str] | None) -> None:
    found = lexicon.on(date(2011, 1, 1)).find(form)
    assert (found.entry.name if found else None) == name
    assert (found.term[:2] if found and found.term else None) == term


def test_the_day_chooses(lexicon: Lexicon) -> None:
    days = [date(2009, 12, 31), date(2010, 1, 1), date(2010, 5, 1), date(2013, 1, 1), None]
    found = [lexicon.on(day).find("Ana Example") for day in days]
    assert [one and one.term and one.term[:2] for one in found] == [
        ("FRA", "OPP"),
        None,
        ("FRA", "GOV"),
        None,
        ("FRA", ""),
    ]
    assert all(found)


def test_who_fits_several_fits_none(lexicon: Lexicon) -> None:
    def named(day: date | None, *countries: str) -> str | None:
        found = lexicon.on(day).find("the Lioness", countries)
        return found.entry.name if found else None

    assert named(date(2002, 1, 1)) == "Amina One"
    assert named(date(2008, 1, 1)) == "Amina Two"
    assert named(date(2003, 6, 1)) is None
    assert named(date(2003, 6, 1), "SYR") == "Amina Two"
    assert named(None) is None
    assert named(date(2020, 1, 1)) is None


def test_places(lexicon: Lexicon) -> None:
    places = lexicon.places
    assert [places.countries_in(text) for text in ("in Gulltown", "the GUL", "Ruritanian men")] == [
        ("MAR",),
        ("MAR",),
        ("AZE",),
    ]
    assert places.countries_in("in gulltown, Gul") == ()
    assert gazetteer().place("Gulltown") is None
    assert no_lexicon().places is gazetteer()


def test_common_nouns(lexicon: Lexicon) -> None:
    today = lexicon.on(None)
    assert [today.sector(noun) for noun in ("dockers", "old docker", "harbour dockers", "cranewoman", "doctor")] == [
        *("LAB", "LAB", "OPP", "BUS", "")
    ]
    assert today.sector("keeper") == ""


Case = tuple[list[str], "ActorType", str, Description]
DBF = ("http://example.org/dbf",)
DESCRIBED: list[Case] = [
    (["DBF", "they"], "ARMED_GROUP", "", Description("Deep Blue Front", "SDN", "REB", DBF)),
    (["Blue Tigers militants"], "MILITARY", "MIL", Description("Blue Tigers militants", "", "MIL")),
    (["the Blue Tigers group"], "ARMED_GROUP", "", Description("Deep Blue Front", "SDN", "REB", DBF)),
    (["President Ana Example", "Example"], "PERSON", "", Description("Ana Example", "FRA", "GOV")),
    (["La Tigresa"], "PERSON", "CRM", Description("Ana Example", "FRA", "GOV")),
    (["Mr. Boris Example"], "PERSON", "", Description("Boris Example", "UKR", "OPP")),
    (["Ruritania"], "STATE", "", Description("Ruritania", "AZE", "GOV")),
    (["Ruritania"], "PARTY", "", Description("Ruritania", "AZE", "PTY")),
    (["Gulltown"], "STATE", "", Description("Morocco", "MAR", "GOV")),
    (["Old Empire"], "STATE", "", Description("Russia", "RUS", "GOV")),
    (["Gulltown dockers"], "CIVILIANS", "CVL", Description("Gulltown dockers", "MAR", "LAB")),
    (["League of Gulls"], "IGO", "", Description("League of Gulls", "", "IGO")),
    (["Hamas"], "PARTY", "", Description("Hamas", "PSE", "PTY")),
    (["Gullcorp Inc"], "PERSON", "", Description("Gullcorp Inc", "", "")),
    (["Gullcorp Inc"], "COMPANY", "", Description("Gullcorp Inc", "MAR", "BUS")),
    (["NATO"], "IGO", "", Description("NATO", "", "IGO")),
]


@pytest.mark.parametrize(("texts", "kind", "sector", "described"), DESCRIBED)
def test_described(lexicon: Lexicon, texts: list[str], kind: ActorType, sector: str, described: Description) -> None:
    mentions = [MentionText(text, kind_of(text)) for text in texts]
    assert (
        describe(mentions, kind, sector, published=date(2011, 1, 1), lexicon=lexicon)._replace(link=None) == described
    )


def test_who_is_out_of_office_keeps_the_name(lexicon: Lexicon) -> None:
    found = describe([MentionText("La Tigresa", "name")], "PERSON", "", published=date(2020, 1, 1), lexicon=lexicon)
    assert found[:3] == ("Ana Example", "", "")
    assert found.link is not None
    assert found.link[:2] == ("lexicon", "La Tigresa")


def test_documents(lexicon: Lexicon) -> None:
    text = "Police in Gulltown met dockers. The port of Gulltown was shut."
    actors = [ActorText("A1", "POLICE", "COP", [MentionText("Police", "nominal", "", " in Gulltown met dockers.")])]
    assert describe_all(actors, [], text)["A1"].country == ""
    assert describe_all(actors, [], text, lexicon=lexicon)["A1"].country == "MAR"


def test_later_files_decide(tmp_path: Path) -> None:
    for number, sector in enumerate(("REB", "PTY")):
        (tmp_path / f"{number}.tsv").write_text(f"name\ttype\tsector\nBlue Front\tPARTY\t{sector}\n")
    paths = sorted(tmp_path.iterdir())
    for order, sector in ((paths, "PTY"), (paths[::-1], "REB")):
        found = Lexicon.read(order).on(None).find("Blue Front")
        assert found is not None
        assert found.term is not None
        assert found.term.sector == sector


def test_of_one_file_or_several_or_itself(tmp_path: Path, lexicon: Lexicon) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(TABLE)
    assert Lexicon.read(path) == Lexicon.read(str(path)) == Lexicon.read([path])
    assert Lexicon.read(lexicon) is lexicon
    assert repr(lexicon) == "Lexicon(entries=13, agents=5, skipped=0)"


def test_goes_to_bytes_and_back(lexicon: Lexicon) -> None:
    again = loads(dumps(lexicon))
    assert again == lexicon
    assert dumps(again) == dumps(lexicon)
    for data in (b"", b"{}1", b"[1]", b'[{"entries": [[]], "agents": []}]', b"\xff"):
        with pytest.raises(LexiconError, match="the pipeline's lexicon does not fit"):
            loads(data)


BAD = [
    ("none.txt", None, r"cannot read .*none\.txt: No such file or directory"),
    ("a.txt", "", r"a\.txt: no PETRARCH dictionary, and no \.tsv table$"),
    (
        "a.txt",
        "just words\n",
        r"a\.txt: no PETRARCH dictionary, and no \.tsv table; .*a\.txt:1: 'just words' has no code",
    ),
    ("a.tsv", "x\n", r"a\.tsv:1: no column 'name'"),
]


@pytest.mark.parametrize(("name", "text", "message"), BAD)
def test_bad_files(tmp_path: Path, name: str, text: str | None, message: str) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(LexiconError, match=message):
        Lexicon.read(tmp_path / name)


def test_folders_are_no_files(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"cannot read .*: Is a directory"):
        Lexicon.read(Path(tmp_path))
