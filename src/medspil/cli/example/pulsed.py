"""Asks the sides of partnerships of the example how it goes, and lets them tell news."""

from django.utils import timezone

from medspil.accounts.models import OneTimeLink
from medspil.accounts.one_time_links import revoke_about
from medspil.cli.example.places import key
from medspil.cli.example.setting import Setting
from medspil.notices.forgetting import forget_about
from medspil.partnerships.models import Partnership
from medspil.pulses.answers import answer
from medspil.pulses.rounds import choose_rhythm, round_on
from medspil.pulses.telling import tell


def ask_how_it_goes(setting: Setting) -> None:
    """Choose a rhythm, begin the rounds that are told, and write what the sides answered; nobody gets a mail."""
    for told in setting.told["pulse"]:
        partnership = Partnership.objects.for_page().get(link__sentence=told["partnership"])
        partners = list(partnership.partners.all())
        pulse = choose_rhythm(
            partnership=partnership, rhythm=told["rhythm"], expected_version=0, by=setting.coordinator,
            now=setting.ago(told["days_ago"]),
        )  # fmt: skip
        for each in told["round"]:
            then = setting.ago(each["days_ago"])
            if begun := round_on(pulse, on=timezone.localdate(then)):
                for side, step, words in each["answers"]:
                    answer(
                        going_on=begun, partner=partners[side], step=step, words=words, expected_version=0, by=None,
                        now=then,
                    )  # fmt: skip
        for each in told["news"]:
            news = tell(
                partnership=partnership, by_side=partners[each["side"]], text=each["text"],
                creation_key=key(each["text"]), by=setting.coordinator, now=setting.ago(each["days_ago"]), address=str,
            )  # fmt: skip
            # The example writes to nobody.
            for mail in news.told.all():
                forget_about(records=list(OneTimeLink.objects.of(mail)), now=setting.now)
                revoke_about(record=mail, now=setting.now)
