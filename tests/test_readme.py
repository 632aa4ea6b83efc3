"""What README and docs show is what happens: their examples run, in order, and print what is written under them.

Fenced blocks of these languages are examples:

    console   lines that begin with ``$`` are run by bash; what follows is their output (``...`` stands for anything)
    pycon     a Python session, checked as a doctest; the session goes on through the page
    python    statements, run in that session
    turtle    each paragraph stands so in outputs/seed.ttl

A block after the comment ``<!-- not run -->`` is left alone. A page runs in a folder with ``seeds/`` and ``outputs/``.

Where the program has learned to answer differently, ``python tests/test_readme.py`` writes anew what console blocks
print and what outputs/seed.ttl says of the subjects in turtle blocks; read the change before keeping it.
"""

from __future__ import annotations

import contextlib
import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
ALL_PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
# Pages whose examples are about another graph have tests of their own: tests/query/, tests/rdf/, tests/describe/.
ELSEWHERE = {"queries.md", "questions.md", "data-model.md", "ontology.md"}
PAGES = [page for page in ALL_PAGES if page.name not in ELSEWHERE]
BLOCK = re.compile(r"^(?P<mark><!-- not run -->\n+)?```(?P<language>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
PARAGRAPHS = re.compile(r"\n{2,}")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
TIMEOUT_S = 120


@dataclass(frozen=True)
class Block:
    """An example: its language, text, and the line of the page that it begins on."""

    language: str
    body: str
    line: int


def blocks(page: str) -> Iterator[Block]:
    """Yield the blocks of a page that are not marked as left alone."""
    for found in BLOCK.finditer(page):
        if not found["mark"]:
            yield Block(found["language"], found["body"], page.count("\n", 0, found.start("body")) + 1)


def commands(body: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block with the output under it."""
    command, output = "", ""
    for line in body.splitlines(keepends=True):
        if command and goes_on(command):
            command += line
        elif line.startswith("$ "):
            if command:
                yield command, output
            command, output = line[2:], ""
        else:
            output += line
    if command:
        yield command, output


def goes_on(command: str) -> bool:
    r"""Say whether a command is unfinished: it ends in ``\``, or within quotes."""
    try:
        shlex.split(command)
    except ValueError:
        return True
    return command.endswith("\\\n")


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the seeds and the outputs, where the commands of this environment come first."""
    monkeypatch.chdir(tmp_path)
    furnish(tmp_path, monkeypatch)
    return tmp_path


def furnish(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("seeds", "outputs"):
        shutil.copytree(ROOT / name, folder / name)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_examples(page: Path, workplace: Path) -> None:
    session: dict[str, Any] = {}
    for block in blocks(page.read_text(encoding="utf-8")):
        where = f"{page.relative_to(ROOT)}:{block.line}"
        if block.language == "console":
            run_console(block, where)
        elif block.language == "pycon":
            run_session(block, session, where)
        elif block.language == "python":
            exec(compile("\n" * (block.line - 1) + block.body, str(page), "exec"), session)
        elif block.language == "turtle":
            check_turtle(block, workplace / "outputs" / "seed.ttl", where)


def run_console(block: Block, where: str) -> None:
    for command, expected in commands(block.body):
        printed = output_of(command, where)
        if expected:
            matches = doctest.OutputChecker().check_output(expected, printed, FLAGS)
            assert matches, f"{where}: {command}prints\n{printed}\nnot\n{expected}"


def output_of(command: str, where: str) -> str:
    """Run a command, and return what it prints on standard output."""
    # What is covered, the tests of the commands tell; to trace these too takes a minute more.
    own = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        ["bash", "-c", command], check=False, capture_output=True, encoding="utf-8", timeout=TIMEOUT_S, env=own
    )
    assert done.returncode == 0, f"{where}: {command}ends with {done.returncode}: {done.stderr}"
    return done.stdout


def run_session(block: Block, session: dict[str, Any], where: str) -> None:
    test = doctest.DocTestParser().get_doctest(block.body, session, where, where, block.line)
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS, verbose=False)
    runner.run(test, out=report.append, clear_globs=False)
    session.update(test.globs)
    assert not report, "".join(report)


def check_turtle(block: Block, path: Path, where: str) -> None:
    written = path.read_text(encoding="utf-8")
    for paragraph in PARAGRAPHS.split(block.body.strip("\n")):
        assert paragraph in written, f"{where}: {path.name} does not hold\n{paragraph}"


def test_links_lead_somewhere() -> None:
    for page in ALL_PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"


PAGE = r"""
```console
$ echo one \
  two
one two
$ echo '1
2'
1
2
$ true
```
<!-- not run -->
```python
boom
```
```python
x = 1
```
"""


def test_blocks_and_commands_are_found() -> None:
    found = list(blocks(PAGE))
    assert [(block.language, block.line) for block in found] == [("console", 3), ("python", 17)]
    assert list(commands(found[0].body)) == [
        ("echo one \\\n  two\n", "one two\n"),
        ("echo '1\n2'\n", "1\n2\n"),
        ("true\n", ""),
    ]


def test_output_is_written_anew(workplace: Path) -> None:
    page = "```console\n$ echo one\n...\n$ true\n$ echo two\ntw...\n```\n"
    assert refreshed(page, "page") == page.replace("...\n$ true", "one\n$ true")


def test_turtle_is_written_anew(workplace: Path) -> None:
    (workplace / "outputs" / "seed.ttl").write_text(
        "@prefix a: <b> .\n\na:one a:is 1 .\n\na:two a:is 2 .\n", encoding="utf-8"
    )
    assert refreshed("```turtle\na:two a:is 3 .\n\na:gone a:is 4 .\n```\n", "page") == (
        "```turtle\na:two a:is 2 .\n\na:gone a:is 4 .\n```\n"
    )


def test_wrong_output_is_noticed(workplace: Path) -> None:
    with pytest.raises(AssertionError, match="prints"):
        run_console(Block("console", "$ echo one\ntwo\n", 1), "page:1")
    with pytest.raises(AssertionError, match="Expected"):
        run_session(Block("pycon", ">>> 1 + 1\n3\n", 1), {}, "page:1")


def refreshed(page: str, where: str) -> str:
    """Return the page with what its commands print, and what the Turtle says, now."""

    def renewed(found: re.Match[str]) -> str:
        renew = {"console": renewed_console, "turtle": renewed_turtle}.get(found["language"])
        if found["mark"] or renew is None:
            return found[0]
        return f"```{found['language']}\n{renew(found['body'], where)}```"

    return BLOCK.sub(renewed, page)


def renewed_console(body: str, where: str) -> str:
    new = ""
    for command, expected in commands(body):
        printed = output_of(command, where)
        kept = expected.strip() != "..." and doctest.OutputChecker().check_output(expected, printed, FLAGS)
        new += f"$ {command}" + (expected if kept or not expected else printed)
    return new


def renewed_turtle(body: str, where: str) -> str:
    written = Path("outputs", "seed.ttl").read_text(encoding="utf-8")
    by_subject = {paragraph.split(maxsplit=1)[0]: paragraph for paragraph in PARAGRAPHS.split(written.strip())}
    shown = PARAGRAPHS.split(body.strip("\n"))
    return "\n\n".join(by_subject.get(one.split(maxsplit=1)[0], one) for one in shown) + "\n"


def main() -> None:
    """Write every page anew."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder), pytest.MonkeyPatch.context() as patch:
            furnish(Path(folder), patch)
            new = refreshed(text, page.name)
        if new != text:
            page.write_text(new, encoding="utf-8")
            print(f"changed: {page.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
