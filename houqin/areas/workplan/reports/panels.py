"""Cards of a plan's and a task's page, and how a task's owner, bar and badge are written."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from markupsafe import Markup

from houqin.kernel.access import may, within
from houqin.kernel.registers.columns import state_html
from houqin.kernel.ui import wording
from houqin.school.terms.calendar import week_of

from ..models import Plan, Task, TaskState
from .weeks import icon_of

AROUND = 4


def owner_of(task: Task) -> str:
    """The owner's name, or what the plan says, or nothing."""
    return str(task.owner) if task.owner else task.owner_text


def owner_html(task: Task) -> str:
    return owner_of(task) or wording.NOTHING


def days_of(task: Task) -> str:
    return wording.span(task.start, task.due)


def share_of(task: Task) -> str:
    return f"{task.progress}%" if task.state != TaskState.WAITING else wording.NOTHING


def badge_of(task: Task) -> Markup:
    if task.is_late:
        return Markup('<span class="hq-st nd is-late">{}</span>').format(wording.duration(task.due))
    if task.tentative:
        return Markup('<span class="hq-st nd is-wait">{}</span>').format(_("Date open"))
    return state_html(task, dot=True)


def done_of(plan: Any) -> str:
    """38/52: completed and all tasks that count, as the register's queryset counted them."""
    return f"{plan.tasks_done}/{plan.tasks_all}" if getattr(plan, "tasks_all", 0) else wording.NOTHING


def periods(plan: Plan, user: Any) -> dict[str, Any]:
    """The plan's periods with the tasks the user sees, in the order of the document; tasks without a period last."""
    tasks = list(within(user, Task.objects.filter(plan=plan)).select_related("owner").order_by("position", "pk"))
    groups: dict[Any, list[Task]] = {}
    for task in tasks:
        groups.setdefault(task.period_id, []).append(task)
    week = week_of()
    rows = [(period, groups.pop(period.pk, [])) for period in plan.periods.order_by("position")]
    loose = [task for rest in groups.values() for task in rest]
    counted = [(p, found, sum(t.state == TaskState.CONFIRMED for t in found)) for p, found in rows]
    return {
        "periods": counted, "loose": loose, "icon_of": icon_of, "now": week, "owner_of": owner_of,
        "may_add": may(user, Task, "add"), "total": len(tasks),
    }  # fmt: skip


def progress(plan: Plan, user: Any) -> dict[str, Any]:
    """How many tasks are in which state, and how many are late."""
    rows = dict(plan.tasks.values_list("state").annotate(n=Count("pk")).order_by())
    labels = dict(Task._meta.get_field("state").flatchoices)
    states = [(labels[state], rows[state], Task.tones[state]) for state in labels if rows.get(state)]
    total = sum(count for state, count in rows.items() if state != TaskState.CANCELLED)
    done = rows.get(TaskState.CONFIRMED, 0)
    return {"states": states, "total": total, "done": done, "late": Task.objects.filter(plan=plan).late().count()}


def content(task: Task, user: Any) -> dict[str, Any]:
    return {
        "late": task.is_late,
        "area": task.get_area_display(),
        "others": [*task.helpers.all(), *task.departments.all()],
    }


def has_source(task: Task, user: Any) -> bool:
    return bool(task.plan_id and task.line and task.plan.body)


def source(task: Task, user: Any) -> dict[str, Any]:
    """The lines around the task in the plan as it was written, the task's own marked."""
    lines = task.plan.body
    at = next(
        (i for i, part in enumerate(lines) if part["line"] == task.line and part["kind"] in ("item", "prose")), None
    )
    if at is None:
        return {"lines": [], "at": None, "head": "", "plan": task.plan}
    head = next((part["text"] for part in reversed(lines[:at]) if part["kind"] == "period"), "")
    first = max(at - AROUND, 0)
    shown = [(part, first + n == at) for n, part in enumerate(lines[first : at + AROUND + 1])]
    shown = [(part, on) for part, on in shown if part["text"] != head]
    return {"lines": shown, "head": head, "plan": task.plan}
