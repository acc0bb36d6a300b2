"""The school year 2026–2027 of the demo school, and the day its story is told on."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from houqin.school.terms.models import SchoolYear, SpecialDay, Term, WeekStart

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST_DAY = date(2026, 8, 30)
LAST_DAY = date(2027, 1, 23)
BOOKS_OPEN = datetime(2026, 8, 24, 9, 0, tzinfo=SHANGHAI)
"""When the office began to keep its books in the system, in the week before term."""
EARLIEST = FIRST_DAY + timedelta(weeks=8)


def story_day(wanted: date) -> date:
    """The day the demo lives on: `wanted`, or the nearest day of the term with eight weeks of history before it."""
    return min(max(wanted, EARLIEST), LAST_DAY - timedelta(days=7))


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def build(by: Any) -> Term:
    """School year, both terms with their weeks, holidays, and the mid-term examination."""
    year = SchoolYear.add(by=by, name="2026—2027学年", first_day=FIRST_DAY, last_day=date(2027, 8, 28))
    year.fill_holidays(by=by)
    first = Term.add(by=by, year=year, number=1, first_day=FIRST_DAY, last_day=LAST_DAY, week_start=WeekStart.SUNDAY)
    second = Term.add(
        by=by, year=year, number=2, first_day=date(2027, 2, 21), last_day=date(2027, 7, 10),
        week_start=WeekStart.SUNDAY,
    )  # fmt: skip
    for term in (first, second):
        term.lay_weeks(by=by)
    for day in (date(2026, 11, 11), date(2026, 11, 12), date(2026, 11, 13)):
        SpecialDay.add(by=by, date=day, name="期中考试", is_off=False, is_exam=True)
    return first
