"""Gives the periods of a plan their dates: by the year written, asked for, or by the first day of week 1."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from .answer import Period, Plan, Prose, Reading, Remark
from .days import Day
from .heads import Head
from .normal import match_copy, squeeze, year

Pairs = Sequence[tuple[Period, Head]]
WEEK = timedelta(days=7)
_SCHOOL_YEAR = re.compile(
    r"(?P<a>\d{4}|[〇一二三四五六七八九]{4})(?:[-~至/](?P<b>\d{2,4}|[〇一二三四五六七八九]{4}))?(?:学年|年)(?:度)?"
)


def years_for(month: int, day: int, week_start: int = 6, around: int | None = None) -> list[int]:
    """Years in which this day falls on week_start (Monday 0 … Sunday 6), the nearest to `around` first (C2)."""
    middle = around if around is not None else date.today().year  # noqa: DTZ011  no Django here, and only an order
    found = [
        y
        for y in range(middle - 30, middle + 31)
        if _is_day(y, month, day) and date(y, month, day).weekday() == week_start
    ]
    return sorted(found, key=lambda y: (abs(y - middle), -y))


def _is_day(y: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(y, month)[1]


def title_year(title: str) -> tuple[int, str] | None:
    """The year in a title and what it is: school (autumn of the school year), spring, autumn or calendar."""
    tight = squeeze(match_copy(title))[0]
    hit = _SCHOOL_YEAR.search(tight)
    first = year(hit["a"]) if hit else None
    if not hit or first is None:
        return None
    if hit["b"] or "学年" in hit[0]:
        return first, "school"
    if re.search("春|下半年|上半年|秋", tight[hit.end() : hit.end() + 6]):
        return first, "spring" if re.search("春|上半年", tight[hit.end() : hit.end() + 6]) else "autumn"
    return first, "calendar"


_ONLY_DAYS = re.compile(r"(\d{1,2})[日号]?[~-](\d{1,2})[日号]?$")


def _days_under_months(heads: list[Head]) -> list[Head]:
    """第一周（1日—6日） under 九月: the days belong to the month above. A week that runs into the next month stands
    either last under the first month or first under the second."""
    month, fresh, out = 0, False, []
    for head in heads:
        if head.kind == "month" and head.first:
            month, fresh = head.first.month, True
        hit = _ONLY_DAYS.match(squeeze(match_copy(head.note))[0]) if head.kind == "week" and not head.dated else None
        if hit and month and 0 < int(hit[1]) <= 31 and 0 < int(hit[2]) <= 31:
            over = int(hit[2]) < int(hit[1])
            begin = (month - 2) % 12 + 1 if over and fresh else month
            head = replace(
                head, first=Day(begin, int(hit[1])), last=Day(begin % 12 + 1 if over else begin, int(hit[2]))
            )
        fresh = fresh and head.kind == "month"
        out.append(head)
    return out


def _first_year(head: Head) -> int | None:
    """The year of the header's first day, when either of its days has its year written."""
    if head.first and head.first.year:
        return head.first.year
    if head.first and head.last and head.last.year:
        return head.last.year - (head.last.month < head.first.month)
    return None


def year_line(plan: Plan, before: Sequence[str]) -> str:
    """The line that tells the plan's year: its title, or a short line before the schedule such as
    2026—2027学年度第一学期 or 附：二○一七年秋季学期行事历."""
    if title_year(plan.title):
        return plan.title
    lines = [*before]
    for part in plan.body:
        if isinstance(part, Period):
            break
        if not (isinstance(part, Prose) and part.kind == "sign"):
            lines.append(part.text)
    short = [
        line for line in lines if len(line) <= 40 and not re.search("[。；;，,]", line) and re.search("学期|学年", line)
    ]
    return next((line for line in short if (told := title_year(line)) and told[1] != "calendar"), "")


class Dating:
    """Dates one plan. `given` is the asked school year's autumn, `first_day` the first day of week 1."""

    def __init__(self, reading: Reading, title: str, pairs: Pairs, given: int | None, first_day: date | None) -> None:
        self.reading, self.first_day = reading, first_day
        self.given = given if given is not None or first_day is None else first_day.year - (first_day.month < 7)
        self.heads = _days_under_months([head for _, head in pairs])
        self.pairs = [(period, head) for (period, _), head in zip(pairs, self.heads, strict=True)]
        self.turns = self._turns()
        self.base = self._base(title)

    def _turns(self) -> list[int | None]:
        """How many new years lie between the first dated header and each header."""
        turn, last = 0, 0
        out: list[int | None] = []
        for head in self.heads:
            if head.first is None:
                out.append(None)
                continue
            month = head.first.month
            if last and month < last and last - month >= 5:
                turn += 1
            elif last and month > last and month - last >= 7 and turn:
                turn -= 1
            out.append(turn)
            last = month
            if head.last and head.last.month < month:
                last = head.last.month
                turn += 1
        return out

    def _base(self, title: str) -> int | None:
        """The calendar year of turn 0."""
        months = [
            (turn, head.first.month)
            for turn, head in zip(self.turns, self.heads, strict=True)
            if head.first and turn is not None
        ]
        if not months:
            return None
        for turn, head in zip(self.turns, self.heads, strict=True):
            if turn is not None and (base := _first_year(head)):
                return self._written(base - turn, months)
        told = self._told(title, months)
        if self.given is None:
            return told
        base = self._from_anchor(self.given, months)
        if told not in (None, base):
            self._warn_written(told)
        return base

    def _told(self, title: str, months: list[tuple[int, int]]) -> int | None:
        """The year of turn 0 by the plan's title."""
        told = title_year(title)
        if told is None:
            return None
        first, kind = told
        spring = months[0][1] < 8
        if kind == "school":
            return self._from_anchor(first, months)
        if kind == "calendar" or (kind == "spring") == spring:
            return first
        return first + 1 if kind == "autumn" and spring else first

    @staticmethod
    def _from_anchor(anchor: int, months: list[tuple[int, int]]) -> int:
        """August to December lie in the anchor's year, the rest after it, unless the plan keeps the calendar year."""
        last = months[-1][1]
        whole = months[0][1] < 8 and months[-1][0] == 0 and last >= 9
        turned = months[0][1] < 8 and months[-1][0] > 0
        return anchor if months[0][1] >= 8 or whole or turned else anchor + 1

    def _written(self, base: int, months: list[tuple[int, int]]) -> int:
        if self.given is not None and self._from_anchor(self.given, months) != base:
            self._warn_written(base)
        return base

    def _warn_written(self, year_told: int | None) -> None:
        params = {"written": year_told, "given": self.given}
        self.reading.warnings.append(Remark(self.pairs[0][0].line, "written", params=params))

    def run(self) -> None:
        """Sets start and end of every period it can date."""
        month: Day | None = None
        for (period, head), turn in zip(self.pairs, self.turns, strict=True):
            if head.kind in ("month", "months"):
                month = head.first
            if period.kind == "umbrella":
                continue
            self._set(period, head, turn, month)
        if self.first_day:
            self._by_calendar(self.first_day, told=False)
        else:
            self._by_neighbours()

    def _set(self, period: Period, head: Head, turn: int | None, month: Day | None) -> None:
        if head.kind == "tendays" and head.first is None and month and self.base is not None:
            turn = next(
                (t for t, h in zip(reversed(self.turns), reversed(self.heads), strict=True) if h.first is month), 0
            )
            head = Head("tendays", first=month, last=month, thirds=head.thirds)
        if head.first is None or head.last is None or self.base is None or turn is None:
            return
        y = self.base + turn
        later = y + (head.last.month < head.first.month)
        if not _is_day(y, head.first.month, head.first.day) or not _is_day(later, head.last.month, head.last.day):
            self.reading.warnings.append(Remark(period.line, "nodate"))
            return
        period.start, period.end = (
            date(y, head.first.month, head.first.day),
            date(later, head.last.month, head.last.day),
        )
        if head.kind in ("month", "months"):
            period.end = date(later, head.last.month, calendar.monthrange(later, head.last.month)[1])
        if head.kind == "tendays" and head.thirds:
            period.start = date(y, head.first.month, head.thirds[0] * 10 - 9)
            end = head.thirds[1] * 10 if head.thirds[1] < 3 else calendar.monthrange(later, head.last.month)[1]
            period.end = date(later, head.last.month, end)
        if head.mended:
            params = {"start": period.start.isoformat(), "end": period.end.isoformat()}
            self.reading.warnings.append(Remark(period.line, "mended", params=params))

    def _by_calendar(self, first: date, told: bool) -> None:
        for period, head in self.pairs:
            start, end = self._week(head, first)
            if start is None or end is None:
                continue
            if period.start is None and not head.dated:
                period.start, period.end = start, end
                if told:
                    self.reading.warnings.append(Remark(period.line, "worked"))
            elif (period.start, period.end) != (start, end) and period.start and period.end and not told:
                written = f"{period.start.isoformat()} to {period.end.isoformat()}"
                params = {"written": written, "start": start.isoformat(), "end": end.isoformat()}
                self.reading.warnings.append(Remark(period.line, "calendar", params=params))

    @staticmethod
    def _week(head: Head, first: date) -> tuple[date | None, date | None]:
        if head.kind == "week" and head.number is not None:
            last = head.number_to or head.number
            return first + WEEK * (head.number - 1), first + WEEK * last - timedelta(days=1)
        if head.kind == "other" and head.word in ("准备周", "预备周"):
            return first - WEEK, first - timedelta(days=1)
        return None, None

    def _by_neighbours(self) -> None:
        """Weeks without dates among weeks with dates, when all dated ones agree on the first day of week 1."""
        firsts = {p.start - WEEK * (h.number - 1) for p, h in self.pairs if h.kind == "week" and h.number and p.start}
        dated = sum(1 for p, h in self.pairs if h.kind == "week" and p.start)
        if len(firsts) == 1 and dated >= 2:
            self._by_calendar(firsts.pop(), told=True)
