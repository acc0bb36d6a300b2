"""Who is told of what happens to an order."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from houqin.kernel.access import holders
from houqin.kernel.events import Event
from houqin.kernel.notices import notify
from houqin.school.people.models import User

from .models import RepairOrder, Urgency

PREFIX = "repairs.repairorder."


def dispatchers(event: Event | None = None) -> Iterable[Any]:
    """Everybody who may dispatch."""
    return holders(RepairOrder, "dispatch", User)


def reporter(event: Event) -> list[Any]:
    return [event.subject.reporter]


def affected(event: Event) -> list[Any]:
    """The reporter and whoever said "me too"."""
    return [event.subject.reporter, *event.subject.followers.all()]


def worker(event: Event) -> list[Any]:
    return [event.subject.worker]


def worker_or_desk(event: Event) -> Iterable[Any]:
    return worker(event) if event.subject.worker_id else dispatchers()


def _desk_when_urgent(event: Event) -> Iterable[Any]:
    return dispatchers() if event.subject.urgency >= Urgency.PRESSING else []


def _desk_when_poor(event: Event) -> Iterable[Any]:
    return dispatchers() if (event.subject.rating or 5) <= 2 else []


def _fact(*names: str) -> Callable[[Event], str]:
    """What was said with the act, as the second line."""
    return lambda event: next((str(event.particulars[n]) for n in names if event.particulars.get(n)), "")


def _problem(event: Event) -> str:
    return f"{event.subject.place} · {event.subject.problem}"


def _told(past: str, to: Any, words: Callable[[RepairOrder], str], detail: Any = _problem) -> None:
    notify(f"{PREFIX}{past}", to=to, text=lambda event: words(event.subject), detail=detail or None)


def _names(order: RepairOrder) -> dict[str, Any]:
    return {
        "number": order.number, "place": order.place, "problem": order.problem, "worker": order.hands,
        "urgency": order.get_urgency_display(), "day": order.planned_on,
    }  # fmt: skip


_told("added", _desk_when_urgent, lambda o: _("%(urgency)s report: %(place)s, %(problem)s") % _names(o), "")
_told("accepted", reporter, lambda o: _("%(number)s was accepted") % _names(o))
_told("refused", affected, lambda o: _("%(number)s was not accepted") % _names(o), _fact("reason"))
_told("dispatched", reporter, lambda o: _("%(number)s was given to %(worker)s") % _names(o))
_told("dispatched", worker, lambda o: _("New job %(number)s: %(place)s, %(problem)s") % _names(o), _fact("note"))
_told("transferred", worker, lambda o: _("Job %(number)s was handed to you: %(place)s") % _names(o), _fact("reason"))
_told("planned", affected, lambda o: _("%(number)s will be mended on %(day)s") % _names(o), _fact("reason"))
_told("suspended", affected, lambda o: _("%(number)s waits for material") % _names(o), _fact("reason"))
_told("finished", affected, lambda o: _("%(number)s is mended; please check it") % _names(o), _fact("work_done"))
_told("keyed_in", affected, lambda o: _("%(number)s is mended; please check it") % _names(o), _fact("work_done"))
_told("sent_back", worker, lambda o: _("%(number)s was sent back: %(place)s") % _names(o), _fact("reason"))
_told("urged", worker_or_desk, lambda o: _("%(number)s is urged: %(place)s, %(problem)s") % _names(o), _fact("note"))
_told("merged", reporter, lambda o: _("%(number)s was joined with an earlier report") % _names(o), _fact("into"))
_told("rated", _desk_when_poor, lambda o: _("%(number)s got a poor rating") % _names(o), _fact("words"))
_told("voided", affected, lambda o: _("%(number)s was made void") % _names(o), _fact("reason"))
