"""Jobs are ordered in the transaction of the act, done by the worker, and tried again when they fail."""

from datetime import datetime, timedelta, timezone

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from houqin.kernel import clock, jobs

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 18, 11, 6, tzinfo=timezone(timedelta(hours=8)))
done: list[str] = []
ill: list[str] = []


@jobs.job(tries=3)
def note(word: str) -> int:
    if word in ill:
        raise ConnectionError(word)
    done.append(word)
    return len(done)


@pytest.fixture(autouse=True)
def noon():
    done.clear()
    ill.clear()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def drain() -> None:
    call_command("db_worker", batch=True, reload=False, startup_delay=False, interval=0, verbosity=0)


def rows() -> list[tuple[str, int]]:
    """(state, which try it is) of every job, the first try first."""
    found = DBTaskResult.objects.values_list("status", "args_kwargs")
    return sorted(((status, given["kwargs"].get("attempt", 1)) for status, given in found), key=lambda row: row[1])


def test_a_job_is_done_once_by_the_worker():
    jobs.later(note, "门")
    assert done == []
    drain()
    drain()
    assert (done, rows()) == (["门"], [("SUCCESSFUL", 1)])


def test_an_act_undone_orders_no_job():
    with pytest.raises(RuntimeError), transaction.atomic():
        jobs.later(note, "门")
        raise RuntimeError
    drain()
    assert (done, rows()) == ([], [])


def test_a_job_waits_for_its_time(noon):
    jobs.later(note, "窗", run_after=NOW + timedelta(hours=1))
    drain()
    assert done == []
    noon.move_to(NOW + timedelta(hours=1, seconds=1))
    drain()
    assert done == ["窗"]


def test_on_a_shifted_clock_a_job_waits_just_as_long(settings, noon):
    settings.CLOCK_SHIFT = timedelta(days=-100)
    jobs.later(note, "窗", run_after=clock.now() + timedelta(minutes=5))
    noon.move_to(NOW + timedelta(minutes=4))
    drain()
    assert done == []
    noon.move_to(NOW + timedelta(minutes=6))
    drain()
    assert done == ["窗"]


def test_a_failed_job_is_tried_again_later_and_then_given_up(noon):
    ill.append("灯")
    jobs.later(note, "灯")
    drain()
    assert rows() == [("FAILED", 1), ("READY", 2)]
    drain()
    assert rows() == [("FAILED", 1), ("READY", 2)]
    for wait in (61, 301):
        noon.shift(timedelta(seconds=wait))
        drain()
    assert rows() == [("FAILED", 1), ("FAILED", 2), ("FAILED", 3)]


def test_a_job_that_recovers_is_done_once(noon):
    ill.append("灯")
    jobs.later(note, "灯")
    drain()
    ill.clear()
    noon.shift(timedelta(seconds=61))
    drain()
    assert (done, rows()) == (["灯"], [("FAILED", 1), ("SUCCESSFUL", 2)])


def test_what_a_killed_worker_had_in_hand_is_done_by_the_next(noon):
    jobs.later(note, "锁")
    DBTaskResult.objects.get().claim("killed")
    assert jobs.revive() == 0
    noon.shift(timedelta(minutes=31))
    assert jobs.revive() == 1
    drain()
    assert done == ["锁"]


def test_old_jobs_are_forgotten(noon):
    jobs.later(note, "锁")
    drain()
    noon.shift(timedelta(days=15))
    jobs.forget()
    assert rows() == []
