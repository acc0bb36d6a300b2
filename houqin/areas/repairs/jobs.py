"""What happens by the clock: warnings when a deadline is near or over, checking and filing by itself."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel import clock
from houqin.kernel.access import holders
from houqin.kernel.notices import tell
from houqin.kernel.verbs import NotAllowed
from houqin.school.people.models import User
from houqin.school.terms import calendar

from .models import BEFORE_FINISH, OPEN, RepairOrder, State, limits

DIRECTOR = "ZW"
MOST = 500
WAITING: dict[str, tuple[str, tuple[str, ...]]] = {
    "accept": ("accepted_at", OPEN), "arrive": ("responded_at", BEFORE_FINISH),
    "finish": ("finished_at", BEFORE_FINISH),
}  # fmt: skip


@clock.every(minute="*/5")
def escalate() -> int:
    """Tell the worker and the desk of clocks that run out, and the director of those long over; each of it once."""
    told = 0
    desk = list(holders(RepairOrder, "dispatch", User))
    directors = list(User.objects.holding(DIRECTOR))
    for name in WAITING:
        for order, left in _pressing(name):
            worker = [order.worker] if order.worker and name != "accept" else []
            _warn(order, name, "late" if left < 0 else "near", [*worker, *desk])
            if left < -limits.setting("escalate.minutes"):
                _warn(order, name, "long", directors)
            told += 1
    return told


def _pressing(name: str) -> Iterator[tuple[RepairOrder, int]]:
    """(order, counted minutes left) where that clock is in its last part or over."""
    reached, states = WAITING[name]
    now, share = clock.now(), limits.setting("warning.share")
    soon = calendar.add_working_minutes(now, 4 * calendar.day_minutes())
    found = RepairOrder.objects.open().in_state(*states).exclude(state=State.SUSPENDED)
    found = found.filter(**{reached: None, f"{name}_due_at__lt": soon}).shown().select_related("worker__department")
    for order in found.order_by(f"{name}_due_at")[:MOST]:
        left = limits.spent(now, getattr(order, f"{name}_due_at"), order.urgency)
        if left * 100 <= getattr(order, f"{name}_limit") * share:
            yield order, left


def _warn(order: RepairOrder, name: str, how: str, people: Iterable[Any]) -> None:
    """One notice a person, clock, stage and deadline, however often the alarm rings."""
    due = getattr(order, f"{name}_due_at")

    def words() -> str:
        clocks = {"accept": _("first response"), "arrive": _("second response"), "finish": _("completion")}
        said = {
            "near": _("%(clock)s of %(number)s is nearly due"), "late": _("%(clock)s of %(number)s is overdue"),
            "long": _("%(clock)s of %(number)s is long overdue"),
        }  # fmt: skip
        return said[how] % {"clock": clocks[name], "number": order.number}

    with transaction.atomic():
        key = f"repairs:{order.pk}:{name}:{how}:{due:%Y%m%d%H%M}"
        tell(people, words, order.get_absolute_url(), key=key, detail=f"{order.place} · {order.problem}")


@clock.every(minute=10)
def lapse() -> int:
    """Finished orders nobody objected to within the set working days are checked by themselves; returns how many."""
    days, now, done = limits.setting("check.days"), clock.now(), 0
    waiting = RepairOrder.objects.open().in_state(State.FINISHED).filter(finished_at__lt=now - timedelta(days=days))
    for order in waiting.order_by("pk")[:MOST]:
        if calendar.working_minutes(order.finished_at, now) >= days * calendar.day_minutes():
            done += _quietly(order, "lapse")
    return done


@clock.every(hour=2, minute=20)
def archive() -> int:
    """Orders closed for the set days go to the files, some hundred a night; returns how many."""
    before = clock.now() - timedelta(days=limits.setting("archive.days"))
    old = RepairOrder.objects.in_state(State.CHECKED, State.RATED).filter(closed_at__lt=before)
    return sum(_quietly(order, "archive") for order in old.exclude(compensation_state="open").order_by("pk")[:MOST])


def _quietly(order: RepairOrder, verb: str) -> bool:
    try:
        getattr(order, verb)(by=None)
    except NotAllowed:
        return False
    return True
