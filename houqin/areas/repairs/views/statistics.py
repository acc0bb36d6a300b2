"""The month's figures on a page, as a workbook and on paper; the quarter by class, for the wall."""

import io
from datetime import timedelta
from typing import Any

import xlsxwriter
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from houqin.kernel.access import may
from houqin.kernel.registers import prints
from houqin.kernel.registers.render import page
from houqin.kernel.ui import wording

from ..models import RepairOrder
from ..reports import figures
from ..reports.desk import bars

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _allowed(request: HttpRequest) -> None:
    if not may(request.user, RepairOrder, "statistics"):
        raise PermissionDenied


@login_required
def monthly(request: HttpRequest) -> HttpResponse:
    _allowed(request)
    found = figures.of_month(figures.read_span(request.GET.get("month", "")))
    span = found["span"]
    charts = {
        "days": bars(found["days"], thin=True), "categories": bars([(r["name"], r["n"]) for r in found["categories"]]),
        "costs": bars([(r["name"], float(r["spent"] or 0)) for r in found["buildings"]]),
    }  # fmt: skip
    words = found | {"charts": charts, "earlier": span.move(-1), "later": span.move(1), "hours": hours}
    return page(request, "repairs/statistics.html", words)


def hours(minutes: int | None) -> str:
    """Working minutes as hours, to the minute: 95 → 1 小时 35 分, 40 → 40 分, 120 → 2 小时."""
    if minutes is None:
        return wording.NOTHING
    if minutes < 60 or minutes % 60 == 0:
        return wording.elapsed(timedelta(minutes=minutes)) if minutes < 60 else _("%(h)s h") % {"h": minutes // 60}
    return _("%(h)s h %(m)s min") % {"h": minutes // 60, "m": minutes % 60}


@login_required
def monthly_sheet(request: HttpRequest) -> HttpResponse:
    """The same figures as a workbook: a sheet a table. Cells hold text or numbers, never formulas."""
    _allowed(request)
    found = figures.of_month(figures.read_span(request.GET.get("month", "")))
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "border": 1, "align": "center"})
        for title, heads, rows in tables(found):
            sheet = book.add_worksheet(title[:31])
            sheet.set_column(0, len(heads) - 1, 16)
            for at, row in enumerate([heads, *rows]):
                for column, cell in enumerate(row):
                    write = sheet.write_number if isinstance(cell, int | float) else sheet.write_string
                    write(at, column, cell, bold if at == 0 else None)
    name = _("Repair statistics %(month)s") % {"month": found["span"].key}
    headers = {"Content-Disposition": content_disposition_header(True, f"{name}.xlsx") or ""}
    return HttpResponse(out.getvalue(), content_type=XLSX, headers=headers)


def tables(found: dict[str, Any]) -> list[tuple[str, list[str], list[list[Any]]]]:
    """(title, heads, rows) of every table of the month."""
    sums = found["totals"]
    labels = {"accept": _("First response"), "arrive": _("Second response"), "finish": _("Completion")}
    rates = [
        [labels[n], sums[f"{n}_met"], sums[f"{n}_late"], sums[f"{n}_open"], _pct(sums[f"{n}_rate"]),
         _round(sums[f"{n}_average"]), round(sums[f"{n}_over"] / 60, 2)] for n in figures.CLOCKS
    ]  # fmt: skip
    late = [
        [labels[n], o.number, str(o.place), o.hands, getattr(o, f"{n}_limit"), getattr(o, f"{n}_minutes"),
         round(o.over / 60, 2)] for n in ("accept", "arrive") for o in found["late"][n]
    ]  # fmt: skip
    of_rates = [_("Clock"), _("Answered"), _("Late"), _("Unanswered"), _("Rate"), _("Average (min)"), _("Late (h)")]
    of_late = [_("Clock"), _("Number"), _("place"), _("Worker"), _("Limit (min)"), _("Took (min)"), _("Late (h)")]
    group = [_("Name"), _("Orders"), _("Finished"), _("In time"), _("Cost (yuan)"), _("Labour (hours)"), _("Rating")]
    return [
        (_("Rates"), of_rates, rates), (_("Late answers"), of_late, late),
        (_("By building"), group, _rows(found["buildings"])), (_("By category"), group, _rows(found["categories"])),
        (_("By worker"), group, _rows(found["workers"])),
        (_("Repeat faults"), [_("place"), _("Category"), _("Times"), _("Cost (yuan)")],
         [[r["place__full_name"], r["category__name"], r["n"], float(r["spent"] or 0)] for r in found["repeats"]]),
    ]  # fmt: skip


def _rows(groups: list[dict[str, Any]]) -> list[list[Any]]:
    return [
        [r["name"], r["n"], r["finished"], r["in_time"], float(r["spent"] or 0), float(r["labour"] or 0),
         _round(r["stars"])] for r in groups
    ]  # fmt: skip


def _round(number: float | None) -> float | str:
    return "" if number is None else round(number, 1)


def _pct(rate: float | None) -> str:
    return wording.pct(rate, 1)


@login_required
def classes(request: HttpRequest) -> HttpResponse:
    """Repairs and damages of a quarter by class: figures only, no name of a pupil."""
    _allowed(request)
    span = figures.read_span(request.GET.get("quarter", ""), quarterly=True)
    words = {"span": span, "rows": figures.by_class(span), "earlier": span.move(-1), "later": span.move(1)}
    return page(request, "repairs/classes.html", words)


@login_required
def classes_poster(request: HttpRequest) -> HttpResponse:
    """The same on paper in large type, to be pinned up (上墙)."""
    _allowed(request)
    span = figures.read_span(request.GET.get("quarter", ""), quarterly=True)
    rows = [
        [r["school_class__name"], str(r["n"]), str(r["finished"]), str(r["damaged"]), wording.amount(r["spent"] or 0)]
        for r in figures.by_class(span)
    ]
    data = {"first": f"{span.first:%Y-%m-%d}", "last": f"{span.last:%Y-%m-%d}", "rows": rows}
    answer = HttpResponse(prints.pdf("repairs/classes.typ", data, request.user), content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{span.key}.pdf") or ""
    return answer
