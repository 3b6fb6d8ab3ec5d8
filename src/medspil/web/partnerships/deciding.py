"""Write down what the contact person of a side may decide."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.partnerships.deciding import NothingToDecide, say_what_may_decide
from medspil.partnerships.editing import PartnershipPutAway
from medspil.partnerships.models import Part, PartnerPerson
from medspil.web.forms import EditVersion, Form, add_domain_error
from medspil.web.http import SignedInRequest, conflict
from medspil.web.partnerships.partnership_forms import PersonForm
from medspil.web.partnerships.sides import side_or_refuse


class DecidesForm(EditVersion, Form):
    """Up to how many kroner, and about what: asked as where a contact person is named."""

    may_decide_kroner = PersonForm.base_fields["may_decide_kroner"]
    may_decide_topics = PersonForm.base_fields["may_decide_topics"]


@require_http_methods(["GET", "HEAD", "POST"])
def decides(request: SignedInRequest, pk: int, partner: int, person: int) -> HttpResponse:
    """Write down what somebody who is contact person may decide."""
    partnership, _rights, side = side_or_refuse(request, pk, partner)
    found = PartnerPerson.objects.visible_to(request.user).filter(partner=side, part=Part.CONTACT)
    one = get_object_or_404(found.select_related("user"), pk=person)
    one.partner = side
    now_there = {"may_decide_kroner": one.may_decide_kroner, "may_decide_topics": one.may_decide_topics}
    form = DecidesForm(request.POST or None, initial={"version": one.version} | now_there)
    context = {
        "partnership": partnership, "side": side, "form": form,
        "title": _("What the contact person may decide"), "lead": one.shown_name,
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            say_what_may_decide(
                person=one,
                kroner=said["may_decide_kroner"],
                topics=said["may_decide_topics"],
                expected_version=said["version"],
                by=request.user,
                now=timezone.now(),
            )
        except EditConflict:
            return conflict(request, "partnerships/person.html", form, one, context)
        except (NothingToDecide, PartnershipPutAway, CprNumberFound) as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Noted."))
            return redirect("partnerships:side", pk=pk, partner=partner)
    return render(request, "partnerships/person.html", context, status=422 if form.errors else 200)
