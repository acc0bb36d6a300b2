"""What the whole plan says about its lines: which of the lines that look like period headers are headers."""

import re
from collections.abc import Sequence
from dataclasses import replace

from . import grammar as g
from . import words
from .blocks import Line
from .days import Day
from .heads import Head, read_head
from .labels import read_label
from .normal import match_copy, number, squeeze, year
from .people import are_names

_BARE = re.compile(rf"(?:{g.NUM})$")


def prefers_labels(lines: Sequence[Line]) -> bool:
    """True when 一、二月份 / 二、三月份 / 三、四月份 are labels with months, because the labels count 1, 2, 3."""
    firsts = []
    for line in lines:
        head = read_head(line.text)
        if head and head.kind == "months" and re.match(r"[^、]{1,2}、", head.word) and head.first:
            firsts.append(head.first.month)
    return len(firsts) >= 3 and firsts == list(range(firsts[0], firsts[0] + len(firsts))) and firsts[0] == 1


def accepted_heads(lines: Sequence[Line], prefer_label: bool) -> dict[int, Head]:
    """The lines (by index) that open a period, with their headers."""
    heads = {i: head for i, line in enumerate(lines) if (head := read_head(line.text, prefer_label))}
    heads.update(_bare_weeks(lines))
    heads = {i: head for i, head in heads.items() if not are_names(match_copy(lines[i].text[head.end :]))}
    sure = {i for i, head in heads.items() if _is_sure(head, lines[i])}
    sure |= _runs(heads, sure)
    sure -= {i for i in sure if _is_signature(i, lines, heads, sure)}
    main = {
        i
        for i in sure
        if heads[i].kind in ("week", "month", "months", "tendays")
        or (heads[i].kind == "range" and heads[i].word != "day")
    }
    sure = {i for i in sure if _is_fit(i, heads, sure, main)}
    return _with_years(lines, {i: heads[i] for i in sorted(sure)})


def _is_sure(head: Head, line: Line) -> bool:
    if head.strength in ("full", "dated"):
        return head.kind != "range" or head.strength == "full" or head.word != "day"
    if head.strength == "colon":
        return head.kind != "range" or head.word != "day" or len(line.text) > head.end
    rest = match_copy(line.text[head.end :])
    if head.strength == "space" and head.kind in ("month", "months", "week"):
        return head.kind == "week" and not re.match(r"\s*[,的是]", rest) or bool(g.WATERMARK.search(rest))
    return bool(g.WATERMARK.search(rest)) and head.kind in ("month", "months", "week") and len(rest) < 60


def _runs(heads: dict[int, Head], sure: set[int]) -> set[int]:
    """Headers glued to other words are believed when three or more of one kind follow one another in order."""
    found: set[int] = set()
    for kinds in (("week",), ("month", "months"), ("range",), ("tendays",)):
        loose = [i for i, h in heads.items() if h.kind in kinds and h.strength in ("weak", "space") and not h.label]
        known = [i for i, h in heads.items() if h.kind in kinds and i in sure]
        chain = [_rank(heads[i]) for i in sorted(loose + known)]
        steps = [(b - a) % 12 if kinds[0] == "month" else b - a for a, b in zip(chain, chain[1:], strict=False)]
        if len(loose) >= 3 and steps and all(0 < s <= 3 for s in steps):
            found |= set(loose)
    return found


def _rank(head: Head) -> int:
    if head.kind == "week":
        return head.number or 0
    if head.first is None:
        return -99
    if head.kind == "range":
        return (head.first.month - 1) * 31 + head.first.day if head.word != "day" else -99
    return head.first.month * (3 if head.kind == "tendays" else 1) + (head.thirds[0] if head.thirds else 0)


def _is_signature(i: int, lines: Sequence[Line], heads: dict[int, Head], sure: set[int]) -> bool:
    """A date with its year that closes the document, or stands under the school's name, is no header."""
    head = heads[i]
    written = head.first is not None and head.first.year is not None or "年" in lines[i].text
    if not written or not words.is_sign_date(match_copy(lines[i].text)):
        return False
    if i + 1 == len(lines) or (
        i and words.is_org(match_copy(lines[i - 1].text)) and not words.titles_of(match_copy(lines[i - 1].text))
    ):
        return True
    others = [heads[j] for j in sure if j != i and heads[j].kind == head.kind]
    if any(o.first and o.first.year for o in others) and head.word != "day":
        return False
    after = next((j for j in range(i + 1, len(lines)) if j in sure), None)
    follows = after == i + 1 or words.OPENER.search(match_copy(lines[i + 1].text)) or _is_heading(lines[i + 1])
    return head.word == "day" or bool(follows)


def _is_heading(line: Line) -> bool:
    label = read_label(line.text)
    return label is not None and label.style in ("cn", "cn()")


def _is_fit(i: int, heads: dict[int, Head], sure: set[int], main: set[int]) -> bool:
    """Single days and words such as 寒假 open a period only among others, or right after an undated header."""
    head = heads[i]
    if i in main:
        return True
    before = heads[i - 1] if i - 1 in sure else None
    if head.word == "day":
        if before and not before.dated and before.kind in ("week", "other"):
            return True
        weeks = [j for j in main if heads[j].kind != "range"]
        return not weeks and sum(1 for j in sure if heads[j].word == "day") >= 2 and head.strength in ("full", "colon")
    styles = {label.style for j in main if (label := heads[j].label)}
    if head.label and head.label.style not in styles:
        return False
    return bool(main) and (head.strength == "full" or i >= min(main) - 3)


def _bare_weeks(lines: Sequence[Line]) -> dict[int, Head]:
    """一 / 3月1日-3月7日 / … : bare numerals of a 周次 column, one cell a line."""
    found = {}
    for i, line in enumerate(lines[:-1]):
        tight = squeeze(match_copy(line.text))[0]
        n = number(tight) if _BARE.match(tight) else None
        after = read_head(lines[i + 1].text) if n is not None and n <= 30 else None
        if n is not None and after and after.kind == "range" and after.strength == "full":
            found[i] = Head("week", len(line.text), number=n, strength="full", word=tight)
    numbers = [h.number for h in found.values()]
    return found if len(found) >= 2 and numbers == sorted(set(numbers), key=lambda x: x or 0) else {}


def _with_years(lines: Sequence[Line], heads: dict[int, Head]) -> dict[int, Head]:
    """A year alone on the line above a header belongs to it."""
    for i, head in heads.items():
        hit = g.YEAR_LINE.fullmatch(squeeze(match_copy(lines[i - 1].text))[0]) if i else None
        if hit and head.first and not head.first.year:
            heads[i] = replace(head, first=Day(head.first.month, head.first.day, year(hit["year"])))
    return heads
