"""Days, weeks and working time, computed from rows already read. Pure: no database, no clock."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

DAY = timedelta(days=1)
Hours = tuple[tuple[int, int], ...]
"""Spans of a working day in minutes after midnight: ((450, 720), (810, 1050))."""


def lay(first_day: date, last_day: date, week_start: int) -> list[tuple[date, date]]:
    """Seven-day weeks that touch each other and cover both days; `week_start` is the weekday they begin (Monday 0)."""
    start = first_day - timedelta(days=(first_day.weekday() - week_start) % 7)
    weeks = []
    while start <= last_day:
        weeks.append((start, start + timedelta(days=6)))
        start += timedelta(days=7)
    return weeks


def parse_hours(written: str) -> Hours:
    """`07:30–12:00, 13:30–17:30` → ((450, 720), (810, 1050)). ValueError when the spans are unreadable or overlap."""
    found = re.findall(r"(\d{1,2})[:：](\d{2})\s*[-–—~～至到]\s*(\d{1,2})[:：](\d{2})", written)
    spans = tuple((int(a) * 60 + int(b), int(c) * 60 + int(d)) for a, b, c, d in found)
    edges = [edge for span in spans for edge in span]
    rest = re.sub(r"[\d:：\-–—~～至到,，;；、\s]", "", written)
    if not spans or rest or edges != sorted(set(edges)) or edges[-1] > 24 * 60:
        raise ValueError(written)
    return spans


def parse_weekdays(written: str) -> frozenset[int]:
    """`1 2 3 4 5` (Monday is 1) → {0, 1, 2, 3, 4}. ValueError when there is none or one that is no weekday."""
    days = frozenset(int(sign) - 1 for sign in re.sub(r"[\s,，、]", "", written))
    if not days or not days <= set(range(7)):
        raise ValueError(written)
    return days


class WorkingTime:
    """Which days are worked, and how many working minutes lie between two instants.

    `exceptions` says of single days whether they are worked; all others go by `weekdays`. Instants are aware; they are
    read in `zone` and cut to the minute, so that minutes are whole and add up exactly.
    """

    def __init__(self, exceptions: Mapping[date, bool], hours: Hours, weekdays: Iterable[int], zone: tzinfo) -> None:
        self.exceptions, self.hours, self.weekdays, self.zone = exceptions, hours, frozenset(weekdays), zone
        self.day_minutes = sum(end - start for start, end in hours)
        self._first = min(exceptions, default=date(2000, 1, 3)) - timedelta(days=7)
        last = max(exceptions, default=self._first) + timedelta(days=7)
        # Working days before each day of the known stretch; outside it all weeks are alike and are counted, not walked.
        self._before = [0]
        for n in range((last - self._first).days):
            self._before.append(self._before[-1] + self.is_working_day(self._first + n * DAY))

    def is_working_day(self, day: date) -> bool:
        said = self.exceptions.get(day)
        return day.weekday() in self.weekdays if said is None else said

    def working_days(self, start: date, end: date) -> int:
        """Working days from `start` up to, not including, `end`; negative when `end` comes first."""
        return self._days_before(end) - self._days_before(start)

    def add_working_days(self, day: date, count: int) -> date:
        """The day `count` (≥ 0) working days later; with 0 the day itself if it is worked, else the next that is."""
        return self._day_numbered(self._days_before(day) + count + (0 if self.is_working_day(day) or not count else -1))

    def working_minutes(self, a: datetime, b: datetime) -> int:
        """Whole working minutes from `a` to `b`; negative when `b` comes first."""
        return self._elapsed(b) - self._elapsed(a)

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime:
        """The earliest instant by which `minutes` (≥ 0) working minutes have passed since `start`."""
        if minutes <= 0:
            return start.astimezone(self.zone).replace(second=0, microsecond=0)
        days, rest = divmod(self._elapsed(start) + minutes, self.day_minutes)
        if rest == 0:
            days, rest = days - 1, self.day_minutes
        day = self._day_numbered(days)
        for begin, end in self.hours:
            if rest <= end - begin:
                return datetime.combine(day, time(0), self.zone) + timedelta(minutes=begin + rest)
            rest -= end - begin
        raise AssertionError("the hours of a day add up to day_minutes")

    def _elapsed(self, instant: datetime) -> int:
        local = instant.astimezone(self.zone)
        day, minute = local.date(), local.hour * 60 + local.minute
        today = 0
        if self.is_working_day(day):
            today = sum(max(0, min(minute, end) - begin) for begin, end in self.hours)
        return self._days_before(day) * self.day_minutes + today

    def _days_before(self, day: date) -> int:
        """Working days between the first known day and this one."""
        n = (day - self._first).days
        if 0 <= n < len(self._before):
            return self._before[n]
        edge = 0 if n < 0 else len(self._before) - 1
        weeks, rest = divmod(n - edge, 7)
        begin = self._first + edge * DAY + weeks * 7 * DAY
        loose = sum((begin + k * DAY).weekday() in self.weekdays for k in range(rest))
        return self._before[edge] + weeks * len(self.weekdays) + loose

    def _day_numbered(self, number: int) -> date:
        """The working day before which exactly `number` working days lie."""
        if 0 <= number < self._before[-1]:
            return self._first + (bisect_right(self._before, number) - 1) * DAY
        edge = 0 if number < 0 else len(self._before) - 1
        weeks, rest = divmod(number - self._before[edge], len(self.weekdays))
        day = self._first + edge * DAY + weeks * 7 * DAY
        while day.weekday() not in self.weekdays or rest:
            rest -= day.weekday() in self.weekdays
            day += DAY
        return day


class Spans:
    """Rows with a first and a last day that do not overlap, found by day."""

    def __init__(self, rows: Sequence[Any], start: str, end: str) -> None:
        self.rows = sorted(rows, key=lambda row: getattr(row, start))
        self.starts = [getattr(row, start) for row in self.rows]
        self.end = end

    def at(self, day: date) -> Any:
        """The row that covers the day, or None."""
        n = bisect_right(self.starts, day) - 1
        return self.rows[n] if n >= 0 and day <= getattr(self.rows[n], self.end) else None

    def before(self, day: date) -> Any:
        """The last row that began by then, or None."""
        n = bisect_right(self.starts, day) - 1
        return self.rows[n] if n >= 0 else None

    def after(self, day: date) -> Any:
        """The first row that begins later, or None."""
        n = bisect_right(self.starts, day)
        return self.rows[n] if n < len(self.rows) else None
