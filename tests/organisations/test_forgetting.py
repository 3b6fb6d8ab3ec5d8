"""A person who asks for it is forgotten: nothing that names her stays, what she did does."""

from datetime import datetime
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from click.testing import CliRunner
from django.db import connection

from medspil.accounts import services
from medspil.accounts.models import HistoryEntry, User
from medspil.accounts.one_time_links import issue
from medspil.areas.models import Need
from medspil.cli.person import person
from medspil.linking import shortlist
from medspil.linking.asking import ask
from medspil.linking.mentions import settle, texts_of
from medspil.linking.models import Mention
from medspil.mapping.services.people import add_contact
from medspil.notices.models import Message, MessageState
from medspil.organisations.forgetting import forget_person
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.roles import Role
from medspil.organisations.services import LastAdministrator, edit_organisation
from medspil.partnerships.conversations import NewPledge, Said, note_conversation
from medspil.partnerships.models import Channel, Conversation, Pitch
from medspil.register.models import ImportRun
from tests.factories import companies, links, people, post
from tests.factories.pitches import addressed, chef, company, draft

pytestmark = pytest.mark.django_db
CANARY = "kanariefugl"


@pytest.fixture
def sara(vejle: Organisation, now: datetime) -> User:
    """Return a person whose name and address are a canary, with a past."""
    sara = people.member(vejle, Role.COORDINATOR, name="Sara")
    services.rename(user=sara, name=CANARY, now=now)
    User.objects.filter(pk=sara.pk).update(email=f"{CANARY}@example.org")
    sara.refresh_from_db()
    EmailAddress.objects.create(user=sara, email=sara.email, verified=True, primary=True)
    return sara


def everything_in_the_database() -> str:
    """Return the content of every table as one text."""
    texts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (names of our own tables)
            texts += [str(row) for row in cursor.fetchall()]
    return "\n".join(texts)


def test_nothing_that_names_her_stays_in_any_table(sara: User, now: datetime) -> None:
    browser = people.signed_in(sara)
    assert CANARY in everything_in_the_database()
    forget_person(user=sara, by=None, now=now)
    assert CANARY not in everything_in_the_database()
    assert not Membership.objects.current().filter(user=sara).exists()
    assert browser.get("/omraader/").status_code == 302
    assert HistoryEntry.objects.filter(by=sara).exists()


def test_every_room_forgets_what_it_keeps_of_her(
    sara: User, anna: User, need: Need, vejle: Organisation, now: datetime
) -> None:
    link = links.link(need, companies.unit(), by=anna)
    letter = draft(link, by=anna, contact=sara)
    theirs, sent = (draft(link, by=anna) for _letter in range(2))
    addressed(theirs, by=anna, recipient=chef(email="per@smedjen.example", name=CANARY.title()), text=f"Kære {CANARY}")
    sent = addressed(sent, by=anna, recipient=chef(email=sara.email))
    post.waiting_mail(now, by=sara, reply_to=sara.email, text="Svar Sara")
    gone = post.waiting_mail(now, by=anna, reply_to=sara.email, to="bo@example.org")
    Message.objects.filter(pk=gone.pk).update(state=MessageState.SENT, text="", settled_at=now)
    post.waiting_mail(now, by=sara, text=f"{CANARY} spørger")
    promised = NewPledge(ours=False, who=CANARY, what="Et rum", due_on=now.date())
    said = Said(channel=Channel.CALL, at=now, their_people=f"Per, {CANARY}", text="Et godt møde")
    note_conversation(
        link=link, party=company(link), said=said, pledges=[promised], creation_key=uuid4(), by=anna, now=now
    )
    ask(link=link, party=company(link), on=now.date(), expected_version=1, by=anna, now=now, note="Kanariefugls idé")
    club = links.resource(need)
    add_contact(resource=club, by=anna, now=now, name="S.", email=sara.email, source="kort", purpose="møder")
    issue(purpose="x", record=club, recipient_email=sara.email, recipient_name=CANARY, by=anna, now=now)
    kept = shortlist.keep(need=need, number=companies.unit("Maler").number, expected_version=0, by=anna, now=now)
    shortlist.change(
        candidate=kept, owner=sara, next_step="Ring", next_step_on=None, note="", expected_version=1, by=anna, now=now
    )
    ImportRun.objects.create(creation_key=uuid4(), source="fil", source_date=now.date(), by_name=CANARY, created_at=now)
    ours = {"kind": vejle.kind, "cvr": "", "municipality": "", "public_email": sara.email}
    Membership.objects.filter(user=sara).update(ended_on=now.date())  # while she was there, it was refused
    edit_organisation(organisation=vejle, by=anna, expected_version=1, now=now, name=vejle.name, **ours)
    forget_person(user=sara, by=None, now=now)
    left = Mention.objects.visible_to(anna, on=now.date()).waiting()
    assert [(one.where, texts_of([one])[one.pk]) for one in left] == [("step", "Kanariefugls idé")]
    settle(mention=left[0], how="delete", by=anna, now=now)
    assert CANARY not in everything_in_the_database().lower()
    assert Pitch.objects.get(pk=letter.pk).text
    assert Pitch.objects.get(pk=theirs.pk).text == "Kære –"
    assert Pitch.objects.get(pk=sent.pk).forgotten_at == now
    assert Conversation.objects.get().their_people == "Per, –"
    assert sorted(Message.objects.values_list("state", "text")) == [
        ("sent", ""),
        ("stopped", ""),
        ("waiting", "– spørger"),
    ]


def test_the_last_administrator_must_hand_over_first(vejle: Organisation, now: datetime) -> None:
    last = people.member(vejle, Role.ADMINISTRATOR, name="Aksel")
    with pytest.raises(LastAdministrator):
        forget_person(user=last, by=None, now=now)
    last.refresh_from_db()
    assert last.is_active


def test_the_terminal_asks_first_and_says_when_nobody_has_the_address(sara: User) -> None:
    run = CliRunner()
    assert run.invoke(person, ["forget", "nobody@example.org", "--yes"]).exit_code == 1
    assert run.invoke(person, ["forget", sara.email], input="n\n").exit_code == 1
    sara.refresh_from_db()
    assert sara.name == CANARY
    assert run.invoke(person, ["forget", sara.email, "--yes"]).exit_code == 0
    sara.refresh_from_db()
    assert not sara.is_active
