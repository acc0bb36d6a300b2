"""My tasks, made for a phone; and a plan as a Word file."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy

from houqin.kernel import clock
from houqin.kernel.access import may, within
from houqin.kernel.registers.render import page
from houqin.school.terms.calendar import week_of

from ..models import Plan, Task, TaskState
from ..reports import word as paper

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHOWN = 200
LABELS = {
    "late": gettext_lazy("Past due"), "week": gettext_lazy("This week"), "later": gettext_lazy("Later"),
    "open": gettext_lazy("Date open"), "done": gettext_lazy("Waiting to be confirmed"),
}  # fmt: skip


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What I see to or help with: overdue, this week, later, without a date; and what I finished."""
    if not may(request.user, Task, "view"):
        raise PermissionDenied
    mine = Task.objects.assigned(request.user).select_related("owner", "plan")
    week, today = week_of(), clock.today()
    groups: dict[str, list[Task]] = {key: [] for key in LABELS}
    for task in mine.open().order_by("due", "position", "pk")[:SHOWN]:
        groups[_group(task, week.end if week else today)].append(task)
    context = {
        "groups": [(key, LABELS[key], found) for key, found in groups.items() if found], "week": week,
        "acts": {verb: may(request.user, Task, verb) for verb in ("begin", "report", "finish")},
        "recent": mine.filter(state=TaskState.CONFIRMED).order_by("-finished_at")[:5],
        "may_add": may(request.user, Task, "add"),
    }  # fmt: skip
    return page(request, "workplan/mine.html", context)


def _group(task: Task, end: Any) -> str:
    if task.state == TaskState.DONE:
        return "done"
    if task.is_late:
        return "late"
    if task.tentative or task.due is None:
        return "open"
    return "week" if (task.start or task.due) <= end and (task.due <= end or task.state == TaskState.DOING) else "later"


@login_required
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as .docx."""
    plan = get_object_or_404(within(request.user, Plan.objects.select_related("department")), pk=pk)
    name = content_disposition_header(True, f"{plan.title}.docx") or ""
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-store"}
    return HttpResponse(paper.write(plan), content_type=DOCX, headers=headers)
