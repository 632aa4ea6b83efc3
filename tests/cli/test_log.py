"""What is said while many documents are read: a bar, a line a minute, JSON, or nothing."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from rich.console import Console

from kg.cli.log import Bar, Json, Plain, Quiet, open_log
from kg.errors import ConfigError, DocumentError
from kg.ingest import DocumentFailure
from kg.ingest.items import DocumentSkip
from kg.run.progress import Progress
from kg.run.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Callable

FAR = Progress(documents=1_200, read_before=200, words=412_000, failed=3, share=0.25)
FAILURE = DocumentFailure("a.txt", DocumentError("cannot read a.txt: it is empty"))

SKIP = DocumentSkip("b.txt", "language", "it is in Icelandic")


def clock(*times: float) -> Callable[[], float]:
    return iter(times).__next__


def test_a_plain_line_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    log = Plain(clock=clock(0, 30, 60, 100, 10_000))
    with log.reading():
        log.progress(FAR)
        assert capsys.readouterr().err == ""
        log.progress(FAR)
        log.progress(FAR)
    (line,) = capsys.readouterr().err.splitlines()
    assert line == "kg: 1,200 documents (200 read before), 6,867 words a second, 3 failed, 3 minutes left"
    log.progress(Progress(documents=1))
    assert capsys.readouterr().err == "kg: 1 document, 0 words a second, 0 failed\n"


def test_nothing_but_errors(capsys: pytest.CaptureFixture[str]) -> None:
    log = Quiet()
    with log.reading():
        log.progress(FAR)
    log.note("by the way")
    log.summary("all done", Path("a.ttl"), {})
    assert capsys.readouterr() == ("", "")
    for _ in range(25):
        log.failure(FAILURE)
    log.untold()
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "kg: error: cannot read a.txt: it is empty"
    assert len(lines) == 21
    assert lines[-1] == "kg: 5 more documents could not be read"
    log.skip(SKIP)
    log.survey(Survey(documents=2))
    said, told = capsys.readouterr()
    assert said.startswith("2 documents")
    assert told == ""


def test_what_is_left_aside(capsys: pytest.CaptureFixture[str]) -> None:
    log = Plain()
    for _ in range(25):
        log.skip(SKIP)
    log.untold()
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 21
    assert lines[0] == "kg: left aside b.txt: it is in Icelandic"
    assert lines[-1] == "kg: 5 more documents left aside"
    Json().skip(SKIP)
    assert json.loads(capsys.readouterr().err) == {
        "event": "left aside",
        "source": "b.txt",
        "reason": "language",
        "detail": "it is in Icelandic",
    }


def test_everything_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    log = Json(clock=clock(0, 60))
    for _ in range(25):
        log.failure(FAILURE)
    log.untold()
    log.progress(FAR)
    log.note("by the way")
    log.survey(Survey(documents=2, words=10))
    log.summary("all done", Path("a.ttl"), {"documents": 2})
    log.summary("all done", None, {"documents": 2})
    said, told = capsys.readouterr()
    events = [json.loads(line) for line in told.splitlines()]
    assert said == ""
    assert events[0] == {"event": "failure", "source": "a.txt", "reason": "cannot read a.txt: it is empty"}
    assert len(events) == 30
    progress, note, survey, done, last = events[25:]
    assert progress == {
        "event": "progress",
        "documents": 1_200,
        "read_before": 200,
        "words": 412_000,
        "words_per_second": 6_867,
        "failed": 3,
        "share": 0.25,
        "seconds": 60,
        "seconds_left": 180,
    }
    assert note == {"event": "note", "words": "by the way"}
    assert survey == {"event": "survey", "documents": 2, "words": 10, "read_before": 0, "failed": 0}
    assert done == {"event": "done", "documents": 2, "output": "a.ttl"}
    assert last["output"] is None


def test_a_bar_for_people() -> None:
    screen = io.StringIO()
    log = Bar(Console(file=screen, force_terminal=True, width=140), clock=clock(0, 60, 120))
    with log.reading():
        log.progress(Progress(documents=1))
        log.progress(FAR)
        log.bar.refresh()
    assert "1,200 documents  3,433 words/s  3 failed" in screen.getvalue()


def test_errors_are_told_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(click.exceptions.Exit) as ended, open_log(as_json=True):
        raise ConfigError("no such thing")
    assert ended.value.exit_code == 2
    assert json.loads(capsys.readouterr().err) == {"event": "error", "reason": "no such thing"}


def test_the_log_fits_where_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    for watched, quiet, kind in [(False, False, Plain), (True, False, Bar), (True, True, Quiet)]:
        monkeypatch.setattr("kg.cli.terminal.is_watched", lambda watched=watched: watched)
        with open_log(quiet=quiet) as log:
            assert type(log) is kind
