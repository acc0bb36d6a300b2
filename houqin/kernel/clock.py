"""What time it is, and what happens at a time of day. The only place that asks the machine's clock."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

log = logging.getLogger(__name__)
_alarms: list[tuple[str, dict[str, Any], Callable[[], Any]]] = []
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """This instant, aware. In demo mode the school may live on another day (`houqin demo --today`)."""
    return _told.get() or timezone.now() + getattr(settings, "CLOCK_SHIFT", timedelta())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Tell a story that happened at `moment` (aware): the demo school's history goes through the real verbs."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def today() -> date:
    """The school's date, in its own time zone."""
    return timezone.localdate(now())


class Slot(models.Model):
    """One ringing of one alarm, claimed by one process: two clocks never run it twice."""

    name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["name", "at"], name="slot_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"

    @classmethod
    def claim(cls, name: str, at: datetime) -> bool:
        """True for the first process that asks for this minute, False for all others."""
        try:
            with transaction.atomic():
                cls.objects.create(name=name, at=at.replace(second=0, microsecond=0))
        except IntegrityError:
            return False
        return True


def every(**cron: Any) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Run the function at these times, in APScheduler's cron words: `hour=7, minute=0`, `minute="*/5"`.

    It must be idempotent.
    """

    def keep(fn: Callable[[], Any]) -> Callable[[], Any]:
        _alarms.append((f"{fn.__module__}.{fn.__name__}", cron, fn))
        return fn

    return keep


def ring(name: str, fn: Callable[[], Any]) -> None:
    """Run one alarm once for this minute, whatever number of clocks tick."""
    from django.db import close_old_connections

    close_old_connections()
    try:
        if Slot.claim(name, timezone.now()):
            fn()
    except Exception:
        log.exception("alarm %s failed", name)
    finally:
        close_old_connections()


@every(hour=3, minute=20)
def sweep() -> int:
    """Forget after two days which alarms rang and which forms were sent ("add:…"); returns how many.

    Slots of any other name ("join:…") say something for good and stay.
    """
    old = timedelta(days=2)
    rang = Slot.objects.exclude(name__contains=":").filter(at__lt=timezone.now() - old)
    sent = Slot.objects.filter(name__startswith="add:", at__lt=now() - old)
    return rang.delete()[0] + sent.delete()[0]


def run_clock() -> Any:
    """Start the scheduler in this process (a background thread) and return it; `shutdown()` stops it."""
    from apscheduler.schedulers.background import BackgroundScheduler

    scheduler = BackgroundScheduler(timezone=settings.TIME_ZONE)
    for name, cron, fn in _alarms:
        scheduler.add_job(ring, "cron", args=[name, fn], id=name, coalesce=True, max_instances=1, **cron)
    scheduler.start()
    return scheduler
