"""The command group, and how it ends: exit codes, one-line errors, closed pipes, Ctrl-C."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

import kg
from kg.cli import options
from kg.cli.build import build
from kg.cli.evaluate import evaluate
from kg.cli.explore import explore
from kg.cli.export import export
from kg.cli.extract import extract
from kg.cli.info import info
from kg.cli.merge import merge
from kg.cli.plot import plot
from kg.cli.push import push
from kg.cli.query import query
from kg.cli.remove import remove
from kg.cli.report import report
from kg.cli.slice import slice as slice_graph
from kg.cli.stats import stats
from kg.cli.terminal import complain
from kg.cli.train import train
from kg.cli.validate import validate
from kg.cli.why import why
from kg.errors import InputError, KgError
from kg.files import NO_SPACE

if TYPE_CHECKING:
    from collections.abc import Sequence

USAGE: Final = 2
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141
_ALLOCATIONS: Final = 50_000


class _Commands(click.Group):
    """Commands in the order in which people meet them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read us has seen enough. What is still buffered must not fail at exit either.
            _forget_output()
            sys.exit(PIPE_CLOSED)
        except OSError as error:
            if error.errno not in NO_SPACE:
                raise
            _forget_output()
            raise InputError(f"cannot write the output: {error.strerror}") from error
        return result


def _forget_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _show_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"kg {kg.__version__}")
        context.exit()


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    epilog=options.examples(
        "kg build article.txt                       the graph as Turtle on standard output",
        "kg build news/ -o news.ttl --plot news.svg",
        "kg query news.ttl --name who-met-whom",
        'kg plot news.ttl -o putin.png --actor "Vladimir Putin"',
    ),
    commands=[
        *(build, merge, remove, extract, slice_graph, query, why, stats, plot, explore, report, export, push),
        *(validate, evaluate, info, train),
    ],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    callback=_show_version,
    expose_value=False,
    help="Show the version and exit.",
)
@click.pass_context
def app(context: click.Context) -> None:
    """Read news into a knowledge graph of who does what to whom.

    Data goes to standard output, everything else to standard error. The exit code is 0 when all went well,
    1 when some documents of many could not be read, and 2 when there is no result.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit.

    Args:
        arguments: The arguments after the program's name; by default those it was started with.

    """
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    # The products of the reading heads are small: numpy's threads would spend more time waiting than multiplying.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", os.environ.get("KG_THREADS", "1"))
    # What a command loads is there to stay: to search it for garbage over and over takes a tenth of a short one's time.
    gc.set_threshold(_ALLOCATIONS)
    try:
        result = app.main(arguments, prog_name="kg", standalone_mode=False)
    except click.UsageError as error:
        hint = f" (see '{error.ctx.command_path} --help')" if error.ctx else ""
        complain(error.format_message().rstrip(".") + hint)
        return USAGE
    except click.ClickException as error:
        complain(error.format_message())
        return USAGE
    except KgError as error:
        complain(str(error))
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("kg: interrupted", err=True)
        return INTERRUPTED
    return result if isinstance(result, int) else 0
