"""PETRARCH's dictionaries are read as they are; lines of no use are listed, never fatal."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.cameo import CodedActor, decode
from kg.resolve.entries import Agent, Term
from kg.resolve.petrarch import LONGEST_LINE, capitalised, read

if TYPE_CHECKING:
    from pathlib import Path

    from kg.resolve.entries import Dictionary


def dictionary(text: str | bytes) -> Dictionary:
    return read(text.encode() if isinstance(text, str) else text, "d.txt")


CODES = [
    ("RUS", CodedActor("RUS", "", "STATE")),
    ("ROM", CodedActor("ROU", "", "STATE")),
    ("KSVGOV", CodedActor("XKX", "GOV", None)),
    ("USAELI", CodedActor("USA", "", None)),
    ("SDNREB", CodedActor("SDN", "REB", "ARMED_GROUP")),
    ("EGYGOVJUD", CodedActor("EGY", "JUD", "GOVERNMENT_BODY")),
    ("KORGOVBUS", CodedActor("KOR", "GOV", None)),
    ("HTIOPPMED", CodedActor("HTI", "OPP", None)),
    ("NGOUSAHRI", CodedActor("USA", "NGO", "NGO")),
    ("MNCDEU", CodedActor("DEU", "BUS", "COMPANY")),
    ("IGOUNO", CodedActor("", "IGO", "IGO")),
    ("IMGMUS", CodedActor("", "REB", "ARMED_GROUP")),
    ("MUS", CodedActor("MUS", "", "STATE")),
    ("AFR", CodedActor("", "", None)),
]


@pytest.mark.parametrize(("code", "meaning"), CODES)
def test_codes(code: str, meaning: CodedActor) -> None:
    assert decode(code) == meaning
    assert decode(code.lower()) == meaning


def test_names_and_synonyms() -> None:
    found = dictionary("ATLANTIS_ [SYR]\n+ATLANTEAN_ +SUNKEN=CITY_\n+OLD ATLANTIS ; c\n")
    (entry,) = found.entries
    assert entry.forms == ("ATLANTIS", "ATLANTEAN", "SUNKEN CITY", "OLD ATLANTIS")
    assert (entry.name, entry.likely, entry.is_state) == ("Atlantis", "STATE", True)
    assert not found.skipped


DATES = [
    ("[USAGOV 970120-010120]", (date(1997, 1, 20), date(2001, 1, 20))),
    ("[USAGOV 19970120-20010120]", (date(1997, 1, 20), date(2001, 1, 20))),
    ("[USAGOV 320101-330101]", (date(1932, 1, 1), date(1933, 1, 1))),
    ("[USAGOV <300101]", (None, date(2030, 1, 1))),
    ("[USAGOV > 310101]", (date(1931, 1, 1), None)),
    ("[USAGOV  >20140608]", (date(2014, 6, 8), None)),
]


@pytest.mark.parametrize(("code", "days"), DATES)
def test_dates(code: str, days: tuple[date | None, date | None]) -> None:
    (entry,) = dictionary(f"ANA_EXAMPLE_\n\t{code}\n").entries
    assert entry.terms == (Term("USA", "GOV", *days),)


def test_codes_on_the_day() -> None:
    (entry,) = dictionary("ANA_EXAMPLE_\t[FRAGOV 010101-020101] [FRAOPP >20020102]\n\t[FRAELI]\n").entries
    days = [date(2001, 6, 1), date(2002, 1, 1), date(2003, 1, 1), date(1999, 1, 1)]
    assert [entry.on(day) for day in days] == [*entry.terms[:1] * 2, entry.terms[1], Term("FRA", "")]
    assert entry.on(None) == Term("FRA", "")
    assert entry.likely is None


def test_the_null_code_is_no_actor() -> None:
    found = dictionary("BLACK_FOREST_ [---]\nANA_EXAMPLE_\t[FRAGOV <010101] [---]\n")
    assert [entry.name for entry in found.entries] == ["Ana Example"]
    assert found.entries[0].on(date(2005, 1, 1)) is None
    assert found.silent == 1


def test_agents() -> None:
    found = dictionary(
        "!PERSON! = MAN, WOMAN ,\nSOLDIER [~MIL]\nSECRETARY [~GOV]\nBOSS [~BUS}\nPOLICE {} [~COP]\n"
        "ATTORNEY_GENERAL {ATTORNEYS_GENERAL }[~JUD]\nCONGRESS!PERSON! [~LEG]\n!PERSON!_OF_!person! [~CVL]\n"
        "TRUCE_MONITOR [IGO~]\nFARMER [~AGR]\n"
    )
    assert [agent.forms for agent in found.agents] == [
        ("soldier", "soldiers"),
        ("secretary", "secretaries"),
        ("boss", "bosses"),
        ("police",),
        ("attorney general", "attorneys general"),
        ("congressman", "congresswoman"),
        ("man of man", "man of woman", "woman of man", "woman of woman"),
        ("truce monitor", "truce monitors"),
    ]
    assert found.agents[0] == Agent(("soldier", "soldiers"), "MIL")
    assert found.silent == 1
    assert not found.skipped


def test_comments() -> None:
    text = (
        "# ANA [FRA]\n; ANA [FRA]\n<ANA [FRA]>\n<!-- ANA\nBEA [FRA]\nCAI --> DAN [FRA] # x\nEVA <!-- y --> [FRA]\n"
        "FAY ; z\n[FRA]\n"
    )
    assert [entry.name for entry in dictionary(text).entries] == ["Dan", "Eva", "Fay"]


def test_marks_of_other_programs() -> None:
    assert [entry.name for entry in dictionary("\xef\xbb\xbf".encode("latin-1") + b"ANA [FRA]\r\n").entries] == ["Ana"]
    (entry,) = dictionary("DEEP_GREEN_FRONT_(DGF)_ [FRAREB]\tsince 1990\t5,000\n").entries
    assert entry.forms == ("DEEP GREEN FRONT (DGF)", "DEEP GREEN FRONT")
    assert entry.name == "Deep Green Front"


BAD = [
    ("+ANA", "a synonym without an actor before it"),
    ("\t[FRA]", "a code without an actor before it"),
    ("ANA_EXAMPLE_", "'ANA EXAMPLE' has no code"),
    ("ANA [FRAX]", "code 'FRAX' is not made of parts of three letters"),
    ("ANA []", "code '' is not made of parts of three letters"),
    ("ANA [FRA", "a bracket without its end"),
    ("___ [FRA]", "no name"),
    ("ANA [FRA 010132-020101]", "date '010132' is no YYMMDD or YYYYMMDD"),
    ("ANA [FRA 2004017-20061201]", "date '2004017' is no YYMMDD or YYYYMMDD"),
    ("ANA [FRA ٢٠٠١٠١٠١-20061201]", "date '٢٠٠١٠١٠١' is no YYMMDD or YYYYMMDD"),
    ("ANA [FRA 020101-010101]", "dates '020101-010101' end before they begin"),
    ("ANA [FRA 020101]", "dates '020101' are none of <date, >date and date-date"),
    ("ANA [FRA <]", "date '' is no YYMMDD or YYYYMMDD"),
    ("!X! MAN [~CVL]", "!X! stands for nothing; defined before this line: none"),
    ("!X! = , ", "!X! stands for nothing"),
    ("{} [~CVL]", "a code without an agent before it"),
    ("ANA\x1a [FRA]", "control character U+001A"),
    ("ANA\x00 [FRA]", "control character U+0000"),
    ("A" * LONGEST_LINE + " [FRA]", f"longer than {LONGEST_LINE} bytes"),
]


@pytest.mark.parametrize(("line", "reason"), BAD)
def test_bad_lines_are_listed_and_skipped(line: str, reason: str) -> None:
    found = dictionary(f"# one\n{line}\nBEA [FRA]\n")
    assert [(skipped.line, skipped.reason) for skipped in found.skipped] == [(2, reason)]
    assert str(found.skipped[0]) == f"d.txt:2: {reason}; skipped"
    assert "Bea" in [entry.name for entry in found.entries]


def test_broken_bytes_spoil_their_own_line_only() -> None:
    found = dictionary(b"ANA [FRA]\nB\xe9A [FRA]\nCAI [FRA]\n")
    assert [entry.name for entry in found.entries] == ["Ana", "Cai"]
    assert [(skipped.line, skipped.reason) for skipped in found.skipped] == [(2, "not UTF-8 at byte 2")]


def test_markers_cannot_swell_without_end() -> None:
    many = "!A! = " + ", ".join(f"W{i}" for i in range(20))
    found = dictionary(f"{many}\n{'!A! ' * 40} [~MIL]\n")
    assert [skipped.reason for skipped in found.skipped] == ["the markers stand for more than 256 phrases"]


def test_known_names_keep_our_spelling() -> None:
    found = dictionary("PRESIDENT_TAYYIP_ERDOGAN\n+RECEP_TAYYIP_ERDOGAN_\n\t[TURGOV]\nNATO_ [IGOWSTNAT]\n")
    assert [entry.name for entry in found.entries] == ["Recep Tayyip Erdoğan", "NATO"]


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("MARTYRS OF THE WINTER", "Martyrs of the Winter"),
        ("OF MICE", "Of Mice"),
        ("ANA VAN DER EXAMPLE III", "Ana van der Example III"),
        ("AL-EXAMPLE D'OR", "Al-Example D'Or"),
        ("U.S. PKK", "U.S. PKK"),
        ("Mixed CASE", "Mixed CASE"),
    ],
)
def test_capitals(form: str, name: str) -> None:
    assert capitalised(form) == name


@given(st.binary(max_size=400) | st.text("AB+[]{}!~<>#;=_- \t\n0129", max_size=200).map(str.encode))
def test_no_bytes_break_it(data: bytes) -> None:
    found = dictionary(data)
    lines = data.count(b"\n") + 1
    assert all(1 <= skipped.line <= lines and "\n" not in skipped.reason for skipped in found.skipped)
    for entry in found.entries:
        assert entry.name
        assert entry.terms


def test_reads_all_of_phoenix(shared: Path) -> None:
    """Every line of 2 MB is an actor, a synonym, a code, an agent, a comment, or among the few that are listed."""
    counts = {}
    for path in sorted((shared / "corpora" / "phoenix_dictionaries").glob("Phoenix.*.txt")):
        found = read(path.read_bytes(), path.name)
        counts[path.name] = (len(found.entries) + len(found.agents), len(found.skipped), found.silent)
        reasons = {re.sub("'[^']*'", "X", skipped.reason) for skipped in found.skipped}
        assert reasons <= {
            "X has no code",
            "date X is no YYMMDD or YYYYMMDD",
            "dates X are none of <date, >date and date-date",
            "dates X end before they begin",
            "code X is not made of parts of three letters",
            "control character U+001A",
        }
    assert counts == {
        "Phoenix.Countries.actors.txt": (18346, 47, 5),
        "Phoenix.International.actors.txt": (7812, 6, 26),
        "Phoenix.MilNonState.actors.txt": (1020, 0, 1),
        "Phoenix.agents.txt": (2039, 1, 205),
    }
