"""Plans without headers: tasks that carry their own time, and a page that is one week."""

import re
from typing import Any

from .answer import Item, Measure, Period, Plan, Prose, Reading
from .bucket import END_MARKS
from .heads import Head, read_head
from .labels import read_label
from .normal import match_copy

_BRACKET = re.compile(r"\(([^()]{2,14})\)\s*[。;；.!]*$")


def own_time(reading: Reading, plan: Plan) -> list[tuple[Period, Head]]:
    """Turns such measures into items of periods; the periods with their headers, empty when there are none."""
    return _by_items(plan) or _one_week(plan)


def _by_items(plan: Plan) -> list[tuple[Period, Head]]:
    """A run of numbered tasks of which most name their third of a month, or their week in brackets."""
    runs: list[list[int]] = [[]]
    for i, part in enumerate(plan.body):
        if isinstance(part, Measure) and part.level >= 3:
            runs[-1].append(i)
        elif isinstance(part, Measure):
            runs.append([])
    pairs: list[tuple[Period, Head]] = []
    for run in runs:
        times = {i: found for i in run if (found := _time(plan.body[i]))}
        if len(times) >= 2 and len(times) * 5 >= len(run) * 3:
            pairs += _turn(plan, run, times)
    plan.body = [part for part in plan.body if part is not None]
    return pairs


def _time(part: Measure | Prose | Period) -> tuple[str, Head] | None:
    if not isinstance(part, Measure):
        return None
    head = read_head(part.text)
    if head and head.kind == "tendays" and head.first:
        return head.word, head
    hit = _BRACKET.search(match_copy(part.text))
    head = read_head(part.text[hit.start(1) : hit.end(1)]) if hit else None
    if hit and head and head.strength == "full" and head.kind != "other":
        return part.text[hit.start(1) : hit.end(1)], head
    return None


def _turn(plan: Plan, run: list[int], times: dict[int, tuple[str, Head]]) -> list[tuple[Period, Head]]:
    body: list[Any] = plan.body
    pairs: list[tuple[Period, Head]] = []
    for i in run:
        measure = body[i]
        header, head = times.get(i, (pairs[-1][0].header, pairs[-1][1]) if pairs else ("", Head("other")))
        item = as_item(measure)
        if i not in times:
            item.flag("look")
        if pairs and pairs[-1][0].header == header:
            pairs[-1][0].body.append(item)
            body[i] = None
            continue
        period = Period(
            header, head.kind, measure.line, head.number, head.number_to, section=measure.section, body=[item]
        )
        body[i] = period
        pairs.append((period, head))
    return pairs


def as_item(measure: Measure) -> Item:
    """The same words as a task."""
    label = read_label(measure.raw)
    item = Item(measure.label, END_MARKS.sub("", measure.text) or measure.text, measure.line, measure.raw)
    item.style, item.number = (label.style, label.number) if label else ("", 0)
    return item


_WEEK_TITLE = re.compile(
    r"第?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*周|本周|一周工作|周工作|月份?工作|[一二三四五六七八九十\d]月"
)


def _one_week(plan: Plan) -> list[tuple[Period, Head]]:
    """A page whose title names one week (or month): its numbered lines are the tasks, headings over them groups."""
    if re.search("学期|学年|年度", plan.title) or re.search("月.?[-~至]", match_copy(plan.title)):
        return []
    if not plan.measures or not _WEEK_TITLE.search(plan.title) or len(plan.title) > 40:
        return []
    copy = match_copy(plan.title)
    hit = re.search(
        r"(?:第\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*周|(?:\d{4}年)?(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九元])月).*",
        copy,
    )
    head = read_head(hit[0]) if hit else None
    head = head or Head("week" if "周" in copy else "other", word=plan.title)
    number = head.number
    period = Period(plan.title, head.kind, plan.line, number, head.number_to)
    deepest = max(m.level for m in plan.measures)
    body: list[Measure | Prose | Period] = []
    for part in plan.body:
        if isinstance(part, Measure) and (part.level == deepest or not _has_children(plan, part)) and part.label:
            period.body.append(as_item(part))
        elif isinstance(part, Measure) and part.label:
            period.body.append(Prose(part.raw, part.line, kind="group"))
            body.append(part)
        else:
            body.append(part)
    plan.body = [*(p for p in body if not isinstance(p, Measure)), period]
    return [(period, head)]


def _has_children(plan: Plan, measure: Measure) -> bool:
    after = plan.body[plan.body.index(measure) + 1 :]
    return bool(after) and isinstance(after[0], Measure) and after[0].level > measure.level
