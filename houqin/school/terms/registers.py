from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houqin.kernel import clock
from houqin.kernel.registers import Card, Column, Panel, Register, Tab, contribute, register

from .calendar import calendar, span, week_pill
from .models import SchoolYear, SpecialDay, Term, Week


@register
class SchoolYears(Register):
    """School years, from September to August."""

    model = SchoolYear
    icon = "calendar"
    columns = "name first_day last_day"
    search = "name"
    form = "name, first_day last_day"
    import_key = "first_day"
    order = "-first_day"
    primary = "fill_holidays"
    panels = (
        Panel(_("School year"), facts="first_day last_day"),
        Panel(_("Terms"), linked=lambda year, user: year.terms.all()),
    )
    card = Card(title=str, meta=lambda year: f"{year.first_day:%Y.%m.%d}–{year.last_day:%Y.%m.%d}")


@register
class Terms(Register):
    """The two terms of a year, with their weeks."""

    model = Term
    icon = "calendar-time"
    columns = "year number first_day last_day week_start"
    extra_columns = "alias"
    filters = "year"
    search = "year__name alias"
    import_key = "year number"
    form = "year number, first_day last_day, week_start alias"
    order = "-first_day"
    related = "year"
    primary = "lay_weeks"
    panels = (
        Panel(_("Term"), facts="first_day last_day week_start alias"),
        Panel(_("Weeks"), linked=lambda term, user: term.weeks.all(), limit=30),
    )
    card = Card(title=str, meta=lambda term: f"{term.first_day:%Y.%m.%d}–{term.last_day:%Y.%m.%d}")


@register
class Weeks(Register):
    """The week table: every week with its own first and last day."""

    model = Week
    icon = "calendar-week"
    columns = "label start end term counted note"
    filters = "term counted"
    search = "label note"
    import_key = "start"
    form = "term number, label, start end, counted note"
    order = "-start"
    related = "term__year"
    panels = (Panel(_("Week"), facts="term number label start end counted note"),)
    card = Card(
        title=lambda week: week.label,
        meta=lambda week: span(week.start, week.end),
    )


def _announced(day: SpecialDay) -> Any:
    return _("announced") if day.announced else _("not announced yet")


@register
class SpecialDays(Register):
    """Holidays and the weekend days worked instead."""

    model = SpecialDay
    icon = "calendar-event"
    columns = (
        "date", "name", "is_off", "is_exam", "follows",
        Column("announced", value=_announced, html=_announced, sort="announced", needs="announced"),
    )  # fmt: skip
    extra_columns = "note"
    filters = "date is_off is_exam announced"
    search = "name note"
    import_key = "date"
    form = "date name, is_off is_exam, follows announced, note"
    order = "-date"
    tabs = (
        Tab("year", _("From this year on"), lambda days, user: days.filter(retired_at=None, date__gte=_new_year())),
        Tab("all", _("All"), lambda days, user: days.filter(retired_at=None)),
        Tab("waiting", _("Not announced yet"), lambda days, user: days.filter(retired_at=None, announced=False)),
        Tab("retired", _("Taken out"), lambda days, user: days.exclude(retired_at=None), counted=False),
    )
    panels = (Panel(_("Day"), facts="date name is_off is_exam follows announced note"),)
    card = Card(title=str, meta=_announced)


def _new_year() -> Any:
    return clock.today().replace(month=1, day=1)


def _calendar_button(term: Term, user: Any) -> dict[str, Any]:
    return {"label": _("Calendar"), "url": reverse("school_calendar", args=[term.year_id]), "icon": "calendar-month"}


def _this_week(day: Any) -> list[Any] | None:
    """The school's own week for the filter "this week"."""
    week = calendar().weeks.at(day)
    return [week.start, week.end] if week else None


contribute("action:terms.term", _calendar_button)
contribute("week", _this_week)
contribute("pill", week_pill)
