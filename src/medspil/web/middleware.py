"""What happens to every request and answer: refuse null characters, show a way on, keep private pages out of caches."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.urls import is_valid_path
from django.utils.cache import add_never_cache_headers, patch_vary_headers

GetResponse = Callable[[HttpRequest], HttpResponse]


class RefuseNullCharacters:
    """Answer 400 to a query with a null character: PostgreSQL would refuse it later with an error page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the path and the query; form fields are checked by the forms themselves."""
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("null character in the address")
        return self.get_response(request)


class ShowWhereTheFormIs:
    """Give a page to whoever loads the address anew to which a form was sent, where Django's own answer is empty."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Draw the page where one was asked for; the code stays 405."""
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET" and not response.content:
            response.content = loader.render_to_string("errors/405.html", {"page": _page_above(request.path)})
            response["Content-Type"] = "text/html; charset=utf-8"
        return response


def _page_above(path: str) -> str:
    """Return the nearest address above one that leads somewhere: pages stand above what their forms are sent to."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        for one in (path, path.rstrip("/")):
            if one and is_valid_path(one):
                return one
    return path


class PrivateByDefault:
    """Keep pages of people who are signed in out of every cache, and say that HTMX gets another body."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers unless the view set its own."""
        response = self.get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
            response["Cache-Control"] = "private, no-store"
        return response
