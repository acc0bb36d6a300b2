"""The school year on one page: weeks as rows, days off, make-up days and examinations coloured."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _

from houqin.kernel import clock
from houqin.kernel.access import may
from houqin.kernel.registers.render import page

from .calendar import Calendar, calendar, current_term
from .models import SchoolYear, SpecialDay


@login_required
def school_calendar(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The calendar of a school year (the current one without a number); everybody may look at it."""
    years = list(SchoolYear.objects.order_by("-first_day"))
    term = current_term()
    year = get_object_or_404(SchoolYear, pk=pk) if pk else term.year if term else years[0] if years else None
    if pk and year is None:
        raise Http404
    rows = weeks_of(year, calendar()) if year else []
    heads = [label for _number, label in SpecialDay.WEEKDAYS]
    start = rows[0]["days"][0]["day"].weekday() if rows else 0
    context = {
        "year": year, "years": years, "rows": rows, "heads": heads[start:] + heads[:start],
        "waiting": sorted({day.year for day, row in calendar().days.items() if year and not row.announced
                           and year.first_day <= day <= year.last_day}),
        "may_amend": may(request.user, SpecialDay, "amend"),
    }  # fmt: skip
    return page(request, "terms/calendar.html", context)


def weeks_of(year: SchoolYear, known: Calendar) -> list[dict[str, Any]]:
    """Rows of seven days from the first to the last day of the year: label, term, month where one begins, days."""
    first_term = known.terms.at(year.first_day) or known.terms.after(year.first_day)
    begins = first_term.week_start if first_term else 6
    day = year.first_day - timedelta(days=(year.first_day.weekday() - begins) % 7)
    rows = []
    while day <= year.last_day:
        days = [day + timedelta(days=n) for n in range(7)]
        week = next(filter(None, map(known.weeks.at, days)), None)
        new = next((d for d in days if d.day == 1), day if not rows else None)
        rows.append({
            "label": week.label if week else "", "note": week.note if week else "",
            "counted": bool(week and week.counted),
            "month": new.replace(day=1) if new else None, "days": [_cell(d, year, known) for d in days],
        })  # fmt: skip
        day += timedelta(days=7)
    return rows


def _cell(day: date, year: SchoolYear, known: Calendar) -> dict[str, Any]:
    row = known.days.get(day)
    if not year.first_day <= day <= year.last_day:
        return {"day": day, "css": "out", "name": "", "today": False}
    if row:
        css = "off" if row.is_off else "exam" if row.is_exam else "work"
        name = row.name if row.announced else _("%(name)s (not announced yet)") % {"name": row.name}
    else:
        css, name = ("" if known.working.is_working_day(day) else "rest"), ""
    if not known.terms.at(day) and not row:
        css = "vacation"
    return {"day": day, "css": css, "name": name, "today": day == clock.today()}


urlpatterns = [
    path("terms/calendar/", school_calendar, name="school_calendar_now"),
    path("terms/calendar/<int:pk>/", school_calendar, name="school_calendar"),
]
