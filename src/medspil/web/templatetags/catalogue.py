"""Words of the catalogue in templates: texts in the language of the page, names of codes."""

from django import template
from django.db.models import Model
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from medspil.catalogue.nearest import Likeness
from medspil.web.linking import wording

register = template.Library()


@register.filter
def in_language(record: Model | dict[str, object], field: str) -> object:
    """Return a field that stands in both languages, in that of the page: `case|in_language:"name"`."""
    language = "da" if (get_language() or "da").startswith("da") else "en"
    name = f"{field}_{language}"
    return record.get(name, "") if isinstance(record, dict) else getattr(record, name, "")


@register.filter
def shared_words(likeness: Likeness) -> str:
    """Return what a case shares with a need: kinds, themes, target groups, the model."""
    words = [wording.kind_name(kind) for kind in likeness.kinds]
    words += [wording.theme_name(theme) for theme in likeness.themes]
    words += [wording.target_group_name(group) for group in likeness.target_groups]
    if likeness.same_model:
        words.append(_("the model"))
    return ", ".join(words)


@register.filter
def kind_name(code: str) -> str:
    """Return the name of a kind of resource."""
    return wording.kind_name(code)


@register.filter
def theme_name(code: str) -> str:
    """Return the name of a theme."""
    return wording.theme_name(code)


@register.filter
def target_group_name(code: str) -> str:
    """Return the name of a target group."""
    return wording.target_group_name(code)


@register.filter
def sector_name(code: str) -> str:
    """Return the name of one of the three sectors."""
    order = {"private": 0, "public": 1, "voluntary": 2}
    return str(wording.SECTORS[order[code]]) if code in order else code
