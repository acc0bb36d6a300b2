"""Days a task's own words name, and the days a repeated task falls on. Pure: no database."""

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta

Span = tuple[date, date]
DAY = timedelta(days=1)
_MONTHS = {word: n for n, word in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12, "元": 1, "正": 1}
_MONTH = re.compile(r"(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九元正])月")
_PARTS = {
    "月初": (1, 5), "中上旬": (1, 20), "中下旬": (11, 31),
    "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "月底": (25, 31),
}  # fmt: skip


def month_span(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def near(month: int, around: date) -> int:
    """The year in which that month lies nearest to a day."""
    years = (around.year - 1, around.year, around.year + 1)
    return min(years, key=lambda year: abs((date(year, month, 15) - around).days))


def third(words: str, around: date) -> Span | None:
    """9月上旬, 月底, 中旬至下旬 → first and last day, in the named month or else in the month of `around`."""
    hit = _MONTH.search(words)
    month = (int(hit[1]) if hit[1].isdecimal() else _MONTHS[hit[1]]) if hit else around.month
    first, last = month_span(near(month, around), month)
    found = [days for word, days in _PARTS.items() if word in words]
    if not found:
        return None
    low, high = min(low for low, _high in found), max(high for _low, high in found)
    return first.replace(day=low), first.replace(day=min(high, last.day))


def months_in(start: date, end: date) -> list[Span]:
    """The parts of each month that lie between two days."""
    found, day = [], start
    while day <= end:
        last = min(month_span(day.year, day.month)[1], end)
        found.append((day, last))
        day = last + DAY
    return found


def weeks_in(start: date, end: date, weeks: Sequence[Span]) -> list[Span]:
    """The parts of each week that lie between two days; seven days from `start` where the week table has none."""
    known = [(max(a, start), min(b, end)) for a, b in weeks if a <= end and b >= start]
    if known:
        return [(a, b) for a, b in known if (b - a).days >= 3 or len(known) == 1]
    found = []
    while start <= end:
        found.append((start, min(start + 6 * DAY, end)))
        start += 7 * DAY
    return found


def occurrences(word: str, start: date, end: date, weeks: Sequence[Span], last: date | None = None) -> list[Span]:
    """When a repeated task falls due between two days; empty when the words give no rhythm that makes separate tasks.

    `last` is the end of the term: a monthly task named in one week goes on until then.
    """
    if "每月" in word or "月末" in word or "月底" in word:
        whole = months_in(start, last if last and (end - start).days < 14 and last > end else end)
        at_end = any(w in word for w in ("末", "底"))
        return [((b - 4 * DAY if at_end and (b - a).days > 4 else a), b) for a, b in whole]
    if "每周" in word or "周清" in word or "周查" in word:
        return weeks_in(start, end, weeks)
    return []
