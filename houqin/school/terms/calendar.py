"""The school's calendar as everybody asks for it: working time, weeks and terms, from rows kept for a few seconds."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from houqin.kernel import clock
from houqin.school.rules.models import declare, value
from houqin.school.rules.snapshots import Snapshot

from .days import Spans, WorkingTime, parse_hours, parse_weekdays

HOURS = declare(
    "terms.hours", "07:30–12:00, 13:30–17:30", label=_("working hours of a school day"),
    source="学校作息", area="terms", check=parse_hours,
)  # fmt: skip
WEEKDAYS = declare(
    "terms.weekdays", "1 2 3 4 5", label=_("working days of a week (Monday is 1)"),
    source="学校作息", area="terms", check=parse_weekdays,
)  # fmt: skip


@dataclass(frozen=True)
class Calendar:
    """Everything the calendar tables say, read at one moment. Hold one for a long computation."""

    days: dict[date, Any]
    weeks: Spans
    terms: Spans
    working: WorkingTime


def _load() -> Calendar:
    from .models import SpecialDay, Term, Week

    days = {row.date: row for row in SpecialDay.objects.active()}
    terms = list(Term.objects.select_related("year"))
    by_pk = {term.pk: term for term in terms}
    weeks = list(Week.objects.all())
    for week in weeks:
        week.term = by_pk[week.term_id]
    exceptions = {day: not row.is_off for day, row in days.items()}
    working = WorkingTime(
        exceptions, parse_hours(value(HOURS)), parse_weekdays(value(WEEKDAYS)), ZoneInfo(settings.TIME_ZONE)
    )
    return Calendar(days, Spans(weeks, "start", "end"), Spans(terms, "first_day", "last_day"), working)


_kept = Snapshot(_load).drop_on("terms", "rules")


def calendar() -> Calendar:
    """The calendar as it is now: three small queries, then none for five seconds."""
    return _kept.get()


def is_working_day(day: date) -> bool:
    """By the table of holidays and make-up days, else by the weekday."""
    return calendar().working.is_working_day(day)


def working_minutes(a: datetime, b: datetime) -> int:
    """Whole working minutes between two aware instants; negative when `b` comes first."""
    return calendar().working.working_minutes(a, b)


def add_working_minutes(start: datetime, minutes: int) -> datetime:
    """The earliest instant by which so many working minutes have passed since `start`."""
    return calendar().working.add_working_minutes(start, minutes)


def add_working_days(day: date, count: int) -> date:
    """The working day `count` working days after a day (0: the day itself, or the next one worked)."""
    return calendar().working.add_working_days(day, count)


def day_minutes() -> int:
    """How many working minutes one working day has: what "1 working day" means on a clock."""
    return calendar().working.day_minutes


def special_day(day: date) -> Any:
    """The SpecialDay row of a day, or None on an ordinary day."""
    return calendar().days.get(day)


def week_of(day: date | None = None) -> Any:
    """The Week (with its term) that a day lies in, or None in a vacation."""
    return calendar().weeks.at(day or clock.today())


def current_term(day: date | None = None) -> Any:
    """The Term a day lies in; in a vacation the coming one, else the last one; None when there are no terms."""
    terms, day = calendar().terms, day or clock.today()
    return terms.at(day) or terms.after(day) or terms.before(day)


@dataclass(frozen=True)
class Pill:
    """A week as the top bar shows it: ("第13周", "11.22–11.28"); a vacation has no range."""

    label: str
    range: str = ""

    def __str__(self) -> str:
        return f"{self.label} {self.range}".strip()


def week_pill(day: date | None = None) -> Pill | None:
    """The week of a day (default today), in a vacation the vacation's name, None when no term is set up."""
    day = day or clock.today()
    if week := week_of(day):
        usual = week.label == f"第{week.number}周"
        label = gettext("Week %(n)s") % {"n": week.number} if usual else week.label
        return Pill(label, span(week.start, week.end))
    terms = calendar().terms
    past, coming = terms.before(day), terms.after(day)
    if terms.at(day) or not (past or coming):
        return None
    winter = past.number == 1 if past else coming.number == 2
    return Pill(gettext("winter vacation") if winter else gettext("summer vacation"))


def span(start: date, end: date) -> str:
    """8.30–9.05: the day always has two digits, the month as many as it needs."""
    return f"{start.month}.{start.day:02d}–{end.month}.{end.day:02d}"


def unannounced(first: date, last: date) -> bool:
    """Does the stretch hold days whose official arrangement is not yet known (未公布)?"""
    return any(not row.announced for day, row in calendar().days.items() if first <= day <= last)
