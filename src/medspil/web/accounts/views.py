"""A person's own account; sign-in itself is django-allauth's."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from medspil.accounts.services import rename
from medspil.web.accounts.forms import NameForm
from medspil.web.http import SignedInRequest
from medspil.web.parts import Fact


@require_safe
def me(request: SignedInRequest) -> HttpResponse:
    """Show what is known of the person who is signed in."""
    facts = [
        Fact(_("Name"), request.user.name, change_url=reverse("accounts:name")),
        Fact(_("E-mail"), request.user.email, change_url=reverse("account_email")),
    ]
    return render(request, "account/me.html", {"facts": facts})


@require_http_methods(["GET", "HEAD", "POST"])
def change_name(request: SignedInRequest) -> HttpResponse:
    """Change one's own name as others see it."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        rename(user=request.user, name=form.cleaned_data["name"], now=timezone.now())
        messages.success(request, _("Your name is changed."))
        return redirect("accounts:me")
    return render(request, "account/name.html", {"form": form})
