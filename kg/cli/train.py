"""``kg train``: corpora to a language model."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command(
    epilog=options.examples(
        "kg train corpora/ --config kg/train/config.toml -o runs/first",
    )
)
@click.argument("corpora", metavar="CORPORA", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--config", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option("-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
def train(corpora: Path, config: Path, output: Path) -> None:
    """Train the language model from corpora.

    Needs the extra: pip install 'kg[train]'.
    """
    from kg.cli.terminal import note
    from kg.errors import MissingExtraError

    try:
        from kg.train.run import run
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] == "kg":
            raise
        raise MissingExtraError(f"training needs {error.name}: pip install 'kg[train]'") from error
    run(corpora, config, output, progress=note)
