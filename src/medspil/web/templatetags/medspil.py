"""Tags and filters that every template has at hand."""

from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms import BoundField
from django.middleware.csrf import get_token
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from medspil.web.parts import Inside
from medspil.web.quoting import quoted

register = template.Library()
register.filter(quoted)

ICONS = "dkfds/img/all-svg-icons.svg"
GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """Draw one icon of the design system; without a label it is hidden from screen readers."""
    if label:
        return format_html(
            '<svg class="icon-svg {}" focusable="false" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            css, label, static(ICONS), name,
        )  # fmt: skip
    return format_html(
        '<svg class="icon-svg {}" focusable="false" aria-hidden="true"><use href="{}#{}"></use></svg>',
        css, static(ICONS), name,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def csrf_field(context: RequestContext) -> SafeString:
    """Draw the hidden field against forged requests; works in parts that are included with `only`."""
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(context.request))


@register.simple_tag
def crumbs(*texts_and_urls: str) -> list[tuple[str, str]]:
    """Pair texts with addresses for components/_breadcrumbs.html."""
    return list(zip(texts_and_urls[::2], texts_and_urls[1::2], strict=True))


@register.simple_block_tag
def folding(
    content: SafeString,
    ident: str,
    title: str,
    inside: Inside | None = None,
    *,
    always: bool = False,
    mark: str = "h2",
    css: str = "",
) -> SafeString:
    """Draw components/_folding.html around a part of a page: folded on phones, and where there is room if `always`."""
    said = {
        "content": content,
        "ident": ident,
        "title": title,
        "inside": inside,
        "always": always,
        "mark": mark,
        "css": css,
    }
    return render_to_string("components/_folding.html", said)


@register.filter
def is_optional(field: BoundField) -> bool:
    """Tell whether a field may stay empty; one that a service demands later says so itself."""
    return not (field.field.required or getattr(field.field, "needed", False))


@register.filter
def control_kind(field: BoundField) -> str:
    """Return how a field is drawn: group (several ticks), tick (one), or line (label above control)."""
    if isinstance(field.field.widget, GROUPS):
        return "group"
    return "tick" if isinstance(field.field.widget, forms.CheckboxInput) else "line"


@register.filter
def control_id(field: BoundField) -> str:
    """Return the id that the error summary links to: the control, or the first of a group."""
    return f"{field.auto_id}_0" if isinstance(field.field.widget, GROUPS) else str(field.id_for_label)


@register.filter
def control(field: BoundField) -> SafeString:
    """Draw the control of a field with the design system's class; no placeholder, which vanishes when one writes."""
    widget = field.field.widget
    if isinstance(widget, forms.Select):
        css = "form-select"
    elif isinstance(widget, forms.CheckboxInput):
        css = "form-checkbox"
    else:
        css = "form-input"
    own = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{css} {own}".strip(), "placeholder": False})


@register.filter
def option_groups(field: BoundField) -> list[tuple[str | None, list[dict[str, Any]]]]:
    """Return the options of radio buttons or ticks under their headings."""
    attrs = field.build_widget_attrs({"id": field.auto_id}, field.field.widget)
    attrs.pop("aria-describedby", None)  # stands on the fieldset
    found = field.field.widget.get_context(field.html_name, field.value(), attrs)["widget"]
    return [(heading, options) for heading, options, _index in found["optgroups"]]


@register.filter
def shown_pages(page: Page[Any]) -> list[int | None]:
    """Return the page numbers worth a link; None stands for a gap."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]
