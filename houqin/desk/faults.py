"""What errors look like. These pages ask for nothing: no user, no database, for either may be what is missing."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from houqin.kernel.registers.render import fragment


def fault(name: str, status: int, message: str = "") -> HttpResponse:
    return HttpResponse(fragment(f"errors/{name}.html", {"message": message}), status=status)


def malformed(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return fault("400", 400, _("What was sent could not be read. Load the page again and repeat the last step."))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return fault("400", 403)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return fault("403", 403)


def missing(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return fault("404", 404)


def broken(request: HttpRequest) -> HttpResponse:
    return fault("500", 500)


def spoken(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: an address opened with the wrong method gets a page, where Django sends an empty 405."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code != 405 or not isinstance(response, HttpResponse) or response.content:
            return response
        page = fault("405", 405)
        page["Allow"] = response.get("Allow", "")
        return page

    return answer
