"""What plans bring to the desk: this week's tasks, what is due for me, what is late, what waits to be confirmed."""

from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup

from houqin.kernel import clock
from houqin.kernel.access import may, within
from houqin.kernel.registers.render import fragment
from houqin.kernel.ui import wording
from houqin.school.terms.calendar import week_of

from ..models import BEFORE_DONE, Intake, Plan, Task, TaskKind, TaskState
from .weeks import is_long, visible

SOON = timedelta(days=7)
MOST = 30
SHOWN = 6


def waiting(user: Any) -> Any:
    """My own tasks that are due soon or late, and what others have done and I may confirm."""
    near = clock.today() + SOON
    mine = Task.objects.filter(owner=user, state__in=BEFORE_DONE, due__lte=near, nature=TaskKind.TASK)
    if not may(user, Task, "confirm"):
        return mine
    done = within(user, Task.objects.filter(state=TaskState.DONE), "confirm")
    return Task.objects.filter(pk__in=mine.values("pk")) | Task.objects.filter(pk__in=done.values("pk")).exclude(
        finished_by=user
    )


def todo(user: Any) -> list[dict[str, Any]]:
    if not may(user, Task, "view"):
        return []
    return [_row(task) for task in waiting(user).select_related("owner", "plan").order_by("due")[:MOST]]


def _row(task: Task) -> dict[str, Any]:
    confirm = task.state == TaskState.DONE
    verb = "confirm" if confirm else "finish" if task.state == TaskState.DOING else "begin"
    meta = (_who(task), task.plan.title if task.plan else "", wording.span(task.start, task.due))
    return {
        "kind": _("Plan"), "title": task.text, "url": task.get_absolute_url(), "meta": " · ".join(filter(None, meta)),
        "due": timezone.make_aware(datetime.combine(task.due, time(23, 59))) if task.due else None,
        "tone": "late" if task.is_late else "wait" if confirm else "",
        "value": "" if confirm else wording.duration(task.due),
        "label": _("Confirm") if confirm else _("Finish") if verb == "finish" else _("Begin"),
        "act_url": reverse(task.url_name(verb), args=[task.pk]), "dialog": True,
    }  # fmt: skip


def _who(task: Task) -> str:
    return str(task.owner or task.owner_text or _("nobody yet"))


def alert(user: Any) -> list[dict[str, Any]]:
    """Late tasks of everybody, for those who confirm."""
    if not may(user, Task, "confirm"):
        return []
    late = within(user, Task.objects.late(), "confirm").select_related("owner").order_by("due")[:8]
    return [
        {
            "group": _("Tasks overdue"), "title": task.text, "meta": _who(task),
            "badge": wording.duration(task.due), "tone": "late", "url": task.get_absolute_url(),
        }
        for task in late
    ]  # fmt: skip


def block(user: Any) -> Any:
    """This week's tasks as a card; nothing where there are none to see."""
    if not may(user, Task, "view"):
        return None
    week, today = week_of(), clock.today()
    start, end = (week.start, week.end) if week else (today, today + SOON)
    found = visible(user).filter(start__lte=end, due__gte=start).exclude(nature=TaskKind.PLACEHOLDER)
    short = [task for task in found if not is_long(task)]
    tasks = short or list(found)
    if not tasks:
        return None
    tasks.sort(key=lambda task: (task.state == TaskState.CONFIRMED, not task.is_late, task.due))
    words = {
        "week": week, "tasks": tasks[:SHOWN], "more": len(tasks) - SHOWN, "total": len(tasks),
        "done": sum(task.state == TaskState.CONFIRMED for task in tasks), "url": reverse("workplan_calendar"),
    }  # fmt: skip
    return Markup(fragment("workplan/desk_week.html", words))  # noqa: S704 - rendered by our own template


def open_of_person(person: Any) -> list[dict[str, Any]]:
    """Tasks a leaving person still has in hand."""
    found = Task.objects.open().filter(owner=person)[:50]
    return [{"title": str(task), "url": task.get_absolute_url()} for task in found]


def word_file(plan: Plan, user: Any) -> dict[str, Any]:
    return {"label": _("As Word"), "url": reverse("workplan_word", args=[plan.pk]), "icon": "download"}


def importing(user: Any) -> dict[str, Any] | None:
    if not may(user, Intake, "add"):
        return None
    words = _("Paste a term's plan or bring it as a document; it becomes tasks")
    return {"label": _("Import a plan"), "icon": "file-import", "url": reverse("workplan_import"), "meta": words}
