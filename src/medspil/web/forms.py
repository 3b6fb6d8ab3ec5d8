"""How forms look: every field in the markup of the common Danish design system."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Renders fields with label, hint, error and control joined for screen readers."""

    field_template_name = "forms/field.html"
