"""My tasks, made for a phone; and a plan as a Word file."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from houqin.kernel import clock
from houqin.kernel.access import may, within
from houqin.kernel.registers.render import page
from houqin.school.terms.calendar import week_of

from ..models import Plan, Task, TaskState
from ..reports import word as paper
from ..reports.weeks import icon_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHOWN = 200


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What I see to or help with: overdue, this week, later, without a date; and what I finished."""
    if not may(request.user, Task, "view"):
        raise PermissionDenied
    tasks = (
        Task.objects.assigned(request.user)
        .open()
        .select_related("owner", "plan")
        .order_by("due", "position", "pk")[:SHOWN]
    )
    week, today = week_of(), clock.today()
    end = week.end if week else today
    groups: dict[str, list[Task]] = {"late": [], "week": [], "later": [], "open": [], "done": []}
    for task in tasks:
        groups[_group(task, end)].append(task)
    labels = {
        "late": _("Past due"), "week": _("This week"), "later": _("Later"), "open": _("Date open"), "done": _("Waiting to be confirmed"),
    }  # fmt: skip
    shown = [(key, labels[key], found) for key, found in groups.items() if found]
    acts = {verb: may(request.user, Task, verb) for verb in ("begin", "report", "finish")}
    recent = (
        Task.objects.assigned(request.user)
        .filter(state=TaskState.CONFIRMED)
        .select_related("plan")
        .order_by("-finished_at")[:5]
    )
    context = {
        "groups": shown,
        "week": week,
        "acts": acts,
        "recent": recent,
        "icon_of": icon_of,
        "may_add": may(request.user, Task, "add"),
    }
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
