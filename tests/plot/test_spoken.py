from __future__ import annotations

import pytest

from kg.plot import spoken

PERIODS = [
    ([], ""),
    (["2015-11-26"], "26 November 2015"),
    (["2015-11-26", "2015-11-26"], "26 November 2015"),
    (["2015-11-26", "2015-11-24"], "24–26 November 2015"),
    (["2015-10-30", "2015-11-02"], "30 October – 2 November 2015"),
    (["2014-12-30", "2015-01-02"], "30 December 2014 – 2 January 2015"),
    (["2015-10", "2015-12"], "October–December 2015"),
    (["2014", "2016"], "2014–2016"),
    (["2015", "2015-11-02"], "2015 – 2 November 2015"),
    (["2015-11-26T18:05:00Z"], "26 November 2015"),
    (["last week"], "last week"),
    (["2016-02-01", "2016-02-29"], "February 2016"),
    (["2015-02-01", "2015-02-27"], "1–27 February 2015"),
    (["2014-11-01", "2015-01-31"], "November 2014 – January 2015"),
    (["1990-01-01", "1999-12-31"], "1990–1999"),
    (["2015-01-01", "2015-01-01"], "1 January 2015"),
    (["9999-12-01", "9999-12-31"], "December 9999"),
]
INTERVALS = [
    (None, None, ""),
    ("2015-11-24", "2015-11-26", "24–26 November 2015"),
    ("2015-11-24", None, "from 24 November 2015"),
    (None, "2015-11-24", "until 24 November 2015"),
]


@pytest.mark.parametrize(("dates", "words"), PERIODS)
def test_period(dates: list[str], words: str) -> None:
    assert spoken.period(dates) == words


@pytest.mark.parametrize(("earliest", "latest", "words"), INTERVALS)
def test_interval(earliest: str | None, latest: str | None, words: str) -> None:
    assert spoken.interval(earliest, latest) == words


def test_counts_and_lists() -> None:
    assert spoken.count(1, "tie") == "1 tie"
    assert spoken.count(1204, "tie") == "1,204 ties"
    assert spoken.count(2, "body", "bodies") == "2 bodies"
    assert spoken.listed([], 3) == ""
    assert spoken.listed(["a"], 3) == "a"
    assert spoken.listed(["a", "b", "c"], 3) == "a, b and c"
    assert spoken.listed(["a", "b", "c", "d"], 2) == "a, b and 2 more"
