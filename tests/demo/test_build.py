"""houqin demo: all or nothing, never into a school that has people, on the day that was asked for."""

import json
from datetime import date, timedelta

import pytest
from django.conf import settings

from houqin.areas.repairs.models import RepairOrder
from houqin.demo import build, calendar, orders
from houqin.school.people.factories import UserFactory
from houqin.school.people.models import User
from houqin.site import cli

MONDAY = date(2026, 11, 23)
SILENT = lambda step, share: None  # noqa: E731


def test_an_interrupted_build_leaves_nothing_and_no_mark(db):
    def stop(step, share):
        if step == "work plan":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build.build(MONDAY, 0, stop)
    assert User.objects.count() == 0
    assert not (settings.DATA_DIR / "demo.json").exists()


def test_a_school_with_people_is_refused(db, capsys):
    UserFactory()
    with pytest.raises(build.NotEmpty):
        build.build(MONDAY, 0, SILENT)
    assert cli.main(["demo"]) == 1
    assert "people in this database already" in capsys.readouterr().err
    assert cli.main(["demo", "--if-empty"]) == 0


@pytest.mark.parametrize(
    ("wanted", "lives_on"),
    [(MONDAY, MONDAY), (date(2026, 7, 1), date(2026, 10, 25)), (date(2027, 8, 1), date(2027, 1, 16))],
)
def test_a_day_outside_the_term_is_moved_into_it(wanted, lives_on):
    assert calendar.story_day(wanted) == lives_on


def test_so_many_orders_as_were_asked_for_and_the_clock_set_to_the_day(db, time_machine_now):
    build.build(MONDAY, 1500, SILENT)
    path = settings.DATA_DIR / "demo.json"
    shift = json.loads(path.read_text())
    path.unlink()
    assert RepairOrder.objects.count() == 1500
    assert shift["demo"] is True
    assert time_machine_now + timedelta(seconds=shift["shift_seconds"]) == orders.now_of(MONDAY)


@pytest.fixture
def time_machine_now():
    import time_machine
    from django.utils import timezone

    with time_machine.travel("2026-03-04T05:06:07Z", tick=False):
        yield timezone.now()
