"""Who stands where in a link: the conditions that links, sides, notes and brokerages ask alike."""

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.prepared import prepared
from medspil.organisations.models import Organisation, organisations_of, organisations_where
from medspil.organisations.roles import Ability
from medspil.organisations.subjects import whole_company


class Answer(models.TextChoices):
    """Where one side of a link stands."""

    NOT_ASKED = "not_asked", _("not asked yet")
    ASKED = "asked", _("asked, no answer yet")
    YES = "yes", _("would like to")
    NO = "no", _("said no")


ANSWERED = (Answer.YES, Answer.NO)
TOLD = (Answer.ASKED, *ANSWERED)
"""The sides that have been asked: they know of the link."""


def spoken_for(user: User, path: str = "") -> models.Q:
    """Return the condition that a person speaks for a side: for her organisations, and their places in the register.

    Who only reads in an organisation, or is a broker, says yes or no for nobody.
    """
    hers = organisations_where(user, Ability.SPEAK_FOR_OWN)
    return (
        models.Q(**{f"{path}organisation__in": hers})
        | models.Q(**{f"{path}resource__organisation__in": hers})
        | models.Q(**{f"{path}unit__in": places_of(user)})
        | models.Q(**{f"{path}unit__cvr__in": companies_of(user)})
    )


@prepared
def places_of(user: User) -> models.QuerySet[Any, Any]:
    """Return the keys of the units of the register for which a person speaks."""
    return Organisation.objects.speaking(user).filter(unit__isnull=False).values("unit")


@prepared
def companies_of(user: User) -> models.QuerySet[Any, Any]:
    """Return the CVR numbers of the companies for which a person speaks as a whole."""
    return Organisation.objects.speaking(user).filter(whole_company()).exclude(cvr="").values("cvr")


def brokered(on: date, path: str = "") -> models.Q:
    """Return the condition that a brokerage stands on a day: the day of leaving is the last one."""
    stays = models.Q(**{f"{path}leaves_on": None}) | models.Q(**{f"{path}leaves_on__gte": on})
    return stays & models.Q(**{f"{path}called_off_at": None})


def brokered_by(user: User, on: date, path: str = "") -> models.Q:
    """Return the condition that a person builds the bridge on a day, for an organisation she still acts for."""
    mine = models.Q(**{f"{path}user": user, f"{path}organisation__in": organisations_of(user)})
    return brokered(on, path) & mine
