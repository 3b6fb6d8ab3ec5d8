"""The first page, the pages about the site, and what machines ask."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from medspil.accounts.services import choose_language as remember_language
from medspil.register.lookup import service_name
from medspil.web.abilities import abilities_of
from medspil.web.home import front
from medspil.web.home.fitting import fitting_needs
from medspil.web.home.links import links_of
from medspil.web.home.mails import troubled_mails_of
from medspil.web.home.offering import offering_of
from medspil.web.home.overview import overview_of
from medspil.web.home.sharing import rounds_of
from medspil.web.home.work import work_of

PRIVATE = (
    "aabne-behov",
    "afslag",
    "behov",
    "breve",
    "brobygning",
    "gaatur-deltagere",
    "gaatur-noter",
    "gaatur-stop",
    "gaature",
    "kalender",
    "kandidater",
    "koblinger",
    "konto",
    "loefter",
    "noter",
    "oejeblikke",
    "omraader",
    "organisationer",
    "overdragelser",
    "partnerskaber",
    "rangeringer",
    "samtaler",
    "spoergsmaal",
    "svar",
    "tilbud",
    "udfordringer",
    "virksomheder",
)


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what Medspil is, or to somebody who is signed in what waits for her."""
    if not request.user.is_authenticated:
        return render(request, "home/front.html", front.shown())
    abilities = abilities_of(request)
    work = work_of(request.user, abilities, today=timezone.localdate())
    links = links_of(request.user, abilities, today=timezone.localdate())
    fitting = fitting_needs(work.companies or [], now=timezone.now())
    # Who works with areas is busy with their needs; who speaks for a company comes to offer something.
    offering = offering_of(request.user, today=timezone.localdate(), invite=work.areas is None)
    rounds = rounds_of(request.user) if abilities.allocate else []
    mails = troubled_mails_of(request.user) if abilities.manage_people else []
    overview = overview_of(request.user, abilities, today=timezone.localdate())
    context = {"work": work, "links": links, "fitting": fitting, "offering": offering, "rounds": rounds}
    context |= {"overview": overview, "mails": mails}
    return render(request, "home/home.html", context)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how far the site is accessible."""
    return render(request, "home/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Name the personal data and the cookies, and who is asked about companies."""
    cookies = {"session_cookie": settings.SESSION_COOKIE_NAME, "csrf_cookie": settings.CSRF_COOKIE_NAME}
    return render(request, "home/privacy.html", cookies | {"lookup_service": service_name()})


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Switch the language of the pages, and of the mails to somebody who is signed in."""
    code = request.POST.get("language", "")
    if request.user.is_authenticated and check_for_language(code) and code in dict(settings.LANGUAGES):
        remember_language(user=request.user, language=code)
    return set_language(request)


@login_not_required
@require_safe
def healthy(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers; for load balancers and the container's health check."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Ask search engines to stay with the public pages; the others would only show them the sign-in page."""
    lines = ["User-agent: *", *(f"Disallow: /{place}/" for place in PRIVATE), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")
