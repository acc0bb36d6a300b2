"""Printed codes: the QR code of a record, and the page behind it for whoever holds a phone to it."""

import io
from typing import Any

import segno
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from .. import access
from . import contributions, render
from .base import registry
from .page import Page


def address(record: Any) -> str:
    """What the record's printed code says."""
    return f"{settings.SITE_URL}/q/{record._meta.app_label}/{record._meta.model_name}/{record.token}/"


def svg(text: str) -> str:
    """A QR code as SVG, black on white, medium error correction, with its quiet zone."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()


def png(text: str, scale: int = 8) -> bytes:
    """The same as PNG, `scale` pixels a module."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=scale, border=2)
    return out.getvalue()


class CodePage(Page):
    """The record's code as a picture, for those who may see the record."""

    kind = "svg"

    def get(self, request: HttpRequest, **_kw: Any) -> HttpResponse:
        text = address(self.record)
        if self.kind == "png":
            return HttpResponse(png(text), content_type="image/png")
        return HttpResponse(svg(text), content_type="image/svg+xml", headers={"Content-Security-Policy": "sandbox"})


def behind(request: HttpRequest, register: Any, token: str) -> HttpResponse:
    """What can be done here: one thing is opened at once, several are offered, nothing means signing in first."""
    record = register.model._default_manager.filter(token=token).first()
    if record is None:
        raise Http404
    known = request.user.is_authenticated
    choices = contributions.asked(f"qr:{register.key}", record, request.user)
    if known and access.may_on(request.user, record, "view"):
        choices.append({"label": str(record), "url": record.get_absolute_url(), "icon": register.icon, "own": True})
    if not choices and not known:
        return redirect_to_login(request.get_full_path())
    if not choices:
        raise Http404
    if len(choices) == 1 and (known or "stay" not in request.GET):
        return redirect(choices[0]["url"])
    return render.page(request, "registers/code.html", {"record": record, "choices": choices, "known": known})


def urlpatterns() -> list[Any]:
    found = []
    for register in (r for r in registry.values() if r.qr):
        base, name = register.key.replace(".", "/"), register.key.replace(".", "_")
        found.append(path(f"q/{base}/<str:token>/", behind, {"register": register}, name=f"{name}_code"))
        for kind in ("svg", "png"):
            page = CodePage.as_view(register=register, kind=kind)
            found.append(path(f"{base}/<int:pk>/code.{kind}", page, name=f"{name}_code_{kind}"))
    return found
