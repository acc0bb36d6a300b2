"""Reporting a repair, signed in: one page on a phone, under twenty seconds."""

import secrets
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from houqin.kernel import clock
from houqin.kernel.access import may
from houqin.kernel.registers.forms import Pictures
from houqin.kernel.registers.lists import matching
from houqin.kernel.registers.render import page
from houqin.kernel.verbs import NotAllowed
from houqin.school.places.models import Place
from houqin.school.rules.models import text, value

from ..models import Category, RepairOrder, Source, Urgency
from ..reports.panels import WORDS

RECENT, FOUND = 6, 30


class ReportForm(forms.Form):
    """What is broken, in taps: a category, a symptom of it, perhaps words and photos, and how urgent it is."""

    category = forms.ModelChoiceField(
        Category.objects.active(), error_messages={"required": gettext_lazy("Tap what is broken.")}
    )
    description = forms.CharField(max_length=500, required=False)
    urgency = forms.TypedChoiceField(choices=Urgency.choices, coerce=int, empty_value=Urgency.NORMAL, required=False)
    photos = Pictures(required=False)

    def clean(self) -> dict[str, Any]:
        """The symptom is the chip under the chosen category; without one the words must say it."""
        said = super().clean() or {}
        category = said.get("category")
        if category is not None:
            chip = self.data.get(f"symptom-{category.pk}", "").strip()
            said["symptom"] = chip if chip in category.chips else ""
            if not said["symptom"] and not said.get("description", "").strip():
                self.add_error("description", _("Tap a symptom or write what is wrong."))
        return said


def choices() -> dict[str, Any]:
    """What both report pages show: categories with their chips, urgencies with their promise, the emergency phone."""
    urgencies = [
        (int(one), one.label, _("within %(time)s") % {"time": _promise(one)})
        for one in (Urgency.NORMAL, Urgency.PRESSING, Urgency.URGENT)
    ]
    phone = value("repairs.emergency.phone")
    return {"categories": list(Category.objects.active()), "urgencies": urgencies, "phone": phone}


def _promise(urgency: Urgency) -> str:
    """How soon somebody comes: 1 个工作日, 2 小时, 30 分钟."""
    code = f"repairs.arrive.{WORDS[urgency]}"
    minutes = 0 if urgency == Urgency.NORMAL else int(value(code))
    return _("%(h)s h") % {"h": minutes // 60} if minutes and minutes % 60 == 0 else text(code)


def open_here(place: Any) -> list[Any]:
    """What is being seen to in this room already, the newest first."""
    return list(RepairOrder.objects.open().here(place).select_related("category").order_by("-pk")[:4])


def claimed(token: str) -> bool:
    """True for the first use of a form's token: a second tap on a slow phone reports nothing twice."""
    day = clock.now().replace(hour=0, minute=0)
    again = clock.Slot.objects.filter(name=f"add:report:{token}", at__gte=day - timedelta(days=1)).exists()
    return not again and clock.Slot.claim(f"add:report:{token}", day)


@login_required
def report(request: HttpRequest) -> HttpResponse:
    """GET asks where, then what; POST reports it once. `at` is a room's code, `place` a chosen place."""
    if not may(request.user, RepairOrder, "add"):
        raise PermissionDenied
    place = _place(request)
    if place is None:
        return _where(request)
    form = ReportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _done(request, place, form)
        except ValidationError as error:
            form.add_error("photos" if not hasattr(error, "error_dict") else None, error)
    words = {"form": form, "place": place, "open": open_here(place), "once": secrets.token_urlsafe(12)} | choices()
    return page(request, "repairs/report.html", words, 422 if form.is_bound else 200)


@login_required
@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """From the report page: whoever reports may join what is in hand in that room, though he cannot open it."""
    if not may(request.user, RepairOrder, "join"):
        raise PermissionDenied
    order = get_object_or_404(RepairOrder.objects.open(), pk=pk)
    try:
        order.join(by=request.user)
    except NotAllowed as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, _("Noted. You are told when %(number)s is mended.") % {"number": order})
    return redirect(f"{reverse('repairs_report')}?place={order.place_id}")


def _place(request: HttpRequest) -> Place | None:
    given = request.GET.get("place", "")
    every = Place.objects.active()
    if given.isdecimal() and len(given) < 19:
        return every.filter(pk=given).first()
    return every.filter(token=request.GET["at"]).first() if request.GET.get("at") else None


def _done(request: HttpRequest, place: Place, form: ReportForm) -> HttpResponse:
    said = dict(form.cleaned_data)
    said["urgency"] = said["urgency"] or Urgency.NORMAL
    with transaction.atomic():
        fresh = claimed(request.POST.get("once", "")[:40] or secrets.token_urlsafe(12))
        if fresh:
            source = Source.QR if request.GET.get("at") else Source.WEB
            order = RepairOrder.report(by=request.user, place=place, source=source, **said)
    if not fresh:
        return redirect("repairs:repairorder_list")
    messages.success(request, _("%(number)s was reported. You are told how it goes on.") % {"number": order})
    return redirect(order)


def _where(request: HttpRequest) -> HttpResponse:
    """Choose the place: by code, by search, or one of the last."""
    query = request.GET.get("q", "").strip()[:60]
    every = Place.objects.active().exclude(kind__in=("campus", "floor"))
    if query:
        exact = Place.find(query)
        found = [exact] if exact else list(every.filter(pk__in=matching(Place, query))[:FOUND])
    else:
        last = RepairOrder.objects.filter(reporter=request.user).values("place").annotate(last=Max("pk"))
        recent = [row["place"] for row in last.order_by("-last")[:RECENT]]
        by_pk = every.in_bulk([*recent, *every.filter(keeper=request.user).values_list("pk", flat=True)[:RECENT]])
        found = [by_pk[pk] for pk in dict.fromkeys([*recent, *by_pk]) if pk in by_pk]
    return page(request, "repairs/where.html", {"query": query, "found": found})
