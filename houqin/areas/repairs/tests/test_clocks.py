"""Both clocks run in working time and stand still while an order waits."""

import pytest

from houqin.areas.repairs.models import RepairOrder, Urgency, limits
from houqin.school.rules.models import Rule
from houqin.school.terms.factories import SpecialDayFactory

from .conftest import at


@pytest.mark.parametrize(
    ("urgency", "accept", "arrive", "finish"),
    [
        (Urgency.URGENT, "09:15", "09:30", "2026-11-19 09:00"),
        (Urgency.PRESSING, "09:30", "11:00", "2026-11-20 09:00"),
        (Urgency.NORMAL, "11:00", "2026-11-19 09:00", "2026-11-23 09:00"),
    ],
)
def test_the_limits_are_those_of_the_conventions(report, urgency, accept, arrive, finish):
    order = report(urgency=urgency)
    told = [text if " " in text else f"2026-11-18 {text}" for text in (accept, arrive, finish)]
    assert [order.accept_due_at, order.arrive_due_at, order.finish_due_at] == [at(text) for text in told]


def test_a_report_on_friday_evening_counts_from_monday_morning(report, school, when):
    order = report("2026-11-20 20:00")
    assert order.accept_due_at == at("2026-11-23 09:30")
    with when("2026-11-23 08:10"):
        order.accept(by=school.desk)
    assert order.accept_minutes == 40


def test_a_holiday_does_not_count_and_a_make_up_day_does(report, school, when):
    SpecialDayFactory(date=at("2026-11-19 00:00").date(), is_off=True, name="校庆")
    SpecialDayFactory(date=at("2026-11-21 00:00").date(), is_off=False, name="补课")
    order = report("2026-11-18 17:00")
    assert order.accept_due_at == at("2026-11-20 09:00")
    with when("2026-11-21 08:00"):
        order.accept(by=school.desk)
    assert order.accept_minutes == 30 + 510 + 30


def test_urgent_orders_count_the_night_only_when_the_school_says_so(report, school, when):
    assert report("2026-11-18 22:00", urgency=3).arrive_due_at == at("2026-11-19 08:00")
    rule = Rule.objects.get(code="repairs.urgent.all_hours")
    rule.amend(by=None, value="1")
    order = report("2026-11-18 22:00", urgency=3)
    assert order.arrive_due_at == at("2026-11-18 22:30")
    with when("2026-11-18 22:12"):
        order.accept(by=school.desk)
    assert order.accept_minutes == 12
    assert report("2026-11-18 22:00", urgency=2).arrive_due_at == at("2026-11-19 09:30")


def test_a_changed_rule_counts_for_reports_from_its_day_on(report):
    Rule.objects.get(code="repairs.accept.urgent").change(
        by=None, value="5", effective_on=at("2026-11-19 00:00").date()
    )
    assert report("2026-11-18 09:00", urgency=3).accept_limit == 15
    assert report("2026-11-19 09:00", urgency=3).accept_limit == 5


def test_waiting_for_material_moves_the_deadlines_by_the_working_time_waited(report, school, when):
    order = report()
    with when("2026-11-18 09:30"):
        order.dispatch(by=school.desk, worker=school.worker)
    with when("2026-11-18 10:00"):
        order.suspend(by=school.worker, reason="等阀芯")
    with when("2026-11-18 15:00"):
        order.resume(by=school.worker)
    assert order.suspended_minutes == 210  # 10:00-12:00 and 13:30-15:00
    assert order.arrive_due_at == at("2026-11-19 14:00")  # 300 minutes were left of the day's 510 after 09:00 + 210
    assert order.finish_due_at == at("2026-11-23 14:00")
    with when("2026-11-18 16:00"):
        order.arrive(by=school.worker)
    assert order.arrive_minutes == 120  # 60 before, 60 after


def test_a_weekend_of_waiting_costs_no_working_time(report, school, when):
    order = report("2026-11-20 15:00")
    with when("2026-11-20 16:30"):
        order.dispatch(by=school.desk, worker=school.worker)
        order.arrive(by=school.worker)
        due = order.finish_due_at
        order.suspend(by=school.worker, reason="等玻璃")
    with when("2026-11-23 07:30"):
        order.resume(by=school.worker)
    assert order.suspended_minutes == 60
    assert order.finish_due_at == at("2026-11-25 16:00")
    assert due == at("2026-11-25 15:00")


def test_a_clock_that_had_run_out_before_the_wait_stays_as_late_as_it_was(report, school, when):
    order = report(urgency=3)
    with when("2026-11-18 10:00"):
        order.dispatch(by=school.desk, worker=school.worker)
        order.suspend(by=school.worker, reason="等人")
    with when("2026-11-18 11:00"):
        order.resume(by=school.worker)
        order.arrive(by=school.worker)
    assert (order.arrive_minutes, order.arrive_limit) == (60, 30)


def test_late_orders_are_those_whose_clock_ran_out_and_no_others(report, school, when):
    waiting, accepted, suspended = report(urgency=3), report(urgency=3), report(urgency=3)
    with when("2026-11-18 09:10"):
        accepted.accept(by=school.desk)
        suspended.dispatch(by=school.desk, worker=school.worker)
        suspended.suspend(by=school.worker, reason="等")
        assert list(RepairOrder.objects.late()) == []
    with when("2026-11-18 09:20"):
        assert list(RepairOrder.objects.late()) == [waiting]
    with when("2026-11-18 09:40"):
        assert set(RepairOrder.objects.late()) == {waiting, accepted}
    done = report()
    with when("2026-11-18 09:30"):
        done.dispatch(by=school.desk, worker=school.worker)
        done.arrive(by=school.worker)
        done.finish(by=school.worker, work_done="好了", damage="no")
    with when("2026-12-18 09:40"):
        assert done not in RepairOrder.objects.late()


def test_limits_are_whole_minutes_of_the_schools_day(db):
    assert limits.limits(Urgency.NORMAL) == limits.Limits(accept=120, arrive=510, finish=1530)
