"""The form of the group that receives volunteers: who it is, how many at a time, what a good day looks like."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medspil.areas.models import Need
from medspil.organisations.models import Organisation
from medspil.web.areas.forms import NUMBER, offer
from medspil.web.areas.need_forms import NeedSectionForm
from medspil.web.forms import DayField

ANOTHER = "0"
"""The choice of a group that does not use Medspil."""


class HostForm(NeedSectionForm):
    """Who receives the volunteers: asked before anybody offers to come."""

    needed = ("host", "host_capacity", "good_day", "hosted_on")

    host = forms.ChoiceField(label=_("Who receives the volunteers?"), widget=forms.RadioSelect)
    host_name = forms.CharField(
        label=_("Name of the other group"),
        max_length=160,
        required=False,
        help_text=_("Only if you chose another group. For example: the boys' club in the basement of block 4."),
    )
    host_capacity = forms.IntegerField(
        label=_("How many volunteers can the group take at a time?"),
        min_value=1,
        max_value=1_000,
        widget=forms.TextInput(attrs=NUMBER),
        help_text=_("So many that each of them has something to do, and the group still knows its own house."),
    )
    good_day = forms.CharField(
        label=_("What does a good day look like?"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "From they come until they leave: what do they do, with whom, and how does everybody see it went well?"
        ),
    )
    hosted_on = DayField(
        label=_("Which day did the group ask for volunteers?"),
        help_text=_("The group asks first. Talk with it before you fill this in."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        here = [(str(one.pk), one.name) for one in self.groups().values()]
        offer(self, "host", [*here, (ANOTHER, _("Another group; I write its name below"))])

    def groups(self) -> dict[int, Organisation]:
        """Return the organisations to choose among: who answers for the area, who takes part, and who is chosen."""
        area = self.record.area
        found = [area.owner, *sorted(area.partners.all(), key=lambda one: one.name), self.record.host]
        return {one.pk: one for one in found if one}

    def stored(self, record: Need) -> dict[str, Any]:
        """Return the fields, the organisation by its number."""
        host = str(record.host_id or "") or (ANOTHER if record.host_name else "")
        plain = {name: getattr(record, name) for name in ("host_name", "host_capacity", "good_day", "hosted_on")}
        return {"host": host, **plain}

    def clean(self) -> None:
        """Ask for the name of another group; one that is written without a choice is meant."""
        super().clean()
        said = self.cleaned_data
        if said.get("host") == ANOTHER and not said.get("host_name") and "host_name" not in self.errors:
            self.add_error("host_name", _("Write the name of the group."))
        elif said.get("host_name") and not said.get("host") and "host" not in self.errors:
            said["host"] = ANOTHER

    def facts(self) -> dict[str, Any]:
        """Return the fields, the organisation as the record it is; a name only beside the choice of another group."""
        found = super().facts()
        chosen = found.pop("host", None)
        if chosen is None:
            return found
        host = None if chosen in ("", ANOTHER) else self.groups()[int(chosen)]
        name = found.pop("host_name", self.record.host_name)
        return found | {"host": host, "host_name": name if chosen == ANOTHER else ""}
