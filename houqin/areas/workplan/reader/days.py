"""Days and ranges of days as written: 8.30~9.05, 9月6日-12日, 2月21日?2月27日, 74日至827日."""

import re
from dataclasses import dataclass

from . import grammar as g
from .normal import number, year


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written; the year is None where the document leaves it out or masks it."""

    month: int
    day: int
    year: int | None = None


def read_range(tight: str, pos: int) -> tuple[Day, Day, int, str] | None:
    """First day, last day, end place and how it was mended, for a date range that starts at pos."""
    for pattern in g.RANGES:
        hit = pattern.match(tight, pos)
        if hit:
            pair = _days(hit.groupdict())
            if pair:
                return (*pair, hit.end(), "mark" if "?" in hit[0] else "")
    hit = g.LOST_MONTH.match(tight, pos)
    if hit:
        pair = _lost(hit["a"], hit["b"])
        if pair:
            return (*pair, hit.end(), "month")
    return None


def day_of(found: dict[str, str | None], which: str, month: int | None = None) -> Day | None:
    """The day from the groups of a match; `which` is "1" or "2"; None for a day no calendar has."""
    m = number(found.get("m" + which) or found.get("n" + which) or "") or month
    raw = found.get("d" + which) or found.get("e" + which) or ""
    d = number(re.sub("[日号]", "", raw))
    y = found.get("y" + which)
    if not m or not d or m > 12 or d > 31 or (m in (4, 6, 9, 11) and d > 30) or (m == 2 and d > 29):
        return None
    return Day(m, d, year(y) if y else None)


def _days(found: dict[str, str | None]) -> tuple[Day, Day] | None:
    first = day_of(found, "1")
    last = day_of(found, "2", first.month) if first else None
    return (first, last) if first and last else None


def _lost(a: str, b: str) -> tuple[Day, Day] | None:
    """74日至827日: the sign 月 was lost in copying. The reading with the shortest forward span is taken."""
    best = None
    for first in _splits(a):
        for last in _splits(b):
            span = (last.month - first.month) % 12 * 31 + last.day - first.day
            if span > 0 and (best is None or span < best[0]):
                best = (span, first, last)
    return (best[1], best[2]) if best and best[0] <= 100 else None


def _splits(digits: str) -> list[Day]:
    pairs = [(digits[:i], digits[i:]) for i in (1, 2) if len(digits) > i]
    return [day for m, d in pairs if d[0] != "0" and (day := day_of({"m1": m, "d1": d}, "1"))]
