"""Who is told of what happens to a task."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houqin.kernel.access import holders
from houqin.kernel.events import Event, on
from houqin.kernel.notices import notify, tell
from houqin.kernel.ui.wording import day, span
from houqin.school.people.models import User

from .models import Task

PREFIX = "workplan.task."


def owner(event: Event) -> list[Any]:
    return [event.subject.owner]


def hands(event: Event) -> list[Any]:
    """The owner and those who help."""
    return [event.subject.owner, *event.subject.helpers.all()]


def confirmers(event: Event) -> Iterable[Any]:
    """The plan's author, or whoever may confirm."""
    plan = event.subject.plan
    return [plan.author] if plan and plan.author else holders(Task, "confirm", User)


def _days(task: Task) -> str:
    return _("date open") if task.tentative else span(task.start, task.due)


def _fact(*names: str) -> Callable[[Event], str]:
    """What was said with the act, as the second line."""
    return lambda event: next((str(event.particulars[n]) for n in names if event.particulars.get(n)), "")


def _told(past: str, to: Any, words: Callable[[Task], str], detail: Any = None) -> None:
    notify(f"{PREFIX}{past}", to=to, text=lambda event: words(event.subject), detail=detail)


_told("added", owner, lambda t: _("New task: %(task)s (%(days)s)") % {"task": t, "days": _days(t)})
_told(
    "assigned",
    owner,
    lambda t: _("This task is yours now: %(task)s (%(days)s)") % {"task": t, "days": _days(t)},
    _fact("note"),
)
_told("dated", hands, lambda t: _("The date is fixed, %(days)s: %(task)s") % {"task": t, "days": _days(t)})
_told("moved", hands, lambda t: _("Moved to %(day)s: %(task)s") % {"task": t, "day": day(t.due)}, _fact("reason"))
_told(
    "finished",
    confirmers,
    lambda t: _("%(who)s has finished: %(task)s") % {"task": t, "who": t.finished_by},
    _fact("result"),
)
_told("confirmed", hands, lambda t: _("Confirmed: %(task)s") % {"task": t}, _fact("note"))
_told("sent_back", hands, lambda t: _("Sent back: %(task)s") % {"task": t}, _fact("reason"))
_told("cancelled", hands, lambda t: _("Cancelled: %(task)s") % {"task": t}, _fact("reason"))
_told("reopened", hands, lambda t: _("Open again: %(task)s") % {"task": t}, _fact("reason"))


@on("workplan.intake.imported")
def tasks_came(event: Event) -> None:
    """An import tells each owner once how many tasks are his, not task by task."""
    owners = event.particulars.get("owners", {})
    people = User.objects.filter(pk__in=[int(pk) for pk in owners]).exclude(pk=event.actor_id)
    for user in people:
        count = owners[str(user.pk)]

        def words(count: int = count) -> str:
            told = ngettext("%(n)s task of “%(plan)s” is yours", "%(n)s tasks of “%(plan)s” are yours", count)
            return told % {"n": count, "plan": event.subject}

        tell([user], words, reverse("workplan_mine"), key=f"event:{event.pk}", event=event)
