"""Every free text of an area or a link is read for names of who is forgotten, or stands here with why it is not."""

from collections import deque
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import override

from medspil.areas.models import Area
from medspil.linking.mention_texts import OTHER_WORDS, TEXTS, also_reads, words_of
from medspil.linking.mentions import texts_of
from medspil.linking.models import Link, LinkStep, Mention
from tests.conftest import NOW

NOT_READ = {
    "codes and keys, of word lists and of the program: no words of people": """
        areas.Area.kind areas.Area.border areas.Area.programme areas.AreaStatus.kind areas.Figure.measure
        areas.Challenge.theme areas.Challenge.target_groups areas.Need.target_group areas.NeededResource.kind
        areas.NeededResource.unit mapping.Competence.kind mapping.Resource.kind mapping.Resource.kinds
        mapping.Resource.gifts mapping.Resource.themes mapping.Resource.target_groups mapping.ResourceList.columns
        linking.Run.question linking.Run.versions linking.Run.answer linking.Link.grounds linking.Brokerage.checklist
        linking.Candidate.grounds linking.Refusal.kind linking.Refusal.theme partnerships.Conversation.caught
        partnerships.Conversation.invitation partnerships.PartnerGain.code partnerships.Pitch.gains
        walks.StopNote.kind alignment.Difference.key alignment.Difference.about agreements.CheckAnswer.code
        agreements.CheckAnswer.answer agreements.CheckAnswer.amounts
    """,
    "an address or a number, by which whoever has it is forgotten at once": """
        mapping.ResourceContact.phone mapping.ResourceContact.email partnerships.PartnerPerson.email
        partnerships.PartnerPerson.phone partnerships.Pitch.to_email boards.BoardMember.email walks.Attendee.email
        alignment.Invitation.to_email agreements.ConfirmationRequest.to_email
    """,
    "approved or signed: kept as it was, as accounts are, and then forgotten as a whole": """
        boards.ApprovedMinutes.content boards.ApprovedMinutes.names agreements.FrozenText.content
        agreements.FrozenText.text agreements.Confirmation.name agreements.Confirmation.role
        agreements.Confirmation.mandate
    """,
    "is taken out where it names whoever takes the consent back (mapping.withdrawal, mapping.forgetting)": """
        mapping.Resource.name mapping.Resource.can_do mapping.Resource.when mapping.Resource.address
        mapping.Resource.source mapping.Resource.archive_reason mapping.ResourceContact.name
        mapping.ResourceContact.source mapping.ResourceContact.purpose mapping.Inquiry.text mapping.ResourceList.name
        mapping.ResourceList.header mapping.ResourceList.rows mapping.ResourceMerge.steps
    """,
    "written of an area before there is any link, by its own people, who mend it on its page": """
        areas.Area.name areas.Area.description areas.AreaStatus.source areas.Figure.source areas.Challenge.title
        areas.Challenge.seen areas.Need.no_challenge_reason areas.Need.title areas.Need.text areas.Need.place
        areas.Need.host_name areas.Need.good_day mapping.Competence.note linking.Candidate.note
        linking.Candidate.next_step rounds.Demand.label rounds.Demand.place rounds.Demand.facts rounds.PairRule.reason
    """,
}
EXCUSED = {name for names in NOT_READ.values() for name in names.split()}


def free_texts() -> Iterator[str]:
    """Name every field for free text of all records that lead to a link or an area, but hashes and such."""
    for model in apps.get_models():
        if not model.__module__.startswith("medspil.") or not leads_to_a_place(model):
            continue
        for field in model._meta.fields:
            written = isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
            if written and not field.name.endswith(("sha256", "fingerprint", "municipality", "language")):
                yield f"{model._meta.label}.{field.name}"


def leads_to_a_place(model: type[models.Model]) -> bool:
    seen, waiting = {model}, deque([model])
    while waiting:
        here = waiting.popleft()
        if here in (Link, Area):
            return True
        for field in here._meta.fields:
            other = field.related_model
            if isinstance(other, type) and other not in seen:
                seen.add(other)
                waiting.append(other)
    return False


def test_every_free_text_of_a_link_or_an_area_is_read_for_names_or_excused() -> None:
    read = {f"{text.model._meta.label}.{name}" for text in TEXTS.values() for name in text.fields}
    there = set(free_texts()) - {f"{Mention._meta.label}.where"}
    assert {"neither read nor excused": there - read - EXCUSED, "both": read & EXCUSED, "gone": EXCUSED - there} == {
        "neither read nor excused": set(), "both": set(), "gone": set()
    }  # fmt: skip


def test_every_text_has_words_for_people_and_a_way_to_its_link() -> None:
    for text in TEXTS.values():
        assert isinstance(text.words, Promise)
        field: models.Field[object, object] | None = None
        model: type[models.Model] = text.model
        for step in text.way.split("__") if text.way != "pk" else []:
            field = model._meta.get_field(step)  # type: ignore[assignment]
            model = field.related_model  # type: ignore[assignment,union-attr]
        assert model is Link, text.key
    assert len({str(text.words) for text in TEXTS.values()} | set(map(str, OTHER_WORDS.values()))) == len(TEXTS) + 1


@pytest.mark.django_db
def test_every_text_can_be_asked_for_and_deleted_also_when_it_is_gone() -> None:
    told = [Mention(pk=number, link_id=0, where=key, record=-1) for number, key in enumerate(TEXTS)]
    assert set(texts_of(told).values()) == {""}
    for text in TEXTS.values():
        text.delete(-1, NOW)


@pytest.mark.parametrize("key", ["step", "history", "far_too_long_a_key"])
def test_a_key_that_is_taken_or_cannot_be_stored_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=key):
        also_reads(key, "words", LinkStep, "note", way="link")


def test_a_text_that_no_room_keeps_any_more_is_told_as_such() -> None:
    with override("en"):
        assert words_of("step") == "what was written with a step"
        assert words_of("gone") == "a text that is kept no more"
