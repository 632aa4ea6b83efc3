"""The pictures that the documentation shows, made anew by every run.

They are kept in the folder ``$KG_PICTURES``; ``make pictures`` puts them into docs/pictures.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import pytest

pytest.importorskip("playwright", reason="needs playwright to drive a browser")

if TYPE_CHECKING:
    from .conftest import Open

LARGEST = 150_000  # bytes, so that the documentation stays light
DESK, PHONE = (1000, 720), (390, 760)


class Picture(NamedTuple):
    """What is pictured: the page that the link on ``page`` leads to, or without one ``page`` itself."""

    graph: Literal["seed", "explorer"]
    page: str
    link: str = ""
    size: tuple[int, int] = DESK
    scheme: Literal["light", "dark"] = "light"


PICTURES = {
    "explore-actor": Picture("seed", "/", "section[aria-labelledby=busy] a"),
    "explore-pair": Picture("explorer", "/pair?one=actor/iceland_state_isl&other=actor/norway_state_nor"),
    "explore-event": Picture("seed", "/events?sort=confidence&down=yes", "tbody a"),
    "explore-map": Picture("seed", "/", "nav a[href='/map']"),
    "explore-document": Picture("seed", "/documents", "tbody a"),
    "explore-console": Picture("seed", "/console?name=event-types&as=chart#answer"),
    "explore-phone": Picture("seed", "/events?sort=standing&down=yes", size=PHONE, scheme="dark"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures(visit: Open, request: pytest.FixtureRequest, tmp_path: Path, name: str) -> None:
    one = PICTURES[name]
    folder = Path(os.environ.get("KG_PICTURES") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    seen = visit(
        request.getfixturevalue(one.graph),
        viewport={"width": one.size[0], "height": one.size[1]},
        color_scheme=one.scheme,
        reduced_motion="reduce",
    )
    page = seen.go(one.page)
    if one.link:
        page = seen.go(seen.links(one.link)[0])
    page.screenshot(path=folder / f"{name}.png", animations="disabled")
    assert 5_000 < (folder / f"{name}.png").stat().st_size < LARGEST
