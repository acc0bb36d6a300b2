"""What stands on the printed plan (学期工作计划) and on the printed week (周工作安排表)."""

from typing import Any

from houqin.kernel.ui import wording

from ..models import Plan
from .weeks import Row, Task


def fill(plan: Plan, user: Any) -> dict[str, Any]:
    """The plan as it was written: every line in its order with its own label; without a text, its tasks by period."""
    lines = [part for part in plan.body if part["kind"] != "title"] or _from_tasks(plan)
    return {
        "title": plan.title, "number": plan.number, "lines": lines, "department": str(plan.department or ""),
        "day": wording.fullday(plan.created_at),
    }  # fmt: skip


def _from_tasks(plan: Plan) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for n, task in enumerate(plan.tasks.select_related("owner").order_by("due", "pk"), 1):
        owner = f"（{task.owner}）" if task.owner else ""
        found.append({"kind": "item", "text": f"{n}、{task.text}{owner} {wording.span(task.start, task.due)}"})
    return found


def week(row: Row, running: list[Task]) -> dict[str, Any]:
    """Rows of the week's sheet: number, task, owner, helpers, due, state; then what goes on from before."""
    return {
        "title": f"{row.label}工作安排表", "days": row.days, "notes": row.notes,
        "rows": [_line(n, task) for n, task in enumerate(row.tasks, 1)],
        "running": [_line(n, task) for n, task in enumerate(running, 1)],
    }  # fmt: skip


def _line(number: int, task: Task) -> list[str]:
    helpers = "、".join(str(one) for one in [*task.helpers.all(), *task.departments.all()])
    return [
        str(number),
        task.text,
        str(task.owner or task.owner_text or ""),
        helpers,
        wording.day(task.due),
        task.get_state_display(),
    ]
