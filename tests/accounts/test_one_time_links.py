"""One-time links: only a hash is kept, looking uses none up, and every way to fail has its own sentence."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspil.accounts import one_time_links as links
from medspil.accounts.models import OneTimeLink, User
from medspil.organisations.models import Organisation
from tests.conftest import NOW

LATER = NOW + timedelta(days=31)
ABOUT = "still_right"


@pytest.fixture
def send(vejle: Organisation, anna: User) -> Callable[..., links.Issued]:
    """Return a function that sends Bo a link about the municipality."""

    def issue(**changed: object) -> links.Issued:
        facts: dict[str, object] = {
            "purpose": ABOUT, "record": vejle, "recipient_email": "Bo@Example.org ", "recipient_name": "Bo",
            "about_version": 3, "by": anna, "now": NOW,
        } | changed  # fmt: skip
        return links.issue(**facts)  # type: ignore[arg-type]

    return issue


def test_only_a_hash_of_the_secret_is_kept(send: Callable[..., links.Issued]) -> None:
    issued = send()
    row = OneTimeLink.objects.values().get()
    assert len(issued.token) >= 40
    assert issued.token not in str(row)
    assert (row["recipient_email"], row["about_version"]) == ("bo@example.org", 3)
    assert send().token != issued.token


def test_looking_writes_nothing_and_can_be_done_again(send: Callable[..., links.Issued]) -> None:
    issued = send()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert links.find(token=issued.token, now=NOW) == issued.link
        assert links.find(token=issued.token, now=NOW) == issued.link
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)


def test_a_link_works_once_and_then_forgets_to_whom_it_went(send: Callable[..., links.Issued]) -> None:
    issued = send()
    answered = links.use(token=issued.token, purpose=ABOUT, now=NOW, answer=lambda link: link.pk)
    assert answered == issued.link.pk
    row = OneTimeLink.objects.get()
    assert (row.used_at, row.recipient_email, row.recipient_name) == (NOW, "", "")
    with pytest.raises(links.LinkUsed, match="22"):
        links.use(token=issued.token, purpose=ABOUT, now=NOW, answer=lambda link: link.pk)


def test_an_answer_that_fails_leaves_the_link_as_it_was(send: Callable[..., links.Issued]) -> None:
    issued = send()

    def fails(_link: OneTimeLink) -> None:
        raise KeyError

    with pytest.raises(KeyError):
        links.use(token=issued.token, purpose=ABOUT, now=NOW, answer=fails)
    assert OneTimeLink.objects.get().recipient_email == "bo@example.org"
    links.use(token=issued.token, purpose=ABOUT, now=NOW, answer=lambda link: None)


def test_a_link_for_one_purpose_is_none_for_another(send: Callable[..., links.Issued]) -> None:
    issued = send()
    with pytest.raises(links.LinkUnknown):
        links.use(token=issued.token, purpose="pulse", now=NOW, answer=lambda link: None)
    assert OneTimeLink.objects.get().used_at is None


def test_every_way_to_fail_has_a_sentence_of_its_own(send: Callable[..., links.Issued]) -> None:
    used, revoked = send(), send(recipient_email="carl@example.org")
    expired = send(recipient_email="dea@example.org", valid_for=timedelta(hours=1))
    links.use(token=used.token, purpose=ABOUT, now=NOW, answer=lambda link: None)
    assert links.revoke(link=revoked.link, now=NOW)
    assert not links.revoke(link=revoked.link, now=NOW)
    said: dict[type[links.LinkUnusable], str] = {}
    for token in (used.token, revoked.token, expired.token, "nonsense", "", "æ\udcff" * 500):
        with pytest.raises(links.LinkUnusable) as trouble:
            links.find(token=token, now=NOW + timedelta(hours=2))
        said.setdefault(type(trouble.value), str(trouble.value))
    assert set(said) == {links.LinkUsed, links.LinkRevoked, links.LinkExpired, links.LinkUnknown}
    assert len(set(said.values())) == 4


def test_a_new_link_takes_the_earlier_one_back_but_not_those_of_others(send: Callable[..., links.Issued]) -> None:
    first, other, second = send(), send(recipient_email="carl@example.org"), send()
    with pytest.raises(links.LinkRevoked):
        links.find(token=first.token, now=NOW)
    assert links.find(token=other.token, now=NOW)
    assert links.find(token=second.token, now=NOW)


def test_who_opens_a_link_again_is_told_and_a_link_that_was_passed_on_is_noticed(
    send: Callable[..., links.Issued],
) -> None:
    token = send().token
    assert links.open_link(token=token, browser="bos telefon", now=NOW).notice == ""
    again = links.open_link(token=token, browser="bos telefon", now=NOW + timedelta(hours=1))
    elsewhere = links.open_link(token=token, browser="carls telefon", now=NOW + timedelta(hours=2))
    assert again.notice
    assert "b***@example.org" in elsewhere.notice
    assert again.notice != elsewhere.notice
    assert (again.link.opened_at, elsewhere.link.opened_at) == (NOW, NOW)


def test_who_links_went_to_is_forgotten_when_they_run_out(send: Callable[..., links.Issued]) -> None:
    issued = send()
    assert links.forget_expired(now=NOW) == 0
    assert links.forget_expired(now=LATER) == 1
    assert links.forget_expired(now=LATER) == 0
    with pytest.raises(links.LinkExpired):
        links.find(token=issued.token, now=LATER)


def test_all_links_about_a_record_can_be_taken_back(send: Callable[..., links.Issued], vejle: Organisation) -> None:
    send()
    send(recipient_email="carl@example.org")
    assert links.revoke_about(record=vejle, now=NOW) == 2
    assert not OneTimeLink.objects.standing(NOW).exists()
    assert not OneTimeLink.objects.exclude(recipient_email="").exists()
