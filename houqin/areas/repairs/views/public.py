"""Without sign-in: a room's code leads to the report; the reporter follows it behind a signed link that expires."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from houqin.kernel import clock
from houqin.kernel.events import Event
from houqin.kernel.files import signed_url
from houqin.kernel.registers.render import page
from houqin.kernel.ui import wording
from houqin.kernel.verbs import NotAllowed
from houqin.school.places.models import Place
from houqin.school.rules.models import value

from ..models import BEFORE_WORK, OPEN, RepairOrder, Source, State, Urgency, limits
from .report import ReportForm, choices, claimed, open_here

SALT, COOKIE, YEAR = "repairs.ticket", "hq_device", 365 * 86400
HOUR = timedelta(hours=1)


class PublicForm(ReportForm):
    """The report with a name and a phone as the school wants them, and a trap for robots."""

    name = forms.CharField(max_length=40, error_messages={"required": gettext_lazy("Write your name.")})
    phone = forms.RegexField(
        r"^\+?[0-9 -]{4,19}$", max_length=20, error_messages={"invalid": gettext_lazy("Enter a phone number.")}
    )
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = bool(limits.setting("public.name"))
        self.fields["phone"].required = bool(limits.setting("public.phone"))
        self.fields["photos"].most = limits.setting("public.photos")  # type: ignore[attr-defined]


# the report ---------------------------------------------------------------------


def at(request: HttpRequest, token: str) -> HttpResponse:
    """Report a repair in the room of this code. POST leads to the ticket; 429 when room or device report too often."""
    place = Place.objects.active().filter(token=token).first()
    if place is None:
        return stopped(request, _("No room has this code"), _("It may have been renewed. %(scan)s") % {"scan": scan()})
    if request.user.is_authenticated:
        return redirect(f"{reverse('repairs_report')}?at={token}")
    if not limits.setting("public.open"):
        return stopped(request, _("Please sign in to report"), _("The school takes no reports without sign-in now."))
    form = PublicForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["website"]:
            return page(request, "repairs/thanks.html", {"place": place})
        if until := full_until(place, device(request)):
            return too_many(request, place, until)
        try:
            return _done(request, place, form)
        except ValidationError as error:
            form.add_error("photos" if not hasattr(error, "error_dict") else None, error)
    words = {"form": form, "place": place, "open": open_here(place), "once": secrets.token_urlsafe(12), "public": True}
    words |= {"name_needed": form.fields["name"].required, "phone_needed": form.fields["phone"].required} | choices()
    answer = page(request, "repairs/report.html", words, 422 if form.is_bound else 200)
    return mark(request, answer)


def _done(request: HttpRequest, place: Place, form: PublicForm) -> HttpResponse:
    said = {k: v for k, v in form.cleaned_data.items() if k not in ("website", "name", "phone")}
    name = form.cleaned_data["name"] or _("not signed in")
    said |= {"reporter_name": name, "reporter_phone": form.cleaned_data["phone"]}
    said["urgency"] = said["urgency"] or Urgency.NORMAL
    with transaction.atomic():
        fresh = claimed(request.POST.get("once", "")[:40] or secrets.token_urlsafe(12))
        if fresh:
            order = RepairOrder.report(by=None, place=place, source=Source.PUBLIC, device=device(request), **said)
    if not fresh:
        return page(request, "repairs/thanks.html", {"place": place})
    return mark(request, redirect("repairs_ticket", sign(order)))


def device(request: HttpRequest) -> str:
    """The mark of this device's cookie; all devices without one share the empty mark."""
    return request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=YEAR)[:16]


def mark(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    if not device(request):
        words = {"max_age": YEAR, "httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
        answer.set_signed_cookie(COOKIE, secrets.token_hex(8), salt=COOKIE, **words)
    return answer


def full_until(place: Place, mark_: str) -> datetime | None:
    """When this room and this device may report again, having sent all the school allows in an hour; None: now."""
    recent = RepairOrder.objects.filter(source=Source.PUBLIC, reported_at__gte=clock.now() - HOUR)
    times = recent.order_by("-reported_at").values_list("reported_at", flat=True)
    found = []
    for some, name in ((times.filter(place=place), "public.room"), (times.filter(device=mark_), "public.device")):
        last = list(some[: max(0, limits.setting(name))])
        if len(last) >= limits.setting(name):
            found.append((last[-1] if last else clock.now()) + HOUR)
    return max(found, default=None)


# what goes wrong ------------------------------------------------------------------


def scan() -> str:
    return _("Scan the code on the room's door again.")


def stopped(request: HttpRequest, title: str, say: str, status: int = 404, place: Place | None = None) -> HttpResponse:
    """A dead end in plain words, with the emergency phone and the way back to the room's report."""
    phone = value("repairs.emergency.phone")
    return page(request, "repairs/stopped.html", {"title": title, "say": say, "phone": phone, "place": place}, status)


def too_many(request: HttpRequest, place: Place, until: datetime) -> HttpResponse:
    told = {"room": limits.setting("public.room"), "device": limits.setting("public.device")}
    told["at"] = wording.moment(until + timedelta(minutes=1))
    say = _("An hour takes %(room)s reports from one room and %(device)s from one phone. Report again after %(at)s.")
    return stopped(request, _("Too many reports in this hour"), say % told, 429, place)


@require_POST
def join(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """ "Me too" without sign-in: once a device and order, and not without end from one room."""
    order = get_object_or_404(RepairOrder.objects.open(), place__token=token, pk=pk)
    if not limits.setting("public.open"):
        raise Http404
    told = Event.objects.filter(name="repairs.repairorder.joined", actor=None, at__gte=clock.now() - HOUR)
    if not device(request) or told.count() >= 10 * limits.setting("public.room"):
        say = _("Open the room's report again, and tap once more; if that does not help, try again in an hour.")
        return stopped(request, _("That was not taken down"), say, 429, order.place)
    with transaction.atomic():
        if clock.Slot.claim(f"join:{order.pk}:{device(request)}", order.reported_at):
            order.join(by=None)
    return page(request, "repairs/thanks.html", {"place": order.place, "order": order})


# the ticket ---------------------------------------------------------------------


def sign(order: RepairOrder) -> str:
    return signing.dumps(order.pk, salt=SALT)


def ticket_of(signed: str) -> RepairOrder:
    """The order of a ticket link; 404 when it was tampered with, is too old, or its order has an account behind it."""
    try:
        pk = signing.loads(signed, salt=SALT, max_age=limits.setting("ticket.days") * 86400)
    except signing.BadSignature as why:
        raise Http404 from why
    found = RepairOrder.objects.filter(reporter=None, source=Source.PUBLIC)
    return get_object_or_404(found.select_related("place", "category", "worker", "merged_into"), pk=pk)


def gone(request: HttpRequest) -> HttpResponse:
    say = _("A report's link works for %(n)s days, and only when it was copied in full. %(scan)s")
    told = {"n": limits.setting("ticket.days"), "scan": scan()}
    return stopped(request, _("This link does not work any more"), say % told)


def ticket(request: HttpRequest, signed: str, refusal: str = "", status: int = 200) -> HttpResponse:
    """How the report goes on, and what its reporter may do now."""
    try:
        order = ticket_of(signed)
    except Http404:
        return gone(request)
    shown = order.merged_into or order
    photos = [file for file in order.attachments if file.is_photo]
    words = {
        "order": order, "shown": shown, "signed": signed, "refusal": refusal, "steps": steps(shown),
        "photos": [{"url": signed_url(f), "thumb": signed_url(f, variant="thumb"), "alt": f.name} for f in photos],
        "may_withdraw": order.state in BEFORE_WORK, "may_check": order.state == State.FINISHED,
        "may_rate": order.state == State.CHECKED, "days": limits.setting("ticket.days"),
    }  # fmt: skip
    return page(request, "repairs/ticket.html", words, status)


def steps(order: RepairOrder) -> list[tuple[str, Any, str]]:
    """(words, when, mark) of the ticket's stepper."""
    reached = [
        (_("Reported"), order.reported_at), (_("Accepted"), order.accepted_at), (_("Dispatched"), order.dispatched_at),
        (_("On site"), order.arrived_at), (_("Mended"), order.finished_at),
        (State.CHECKED.label.capitalize(), order.checked_at), (State.RATED.label.capitalize(), order.rated_at),
    ]  # fmt: skip
    last = max(n for n, (_label, at_) in enumerate(reached) if at_)
    now = last if order.state in OPEN else -1
    return [(label, at_, "now" if n == now else "ok" if at_ else "") for n, (label, at_) in enumerate(reached)]


@require_POST
def act(request: HttpRequest, signed: str, act: str) -> HttpResponse:
    """Withdraw, check with stars, send back, or rate: the reporter's own verbs, and no others."""
    try:
        order, post = ticket_of(signed), request.POST
    except Http404:
        return gone(request)
    stars = post.get("rating", "")
    rating = int(stars) if stars in ("1", "2", "3", "4", "5") else None
    words, said = post.get("words", "")[:500], _("through the ticket link")
    acts = {
        "withdraw": lambda: order.withdraw(by=None, reason=words or said),
        "confirm": lambda: order.confirm(by=None, rating=rating, words=words, note=said),
        "rework": lambda: order.rework(by=None, reason=words or said),
        "rate": lambda: order.rate(by=None, rating=rating or 0, words=words),
    }
    if act not in acts:
        raise Http404
    try:
        acts[act]()
    except NotAllowed as why:
        return ticket(request, signed, str(why), 409)
    except ValidationError as why:
        return ticket(request, signed, " ".join(why.messages), 422)
    return redirect("repairs_ticket", signed)
