"""Signing in and out, passwords, the second step, and one's own account."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from medspil.accounts.models import HistoryEntry, User
from tests.factories import people
from tests.web.pages import read, troubles

pytestmark = pytest.mark.django_db

RIGHT, WRONG = "a-long-test-password", "not-the-password"


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    """Let no test inherit another's tries."""
    cache.clear()


def sign_in(client: Client, email: str, password: str = RIGHT) -> int:
    return client.post(reverse("account_login"), {"login": email, "password": password}).status_code


def confirm(client: Client) -> None:
    """Write the password once more, as important changes ask for."""
    assert client.post(reverse("account_reauthenticate"), {"password": RIGHT}).status_code == 302


def signed_in(client: Client) -> bool:
    return client.get(reverse("accounts:me")).status_code == 200


def test_a_person_signs_in_with_her_address_in_any_case_and_out_again(client: Client, anna: User) -> None:
    sign_in(client, anna.email.upper())
    assert signed_in(client)
    client.post(reverse("account_logout"))
    assert not signed_in(client)


def test_looking_at_the_sign_out_page_does_not_sign_out(as_anna: Client) -> None:
    page = as_anna.get(reverse("account_logout"))
    assert troubles(page.content.decode()) == []
    assert signed_in(as_anna)


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(client: Client, anna: User) -> None:
    answers = []
    for email, password in ((anna.email, WRONG), ("nobody@example.org", WRONG)):
        response = client.post(reverse("account_login"), {"login": email, "password": password})
        page = response.content.decode().replace(email, "X")
        answers.append(re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page))
        assert troubles(page) == []
    assert answers[0] == answers[1]


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(client: Client, anna: User) -> None:
    for _try in range(5):
        sign_in(client, anna.email, WRONG)
    sign_in(client, anna.email)
    assert not signed_in(client)


def test_somebody_elses_wrong_passwords_do_not_stop_another_person(client: Client, anna: User, carl: User) -> None:
    for _try in range(5):
        sign_in(client, anna.email, WRONG)
    sign_in(client, carl.email)
    assert signed_in(client)


def test_asking_for_links_again_and_again_is_stopped_with_a_page_in_our_look(client: Client, anna: User) -> None:
    answers = [client.post(reverse("account_reset_password"), {"email": anna.email}) for _try in range(7)]
    assert answers[0].status_code == 302
    assert answers[-1].status_code == 429
    assert troubles(answers[-1].content.decode()) == []
    assert len(mail.outbox) <= 5


def test_nobody_signs_up_by_herself(client: Client) -> None:
    sent = {"email": "ny@example.org", "password1": RIGHT, "password2": RIGHT}
    response = client.post(reverse("account_signup"), sent)
    assert troubles(response.content.decode()) == []
    assert not User.objects.filter(email="ny@example.org").exists()


def test_a_forgotten_password_is_replaced_by_the_link_in_the_mail(client: Client, anna: User) -> None:
    client.post(reverse("account_reset_password"), {"email": anna.email})
    link = re.search(r"http://testserver(\S+)", str(mail.outbox[0].body))
    assert link
    form = client.get(link[1], follow=True)
    assert troubles(form.content.decode()) == []
    chosen = {"password1": "et-langt-kodeord-77", "password2": "et-langt-kodeord-77"}
    client.post(form.redirect_chain[-1][0], chosen)
    sign_in(client, anna.email, "et-langt-kodeord-77")
    assert signed_in(client)
    again = Client().get(link[1], follow=True)
    assert troubles(again.content.decode()) == []
    assert "password1" not in again.content.decode()


def test_an_unknown_address_gets_the_same_page_and_a_mail_that_says_so(client: Client, anna: User) -> None:
    known = client.post(reverse("account_reset_password"), {"email": anna.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [each.to for each in mail.outbox] == [[anna.email], ["nobody@example.org"]]
    assert "http" not in mail.outbox[1].body


@pytest.mark.parametrize("password", ["short", "qwerty123456", "anna@example.org"])
def test_a_weak_password_is_refused(as_anna: Client, anna: User, password: str) -> None:
    sent = {"oldpassword": RIGHT, "password1": password, "password2": password}
    page = as_anna.post(reverse("account_change_password"), sent).content.decode()
    assert "data-error-summary" in page
    anna.refresh_from_db()
    assert anna.check_password(RIGHT)


def test_a_new_password_signs_out_everywhere_else(client: Client, anna: User) -> None:
    elsewhere = people.signed_in(anna)
    sign_in(client, anna.email)
    sent = {"oldpassword": RIGHT, "password1": "et-langt-kodeord-77", "password2": "et-langt-kodeord-77"}
    client.post(reverse("account_change_password"), sent)
    assert not signed_in(elsewhere)


def test_a_new_address_counts_only_when_its_owner_confirmed_it(client: Client, anna: User) -> None:
    old = anna.email
    sign_in(client, old)
    confirm(client)
    client.post(reverse("account_email"), {"email": "anna.ny@example.org", "action_add": ""})
    assert troubles(client.get(reverse("account_email")).content.decode()) == []
    anna.refresh_from_db()
    assert anna.email == old
    message = next(each for each in mail.outbox if each.to == ["anna.ny@example.org"])
    link = re.search(r"http://testserver(\S+)", str(message.body))
    assert link
    assert troubles(client.get(link[1]).content.decode()) == []
    client.post(link[1])
    anna.refresh_from_db()
    assert anna.email == "anna.ny@example.org"


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def turn_on_second_step(client: Client) -> str:
    """Turn the second step on as a person does, and return the secret of her app."""
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    confirm(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert troubles(page) == []
    secret = next(each.text for each in read(page) if each.tag == "code")
    response = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert response.status_code == 302
    return secret


def test_with_the_second_step_on_the_password_alone_is_not_enough(client: Client, anna: User) -> None:
    sign_in(client, anna.email)
    secret = turn_on_second_step(client)
    for name in ("mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"):
        assert troubles(client.get(reverse(name)).content.decode()) == []
    cache.clear()  # a code works once; the next sign-in is later
    other = Client()
    response = other.post(reverse("account_login"), {"login": anna.email, "password": RIGHT})
    assert response["Location"].startswith(reverse("mfa_authenticate"))
    assert not signed_in(other)
    assert troubles(other.get(reverse("mfa_authenticate")).content.decode()) == []
    other.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not signed_in(other)
    other.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert signed_in(other)


def test_a_recovery_code_lets_in_once(client: Client, anna: User) -> None:
    sign_in(client, anna.email)
    turn_on_second_step(client)
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    code = re.search(r"<li>([0-9a-z-]{8,})</li>", page)
    assert code
    let_in = []
    for _try in range(2):
        other = Client()
        sign_in(other, anna.email)
        other.post(reverse("mfa_authenticate"), {"code": code[1]})
        let_in.append(signed_in(other))
    assert let_in == [True, False]


def test_one_changes_ones_own_name_and_it_is_noted(as_anna: Client, anna: User) -> None:
    assert troubles(as_anna.get(reverse("accounts:name")).content.decode()) == []
    as_anna.post(reverse("accounts:name"), {"name": " Anna Vang "})
    anna.refresh_from_db()
    assert anna.name == "Anna Vang"
    assert HistoryEntry.objects.of(anna)[0].changes == {"name": ["Anna", "Anna Vang"]}


def test_an_empty_name_is_refused_where_it_stands(as_anna: Client) -> None:
    page = as_anna.post(reverse("accounts:name"), {"name": " "}).content.decode()
    assert 'href="#id_name"' in page
    assert 'aria-invalid="true"' in page


def test_a_closed_account_cannot_be_signed_in_to(client: Client, anna: User) -> None:
    User.objects.filter(pk=anna.pk).update(is_active=False)
    sign_in(client, anna.email)
    assert not signed_in(client)
    assert troubles(client.get(reverse("account_inactive")).content.decode()) == []
