"""The questions a row raises: its day, its rhythm, its parts, rooms, departments, owner; each with a best guess."""

import re
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from houqin.kernel.ui.wording import day as written_day
from houqin.kernel.ui.wording import span
from houqin.school.places.models import normal_code

from .. import reader
from . import timing
from .review import Doubt, PeriodView, Row
from .task import TaskKind

NEAR = timedelta(days=45)
_SPLIT = re.compile(r"[;；]+")


def raise_all(row: Row, item: reader.Item, period: PeriodView, known: Any, said: dict[str, Any], named: bool) -> None:
    """Ask everything about a row, and let the answers (given or guessed) take effect."""
    _kind(row, item, said)
    _when(row, item, period, known, said)
    _repeat(row, item, period, known, said)
    _split(row, item, said)
    _links(row, item, known, said)
    _owner(row, item, known, said, named)
    if row.start is None and not row.tentative:
        options = [("tentative", _("date not fixed yet")), ("skip", _("do not import"))]
        if (
            _ask(row, Doubt("dated", _("No date could be found for it"), options, "tentative", look=True), said)
            == "skip"
        ):
            row.skip = True
        row.tentative = True


def _ask(row: Row, doubt: Doubt, said: dict[str, Any]) -> str:
    row.doubts.append(doubt)
    return doubt.decide(said)


def _kind(row: Row, item: reader.Item, said: dict[str, Any]) -> None:
    if "tentative" in item.flags:
        options = [("yes", _("date not fixed yet")), ("no", _("the date holds"))]
        row.tentative = (
            _ask(row, Doubt("tentative", _("The plan says the date is still open"), options, "yes"), said) == "yes"
        )
    if "holiday" in item.flags or "placeholder" in item.flags:
        holiday = "holiday" in item.flags
        guess = TaskKind.HOLIDAY if holiday else TaskKind.PLACEHOLDER
        why = _("A holiday, nothing to be done") if holiday else _("“Other work” without saying which")
        options = [(str(guess), str(guess.label)), (str(TaskKind.TASK), str(TaskKind.TASK.label))]
        row.kind = _ask(row, Doubt("kind", why, options, str(guess)), said)
    if "duplicate" in item.flags:
        options = [("keep", _("keep it")), ("skip", _("do not import"))]
        why = _("Number %(label)s stands twice in this period") % {"label": item.label}
        row.skip |= _ask(row, Doubt("double", why, options, "keep"), said) == "skip"
    if "look" in item.flags:
        options = [("keep", _("a task")), ("skip", _("do not import"))]
        row.skip |= (
            _ask(row, Doubt("task", _("Without a number: perhaps it is no task"), options, "keep", look=True), said)
            == "skip"
        )


def _when(row: Row, item: reader.Item, period: PeriodView, known: Any, said: dict[str, Any]) -> None:
    """The days its own words name, against the days of its period."""
    if period.start is None or period.end is None or "holiday" in item.flags:
        return
    found = [(s, days) for s in item.suggestions if s.kind == "when" and (days := _days(s.value, s.why, period, known))]
    found = [(s, days) for s, days in found if days != (period.start, period.end) and _close(days, period)]
    if not found:
        return
    options = [("period", _("the whole period %(days)s") % {"days": span(period.start, period.end)})]
    options += [
        (
            f"{a}..{b}",
            f"{s.why} {span(a, b)}" if a != b else _("by %(what)s %(day)s") % {"what": s.why, "day": written_day(a)},
        )
        for s, (a, b) in found
    ]
    best, days = found[0]
    inside = period.start <= days[1] <= period.end and period.source.kind != "week"
    guess = options[1][0] if inside and best.confidence != "look" else "period"
    why = _("“%(words)s” names a date of its own") % {"words": best.why}
    chosen = _ask(row, Doubt("when", why, options, guess, look=best.confidence == "look"), said)
    if chosen != "period":
        first, last = (date.fromisoformat(text) for text in chosen.split(".."))
        row.start, row.due = (min(period.start, last), last) if first == last else (first, last)


def _days(value: str, words: str, period: PeriodView, known: Any) -> timing.Span | None:
    assert period.start is not None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        one = date.fromisoformat(value)
        return one, one
    if re.fullmatch(r"W\d+", value):
        week = known.weeks.get(int(value[1:]))
        return (week.start, week.end) if week else None
    if re.fullmatch(r"M\d\d", value):
        month = int(value[1:])
        return timing.month_span(timing.near(month, period.start), month)
    return timing.third(words, period.start)


def _close(days: timing.Span, period: PeriodView) -> bool:
    assert period.start is not None and period.end is not None
    inside = days[0] <= period.start and period.end <= days[1]
    return period.start - NEAR <= days[1] and days[0] <= period.end + NEAR and not inside


def _repeat(row: Row, item: reader.Item, period: PeriodView, known: Any, said: dict[str, Any]) -> None:
    word = next((s.value for s in item.suggestions if s.kind == "repeat"), "")
    if not word:
        return
    row.recurrence = word[:100]
    if period.start is None or period.end is None:
        return
    last = next(iter(sorted((w.end for w in known.weeks.values()), reverse=True)), None)
    found = timing.occurrences(word, period.start, period.end, [(w.start, w.end) for w in known.table], last)
    if len(found) < 2:
        return
    days = "、".join(written_day(b) for _a, b in found)
    options = [("one", _("one task only")), ("all", _("make %(n)s tasks") % {"n": len(found)})]
    why = _("“%(words)s” would make %(n)s tasks, due %(days)s") % {"words": word, "n": len(found), "days": days}
    if _ask(row, Doubt("repeat", why, options, "one"), said) == "all":
        row.parts = [(row.text, a, b) for a, b in found]


def _split(row: Row, item: reader.Item, said: dict[str, Any]) -> None:
    if not any(s.kind == "split" for s in item.suggestions) or row.parts:
        return
    parts = [part.strip(" 。.") for part in _SPLIT.split(row.text) if part.strip(" 。.")]
    if len(parts) < 2:
        return
    options = [("one", _("leave it as one")), ("split", _("split into %(n)s") % {"n": len(parts)})]
    why = _("Several things in one sentence: %(parts)s") % {"parts": " / ".join(parts)}
    if _ask(row, Doubt("split", why, options, "one", look=True), said) == "split":
        row.parts = [(part[:500], row.start, row.due) for part in parts]


def _links(row: Row, item: reader.Item, known: Any, said: dict[str, Any]) -> None:
    codes = [normal_code(s.value) for s in item.suggestions if s.kind == "room"]
    rooms = [known.rooms[code] for code in codes if code in known.rooms]
    if rooms:
        options = [
            ("yes", _("link %(names)s") % {"names": "、".join(place.code for place in rooms)}),
            ("no", _("no link")),
        ]
        if _ask(row, Doubt("room", _("It names rooms the school has"), options, "yes"), said) == "yes":
            row.places = rooms
    named = [known.department(s.value) for s in item.suggestions if s.kind == "with"]
    departments = [department for department in named if department]
    if departments:
        options = [
            ("yes", _("helped by %(names)s") % {"names": "、".join(d.name for d in departments)}),
            ("no", _("no link")),
        ]
        if _ask(row, Doubt("with", _("It is done together with a department"), options, "yes"), said) == "yes":
            row.departments = departments


def _owner(row: Row, item: reader.Item, known: Any, said: dict[str, Any], named: bool) -> None:
    row.owner_text = item.owner[:60]
    users, departments, lost = known.owners(item.owner) if item.owner else ([], [], [])
    row.owner, row.helpers = (users[0], users[1:]) if users else (None, [])
    row.departments = list(dict.fromkeys([*row.departments, *departments]))
    if "owner" in said:
        return
    if lost and not users:
        why = _("Nobody is called “%(name)s”, or several are: choose the owner, or leave it open") % {
            "name": "、".join(lost)
        }
    elif named and not item.owner and row.kind == TaskKind.TASK:
        why = _("Nobody is named for it, while the other tasks name somebody")
    else:
        return
    _ask(row, Doubt("nobody", why, [("open", _("leave the owner open"))], "open", look=True), said)
