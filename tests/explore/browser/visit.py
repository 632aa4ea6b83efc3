"""One browser's visit to an explorer, watched: what it asked for, what it complained of, and what ran."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Locator, Page

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Visit:
    """A profile with a page, and what happened in it. ``expected`` are complaints that a test means to cause."""

    context: BrowserContext
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.context.on("console", self._said)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.context.on("dialog", self._asked)
        self.page: Page = self.context.new_page()

    def go(self, path: str) -> Page:
        """Go to an address of the explorer."""
        self.page.goto(path)
        return self.page

    def path(self) -> str:
        """Return where the page is, without the server's address."""
        return self.page.url.removeprefix(self.address)

    def links(self, selector: str) -> list[str]:
        """Return where each of the links leads, once."""
        found: list[str] = self.page.locator(selector).evaluate_all("all => all.map(one => one.getAttribute('href'))")
        return list(dict.fromkeys(found))

    def overhang(self) -> int:
        """Return how many pixels the page is wider than its window."""
        return int(self.page.evaluate(WIDER))

    def check(self) -> None:
        """Hold the visit to what every visit must be: nothing asked of others, nothing amiss, nothing run."""
        elsewhere = [url for url in self.requests if not url.startswith((f"{self.address}/", "data:", "blob:"))]
        assert not elsewhere
        amiss = [words for words in self.complaints if not any(known in words for known in self.expected)]
        assert not amiss

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert"):
            self.complaints.append(f"{message.type}: {message.text}")

    def _asked(self, dialog: Dialog) -> None:
        self.complaints.append(f"{dialog.type}: {dialog.message}")
        dialog.dismiss()


def focused(page: Page) -> Locator:
    """Return what has the focus."""
    return page.locator(":focus")


def hindrances(axe: Any, seen: Visit, path: str) -> list[str]:
    """Return what axe finds of a page that keeps people from using it."""
    page = seen.go(path)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    answer = axe.run(page)
    return [
        f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]} ({len(one['nodes'])})"
        for one in answer.response["violations"]
        if one["impact"] in ("serious", "critical")
    ]
