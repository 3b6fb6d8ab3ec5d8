"""Takes the pictures in docs/screenshots: starts the example in a folder of its own and walks through it in Chromium.

`make screenshots`, or `make screenshots ARGS="map board-classes"` for some of them; a Chromium is taken from PATH or
MEDSPIL_CHROMIUM. Pictures are in Danish, as people see them.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, Response, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs/screenshots"
PASSWORD = "medspil-eksempel-2026"  # noqa: S105  (the example's, printed by `make demo`)
SIZES = {1280: 960, 360: 740}
ONLY = {"walk": (360,)}  # what is made for one width
PAPER = "area-profile"
COORDINATOR = "koordinator@example.org"
COMPANY = "virksomhed@example.org"
ASSOCIATION = "forening@example.org"
BROKER = "maegler@example.org"
READER = "laeser@example.org"
PHOTO_NEED = "Fotograf til fotohold"
COMPUTERS = "Brugte computere"
NEXT_STEP = "Ring og spørg"
Walk = Callable[[Page], None]


def main() -> int:
    """Start the example, take all pictures, stop it."""
    browser = os.environ.get("MEDSPIL_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        print("No Chromium on PATH (Debian: apt-get install chromium), and MEDSPIL_CHROMIUM names none.")
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "var/parts", Path(folder) / "parts")
        port = free_port()
        command = [sys.executable, "-m", "medspil.cli.main", "demo", "--port", str(port)]
        site = subprocess.Popen(command, env=os.environ | {"MEDSPIL_LOCAL": "true", "MEDSPIL_DATA": folder})
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address)
            take_all(browser, address, set(sys.argv[1:]))
        finally:
            site.terminate()
            site.wait(timeout=30)
    return 0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    """Wait until the first page answers."""
    for _ in range(240):
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310  (our own address)
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    sys.exit("The example did not start within two minutes.")


def take_all(executable: str, address: str, wanted: set[str]) -> None:
    """Take every picture at both widths, or those that are named."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for width, height in SIZES.items():
            for who, name, walk in PICTURES:
                if width not in ONLY.get(name, SIZES) or (wanted and name not in wanted):
                    continue
                page = signed_in(browser, address, who, width, height)
                walk(page)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=TARGET / f"{name}-{width}.png")
                print(f"{name}-{width}.png  {page.title()}")
                page.context.close()
        if not wanted or PAPER in wanted:
            paper(signed_in(browser, address, COORDINATOR, 1280, 960))
        browser.close()


def paper(page: Page) -> None:
    """Take a picture of the area profile as it is printed, if pdftoppm is there (Debian: poppler-utils)."""
    draw = shutil.which("pdftoppm")
    if not draw:
        print("No pdftoppm on PATH: the picture of the area profile stays as it is.")
        return
    of_area("")(page)
    answer = page.request.get(f"{page.url}ressourcer/profil.pdf")
    picture = TARGET / PAPER
    subprocess.run([draw, "-png", "-singlefile", "-r", "80", "-", str(picture)], input=answer.body(), check=True)
    print(f"{picture.name}.png  {answer.headers['content-type']}")


def signed_in(browser: Browser, address: str, who: str, width: int, height: int) -> Page:
    """Return a page on the first page, as a person or as nobody."""
    context = browser.new_context(base_url=address, viewport={"width": width, "height": height}, locale="da-DK")
    page = context.new_page()
    page.on("response", refuse_error_pages)
    if who:
        page.goto("/konto/log-ind/")
        page.fill("input[name=login]", who)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_load_state()
    page.goto("/")
    return page


def refuse_error_pages(response: Response) -> None:
    """Stop rather than put a picture of an error page into the documents."""
    if response.status >= 400:
        sys.exit(f"{response.url} answered {response.status}: mend the walk or the page.")


def go(path: str) -> Walk:
    """Return a walk to an address."""

    def walk(page: Page) -> None:
        page.goto(path)

    return walk


def follow(*links: str) -> Walk:
    """Return a walk along links, each named by a part of its text in the page's main part."""

    def walk(page: Page) -> None:
        for link in links:
            page.locator("main a", has_text=link).first.click()
            page.wait_for_load_state("networkidle")

    return walk


def case(page: Page) -> None:
    """Go to one case of the catalogue."""
    page.goto("/katalog/")
    follow("Galleri Hamlet")(page)


def area(page: Page) -> None:
    """Go to an area."""
    page.goto("/omraader/")
    follow("Mimersgadekvarteret")(page)


def of_area(part: str, name: str = "Mimersgadekvarteret") -> Walk:
    """Return a walk to a page of an area, named by the end of its address."""

    def walk(page: Page) -> None:
        page.goto("/omraader/")
        follow(name)(page)
        page.goto(f"{page.url.partition('?')[0]}{part}")

    return walk


def map_of(page: Page) -> None:
    """Go to the map of what an area has, and bring it and the list beside it into sight."""
    of_area("ressourcer/")(page)
    to_top(page.locator("main figure.ms-map").first)


def funnel(page: Page) -> None:
    """Go to how far what an area has came: mapped, linked, mobilised."""
    of_area("koblinger/")(page)
    to_top(page.locator("main h2", has_text="Fra kortlagt til mobiliseret"))


def drawn(walk: Walk, part: str) -> Walk:
    """Return a walk to a page whose drawing, a part named in CSS, is what a phone is to show."""

    def there(page: Page) -> None:
        walk(page)
        if page.viewport_size and page.viewport_size["width"] < min(SIZES) * 2:
            to_top(page.locator(f"main {part}").first)

    return there


def to_top(part: Locator) -> None:
    """Bring a part of a page to the top of the window."""
    part.evaluate("part => window.scrollBy(0, part.getBoundingClientRect().top - 72)")


def link(page: Page) -> None:
    """Go to the link that its broker is about to leave."""
    of_area("koblinger/", "Nørremarken")(page)
    follow("Unge er en uge på brandstationen")(page)


def allocation(title: str) -> Walk:
    """Return a walk to the board of an allocation."""

    def walk(page: Page) -> None:
        page.goto("/fordelinger/")
        follow(title)(page)

    return walk


def news(page: Page) -> None:
    """Go from the first page to what is new about the companies near an area."""
    page.locator("main a.ms-notice__link", has_text="Mimersgadekvarteret").first.click()
    page.wait_for_load_state("networkidle")


def on_list(page: Page, need: str) -> None:
    """Go from the first page to the shortlist of a need."""
    page.locator("main a[href$='/liste/']", has_text=need).first.click()
    page.wait_for_load_state("networkidle")


def shortlist(page: Page) -> None:
    """Go to the shortlist on which a company has turned protected since it was kept."""
    on_list(page, COMPUTERS)


def profile(page: Page) -> None:
    """Go from the shortlist to the company of which most is known: the one with a next step."""
    shortlist(page)
    page.locator("main article", has_text=NEXT_STEP).locator("a[href*='/profil/']").first.click()
    page.wait_for_load_state("networkidle")


def company_needs(page: Page) -> None:
    """Go from the company of which most is known to the needs that fit it."""
    profile(page)
    page.locator("main a[href$='/behov/']").first.click()
    page.wait_for_load_state("networkidle")


def ranking(page: Page) -> None:
    """Go to the ranking of the photographer's need."""
    on_list(page, PHOTO_NEED)
    page.locator("main a[href$='/virksomheder/']", has_text="Find flere").first.click()
    page.wait_for_load_state("networkidle")


def reasons(page: Page) -> None:
    """Open the first company of the ranking to its reasons."""
    ranking(page)
    page.locator("details.ms-rank__details summary").first.click()
    page.locator("details.ms-rank__details").first.scroll_into_view_if_needed()


PICTURES: tuple[tuple[str, str, Walk], ...] = (
    ("", "front", go("/")),
    ("", "catalogue", go("/katalog/")),
    ("", "case", case),
    ("", "core-services", go("/katalog/kerneydelser/")),
    (COORDINATOR, "home", go("/")),
    (COORDINATOR, "area", area),
    (COORDINATOR, "ranking", ranking),
    (COORDINATOR, "reasons", reasons),
    (COORDINATOR, "shortlist", shortlist),
    (COORDINATOR, "news", news),
    (COORDINATOR, "profile", profile),
    (COORDINATOR, "register", go("/virksomheder/?q=fotograf")),
    (COORDINATOR, "company-needs", company_needs),
    (COORDINATOR, "register-status", go("/virksomheder/register/")),
    (COORDINATOR, "import", go("/virksomheder/import/ny/")),
    (COMPANY, "home-company", go("/")),
    (COMPANY, "company-need", follow(PHOTO_NEED)),
    ("administrator@example.org", "home-administrator", go("/")),
    (ASSOCIATION, "home-association", go("/")),
    (BROKER, "home-broker", go("/")),
    (READER, "home-reader", go("/")),
    (COORDINATOR, "map", map_of),
    (COORDINATOR, "walk", of_area("ressourcer/gaatur/")),
    (COORDINATOR, "coverage", drawn(of_area("mangler/"), ".ms-covered__picture")),
    (COORDINATOR, "offers", drawn(of_area("tilbud/"), "table")),
    (COORDINATOR, "links", of_area("koblinger/")),
    (COORDINATOR, "funnel", funnel),
    (COORDINATOR, "network", drawn(of_area("netvaerk/"), ".ms-net")),
    (BROKER, "link", link),
    (COORDINATOR, "fairness", drawn(go("/virksomheder/spurgt/"), ".ms-asked__drawing")),
    (BROKER, "board-classes", drawn(allocation("Adoptionsprojektet"), ".ms-plan")),
    (COORDINATOR, "board-computers", drawn(allocation("153 brugte computere"), ".ms-ask")),
)

if __name__ == "__main__":
    sys.exit(main())
