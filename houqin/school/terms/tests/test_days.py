"""The pure calendar: what must hold for every instant, not only for the examples."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houqin.school.terms.days import WorkingTime, lay, parse_hours, parse_weekdays

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = parse_hours("07:30–12:00, 13:30–17:30")
OFF = {date(2026, 10, d): False for d in range(1, 8)} | {date(2026, 10, 10): True, date(2026, 9, 20): True}
TIME = WorkingTime(OFF, HOURS, range(5), SHANGHAI)

instants = st.datetimes(datetime(2015, 1, 1), datetime(2037, 1, 1)).map(lambda at: at.replace(tzinfo=SHANGHAI))
days = st.dates(date(2015, 1, 1), date(2037, 1, 1))
calendars = st.builds(
    WorkingTime,
    st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 3, 1)), st.booleans(), max_size=20),
    st.sampled_from([HOURS, parse_hours("00:00-24:00"), parse_hours("8:00-11:59 12:00-12:01 13:00-18:00")]),
    st.sets(st.integers(0, 6), min_size=1),
    st.just(SHANGHAI),
)
near = st.datetimes(datetime(2025, 11, 1), datetime(2026, 6, 1)).map(lambda at: at.replace(tzinfo=SHANGHAI))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@given(calendars, near, near, near)
def test_working_minutes_add_up(calendar, a, b, c):
    assert calendar.working_minutes(a, b) + calendar.working_minutes(b, c) == calendar.working_minutes(a, c)


@given(calendars, near, st.integers(0, 100_000))
def test_adding_working_minutes_is_undone_by_counting_them(calendar, start, minutes):
    assert calendar.working_minutes(start, calendar.add_working_minutes(start, minutes)) == minutes


@given(calendars, near, st.integers(1, 5_000))
def test_a_minute_earlier_the_time_is_not_yet_over(calendar, start, minutes):
    over = calendar.add_working_minutes(start, minutes)
    assert calendar.working_minutes(start, over - timedelta(minutes=1)) == minutes - 1


@given(calendars, near, st.integers(0, 60 * 24 * 14))
def test_counting_agrees_with_walking_minute_by_minute(calendar, start, minutes):
    start = start.replace(second=0, microsecond=0)
    walked = 0
    for n in range(0, minutes, 1):
        local = start + timedelta(minutes=n)
        inside = any(a <= local.hour * 60 + local.minute < b for a, b in calendar.hours)
        walked += inside and calendar.is_working_day(local.date())
    assert calendar.working_minutes(start, start + timedelta(minutes=minutes)) == walked


@given(days, st.integers(0, 400))
def test_a_working_day_later_is_a_working_day(day, count):
    later = TIME.add_working_days(day, count)
    assert TIME.is_working_day(later)
    assert TIME.working_days(day + timedelta(days=1), later + timedelta(days=1)) == count or count == 0


@given(days, days, st.sampled_from([6, 0]))
def test_weeks_touch_and_cover_the_term(a, b, week_start):
    first, last = min(a, b), max(a, b)
    last = min(last, first + timedelta(days=300))
    weeks = lay(first, last, week_start)
    assert weeks[0][0] <= first <= weeks[0][1]
    assert weeks[-1][0] <= last <= weeks[-1][1]
    assert {start.weekday() for start, _ in weeks} == {week_start}
    assert {(end - start).days for start, end in weeks} == {6}
    assert all(weeks[n][1] + timedelta(days=1) == weeks[n + 1][0] for n in range(len(weeks) - 1))


def test_the_autumn_of_2026_has_the_weeks_of_the_seed_plan():
    weeks = lay(date(2026, 8, 30), date(2027, 1, 23), 6)
    assert len(weeks) == 21
    assert weeks[12] == (date(2026, 11, 22), date(2026, 11, 28))
    assert weeks[20] == (date(2027, 1, 17), date(2027, 1, 23))


def test_a_report_at_noon_is_answered_after_the_break():
    assert TIME.add_working_minutes(at("2026-11-23 11:50"), 15) == at("2026-11-23 13:35")
    assert TIME.add_working_minutes(at("2026-11-23 11:45"), 15) == at("2026-11-23 12:00")


def test_a_report_before_national_day_waits_for_the_eighth():
    assert TIME.add_working_minutes(at("2026-09-30 17:20"), 30) == at("2026-10-08 07:50")
    assert TIME.working_minutes(at("2026-10-01 08:00"), at("2026-10-07 20:00")) == 0


def test_a_make_up_saturday_is_worked():
    assert TIME.working_minutes(at("2026-10-10 00:00"), at("2026-10-11 00:00")) == 510
    assert TIME.working_minutes(at("2026-10-17 00:00"), at("2026-10-18 00:00")) == 0


def test_an_instant_of_another_zone_means_the_same_minute():
    utc = at("2026-11-23 09:00").astimezone(ZoneInfo("UTC"))
    assert TIME.working_minutes(utc, at("2026-11-23 10:00")) == 60


def test_far_from_the_known_days_nothing_is_walked_and_nothing_is_wrong():
    assert TIME.working_days(date(1990, 1, 1), date(1990, 1, 8)) == 5
    assert TIME.working_days(date(2090, 1, 2), date(2090, 1, 9)) == 5
    assert TIME.add_working_days(date(2050, 12, 30), 1) == date(2051, 1, 2)


@pytest.mark.parametrize(
    "written", ["", "morning", "12:00-07:30", "07:30-12:00, 11:00-17:00", "07:30-25:00", "07:30-12:00 and then some"]
)
def test_hours_that_make_no_sense_are_refused(written):
    with pytest.raises(ValueError):
        parse_hours(written)


def test_hours_are_read_with_any_dash():
    assert parse_hours("7:30-12:00，13:30～17:30") == ((450, 720), (810, 1050))


def test_weekdays_count_from_monday():
    assert parse_weekdays("1 2 3 4 5 6") == {0, 1, 2, 3, 4, 5}
    with pytest.raises(ValueError):
        parse_weekdays("8")
