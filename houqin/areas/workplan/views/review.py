"""Checking a document: source left, rows right; every answer is kept at once, the import is one press at the end."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from houqin.kernel.access import may, within
from houqin.kernel.records.bulk import RowErrors
from houqin.kernel.registers.reading import read_day
from houqin.kernel.registers.render import page
from houqin.kernel.verbs import NotAllowed
from houqin.school.people.models import Department, User
from houqin.school.terms.models import Term

from .. import reader
from ..models import AREAS, Intake
from ..models.review import Review
from .importing import unreadable
from .words import REASONS, TONES, WORDS

FIELDS = re.compile(r"dates|tentative|kind|double|task|when|repeat|split|room|with|nobody|dated|area")


def found(request: HttpRequest, pk: int) -> Intake:
    if not may(request.user, Intake, "add"):
        raise PermissionDenied
    return get_object_or_404(within(request.user, Intake.objects.select_related("term__year", "department")), pk=pk)


@login_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The review of a draft; an imported document shows what it became."""
    intake = found(request, pk)
    try:
        review = intake.review()
    except reader.Unreadable as why:
        messages.error(request, unreadable(why))
        return redirect("workplan_import")
    departments = Department.objects.active()
    context = {
        "intake": intake, "review": review, "lines": source(intake, review), "words": WORDS, "tones": TONES,
        "unread": [(remark, REASONS.get(remark.code, remark.code)) for remark in review.reading.unread],
        "warnings": [(remark, _warned(remark)) for remark in review.reading.warnings],
        "terms": Term.objects.select_related("year").order_by("-first_day"), "departments": departments,
        "done": intake.state != "read", "taken": {extra["line"] for extra in intake.decisions.get("extra", [])},
    }  # fmt: skip
    return page(request, "workplan/review.html", context)


def _warned(remark: reader.Remark) -> str:
    words = REASONS.get(remark.code)
    return str(words) % remark.params if words else remark.why


def source(intake: Intake, review: Review) -> list[dict[str, Any]]:
    """Each line of the document with its mark: item, period, heading, unread; items carry the numbers of their rows."""
    marks: dict[int, dict[str, Any]] = {}
    for plan in review.plans:
        marks[plan.source.line] = {"kind": "title"}
        for part in plan.source.body:
            if isinstance(part, reader.Measure):
                marks.setdefault(part.line, {"kind": "heading" if part.level < 3 else "measure"})
        for period in plan.periods:
            marks[period.source.line] = {"kind": "period"}
            for row in period.rows:
                mark = marks.setdefault(row.line, {"kind": "item"})
                mark.setdefault("rows", []).append(row)
    for remark in review.reading.unread:
        marks.setdefault(remark.line, {"kind": "unread"})
    return [{"no": number, "text": text, **marks.get(number, {"kind": "plain"})} for number, text in intake.lines()]


# answers --------------------------------------------------------------------


def _answered(request: HttpRequest, pk: int, decide: Callable[[Intake], None], whole: bool = False) -> HttpResponse:
    """Keep an answer; htmx gets the parts that changed, a browser without it the page again."""
    intake = found(request, pk)
    try:
        decide(intake)
    except NotAllowed as why:
        messages.error(request, str(why))
        whole = True
    except ValueError as why:
        raise Http404 from why
    here = reverse("workplan_review", args=[pk])
    if whole or request.headers.get("HX-Request") != "true":
        answer = HttpResponse(status=204) if request.headers.get("HX-Request") == "true" else redirect(here)
        answer["HX-Refresh"] = "true"
        return answer
    review = intake.review()
    key = request.resolver_match.kwargs.get("key", "") if request.resolver_match else ""
    row = review.row(key)
    context = {"intake": intake, "review": review, "row": row, "words": WORDS, "tones": TONES, "done": False}
    return page(request, "workplan/review_answer.html", context, block="answer")


@login_required
@require_POST
def item(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Answers about one row: whatever fields its part of the page sent."""
    return _answered(request, pk, lambda intake: intake.decide("items", key, **_given(request)))


def _key(text: str) -> int | None:
    """A record's key as a select sends it; nothing for what no database could hold."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _given(request: HttpRequest) -> dict[str, Any]:
    sent, given = request.POST, {}
    if "kept" in sent:
        given["skip"] = None if "on" in sent.getlist("kept") else True
    if "text" in sent:
        given["text"] = sent["text"].strip()[:500] or None
    if "owner" in sent and sent["owner"] != sent.get("owner_was", ""):
        given["owner"] = _key(sent["owner"])
    for name in ("start", "due"):
        if name in sent:
            day = read_day(sent[name]) if sent[name] else None
            given[name] = day.isoformat() if day else None
    for name, value in sent.items():
        if FIELDS.fullmatch(name):
            given[name] = value[:60]
    if "checked" in sent:
        given["checked"] = True if sent["checked"] == "yes" else None
    return given


@login_required
@require_POST
def period(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    return _answered(
        request, pk, lambda intake: intake.decide("periods", key, dates=request.POST.get("dates", "")), whole=True
    )


@login_required
@require_POST
def plan(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Take or leave a whole plan, and whose it is."""
    sent = request.POST
    numbers = {name: _key(sent[name]) for name in ("term", "department") if name in sent}
    given = numbers | {"skip": None if "on" in sent.getlist("kept") else True}
    return _answered(request, pk, lambda intake: intake.decide("plans", key, **given), whole=True)


@login_required
@require_POST
def line(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Take a line that was left out as a task of a period."""
    return _answered(request, pk, lambda intake: intake.take_up(line, request.POST.get("period", "")), whole=True)


@login_required
@require_POST
def rest(request: HttpRequest, pk: int) -> HttpResponse:
    """Whatever is still pending is taken by its best guess."""

    def decide(intake: Intake) -> None:
        for row in intake.review().pending:
            intake.decide("items", row.key, checked=True)

    return _answered(request, pk, decide, whole=True)


@login_required
@require_POST
def past(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether tasks of days gone by come as completed."""
    return _answered(request, pk, lambda intake: intake.close_past("on" in request.POST.getlist("past")))


@login_required
def more(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The less usual fields of a row, loaded when somebody unfolds it."""
    intake = found(request, pk)
    row = intake.review().row(key)
    if row is None:
        raise Http404
    return page(request, "workplan/review_more.html", {"intake": intake, "row": row, "areas": AREAS}, block="more")


@login_required
def people(request: HttpRequest) -> HttpResponse:
    """People by name or pinyin initials, for the owner's field: [{value, text, note}]."""
    if not may(request.user, Intake, "add"):
        raise PermissionDenied
    words = request.GET.get("q", "").strip()
    every = User.objects.active().select_related("department").order_by("initials", "name")
    hits = every.filter(name__contains=words) | every.filter(initials__istartswith=words) if words else every
    rows = [{"value": user.pk, "text": user.name, "note": str(user.department or "")} for user in hits[:30]]
    return JsonResponse(rows, safe=False)


@login_required
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Import it: all or nothing."""
    intake = found(request, pk)
    try:
        intake.take(by=request.user)
    except (NotAllowed, RowErrors, ValidationError) as why:
        messages.error(
            request, str(why) if isinstance(why, NotAllowed) else _("It could not be imported; nothing was written.")
        )
        return redirect(intake)
    for words in said(intake):
        messages.success(request, words)
    return redirect(f"{reverse('workplan_calendar')}?term={intake.term_id or ''}")


def said(intake: Intake) -> list[str]:
    """What an import did, in sentences."""
    taken = intake.taken
    if not taken.added:
        lines = [
            _("Everything in this document is in the plan already (%(n)s tasks); nothing was added.")
            % {"n": taken.known}
        ]
    else:
        words = ngettext("%(n)s task was added to the plan.", "%(n)s tasks were added to the plan.", taken.added) % {
            "n": taken.added
        }
        known = _("%(n)s were there already.") % {"n": taken.known} if taken.known else ""
        lines = [f"{words}{known}"]
    if taken.vanished:
        named = "；".join(taken.vanished[:8])
        lines.append(_("No longer in the document, but still in the plan: %(tasks)s") % {"tasks": named})
    return lines
