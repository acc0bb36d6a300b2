"""When things break: so many reports a day, at the hours people notice."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from houqin.school.terms import calendar

from .calendar import FIRST_DAY, moment

PEAK = FIRST_DAY + timedelta(weeks=3)
DAY = timedelta(days=1)
BEFORE = date(2023, 9, 1)
"""A large history (`--orders 100000`) begins here; the school's calendar knows only this year's holidays."""

# (from minute, to minute, weight) of a school day and of a weekend
SCHOOL_HOURS = [(420, 480, 14), (480, 700, 40), (700, 810, 14), (810, 1050, 24), (1050, 1290, 8)]
WEEKEND_HOURS = [(480, 720, 30), (720, 1020, 35), (1020, 1290, 35)]


def reports(first: date, last: date, dice: Random) -> Iterator[tuple[datetime, bool]]:
    """(when, on a weekend) of every ordinary report from day to day, in order."""
    day = first
    while day <= last:
        yield from ((at, not calendar.is_working_day(day)) for at in hours(day, how_many(day, dice), dice))
        day += DAY


def how_many(day: date, dice: Random) -> int:
    if calendar.is_working_day(day):
        return dice.randint(16, 19) if day < PEAK else dice.randint(12, 17)
    special = calendar.special_day(day)
    return dice.randint(0, 1) if special and special.is_off else dice.randint(1, 4)


def hours(day: date, count: int, dice: Random) -> list[datetime]:
    table = SCHOOL_HOURS if calendar.is_working_day(day) else WEEKEND_HOURS
    spans = dice.choices(table, [weight for _a, _b, weight in table], k=count)
    minutes = sorted(dice.randint(a, b - 1) for a, b, _weight in spans)
    return [moment(day, minute // 60, minute % 60) for minute in minutes]


def earlier(count: int, dice: Random) -> Iterator[tuple[datetime, bool]]:
    """So many reports spread evenly over the working days of the years before this one."""
    days = [BEFORE + n * DAY for n in range((FIRST_DAY - BEFORE).days)]
    days = [day for day in days if calendar.is_working_day(day) and day.month not in (7, 8)]
    done = 0
    for n, day in enumerate(days, 1):
        share = count * n // len(days) - done
        done += share
        yield from ((at, False) for at in hours(day, share, dice))
