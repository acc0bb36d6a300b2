"""What the clock does by itself, and who is told of what."""

import pytest

from houqin.areas.repairs import jobs
from houqin.areas.repairs.models import RepairOrder, State
from houqin.kernel.access import Grant
from houqin.kernel.notices import Notice
from houqin.school.people.factories import UserFactory, role


@pytest.fixture
def people(school):
    """A desk that may dispatch and a director."""
    duty = role("SL")
    Grant.objects.get_or_create(role=duty, register="repairs.repairorder", verb="dispatch", scope="all_of")
    school.desk.roles.add(duty)
    school.director = UserFactory(name="李建国", codes=["ZW"])
    Grant.objects.filter(role__code="ZW").delete()
    return school


def told(user):
    return [notice.words["en"][0] for notice in Notice.objects.filter(recipient=user).order_by("id")]


def test_a_clock_that_runs_out_is_told_once_however_often_the_alarm_rings(people, report, when):
    report()
    for moment in ("2026-11-18 10:25", "2026-11-18 10:35", "2026-11-18 10:40", "2026-11-18 11:05", "2026-11-18 11:10"):
        with when(moment):
            jobs.escalate()
    assert told(people.desk) == [
        "first response of WX-2026-0001 is nearly due", "first response of WX-2026-0001 is overdue",
    ]  # fmt: skip
    assert told(people.director) == []
    with when("2026-11-18 14:00"):
        jobs.escalate()
        jobs.escalate()
    assert told(people.director) == ["first response of WX-2026-0001 is long overdue"]


def test_the_worker_hears_of_his_own_clock_and_not_while_it_stands_still(people, report, when):
    order = report(urgency=3)
    with when("2026-11-18 09:05"):
        order.dispatch(by=people.desk, worker=people.worker)
        order.suspend(by=people.worker, reason="等人")
    Notice.objects.all().delete()
    with when("2026-11-18 11:00"):
        jobs.escalate()
        assert told(people.worker) == []
        order.resume(by=people.worker)
    with when("2026-11-18 11:20"):
        jobs.escalate()
    assert told(people.worker) == ["second response of WX-2026-0001 is nearly due"]


def test_nobody_objects_and_the_order_checks_itself_after_two_working_days(people, report, when):
    order = report("2026-11-19 15:00")
    with when("2026-11-19 16:00"):
        order.dispatch(by=people.desk, worker=people.worker)
        order.arrive(by=people.worker)
        order.finish(by=people.worker, work_done="好了", damage="no")
    with when("2026-11-23 15:59"):
        assert jobs.lapse() == 0
    with when("2026-11-23 16:00"):
        assert jobs.lapse() == 1
        assert jobs.lapse() == 0
    order.refresh_from_db()
    assert (order.state, order.checked_how, order.checked_by) == (State.CHECKED, "time", None)


def test_nobody_lets_it_check_itself_by_hand(people, report):
    order = report()
    assert order.verbs["lapse"].refusal(order, people.director) is not None


def test_closed_orders_are_filed_after_a_month_unless_a_compensation_is_open(people, report, when):
    for damage in ("no", "yes"):
        order = report()
        with when("2026-11-18 10:00"):
            order.dispatch(by=people.desk, worker=people.worker)
            order.arrive(by=people.worker)
            order.finish(by=people.worker, work_done="好了", damage=damage)
            order.confirm(by=people.teacher)
    with when("2026-12-17 10:00"):
        assert jobs.archive() == 0
    with when("2026-12-18 10:01"):
        assert jobs.archive() == 1
    assert list(RepairOrder.objects.order_by("pk").values_list("state", flat=True)) == ["archived", "checked"]


def test_reporter_worker_and_desk_each_hear_what_concerns_them(people, report):
    order = report(urgency=3)
    order.join(by=people.keeper)
    order.dispatch(by=people.desk, worker=people.worker)
    order.urge(by=people.teacher)
    order.arrive(by=people.worker)
    order.finish(by=people.worker, work_done="好了", damage="no")
    order.rework(by=people.teacher, reason="还漏")
    order.transfer(by=people.desk, worker=people.other)
    assert told(people.desk) == [f"urgent report: {people.room}, 水龙头漏水"]
    assert told(people.teacher) == ["WX-2026-0001 was given to 李志强", "WX-2026-0001 is mended; please check it"]
    assert told(people.keeper) == ["WX-2026-0001 is mended; please check it"]
    assert told(people.worker) == [
        f"New job WX-2026-0001: {people.room}, 水龙头漏水", f"WX-2026-0001 is urged: {people.room}, 水龙头漏水",
        f"WX-2026-0001 was sent back: {people.room}",
    ]  # fmt: skip
    assert told(people.other) == [f"Job WX-2026-0001 was handed to you: {people.room}"]


def test_a_normal_report_does_not_ring_at_the_desk(people, report):
    report()
    assert told(people.desk) == []
