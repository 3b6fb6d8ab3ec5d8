"""Pages for what went wrong, in our look and with a way on."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be understood."""
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer somebody who may see the thing, but not do this to it."""
    return render(request, "errors/403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere, or to what this person may not know of."""
    return render(request, "errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when our own code failed: a page that asks neither database nor session.

    Where not even style sheets and scripts were set up, no page of ours can be drawn: then a bare one says so.
    """
    try:
        return HttpResponseServerError(loader.render_to_string("errors/500.html"))
    except ValueError:  # what the storage of static files says of a file it does not know
        return HttpResponseServerError(loader.render_to_string("errors/without_parts.html"))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose proof of origin is missing or old."""
    return render(request, "errors/csrf.html", status=403)
