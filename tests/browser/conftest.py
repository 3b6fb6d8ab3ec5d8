"""A real Chromium for the main journeys: errors, foreign hosts and CSP violations fail the test by themselves.

A journey is walked once, at the size that suits it; every page that it looks at is looked at wide and on a phone.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, ViewportSize, sync_playwright

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong is told in full: to describe all that is right takes four times as long.
CHECK = """async rules => {
    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"], preload: false});
    const where = one => one.nodes.slice(0, 3).map(node => node.html);
    const told = found.violations.map(one => `${one.id} (${one.help}): ${where(one)}`);
    // Maps and pictures follow the size of the window in their own time.
    const beyond = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    for (let tries = 0; beyond() > 0 && tries < 20; tries++) await new Promise(later => setTimeout(later, 25));
    const wider = beyond();
    return wider > 0 ? [...told, `${wider} pixels wider than the screen`] : told;
}"""
WIDE, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=360, height=740)
Axe = Callable[[Page], None]
# What the site answers when people must look at their form again is no trouble, though Chromium notes it as one.
LOOK_AGAIN = ("status of 409 (Conflict)", "status of 422 (Unprocessable Entity)")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the walks through all pages: they take longest, and nobody should wait for one at the end."""
    items.sort(key=lambda item: item.path.name != "test_pages.py")


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


@pytest.fixture
def viewport(request: pytest.FixtureRequest) -> ViewportSize:
    """Return the size at which a journey is walked: that of a phone for tests marked `on_phone`."""
    return PHONE if getattr(request, "param", "wide") == "phone" else WIDE


on_phone = pytest.mark.parametrize("viewport", ["phone"], indirect=True)


@pytest.fixture
def open_page(browser: Browser, live_server: Any, viewport: ViewportSize) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page; `javascript=False` switches scripts off."""
    watch = Watch(live_server.url)
    contexts: list[BrowserContext] = []

    def opened(*, javascript: bool = True, language: str = "da-DK") -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport=viewport,
            java_script_enabled=javascript,
            locale=language,
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        watch.follow(context)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert not watch.troubles, "\n".join(watch.troubles)


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Return the check of a page, wide and on a phone: accessible, and nothing wider than the screen."""
    script = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> None:
        page.evaluate(script)
        before = page.viewport_size
        told = []
        for size in (PHONE, WIDE) if before == WIDE else (WIDE, PHONE):
            page.set_viewport_size(size)
            told += [f"{page.url} at {size['width']}: {one}" for one in page.evaluate(CHECK, RULES)]
        assert not told, "\n".join(told)

    return check
