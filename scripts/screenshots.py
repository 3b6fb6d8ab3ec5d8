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
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, sync_playwright

from mail_pictures import page_of
from pictures import COORDINATOR, MAILS, ONLY, PICTURES, SIZES, of_area

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs/screenshots"
PASSWORD = "medspil-eksempel-2026"  # noqa: S105  (the example's, printed by `make demo`)
PAPER = "area-profile"


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
        mails(browser, Path(folder), set(sys.argv[1:]))
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


def mails(executable: str, folder: Path, wanted: set[str]) -> None:
    """Let the example, which nobody serves any more, write its mails; take pictures as a mail program shows them."""
    names = [name for name in MAILS if not wanted or name in wanted]
    if not names:
        return
    sender = {"MEDSPIL_LOCAL": "true", "MEDSPIL_DATA": str(folder), "MEDSPIL_FROM": "Medspil <post@medspil.example>"}
    subprocess.run([sys.executable, ROOT / "scripts/mails.py", folder], env=os.environ | sender, check=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for name in names:
            mail = message_from_bytes((folder / f"{name}.eml").read_bytes(), policy=default)
            for width, height in SIZES.items():
                page = browser.new_page(viewport={"width": width, "height": height})
                page.set_content(page_of(mail))
                page.screenshot(path=TARGET / f"{name}-{width}.png", full_page=True)
                print(f"{name}-{width}.png  {page.title()}")
                page.close()
        browser.close()


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


if __name__ == "__main__":
    sys.exit(main())
