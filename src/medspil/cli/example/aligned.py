"""Lets sides of partnerships say what they want, and settle for how long."""

from typing import Any

from medspil.alignment.differences import agree, compared, propose, put_aside
from medspil.alignment.models import HandedIn, Outcome
from medspil.alignment.sheets import Writer, hand_in
from medspil.cli.example.setting import Setting
from medspil.partnerships.models import Partner, Partnership


def align(setting: Setting) -> None:
    """Hand in the words of each side, and settle what is told."""
    for told in setting.told["alignment"]:
        partnership = Partnership.objects.for_page().get(link__sentence=told["partnership"])
        partners = list(partnership.partners.all())
        for words in told["words"]:
            answers = {name: str(value) for name, value in words.items() if name not in ("side", "days_ago")}
            hand_in(
                partner=partners[words["side"]],
                answers=answers,
                expected_version=0,
                writer=Writer(how=HandedIn.LINK),
                now=setting.ago(words["days_ago"]),
            )
        if settled := told.get("settled"):
            _settle(setting, partners, settled)
        if told.get("rest_aside"):
            for one in compared(partnership):
                if one.must_be_looked_at and one.key != "horizon":
                    put_aside(partnership=partnership, key=one.key, by=setting.coordinator, now=setting.ago(170))


def _settle(setting: Setting, partners: list[Partner], told: dict[str, Any]) -> None:
    """Settle the time by a sentence to which each of the sides named says yes."""
    first, *others = (partners[side] for side in told["yes"])
    then = setting.ago(told["days_ago"])
    one = propose(
        partner=first, key="horizon", outcome=Outcome.SETTLED, sentence=told["sentence"], expected_version=0,
        by=None, now=then,
    )  # fmt: skip
    for partner in others:
        agree(partner=partner, difference=one, wording=one.wording, by=None, now=then)
