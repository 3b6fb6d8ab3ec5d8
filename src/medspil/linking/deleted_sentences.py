"""What stands in the place of a link's sentence that was deleted, and what is told of the link then.

The words say nothing of why: whoever reads them may not know that a person took her consent back. No outsider gets them
in a letter, on paper or on the telephone; the people on the link are asked to write a new sentence.
"""

from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from medspil.linking.models import Link

_DELETED = gettext_noop("(The sentence was deleted: write a new one.)")
_EARLIER = (
    gettext_noop("(Deleted, as a person asked to be forgotten.)"),
    gettext_noop("(Deleted, as a person took the consent back.)"),
)
"""What stood there before, and stands there still in links of that time."""


def deleted_sentence() -> str:
    """Return what to keep where a sentence was: a link has one."""
    return gettext(_DELETED)


@cache
def _in_all_languages() -> frozenset[str]:
    """Return all that may stand there: it is kept in the language of whoever deleted it."""
    found = {_DELETED, *_EARLIER}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {gettext(words) for words in (_DELETED, *_EARLIER)}
    return frozenset(found)


def tells_of_deletion(text: str) -> bool:
    """Tell whether words that stand for a deleted sentence are in a text."""
    return any(words in text for words in _in_all_languages())


def without_deleted(text: str) -> str:
    """Return a text without the lines that tell of a deleted sentence."""
    if not tells_of_deletion(text):
        return text
    return "\n".join(line for line in text.split("\n") if not tells_of_deletion(line)).replace("\n\n\n", "\n\n")


def sentence_for_outsiders(link: Link) -> str:
    """Return what the sides can do together; blank where the sentence was deleted."""
    return "" if tells_of_deletion(link.sentence) else link.sentence


def heading_of(link: Link) -> str:
    """Return what a link is called: its sentence, else the need or the challenge it is for."""
    about = link.need or link.challenge
    return sentence_for_outsiders(link) or (about.title if about else "")
