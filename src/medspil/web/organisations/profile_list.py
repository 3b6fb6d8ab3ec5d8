"""The companies that a person's organisations have checked, as a table, with what should be looked at again."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from medspil.organisations.models import CHECK_AGAIN_AFTER, Profile, Topic
from medspil.organisations.subjects import of_organisation
from medspil.web.http import SignedInRequest
from medspil.web.tables import Column, Table

A_PAGE = 50


def context(request: SignedInRequest) -> dict[str, Any]:
    """Return what the page shows: a page of checks, the newest first. Three queries."""
    told = ~Q(answers__known="", answers__text="", answers__details={})
    checks = (
        Profile.objects.visible_to(request.user)
        .checks()
        .select_related("about__unit", "said_by")
        .annotate(answered=Count("answers", filter=told), newest=Max("answers__checked_on", filter=told))
        .order_by("-updated_at", "-pk")
    )
    shown = Paginator(checks, A_PAGE).get_page(request.GET.get("page"))
    return {"table": _table(list(shown)), "page_obj": shown, "number": shown.paginator.count}


def _table(checks: list[Profile]) -> Table:
    return Table(
        caption=_("Companies you have checked"),
        caption_hidden=True,
        describe=(
            Column(_("Company"), lambda one: one.about.name, url=lambda one: str(one.url)),
            Column(_("Answered"), _answered),
            Column(_("Newest check"), _day, template="organisations/_checked_on_cell.html"),
            Column(_("Checked for"), lambda one: one.said_by.name),
        ),
        records=[_with_address(one) for one in checks],
    )


def _with_address(check: Any) -> Any:
    """Add what the cells draw: the address of the profile, and whether somebody should look again."""
    check.url = reverse("profiles:detail", args=[of_organisation(check.about).ref])
    check.old = bool(check.newest and timezone.localdate() - check.newest > CHECK_AGAIN_AFTER)
    return check


def _answered(check: Any) -> str:
    return _("%(done)s of %(total)s") % {"done": check.answered, "total": len(Topic)}


def _day(check: Any) -> str:
    return str(date_format(check.newest, "DATE_FORMAT")) if check.newest else ""
