"""Make a need of what a link is about, where it has only a challenge: then it is said what the sides are asked for."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from medspil.accounts.models import User, record_history
from medspil.areas.models import Need
from medspil.areas.services import create_need, set_kinds
from medspil.linking.asking import LinkPutAway
from medspil.linking.models import Link


@transaction.atomic
def describe_need(*, link: Link, title: str, kinds: Iterable[str], creation_key: UUID, by: User, now: datetime) -> Need:
    """Start a need from the challenge of a link and let the link be for it; where it has a need, that is returned.

    Raises `LinkPutAway`, `CprNumberFound`, `UnknownKind`.
    """
    here = Link.objects.select_for_update().get(pk=link.pk)
    if here.archived_at:
        raise LinkPutAway
    if here.need_id:  # the other half of a double click, or a colleague who was faster
        return Need.objects.get(pk=here.need_id)
    need = create_need(area=link.area, title=title, challenge=link.challenge, creation_key=creation_key, by=by, now=now)
    need = set_kinds(need=need, kinds=kinds, expected_version=need.version, by=by, now=now)
    here.save_changes(expected_version=here.version, now=now, need=need)
    record_history(record=here, action="need_described", by=by, now=now, changes={"need": ["", need.title]})
    return need
