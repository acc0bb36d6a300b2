"""The term as rows of weeks: tasks in lanes, months with what runs longer than two weeks, days off and examinations."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from houqin.kernel import clock
from houqin.kernel.access import within
from houqin.school.terms.calendar import calendar, span

from ..models import LANES, Task, TaskKind, TaskState, lane_of

DAY = timedelta(days=1)
LONG = timedelta(days=13)
WHOLE = timedelta(days=70)
ICONS = {
    TaskState.WAITING: "circle", TaskState.DOING: "progress", TaskState.DONE: "user-check",
    TaskState.CONFIRMED: "circle-check", TaskState.CANCELLED: "ban",
}  # fmt: skip


def icon_of(task: Task) -> str:
    if task.is_late:
        return "alert-circle"
    if task.nature == TaskKind.HOLIDAY:
        return "flag"
    return ICONS[TaskState(task.state)]


@dataclass
class Row:
    """A week (or a stretch before the first one), with its tasks by lane."""

    label: str
    start: date
    end: date
    notes: list[str] = field(default_factory=list)
    lanes: dict[str, list[Task]] = field(default_factory=dict)
    number: int | None = None
    off: bool = False

    @property
    def now(self) -> bool:
        return self.start <= clock.today() <= self.end

    @property
    def days(self) -> str:
        return span(self.start, self.end)

    @property
    def tasks(self) -> list[Task]:
        return [task for lane in self.lanes.values() for task in lane]

    @property
    def share(self) -> int:
        """Per cent completed, each task by its own progress."""
        real = [task for task in self.tasks if task.nature == TaskKind.TASK]
        return round(sum(task.progress for task in real) / len(real)) if real else 0


@dataclass
class Band:
    """What runs for more than two weeks, of a month or of the whole term; closed unless it is the current one."""

    label: str
    start: date
    end: date
    tasks: list[Task] = field(default_factory=list)

    @property
    def now(self) -> bool:
        return self.start <= clock.today() <= self.end

    @property
    def done(self) -> int:
        return sum(task.state == TaskState.CONFIRMED for task in self.tasks)


def visible(user: Any, chosen: dict[str, Any] | None = None) -> Any:
    """The tasks a user sees, narrowed by plan, owner, area, department; cancelled ones and void plans are left out."""
    found = within(user, Task.objects.exclude(state=TaskState.CANCELLED).filter(Q(plan=None) | Q(plan__voided_at=None)))
    chosen = chosen or {}
    if chosen.get("lane"):
        areas = [area for key, _l, names in LANES if key == chosen["lane"] for area in names.split()]
        known = [area for _k, _l, names in LANES for area in names.split()]
        found = found.filter(area__in=areas) if areas else found.exclude(area__in=known)
    if chosen.get("department"):
        helping = Task.departments.through.objects.filter(department_id=chosen["department"]).values("task_id")
        found = found.filter(
            Q(owner__department=chosen["department"]) | Q(plan__department=chosen["department"]) | Q(pk__in=helping)
        )
    for name in ("plan", "owner"):
        if chosen.get(name):
            found = found.filter(**{name: chosen[name]})
    return found.select_related("owner", "plan").order_by("due", "plan_id", "position", "pk")


def is_long(task: Task) -> bool:
    return task.due - task.start > LONG


@dataclass
class Term:
    """The calendar of a term: rows and bands in the order of the page, and what has no date."""

    rows: list[Row]
    bands: list[Band]
    undated: list[Task]
    total: int = 0
    done: int = 0
    doing: int = 0
    late: int = 0

    @property
    def lines(self) -> list[Row | Band]:
        """A month's band stands before the first of its weeks."""
        return sorted([*self.bands, *self.rows], key=lambda line: (line.start, isinstance(line, Row)))


def of_term(user: Any, term: Any, chosen: dict[str, Any] | None = None) -> Term:
    """One query for the tasks, one for the weeks."""
    weeks = [Row(w.label, w.start, w.end, number=w.number) for w in term.weeks.all()]
    first, last = (weeks[0].start, weeks[-1].end) if weeks else (term.first_day, term.last_day)
    first = min(first, term.first_day)
    every = visible(user, chosen)
    tasks = list(every.filter(Q(start__lte=last, due__gte=first.replace(day=1)) | Q(due=None)))
    found = Term(weeks, [], [task for task in tasks if task.due is None])
    dated = [task for task in tasks if task.due is not None]
    for task in dated:
        task.start = task.start or task.due
    _notes(weeks)
    _place(found, dated)
    found.bands = _bands([task for task in dated if is_long(task)], first, last, found.bands)
    real = [task for task in tasks if task.nature == TaskKind.TASK]
    found.total = len(real)
    found.done = sum(task.state == TaskState.CONFIRMED for task in real)
    found.doing = sum(task.state in (TaskState.DOING, TaskState.DONE) for task in real)
    found.late = sum(task.is_late for task in real)
    return found


def _place(found: Term, tasks: Iterable[Task]) -> None:
    """Each short task stands in the week of its last day; what lies outside the weeks in a band of its month."""
    outside: dict[date, list[Task]] = {}
    for row in found.rows:
        row.lanes = {key: [] for key, _label, _areas in LANES}
    for task in tasks:
        if is_long(task):
            continue
        row = next((row for row in found.rows if row.start <= task.due <= row.end), None)
        if row:
            row.lanes[lane_of(task.area)].append(task)
        else:
            outside.setdefault(task.due.replace(day=1), []).append(task)
    found.bands = [_month(day, tasks) for day, tasks in outside.items()]


def _month(first: date, tasks: list[Task]) -> Band:
    last = (first + timedelta(days=31)).replace(day=1) - DAY
    return Band(_("Month %(n)s") % {"n": first.month}, first, last, tasks)


def _bands(tasks: list[Task], first: date, last: date, given: list[Band]) -> list[Band]:
    """Long tasks under every month they touch; those of more than ten weeks under the term."""
    months = {band.start: band for band in given}
    whole = [task for task in tasks if task.due - task.start >= WHOLE]
    for task in tasks:
        if task in whole:
            continue
        day = max(task.start, first.replace(day=1)).replace(day=1)
        while day <= min(task.due, last):
            months.setdefault(day, _month(day, [])).tasks.append(task)
            day = (day + timedelta(days=31)).replace(day=1)
    term = [Band(_("The whole term"), min(first, first.replace(day=1)) - DAY, last, whole)] if whole else []
    return [*term, *sorted(months.values(), key=lambda band: band.start)]


def _notes(rows: list[Row]) -> None:
    """Days off, make-up days and examinations of each week, runs of one name joined."""
    days = calendar().days
    for row in rows:
        runs: list[tuple[str, list[date], bool]] = []
        for n in range((row.end - row.start).days + 1):
            day = row.start + n * DAY
            special = days.get(day)
            if special is None:
                continue
            name = special.name if special.announced else _("%(name)s (not announced yet)") % {"name": special.name}
            if runs and runs[-1][0] == name and runs[-1][1][-1] == day - DAY:
                runs[-1][1].append(day)
            else:
                runs.append((name, [day], special.is_off))
        row.notes = [f"{name} {_run(found)}" for name, found, _off in runs]
        row.off = sum(len(found) for _name, found, off in runs if off) >= 3


def _run(days: list[date]) -> str:
    """10.01–10.03; one day alone."""
    return span(days[0], days[-1]) if days[1:] else span(days[0], days[0]).partition("–")[0]


def words_of_week(row: Row, running: Iterable[Task] = ()) -> str:
    """The week as a message for the group: numbered tasks with their owners."""
    lines = [_("Work of %(week)s (%(days)s)") % {"week": row.label, "days": row.days}]
    lines += [f"【{note}】" for note in row.notes]
    lines += [f"{n}. {_said(task)}" for n, task in enumerate(row.tasks, 1)]
    more = list(running)
    if more:
        lines += [_("Going on:"), *(f"{n}. {_said(task)}" for n, task in enumerate(more, 1))]
    return "\n".join(lines)


def _said(task: Task) -> str:
    owner = task.owner.name if task.owner else task.owner_text
    return f"{task.text}（{owner}）" if owner else task.text


@dataclass
class MonthWeek:
    row: Row
    days: list[tuple[date, str, list[Task]]]
    wide: list[Task]


def of_month(found: Term, first: date) -> list[MonthWeek]:
    """The weeks that touch a month: tasks of one or two days in their day, the others across the week."""
    last = (first + timedelta(days=31)).replace(day=1) - DAY
    special, weeks = calendar().days, []
    for row in found.rows:
        if row.end < first or row.start > last:
            continue
        short = [task for task in row.tasks if task.due - task.start <= DAY]
        days = []
        for n in range((row.end - row.start).days + 1):
            day = row.start + n * DAY
            name = special[day].name if day in special else ""
            days.append((day, name, [task for task in short if task.due == day]))
        weeks.append(MonthWeek(row, days, [task for task in row.tasks if task not in short]))
    return weeks
