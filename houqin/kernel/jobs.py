"""Work that must not hold up a page: ordered in the verb's transaction, done by the worker, tried again on failure."""

import functools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django_tasks import task
from django_tasks.base import Task

from . import clock

PAUSES = (60, 300, 1800, 7200, 21600)
STALE = timedelta(minutes=30)


def pause(tries: int) -> timedelta:
    """How long to wait after the try number `tries` (from 1) has failed."""
    return timedelta(seconds=PAUSES[min(tries, len(PAUSES)) - 1])


def job(fn: Callable[..., Any] | None = None, *, tries: int = 5) -> Any:
    """Make a function of a module a job. It takes JSON values, must be idempotent, and is tried `tries` times."""
    if fn is None:
        return functools.partial(job, tries=tries)

    @functools.wraps(fn)
    def run(*args: Any, attempt: int = 1, **kwargs: Any) -> Any:
        try:
            return fn(*args, **kwargs)
        except Exception:
            if attempt < tries:
                later(made, *args, run_after=clock.now() + pause(attempt), attempt=attempt + 1, **kwargs)
            raise

    made = task()(run)
    return made


def later(what: Task[Any, Any], *args: Any, run_after: datetime | None = None, **kwargs: Any) -> None:
    """Have a job done; the order is a row of the caller's transaction. `run_after` is school time."""
    when = run_after and machine_time(run_after)
    what.using(run_after=when).enqueue(*args, **kwargs)


def machine_time(at: datetime) -> datetime:
    """The worker reads the machine's clock; in demo mode the school lives on another day."""
    return at - getattr(settings, "CLOCK_SHIFT", timedelta())


@clock.every(minute="*/10")
def revive() -> int:
    """What a killed worker had in hand is done again; returns how many."""
    from django_tasks_db.models import DBTaskResult

    lost = DBTaskResult.objects.running().filter(started_at__lt=machine_time(clock.now()) - STALE)
    return lost.update(status="READY")


@clock.every(hour=3, minute=40)
def forget() -> None:
    """Jobs that were done are forgotten after two weeks, failed ones after three months."""
    call_command("prune_db_task_results", min_age_days=14, failed_min_age_days=90, verbosity=0)
