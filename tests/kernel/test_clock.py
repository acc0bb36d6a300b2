"""Alarms ring once, and what the clock keeps is swept."""

from datetime import datetime, timedelta, timezone

import pytest
import time_machine

from houqin.kernel import clock
from houqin.kernel.clock import Slot

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 11, 6, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def names() -> list[str]:
    return sorted(Slot.objects.values_list("name", flat=True))


@pytest.mark.django_db(transaction=True)
def test_an_alarm_rings_once_a_minute_however_many_clocks_tick(noon):
    rung: list[int] = []
    for seconds in (0, 20, 40):
        noon.shift(timedelta(seconds=seconds))
        clock.ring("kernel.test", lambda: rung.append(1))
    assert rung == [1, 1]  # 11:06:00, 11:06:20 and 11:07:00


def test_alarms_and_sent_forms_are_forgotten_after_two_days_and_the_rest_is_kept():
    for days in (1, 3):
        at = NOW - timedelta(days=days)
        for name in ("houqin.kernel.jobs.revive", "add:abc", "join:7:phone"):
            assert Slot.claim(f"{name}{days}", at)
    assert clock.sweep() == 2
    assert names() == ["add:abc1", "houqin.kernel.jobs.revive1", "join:7:phone1", "join:7:phone3"]
    assert clock.sweep() == 0


def test_on_a_shifted_clock_forms_are_forgotten_by_the_school_s_day(settings):
    settings.CLOCK_SHIFT = timedelta(days=-100)
    assert Slot.claim("add:now", clock.now())
    assert Slot.claim("add:old", clock.now() - timedelta(days=3))
    assert Slot.claim("houqin.kernel.jobs.revive", NOW)
    assert clock.sweep() == 1
    assert names() == ["add:now", "houqin.kernel.jobs.revive"]


def test_the_sweeping_is_among_the_alarms_of_every_night():
    assert [cron for name, cron, _fn in clock._alarms if name == "houqin.kernel.clock.sweep"] == [
        {"hour": 3, "minute": 20}
    ]
