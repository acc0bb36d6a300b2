"""The month's figures, to the minute; the quarter by class; the workbook."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from houqin.areas.repairs.models import Urgency
from houqin.areas.repairs.reports import figures
from houqin.areas.repairs.views.statistics import hours

from .conftest import DESK, at


@pytest.fixture
def november(report, school, when):
    """Four reports: one in time throughout, one late twice, one refused, one never answered; and one of October."""

    def live(order, accept, arrive, finish, **given):
        with when(accept):
            order.dispatch(by=school.desk, worker=school.worker)
        with when(arrive):
            order.arrive(by=school.worker)
        with when(finish):
            order.finish(by=school.worker, **{"work_done": "好", "damage": "no"} | given)
            order.confirm(by=school.teacher, rating=given.pop("rating", 5))

    report("2026-10-20 09:00")
    rows = [{"name": "阀芯", "quantity": Decimal(1), "price": Decimal("48.50")}]
    first = report("2026-11-18 09:00")
    live(first, "2026-11-18 09:06", "2026-11-18 09:38", "2026-11-18 11:00", materials=rows, labour_hours=Decimal("0.8"))
    second = report("2026-11-18 09:00", urgency=Urgency.URGENT)
    live(second, "2026-11-18 09:32", "2026-11-18 14:00", "2026-11-20 09:00", damage="yes")
    third = report("2026-11-18 09:00")
    with when("2026-11-18 09:10"):
        third.refuse(by=school.desk, reason="不属于维修")
    report("2026-11-19 08:00")
    gone = report("2026-11-19 08:00")
    gone.withdraw(by=school.teacher)
    return figures.read_span("2026-11")


def test_both_response_rates_and_the_late_minutes_are_exact(november, when):
    with when("2026-11-21 09:00"):
        sums = figures.totals(figures.orders(november))
    assert (sums["all"], sums["refused"], sums["done"]) == (4, 1, 2)
    assert (sums["accept_met"], sums["accept_late"], sums["accept_open"], sums["accept_over"]) == (3, 1, 1, 17)
    assert sums["accept_rate"] == 2 / 4
    assert sums["accept_average"] == (6 + 32 + 10) / 3
    # 09:00–12:00 and 13:30–14:00 are 210 working minutes, 30 were allowed
    assert (sums["arrive_met"], sums["arrive_late"], sums["arrive_over"]) == (2, 1, 180)
    assert (sums["arrive_open"], sums["arrive_rate"]) == (1, 1 / 3)
    assert (sums["finish_met"], sums["finish_late"], sums["finish_over"]) == (2, 1, 510)
    assert (sums["completion"], sums["satisfaction"], sums["stars"]) == (2 / 3, 1.0, 5.0)
    assert (sums["cost"], sums["hours"], sums["damaged"]) == (Decimal("48.50"), Decimal("0.8"), 1)


def test_late_answers_are_listed_with_their_working_minutes(november):
    found = figures.orders(november)
    assert [(order.number, order.over) for order in figures.late_orders(found, "accept")] == [("WX-2026-0003", 17)]
    assert [(order.number, order.over) for order in figures.late_orders(found, "arrive")] == [("WX-2026-0003", 180)]
    assert hours(180) in ("3 h", "3 小时")
    assert hours(0) in ("0 minutes", "0 分", "0 分钟")
    assert hours(95) in ("1 h 35 min", "1 小时 35 分")


def test_groups_add_up_to_the_whole(november, school):
    found = figures.orders(november)
    for path, label in (("building_id", "building__full_name"), ("category_id", "category__name")):
        groups = figures.grouped(found, path, label)
        assert [(row["n"], row["finished"], row["spent"]) for row in groups] == [(4, 2, Decimal("48.50"))]
    assert [(row["name"], row["n"]) for row in figures.grouped(found, "worker_id", "worker__name")] == [("李志强", 2)]


def test_a_fault_reported_as_often_as_the_rule_says_is_a_repeat(november):
    assert [row["n"] for row in figures.repeats(figures.orders(november))] == [4]


def test_the_quarter_by_class_counts_damages_and_reads_no_name(november, school):
    (row,) = figures.by_class(figures.read_span("2026-Q4", quarterly=True))
    assert (row["school_class__name"], row["n"], row["damaged"], row["spent"]) == ("初一(3)班", 5, 1, Decimal("48.50"))


@pytest.mark.parametrize(
    ("text", "quarterly", "key"),
    [
        ("2026-11", False, "2026-11"),
        ("2026-Q4", True, "2026-Q4"),
        ("2026-13", False, "2026-12"),
        ("x", False, "2026-12"),
    ],
)
def test_a_month_is_read_or_the_current_one_taken(db, when, text, quarterly, key):
    with when("2026-12-05 09:00"):
        assert figures.read_span(text, quarterly).key == key


def test_months_and_quarters_move_over_the_year(db):
    assert figures.read_span("2026-12").move(1).key == "2027-01"
    assert figures.read_span("2026-01").move(-1).key == "2025-12"
    assert figures.read_span("2026-Q1", quarterly=True).move(-1).key == "2025-Q4"


def test_the_page_the_workbook_and_the_poster_open(november, allow, signed_in, school):
    page = signed_in(allow(school.desk, DESK))
    assert page.get(reverse("repairs_statistics"), {"month": "2026-11"}).status_code == 200
    answer = page.get(reverse("repairs_statistics_sheet"), {"month": "2026-11"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rates = book.get_sheet_by_index(0).to_python()
    assert [(row[1], row[2], row[6]) for row in rates[1:3]] == [(3.0, 1.0, 0.28), (2.0, 1.0, 3.0)]
    poster = page.get(reverse("repairs_classes_poster"), {"quarter": "2026-Q4"})
    assert (poster.status_code, poster.content[:5]) == (200, b"%PDF-")
    assert page.get(reverse("repairs_classes"), {"quarter": "2026-Q4"}).status_code == 200
    assert page.get(reverse("repairs_statistics"), {"month": "nonsense"}).status_code == 200


def test_the_average_response_of_a_week_lands_in_its_week(november, when):
    with when("2026-11-21 09:00"):
        weeks = figures.response_by_week()
    assert (len(weeks), weeks[-1][0], weeks[-1][1]) == (8, at("2026-11-15 00:00").date(), (6 + 32 + 10) / 3)
