"""Who reaches which orders, who may do what with them, and what the factories make."""

import random

import pytest

from houqin.areas.repairs.factories import rows, tell
from houqin.areas.repairs.models import RepairOrder
from houqin.kernel.records import add_many
from houqin.kernel.verbs import NotAllowed

from .conftest import at


def test_only_the_worker_it_was_given_to_is_on_site_and_finishes(report, school):
    order = report()
    order.dispatch(by=school.desk, worker=school.worker)
    with pytest.raises(NotAllowed):
        order.arrive(by=school.other)
    order.arrive(by=school.worker)
    with pytest.raises(NotAllowed):
        order.finish(by=school.desk, work_done="好", damage="no")


def test_an_urge_counts_and_a_supplement_is_added_to_the_words(report, school):
    order = report(description="左边")
    order.urge(by=school.teacher)
    order.supplement(by=school.teacher, text="右边也漏")
    assert (order.urge_count, order.description) == (1, "左边\n右边也漏")
    assert order.problem == "水龙头漏水，左边 右边也漏"


def test_an_order_entered_for_somebody_else_says_so(report, school):
    order = report(by=school.desk, reporter=school.teacher)
    assert (order.reporter, order.created_by, order.source) == (school.teacher, school.desk, "phone")
    assert RepairOrder.objects.own(school.desk).get() == RepairOrder.objects.own(school.teacher).get() == order


def test_each_scope_reaches_its_own_orders_and_no_others(report, school):
    order = report()
    order.dispatch(by=school.desk, worker=school.worker)
    reached = {
        name: [user.name for user in (school.teacher, school.keeper, school.homeroom, school.worker, school.other, school.desk)
               if getattr(RepairOrder.objects.all(), name)(user).exists()]
        for name in ("own", "assigned", "team", "class_", "keeper", "dept")
    }  # fmt: skip
    assert reached == {
        "own": ["赵老师"], "assigned": ["李志强"], "team": ["李志强", "赵永平"], "class_": ["周班主任"],
        "keeper": ["王丽娟"], "dept": [],
    }  # fmt: skip


def test_the_factories_make_orders_in_every_state_and_plain_rows_for_bulk(school, when):
    people = {"places": [school.room], "categories": [school.category], "reporters": [school.teacher],
              "workers": [school.worker], "dispatcher": school.desk}  # fmt: skip
    with when("2026-11-18 09:00"):
        made = add_many(RepairOrder, rows(40, people, random.Random(1), at("2026-11-18 08:00"), days=60), by=None)
        told = [tell(at("2026-11-10 09:00"), people, random.Random(n), at("2026-11-18 08:00")) for n in range(6)]
    assert len({order.number for order in made}) == 40
    assert {order.finish_due_at is not None for order in [*made, *told]} == {True}
    assert RepairOrder.objects.open().filter(state__in=("checked", "rated", "archived")).count() == 0
