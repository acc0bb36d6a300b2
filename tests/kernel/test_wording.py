"""Dates, times, money and spans read as STYLE.md section 6 wants them."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
import time_machine
from django.utils import translation

from houqin.kernel.ui import wording

EAST = timezone(timedelta(hours=8))


@pytest.fixture(autouse=True)
def a_wednesday_morning(settings):
    settings.CLOCK_SHIFT = timedelta()
    with time_machine.travel(datetime(2026, 11, 18, 11, 6, tzinfo=EAST), tick=False), translation.override("zh-hans"):
        yield


def test_a_day_carries_its_year_only_when_it_is_another_one():
    assert [wording.day(date(2026, 9, 5)), wording.day(date(2025, 6, 3)), wording.day(None)] == [
        "9.05",
        "2025.06.03",
        "—",
    ]


def test_a_moment_of_today_is_a_time_and_one_of_another_year_a_date():
    moments = [datetime(2026, 11, 18, 8, 24), datetime(2026, 11, 17, 15, 20), datetime(2025, 6, 3, 8, 0)]
    assert [wording.moment(at.replace(tzinfo=EAST)) for at in moments] == ["08:24", "11.17 15:20", "2025.06.03"]


def test_a_span_pads_the_day_and_not_the_month():
    assert wording.span(date(2026, 8, 30), date(2026, 9, 5)) == "8.30–9.05"
    assert wording.span(date(2026, 9, 5), date(2026, 9, 5)) == "9.05"


def test_money_has_separators_two_places_and_a_true_minus():
    assert [wording.money(value) for value in (1280, Decimal("-120"), Decimal("-0.001"), None)] == [
        "¥1,280.00",
        "−¥120.00",
        "¥0.00",
        "—",
    ]
    assert wording.amount(Decimal("-120")) == "−120.00"


def test_a_quantity_drops_idle_zeros():
    assert [wording.qty(Decimal(value)) for value in ("1200.500", "3.000", "0.000")] == ["1,200.5", "3", "0"]


def test_a_deadline_says_how_much_is_left_or_over():
    with translation.override("en"):
        left = [timedelta(minutes=12), timedelta(hours=-15), date(2026, 12, 6), date(2026, 11, 16), date(2026, 11, 18)]
        assert [wording.duration(value) for value in left] == [
            "12 minutes left",
            "15 hours over",
            "18 days left",
            "2 days overdue",
            "due today",
        ]


def test_a_phone_number_is_masked_and_an_extension_is_not():
    assert [wording.phone_mask("13812342716"), wording.phone_mask("8215")] == ["138****2716", "8215"]
