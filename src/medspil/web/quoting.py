"""Words that somebody wrote, in the quotation marks of the language of the page."""

from django.utils.translation import gettext as _


def quoted(words: object) -> str:
    """Return words in quotation marks."""
    return _("“{words}”").format(words=words)
