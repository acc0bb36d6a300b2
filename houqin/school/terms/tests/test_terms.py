"""A school year is set up: holidays filled in, a term made, its weeks laid, amended and shown."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from houqin.kernel.records import add_many
from houqin.kernel.verbs import NotAllowed
from houqin.school.rules.models import Rule
from houqin.school.terms import calendar
from houqin.school.terms.factories import SchoolYearFactory, SpecialDayFactory, TermFactory
from houqin.school.terms.models import SpecialDay, Week

pytestmark = pytest.mark.django_db


@pytest.fixture
def autumn():
    """The autumn term of 2026 with its weeks, as in the demo school."""
    year = SchoolYearFactory(first_day=date(2026, 8, 30), last_day=date(2027, 8, 28))
    term = TermFactory(year=year, first_day=date(2026, 8, 30), last_day=date(2027, 1, 23))
    term.lay_weeks(by=None)
    return term


def test_laying_the_weeks_gives_the_table_of_the_term(autumn):
    rows = list(autumn.weeks.values_list("number", "label", "start", "end"))
    assert rows[0] == (1, "第1周", date(2026, 8, 30), date(2026, 9, 5))
    assert rows[12] == (13, "第13周", date(2026, 11, 22), date(2026, 11, 28))
    assert len(rows) == 21


def test_weeks_are_not_laid_twice(autumn):
    with pytest.raises(NotAllowed):
        autumn.lay_weeks(by=None)
    assert autumn.weeks.count() == 21


def test_the_first_week_may_be_week_zero():
    term = TermFactory()
    term.lay_weeks(by=None, first_number=0)
    assert term.weeks.first().label == "第0周"


def test_cleared_weeks_can_be_laid_again_and_the_history_keeps_them(autumn):
    event = autumn.clear_weeks(by=None, reason="开学推迟一周")
    assert event.particulars["weeks"][12] == "第13周 11-22–11-28"
    autumn.amend(by=None, first_day=date(2026, 9, 6))
    autumn.lay_weeks(by=None)
    assert autumn.weeks.count() == 20


def test_a_week_amended_by_hand_stays_as_written(autumn):
    week = autumn.weeks.get(number=21)
    week.amend(by=None, label="考试周", end=date(2027, 1, 22), counted=False)
    assert (week.label, week.end, calendar.week_of(date(2027, 1, 23))) == ("考试周", date(2027, 1, 22), None)


def test_two_weeks_do_not_share_a_day(autumn):
    week = autumn.weeks.get(number=3)
    with pytest.raises(ValidationError) as refused:
        week.amend(by=None, end=date(2026, 9, 20))
    assert list(refused.value.message_dict) == ["start"]


def test_terms_do_not_overlap(autumn):
    with pytest.raises(ValidationError):
        TermFactory(year=autumn.year, number=2, first_day=date(2027, 1, 20), last_day=date(2027, 6, 30))


def test_the_pill_names_the_week(autumn):
    assert calendar.week_pill(date(2026, 11, 23)) == calendar.Pill("第13周", "11.22–11.28")
    assert str(calendar.week_pill(date(2026, 9, 1))) == "第1周 8.30–9.05"


def test_in_a_vacation_the_coming_term_counts(autumn):
    spring = TermFactory(year=autumn.year, number=2, first_day=date(2027, 2, 21), last_day=date(2027, 7, 3))
    assert calendar.week_of(date(2027, 2, 5)) is None
    assert calendar.current_term(date(2027, 2, 5)) == spring
    assert calendar.current_term(date(2026, 11, 23)) == autumn
    assert calendar.current_term(date(2027, 8, 1)) == spring


def test_without_a_term_nothing_is_claimed():
    assert (calendar.week_pill(date(2026, 11, 23)), calendar.current_term(date(2026, 11, 23))) == (None, None)


def test_the_announced_holidays_of_2026_are_filled_in():
    year = SchoolYearFactory(first_day=date(2026, 8, 30), last_day=date(2026, 12, 31))
    event = year.fill_holidays(by=None)
    off = [row.date for row in SpecialDay.objects.filter(is_off=True)]
    work = [row.date for row in SpecialDay.objects.filter(is_off=False)]
    assert off == [date(2026, 9, d) for d in (25, 26, 27)] + [date(2026, 10, d) for d in range(1, 8)]
    assert work == [date(2026, 9, 20), date(2026, 10, 10)]
    assert event.particulars["days"] == 12


def test_a_year_not_announced_has_only_the_days_with_a_fixed_date():
    year = SchoolYearFactory(first_day=date(2099, 1, 1), last_day=date(2099, 12, 31))
    year.fill_holidays(by=None)
    rows = SpecialDay.objects.values_list("date", "name", "announced")
    assert [(d.month, d.day) for d, _, _ in rows] == [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)]
    assert {announced for _, _, announced in rows} == {False}
    assert calendar.unannounced(date(2099, 1, 1), date(2099, 12, 31)) is True


def test_what_the_school_wrote_is_not_overwritten():
    SpecialDayFactory(date=date(2026, 9, 25), name="秋游", is_off=False)
    year = SchoolYearFactory(first_day=date(2026, 9, 1), last_day=date(2026, 9, 30))
    year.fill_holidays(by=None)
    assert SpecialDay.objects.get(date=date(2026, 9, 25)).name == "秋游"


def test_an_announcement_replaces_what_only_the_law_said():
    SpecialDayFactory(date=date(2026, 10, 1), name="国庆节", announced=False)
    year = SchoolYearFactory(first_day=date(2026, 9, 30), last_day=date(2026, 10, 1))
    year.fill_holidays(by=None)
    assert SpecialDay.objects.get().announced is True


def test_a_changed_table_counts_at_once():
    saturday = date(2026, 11, 28)
    assert calendar.is_working_day(saturday) is False
    day = SpecialDayFactory(date=saturday, name="补课", is_off=False)
    assert calendar.is_working_day(saturday) is True
    day.retire(by=None)
    assert calendar.is_working_day(saturday) is False
    add_many(SpecialDay, [{"date": saturday, "name": "补课", "is_off": False}], by=None)
    assert calendar.is_working_day(saturday) is True


def test_the_working_hours_are_a_rule():
    zone = ZoneInfo("Asia/Shanghai")
    monday = datetime(2026, 11, 23, 7, 0, tzinfo=zone)
    assert calendar.add_working_minutes(monday, 60) == datetime(2026, 11, 23, 8, 30, tzinfo=zone)
    Rule.objects.get(code="terms.hours").amend(by=None, value="08:00-12:00")
    assert calendar.add_working_minutes(monday, 60) == datetime(2026, 11, 23, 9, 0, tzinfo=zone)
    assert calendar.day_minutes() == 240


def test_asking_again_costs_no_query(autumn, django_assert_num_queries):
    calendar.is_working_day(date(2026, 11, 23))
    with django_assert_num_queries(0):
        assert calendar.is_working_day(date(2026, 11, 23)) is True
        assert calendar.week_of(date(2026, 11, 23)).term.year.name == "2026–2027学年"


def test_a_week_table_row_is_added_by_hand(autumn):
    week = Week.add(by=None, term=autumn, number=0, label="预备周", start=date(2026, 8, 23), end=date(2026, 8, 29))
    assert calendar.week_of(date(2026, 8, 25)) == week
