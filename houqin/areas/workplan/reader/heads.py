"""Reads a period header at the start of a line: which period it means and where on the line it ends."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from . import grammar as g
from .days import Day, day_of, read_range
from .labels import Label, read_label
from .normal import match_copy, number, squeeze, year

_LONGEST = 300  # a header is never longer; what follows it on a long line is of no concern here
_CLOSE = {"(": ")", "[": "]", "《": "》", "<": ">"}


@dataclass(frozen=True, slots=True)
class Head:
    """A period header. `end` is the place in the line where it stops; `strength` says how sure its form is:
    full (nothing else on the line), colon, dated (a week with its dates), space, weak (glued to other words)."""

    kind: str
    end: int = 0
    number: int | None = None
    number_to: int | None = None
    first: Day | None = None
    last: Day | None = None
    thirds: tuple[int, int] | None = None
    note: str = ""
    strength: str = "weak"
    label: Label | None = None
    word: str = ""
    mended: str = ""

    @property
    def dated(self) -> bool:
        return self.first is not None


def read_head(text: str, prefer_label: bool = False) -> Head | None:
    """The header that opens this line (original text), or None. A list label or bracket may stand before it;
    prefer_label reads 一、二月份 as label 一、 and February, not as two months."""
    if len(text) > _LONGEST:
        head = _cached(text[:_LONGEST], prefer_label)
        return replace(head, strength="space") if head and head.strength == "full" else head
    return _cached(text, prefer_label)


@lru_cache(maxsize=2048)
def _cached(text: str, prefer_label: bool) -> Head | None:
    copy = match_copy(text)
    label = read_label(text)
    plain = None if prefer_label and label else _read_at(text, copy, 0)
    if plain and label and plain.word == "day":
        plain = None
    if plain and plain.strength == "full":
        return plain
    if label and label.rest < len(text):
        inner = _read_at(text, copy, label.rest)
        if inner and (inner.strength == "full" or label.style == "bullet"):
            return replace(inner, label=label)
        if label.style in ("cn", "cn()", "num") and not (plain and plain.kind in ("months", "range")):
            return None
    return plain


def _read_at(text: str, copy: str, start: int) -> Head | None:
    tight, places = squeeze(copy[start:])
    places = [p + start for p in places]
    if not tight:
        return None
    opened = tight[0] if tight[0] in "([" else ""
    pos = len(opened)
    core = _core(tight, pos)
    if core is None:
        return None
    head, pos = core
    if opened:
        if pos >= len(tight) or tight[pos] != _CLOSE[opened]:
            return None
        pos += 1
    return _tail(head, tight, pos, places, text)


def _core(tight: str, pos: int) -> tuple[Head, int] | None:
    for read in (_week, _range_first, _stage, _thirds, _months, _quarter, _single_day, _other):
        found = read(tight, pos)
        if found:
            return found
    return None


def _week(tight: str, pos: int) -> tuple[Head, int] | None:
    hit = g.WEEK.match(tight, pos)
    if not hit:
        return None
    n, to = number(hit["n"]), number(hit["to"]) if hit["to"] else None
    if n is None or n > 53 or (to is not None and not n < to <= 53):
        return None
    head = Head("week", number=n, number_to=to, word=hit[0])
    end = hit.end()
    bare = re.match(r"[:,、]?(\()?", tight[end:])
    found = read_range(tight, end + bare.end()) if bare else None
    if found:
        first, last, stop, mended = found
        head = replace(head, first=first, last=last, mended=mended)
        end = stop
        if bare and bare[1] and tight[end : end + 1] == ")":
            end += 1
    if not hit["ord"] and not found and tight[end : end + 1] not in ("", ":", "(", ")", "]"):
        return None
    return head, end


def _range_first(tight: str, pos: int) -> tuple[Head, int] | None:
    found = read_range(tight, pos)
    if not found:
        return None
    first, last, end, mended = found
    head = Head("range", first=first, last=last, mended=mended)
    hit = g.WEEK.match(tight, end + (tight[end : end + 1] in ("(", ":")))
    if hit and hit["ord"] and number(hit["n"]) is not None:
        close = tight[end : end + 1] == "(" and tight[hit.end() : hit.end() + 1] == ")"
        to = number(hit["to"]) if hit["to"] else None
        return replace(head, kind="week", number=number(hit["n"]), number_to=to), hit.end() + close
    return head, end


def _stage(tight: str, pos: int) -> tuple[Head, int] | None:
    hit = g.STAGE.match(tight, pos)
    if not hit or tight[hit.end() : hit.end() + 1] not in ("(", ":", ""):
        return None
    found = read_range(tight, hit.end() + 1)
    if found:
        return Head("range", first=found[0], last=found[1], word=hit[0]), found[2] + (
            tight[found[2] : found[2] + 1] == ")"
        )
    return None


def _thirds(tight: str, pos: int) -> tuple[Head, int] | None:
    hit = g.THIRDS.match(tight, pos)
    if not hit or not (hit["m"] or "旬" in hit[0]):
        return None
    if hit["t"] in ("上", "中", "下") and not (hit["u"] and "旬" in hit["u"]):
        return None
    m = number(hit["m"]) if hit["m"] else None
    to = number(hit["to"]) if hit["to"] else m
    begin, stop = g.THIRD_OF[hit["t"]][0], g.THIRD_OF[hit["u"] or hit["t"]][1]
    y = year(hit["year"]) if hit["year"] else None
    first = Day(m, 1, y) if m else None
    last = Day(to, 1) if to else None
    return Head("tendays", first=first, last=last, thirds=(begin, stop), word=hit[0]), hit.end()


def _months(tight: str, pos: int) -> tuple[Head, int] | None:
    hit = g.MONTHS.match(tight, pos)
    if not hit or not (hit["mark"] or hit["mark2"]):
        return None
    end = hit.end()
    m = number(hit["m"])
    to = number(hit["to"]) if hit["to"] else m
    if not m or not to or (hit["to"] and not _follows(hit[0], m, to)):
        return None
    if re.match(r"\d|[一二三四五六七八九十]{1,3}[日号]", tight[end:]):
        return None
    y, y2 = (year(hit[k]) if hit[k] else None for k in ("year", "year2"))
    return Head("months" if to != m else "month", first=Day(m, 1, y), last=Day(to, 1, y2), word=hit[0]), end


def _follows(word: str, m: int, to: int) -> bool:
    """八、九月 are two months; 一、九月 is a label and a month, and so is 1、二月 (two kinds of numerals)."""
    if not re.search("[、,]", word):
        return True
    return to == m % 12 + 1 and len({c.isdigit() for c in re.split("[、,]", word) for c in c[:1]}) == 1


def _quarter(tight: str, pos: int) -> tuple[Head, int] | None:
    hit = g.QUARTER.match(tight, pos)
    if not hit:
        return None
    q = number(hit["q"]) or 1
    return Head("months", first=Day(q * 3 - 2, 1), last=Day(q * 3, 1), word=hit[0]), hit.end()


def _single_day(tight: str, pos: int) -> tuple[Head, int] | None:
    hit = g.DATE.match(tight, pos)
    day = day_of(hit.groupdict(), "1") if hit else None
    return (Head("range", first=day, last=day, word="day"), hit.end()) if hit and day else None


def _other(tight: str, pos: int) -> tuple[Head, int] | None:
    hit = g.OTHER.match(tight, pos)
    if not hit:
        return None
    end = hit.end()
    head = Head("other", word=hit[0])
    found = read_range(tight, end + (tight[end : end + 1] in ("(", ":")))
    if found:
        end = found[2] + (tight[found[2] : found[2] + 1] == ")")
        head = replace(head, first=found[0], last=found[1])
    return head, end


def _tail(head: Head, tight: str, pos: int, places: list[int], text: str) -> Head:
    """Takes a note in brackets, a suffix such as 工作要点, a theme and a colon that belong to the header."""

    def place(i: int) -> int:
        return places[i] if i < len(places) else len(text)

    def done(i: int, strength: str, note: str = "") -> Head:
        end = place(i - 1) + 1 if i else 0
        end += len(text[end:]) - len(text[end:].lstrip("`* \u3000"))
        return replace(head, end=end, strength=strength, note=note)

    core = pos
    suffix = g.SUFFIX.match(tight, pos)
    if suffix and tight[suffix.end() : suffix.end() + 1] in ("", ":", "(", "-"):
        pos = suffix.end()
        if re.match(r"-+[^。;,]{1,20}$", tight[pos:]):
            return done(len(tight), "full", text[place(pos) :].strip(" -—–－─"))
    theme = g.THEME.match(tight, pos)
    if theme and head.kind in ("month", "months", "week"):
        return done(len(tight), "full", text[place(theme.start("theme")) :].strip() if theme["theme"] else "")
    pos, colon, inside = _colon_and_note(tight, pos)
    note = text[place(inside[0]) : place(inside[1])].strip() if inside else ""
    if pos >= len(tight):
        return done(len(tight), "full", note)
    if colon:
        return done(pos, "colon", note)
    if head.kind == "week" and head.dated:
        return done(pos, "dated", note)
    gap = pos and place(pos) > place(pos - 1) + 1
    return done(pos if note else core, "space" if gap or note else "weak", note)


def _colon_and_note(tight: str, pos: int) -> tuple[int, bool, tuple[int, int] | None]:
    """The place after a colon and one bracket, whether there was a colon, and what the bracket holds."""
    colon, inside = False, None
    while pos < len(tight) and tight[pos] in ":([":
        if tight[pos] == ":":
            colon, pos = True, pos + 1
            continue
        close = tight.find(_CLOSE[tight[pos]], pos)
        if inside or close < 0 or close - pos > 40:
            break
        inside, pos = (pos + 1, close), close + 1
    return pos, colon, inside
