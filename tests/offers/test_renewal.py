"""Does it still stand? A mail with a link, answered once and without an account, about what was read."""

from datetime import date, datetime, timedelta

import pytest

from medspil.accounts.models import HistoryEntry, OneTimeLink, User
from medspil.accounts.one_time_links import LinkRevoked, LinkUnknown, LinkUsed
from medspil.common.models import EditConflict
from medspil.offers import renewal, services
from medspil.offers.models import Offer, OfferState
from medspil.offers.renewal import RenewalAnswer, answer_by_link, ask_by_link
from medspil.organisations.models import Organisation
from tests.factories import companies, offering, post

TODAY = offering.TODAY


@pytest.fixture
def offer(vejle: Organisation) -> Offer:
    old = date(2026, 1, 1)
    return offering.noted_down(offering.company(), vejle, said_on=old, renewed_on=old)


def ask(offer: Offer, by: User, now: datetime, email: str = "bo@example.org") -> str:
    sent: list[str] = []

    def address(token: str) -> str:
        sent.append(token)
        return f"https://medspil.example/svar/{token}/"

    assert ask_by_link(offer=offer, email=email, name="Bo", language="da", by=by, now=now, address=address)
    return sent[0]


def test_the_mail_says_what_was_offered_and_carries_the_link(offer: Offer, anna: User, now: datetime) -> None:
    token = ask(offer, anna, now)
    (letter,) = post.sent()
    assert letter.to == ["bo@example.org"]
    assert offer.title in letter.body
    assert token in letter.body
    assert token not in str(OneTimeLink.objects.values_list().get())


def test_an_answer_renews_the_offer_and_is_taken_once(offer: Offer, anna: User, now: datetime) -> None:
    token = ask(offer, anna, now)
    found = answer_by_link(token=token, answer=RenewalAnswer.STANDS, text="Gerne", seen_version=1, now=now)
    assert found.renewed_on == TODAY
    assert not found.asks_again(TODAY)
    with pytest.raises(LinkUsed):
        answer_by_link(token=token, answer=RenewalAnswer.WITHDRAWN, text="", seen_version=2, now=now)
    told = HistoryEntry.objects.of(offer)[0]
    assert (told.action, told.by, told.changes) == ("answered_by_link", None, {"answer": "stands"})
    assert Offer.objects.get().said == "Gerne"
    assert OneTimeLink.objects.get().recipient_email == ""


def test_no_by_link_withdraws_the_offer(offer: Offer, anna: User, now: datetime) -> None:
    token = ask(offer, anna, now)
    found = answer_by_link(token=token, answer=RenewalAnswer.WITHDRAWN, text="Lukket", seen_version=1, now=now)
    assert (found.state, found.closed_reason, found.said) == (OfferState.WITHDRAWN, "Lukket", "")
    services.reopen_offer(offer=found, by=anna, now=now)
    assert "Lukket" not in str(list(HistoryEntry.objects.values_list("changes", flat=True)))


def test_what_a_giver_wrote_is_taken_away_for_good(offer: Offer, anna: User, now: datetime) -> None:
    long = "Vi flytter. " * 40
    found = answer_by_link(
        token=ask(offer, anna, now), answer=RenewalAnswer.WITHDRAWN, text=long, seen_version=1, now=now
    )
    assert (found.said, long.startswith(found.closed_reason)) == (long.strip(), True)
    for _twice in range(2):
        services.take_words_away(offer=found, by=anna, now=now)
    kept = Offer.objects.get()
    assert (kept.said, kept.closed_reason, kept.version) == ("", "", found.version)
    assert "flytter" not in str(list(HistoryEntry.objects.values_list("changes", flat=True)))


def test_who_read_an_older_text_reads_again_before_answering(offer: Offer, anna: User, now: datetime) -> None:
    token = ask(offer, anna, now)
    services.edit_offer(offer=offer, expected_version=1, by=anna, now=now, conditions="Kun i december")
    with pytest.raises(EditConflict):
        answer_by_link(token=token, answer=RenewalAnswer.STANDS, text="", seen_version=1, now=now)
    assert (
        answer_by_link(token=token, answer=RenewalAnswer.STANDS, text="", seen_version=2, now=now).renewed_on == TODAY
    )


def test_a_withdrawn_offer_takes_its_links_back(offer: Offer, anna: User, now: datetime) -> None:
    token = ask(offer, anna, now)
    services.withdraw_offer(offer=offer, reason="", by=anna, now=now)
    with pytest.raises(LinkRevoked):
        answer_by_link(token=token, answer=RenewalAnswer.STANDS, text="", seen_version=2, now=now)


def test_nobody_writes_to_a_protected_company_about_what_others_noted_down(
    vejle: Organisation, anna: User, now: datetime
) -> None:
    giver = offering.company(unit=companies.unit(protected=True, cvr="12345674"))
    noted = offering.noted_down(giver, vejle)
    with pytest.raises(renewal.NotWrittenTo):
        ask(noted, anna, now)
    assert not post.sent()
    ask(offering.offer(giver), anna, now)  # what the company made itself is a relation
    assert len(post.sent()) == 1


def test_offers_are_asked_about_after_half_a_year(vejle: Organisation) -> None:
    studio = offering.company()
    offering.offer(studio, renewed_on=TODAY - timedelta(days=183))
    old = offering.offer(studio, renewed_on=TODAY - timedelta(days=184))
    offering.offer(studio, renewed_on=date(2025, 1, 1), state="ended", closed_on=TODAY)
    assert list(Offer.objects.to_ask_again(TODAY)) == [old]


def test_a_wrong_token_answers_nothing(offer: Offer, anna: User, now: datetime) -> None:
    ask(offer, anna, now)
    with pytest.raises(LinkUnknown):
        answer_by_link(token="gaet", answer=RenewalAnswer.STANDS, text="", seen_version=1, now=now)
