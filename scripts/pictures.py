"""Which pictures stand in docs/screenshots, and the way to each from the first page of whoever looks."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page

SIZES = {1280: 960, 360: 740}
ONLY = {"walk": (360,)}  # what is made for one width
MAILS = ("mail-letter", "mail-question", "mail-pulse", "mail-digest")  # as a mail program shows them
COORDINATOR = "koordinator@example.org"
COMPANY = "virksomhed@example.org"
ASSOCIATION = "forening@example.org"
BROKER = "maegler@example.org"
READER = "laeser@example.org"
PHOTO_NEED = "Fotograf til fotohold"
COMPUTERS = "Brugte computere"
NEXT_STEP = "Ring og spørg"
Walk = Callable[[Page], None]


def go(path: str) -> Walk:
    """Return a walk to an address."""

    def walk(page: Page) -> None:
        page.goto(path)

    return walk


def follow(*links: str) -> Walk:
    """Return a walk along links, each named by a part of its text in the page's main part; it may be folded away."""

    def walk(page: Page) -> None:
        for link in links:
            page.goto(str(page.locator("main a", has_text=link).first.get_attribute("href")))
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


def partnership(name: str, part: str = "") -> Walk:
    """Return a walk to a partnership, or to a page of it named by the end of its address."""

    def walk(page: Page) -> None:
        page.goto("/partnerskaber/")
        follow(name)(page)
        if part:
            page.goto(f"{page.url.partition('?')[0]}{part}")

    return walk


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
    (COORDINATOR, "stages", of_area("forloeb/", "Nørremarken")),
    (COORDINATOR, "partnership", partnership("Gennem Ild og Vand")),
    (COORDINATOR, "alignment", partnership("Gennem Ild og Vand", "afstemning/")),
    (COORDINATOR, "agreement", partnership("Gennem Ild og Vand", "aftale/")),
    (COORDINATOR, "pulse", partnership("Gennem Ild og Vand", "puls/")),
    (COORDINATOR, "seats", partnership("Kulturringen", "bestyrelse/")),
    (COORDINATOR, "decisions", partnership("Kulturringen", "bestyrelse/beslutninger/")),
    (COORDINATOR, "waiting", go("/konto/venter/")),
    (COMPANY, "partnership-company", partnership("Galleri Hamlet")),
    (BROKER, "board-classes", drawn(allocation("Adoptionsprojektet"), ".ms-plan")),
    (COORDINATOR, "board-computers", drawn(allocation("153 brugte computere"), ".ms-ask")),
)
