"""Floors inside the product itself: the same middleware, session and server, and nearly no work."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from bench.floors import search_floor
from houqin.site.urls import handler403, handler404, handler500  # noqa: F401
from houqin.site.urls import urlpatterns as product


def hello(request: HttpRequest) -> HttpResponse:
    """An empty view for somebody signed in."""
    return HttpResponse("hello" if request.user.is_authenticated else "stranger")


def searched(request: HttpRequest) -> JsonResponse:
    """One word looked up by one indexed statement of plain SQL."""
    found: list[Any] = search_floor(request.GET["q"]) if request.user.is_authenticated else []
    return JsonResponse(found, safe=False)


urlpatterns = [path("bench/hello/", hello), path("bench/search/", searched), *product]
