"""The task list: columns, filters and saved views."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from houqin.kernel import clock
from houqin.kernel.registers import Card, Column, Filter, Tab
from houqin.kernel.ui import wording
from houqin.school.terms.calendar import week_of

from ..models import LABELS, OPEN, Task, TaskState
from . import panels


def this_week(tasks: Any, user: Any) -> Any:
    """What is open and touches the current week; in a vacation what touches today."""
    week, today = week_of(), clock.today()
    return tasks.open().between(week.start if week else today, week.end if week else today)


def area_of(task: Task) -> Any:
    return LABELS.get(task.area, wording.NOTHING)


def meta(task: Task) -> str:
    return " · ".join(filter(None, (panels.owner_of(task), panels.days_of(task))))


COLUMNS = (
    "text",
    Column("owner", html=panels.owner_html),
    Column("due", _("Days"), html=panels.days_of),
    Column("area", html=area_of),
    Column("progress", _("Progress"), html=panels.share_of, kind="number"),
    "state",
)
FILTERS = (
    "owner",
    "plan",
    Filter("plan__term", _("School term")),
    "state",
    "area",
    "due",
    "owner__department",
    "nature",
)
TABS = (
    Tab("week", _("This week"), this_week),
    Tab("mine", _("Mine"), lambda tasks, user: tasks.open().assigned(user)),
    Tab("late", _("Past due"), lambda tasks, user: tasks.late(), late=True),
    Tab("done", _("To be confirmed"), lambda tasks, user: tasks.filter(state=TaskState.DONE)),
    Tab("tentative", _("Date open"), lambda tasks, user: tasks.filter(tentative=True, state__in=OPEN)),
    Tab("all", _("All"), lambda tasks, user: tasks),
)
CARD = Card(title=lambda task: task.text, meta=meta, badge=panels.badge_of)
