"""The school year on one page."""

from datetime import date

import pytest
import time_machine

from houqin.school.people.factories import UserFactory
from houqin.school.terms.calendar import calendar
from houqin.school.terms.factories import SchoolYearFactory, SpecialDayFactory, TermFactory
from houqin.school.terms.views import weeks_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    year = SchoolYearFactory(first_day=date(2026, 8, 30), last_day=date(2027, 8, 28))
    TermFactory(year=year, first_day=date(2026, 8, 30), last_day=date(2027, 1, 23)).lay_weeks(by=None)
    year.fill_holidays(by=None)
    SpecialDayFactory(date=date(2026, 11, 10), name="期中考试", is_off=False, is_exam=True)
    return year


def cells(year):
    return {cell["day"]: cell for row in weeks_of(year, calendar()) for cell in row["days"]}


def test_every_day_of_the_year_stands_in_a_row_of_seven(year):
    rows = weeks_of(year, calendar())
    assert {len(row["days"]) for row in rows} == {7}
    assert (rows[0]["label"], rows[12]["label"], rows[21]["label"]) == ("第1周", "第13周", "")
    assert [row["month"].month for row in rows if row["month"]] == [9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8]


def test_days_are_coloured_by_what_they_are(year):
    kinds = {day: cell["css"] for day, cell in cells(year).items()}
    days = [
        date(2026, 10, 1),
        date(2026, 10, 10),
        date(2026, 11, 10),
        date(2026, 11, 22),
        date(2026, 11, 23),
        date(2027, 2, 1),
    ]
    assert [kinds[day] for day in days] == ["off", "work", "exam", "rest", "", "vacation"]


def test_the_page_says_what_is_not_announced(year, client):
    client.force_login(UserFactory())
    with time_machine.travel("2026-11-22"):
        text = client.get("/terms/calendar/").content.decode()
    assert ("2027" in text, "第13周" in text) == (True, True)


def test_a_school_without_a_year_has_an_empty_page_not_an_error(client):
    client.force_login(UserFactory())
    assert client.get("/terms/calendar/").status_code == 200
    assert client.get("/terms/calendar/99/").status_code == 404


def test_the_calendar_is_for_those_who_are_signed_in(client):
    assert client.get("/terms/calendar/").status_code == 302
