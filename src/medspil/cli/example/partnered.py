"""Says of the links that became partnerships who answers for each side, what each gains, and what they asked."""

from datetime import timedelta
from typing import Any

from medspil.accounts.models import User
from medspil.cli.example.places import key
from medspil.cli.example.setting import Setting
from medspil.notices.link_mails import close_links
from medspil.partnerships.editing import edit_partnership
from medspil.partnerships.gains import Said, note_gain
from medspil.partnerships.models import Part, Partner, Partnership, When
from medspil.partnerships.people import Who, name_person
from medspil.partnerships.questions import answer, ask
from medspil.partnerships.standing import pause

MIDDAY = timedelta(hours=2)


def run_partnerships(setting: Setting) -> None:
    """Let the partnerships of the example run."""
    for told in setting.told["partnership"]:
        partnership = Partnership.objects.for_page().get(link__sentence=told["link"])
        edit_partnership(
            partnership=partnership,
            **{name: told[name] for name in ("name", "model", "idea", "answer_days")},
            expected_version=partnership.version,
            by=setting.coordinator,
            now=setting.ago(1),
        )
        sides = [_of(partnership, one) for one in partnership.partners.all()]
        for nth, *person in told["people"]:
            _name(setting, sides[nth], *person)
        for nth, when, code, words in told["gains"]:
            note_gain(
                partner=sides[nth], said=Said(When(when), code, words), by=_speaker(setting, sides[nth]),
                now=setting.ago(30),
            )  # fmt: skip
        for nth, question in enumerate(told["questions"]):
            _ask(setting, partnership, sides, question, f"question:{told['name']}:{nth}")
        if "paused" in told:
            days_ago, why = told["paused"]
            pause(
                partnership=partnership, on=setting.day(days_ago), why=why, expected_version=partnership.version,
                by=setting.coordinator, now=setting.ago(days_ago) + MIDDAY,
            )  # fmt: skip


def _of(partnership: Partnership, partner: Partner) -> Partner:
    partner.partnership = partnership
    return partner


def _name(setting: Setting, partner: Partner, *person: Any) -> None:
    """Give somebody a part: which, who by the e-mail of an account or by what is told, since when, and more."""
    part, who, since, more = person
    told: dict[str, Any] = {"user": setting.people[who]} if isinstance(who, str) else dict(who)
    name_person(
        partner=partner,
        part=Part(part),
        who=Who(**told, **more),
        from_on=setting.day(since),
        expected_version=partner.version,
        by=setting.coordinator,
        now=setting.ago(since),
    )


def _speaker(setting: Setting, partner: Partner) -> User:
    """Return who notes a gain: somebody of the side itself where she has an account, so that it is confirmed."""
    for user in setting.people.values():
        if Partner.objects.of(user).filter(pk=partner.pk).exists():
            return user
    return setting.coordinator


def _ask(setting: Setting, partnership: Partnership, sides: list[Partner], told: list[Any], name: str) -> None:
    """Put a question as it was put then; its mail goes nowhere, as its people are made up."""
    put_by, asked_of, text, asked, *answered = told
    question = ask(
        partnership=partnership,
        asked_of=sides[asked_of],
        put_by=sides[put_by],
        text=text,
        creation_key=key(name),
        by=setting.coordinator,
        now=setting.ago(asked),
        address=lambda _token: "",
    )
    close_links(question, now=setting.ago(asked))
    if answered:
        words, days_ago = answered
        answer(
            question=question,
            text=words,
            expected_version=question.version,
            by=_speaker(setting, sides[asked_of]),
            now=setting.ago(days_ago),
        )
