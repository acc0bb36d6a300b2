"""The term calendar: weeks in lanes, a month, one week on paper."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from houqin.kernel import clock
from houqin.kernel.access import may, within
from houqin.kernel.registers.prints import pdf
from houqin.kernel.registers.render import page
from houqin.school.people.models import Department, User
from houqin.school.terms.calendar import current_term
from houqin.school.terms.models import Term, Week

from ..models import LANES, Intake, Plan, Task
from ..reports import sheets
from ..reports import weeks as report

NUMBERS = ("plan", "owner", "department")


def _term(request: HttpRequest) -> Any:
    """The term asked for, else the current one; None when the school has none."""
    given = request.GET.get("term", "")
    terms = Term.objects.select_related("year")
    if given.isdecimal() and len(given) < 10:
        return get_object_or_404(terms, pk=given)
    term = current_term()
    return terms.get(pk=term.pk) if term else None


def _chosen(request: HttpRequest) -> dict[str, Any]:
    """The filters of the address that can be read."""
    sent = request.GET
    found: dict[str, Any] = {n: int(sent[n]) for n in NUMBERS if sent.get(n, "").isdecimal() and len(sent[n]) < 12}
    if sent.get("lane") in [key for key, _label, _areas in LANES]:
        found["lane"] = sent["lane"]
    return found


def _context(request: HttpRequest, term: Any) -> dict[str, Any]:
    """What both views of the calendar share: the term, its neighbours, the filters and their choices."""
    user, chosen = request.user, _chosen(request)
    found = report.of_term(user, term, chosen) if term else None
    terms = list(Term.objects.select_related("year").order_by("first_day"))
    at = terms.index(term) if term in terms else -1
    seen = within(user, Task.objects.all())
    query = request.GET.copy()
    return {
        "term": term, "terms": terms[::-1], "before": terms[at - 1] if at > 0 else None, "query": query,
        "after": terms[at + 1] if 0 <= at < len(terms) - 1 else None, "found": found, "chosen": chosen,
        "lanes": [(key, label) for key, label, _areas in LANES], "icon_of": report.icon_of, "today": clock.today(),
        "plans": within(user, Plan.objects.active()).filter(term=term).defer("source", "body"),
        "owners": User.objects.filter(pk__in=seen.exclude(owner=None).values("owner")),
        "departments": Department.objects.active(), "may_add": may(user, Task, "add"),
        "may_import": may(user, Intake, "add"),
    }  # fmt: skip


def _allowed(request: HttpRequest) -> None:
    if not may(request.user, Task, "view"):
        raise PermissionDenied


@login_required
def weeks(request: HttpRequest) -> HttpResponse:
    """Week rows of a term."""
    _allowed(request)
    term = _term(request)
    context = _context(request, term)
    table = {week.start: week for week in term.weeks.all()} if term else {}
    running = context["found"].bands if term else []
    texts = {}
    for row in context["found"].rows if term else []:
        long = [task for band in running for task in band.tasks if task.start <= row.end and task.due >= row.start]
        texts[row.start] = report.words_of_week(
            row, [t for t in dict.fromkeys(long) if t.state != "confirmed"] if row.now else ()
        )
    return page(request, "workplan/calendar.html", context | {"table": table, "texts": texts})


@login_required
def month(request: HttpRequest) -> HttpResponse:
    """A month as days: ?month=2026-11."""
    _allowed(request)
    first = _first(request)
    term = _term(request)
    if term and "term" not in request.GET:
        term = (
            Term.objects.select_related("year").filter(first_day__lte=_last(first), last_day__gte=first).first() or term
        )
    context = _context(request, term)
    months = report.of_month(context["found"], first) if term else []
    bands = (
        [b for b in context["found"].bands if b.tasks and b.start <= _last(first) and b.end >= first] if term else []
    )
    long = list(
        dict.fromkeys(task for band in bands for task in band.tasks if task.start <= _last(first) and task.due >= first)
    )
    start = term.week_start if term else 6
    heads = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
    words = {
        "first": first, "last": _last(first), "weeks": months, "long": long, "heads": heads[start:] + heads[:start],
        "earlier": first - timedelta(days=1), "later": _last(first) + timedelta(days=1),
    }  # fmt: skip
    return page(request, "workplan/month.html", context | words)


def _first(request: HttpRequest) -> date:
    given = request.GET.get("month", "")
    try:
        return date.fromisoformat(f"{given}-01") if given else clock.today().replace(day=1)
    except ValueError as why:
        raise Http404 from why


def _last(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


@login_required
def week_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """周工作安排表: one week on A4."""
    _allowed(request)
    week = get_object_or_404(Week.objects.select_related("term__year"), pk=pk)
    found = report.of_term(request.user, week.term, _chosen(request))
    row = next(row for row in found.rows if row.start == week.start)
    long = [task for band in found.bands for task in band.tasks if task.start <= row.end and task.due >= row.start]
    data = sheets.week(row, list(dict.fromkeys(long))[:40])
    name = content_disposition_header(False, f"{data['title']}.pdf") or ""
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-store"}
    return HttpResponse(pdf("workplan/week.typ", data, request.user), content_type="application/pdf", headers=headers)
