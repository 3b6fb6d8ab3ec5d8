"""A real Chromium for the main journeys: errors, foreign hosts and CSP violations fail the test by themselves."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Axe = Callable[[Page], None]
# What the site answers when people must look at their form again is no trouble, though Chromium notes it as one.
LOOK_AGAIN = ("status of 409 (Conflict)", "status of 422 (Unprocessable Entity)")


def chromium() -> str | None:
    """Return the path of a Chromium on this machine."""
    named = os.environ.get("MEDSPIL_CHROMIUM")
    return named or next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a running Chromium, or skip and say how to get one."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine: install it, or set MEDSPIL_CHROMIUM to its path")
    # Playwright runs an event loop in this thread; Django would refuse to touch the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Watch:
    """Notes everything on a page that should not happen."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.troubles: list[str] = []

    def follow(self, context: BrowserContext) -> None:
        """Listen to every page of a browser context."""
        context.on("page", self._listen)

    def _listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.troubles.append(f"error in a script: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(one in message.text for one in LOOK_AGAIN):
            self.troubles.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.troubles.append(f"asked another host: {request.url}")


@pytest.fixture(params=["wide", "phone"])
def viewport(request: pytest.FixtureRequest) -> dict[str, int]:
    """Return the two sizes in which every journey is walked."""
    return {"width": 1280, "height": 900} if request.param == "wide" else {"width": 360, "height": 740}


@pytest.fixture
def open_page(browser: Browser, live_server: Any, viewport: dict[str, int]) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page; `javascript=False` switches scripts off."""
    watch = Watch(live_server.url)
    contexts: list[BrowserContext] = []

    def opened(*, javascript: bool = True, language: str = "da-DK") -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": viewport["width"], "height": viewport["height"]},
            java_script_enabled=javascript,
            locale=language,
        )
        context.set_default_timeout(15_000)
        watch.follow(context)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert not watch.troubles, "\n".join(watch.troubles)


@pytest.fixture
def axe() -> Axe:
    """Return the accessibility check: no violation, and nothing wider than the screen."""
    script = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> None:
        page.evaluate(script)
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        told = [
            f"{page.url}: {violation['id']} ({violation['help']}): {[node['html'] for node in violation['nodes']][:3]}"
            for violation in found["violations"]
        ]
        assert not told, "\n".join(told)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{page.url} is {overflow} pixels wider than the screen"

    return check
