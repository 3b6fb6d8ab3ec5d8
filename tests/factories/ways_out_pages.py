"""The ways by which a resource comes out on pages and in files, beside those of the rooms in `ways_out`."""

import io
import zipfile

from django.urls import reverse
from pypdf import PdfReader

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.linking.models import Link, LinkNote, LinkParty, LinkStep, Refusal
from medspil.linking.parties import names_for
from medspil.mapping.coverage import coverage
from tests.factories import people
from tests.factories.resources import TODAY
from tests.factories.ways_out import Reader, all_of, way_out


def text_of(address: str, user: User) -> str:
    """Return what an address gives a person, as text: a page, a table, a workbook, a PDF."""
    answer = people.signed_in(user).get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200, f"{address} answers {answer.status_code}"
    content: bytes = answer.content
    if content.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return " ".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return content.decode("utf-8")


def _of_area(name: str, *args: str, query: str = "") -> Reader:
    return lambda area, user: text_of(reverse(name, args=[area.pk, *args]) + query, user)


# What is asked in an address comes back in its form, so what is looked for is never a word that is looked at.
PAGES: dict[str, Reader] = {
    "page: map and list": _of_area("mapping:list"),
    "page: found by a search": _of_area("mapping:list", query="?q=strikker"),
    "page: review": _of_area("mapping:review"),
    "page: what is missing": _of_area("mapping:coverage"),
    "page: links": _of_area("linking:links"),
    "page: network": _of_area("linking:network"),
    "file: resources as CSV": _of_area("mapping:export", "csv"),
    "file: resources as XLSX": _of_area("mapping:export", "xlsx"),
    "file: profile as PDF": _of_area("mapping:profile"),
    "file: what is missing": _of_area("mapping:coverage_export"),
    "file: links as CSV": _of_area("linking:links_export", "csv"),
}
for _name, _reader in PAGES.items():
    way_out(_name)(_reader)


@way_out("page: one link")
def on_page_of_link(area: Area, user: User) -> str:
    """Read the page of each link."""
    return "\n".join(text_of(reverse("linking:link", args=[one.pk]), user) for one in Link.objects.filter(area=area))


@way_out("coverage")
def in_coverage(area: Area, user: User) -> str:
    """Read who has what the challenges take."""
    return str(coverage(area, user=user, on=TODAY, may_look=False).rows)


@way_out("names on links")
def on_links(area: Area, user: User) -> str:
    """Read the names of the sides of links."""
    return str(names_for(user, LinkParty.objects.filter(link__area=area).for_page()))


@way_out("links")
def in_links(area: Area, _user: User) -> str:
    """Read what the database holds of links, past every door."""
    rows = (Link.objects.filter(area=area), LinkParty.objects.all(), LinkNote.objects.all(), LinkStep.objects.all())
    return "".join(all_of(one) for one in (*rows, Refusal.objects.all()))
