"""Terms as tests and the demo school need them."""

from datetime import date, timedelta

import factory

from houqin.school.rules.factories import RecordFactory

from .models import SchoolYear, SpecialDay, Term, Week


class SchoolYearFactory(RecordFactory):
    class Meta:
        model = SchoolYear

    first_day = factory.Sequence(lambda n: date(2026 + n, 8, 30))
    last_day = factory.LazyAttribute(lambda year: date(year.first_day.year + 1, 8, 28))


class TermFactory(RecordFactory):
    """The first term of a year of its own: 21 weeks from 30 August, not yet laid."""

    class Meta:
        model = Term

    year = factory.SubFactory(SchoolYearFactory)
    number = 1
    first_day = factory.LazyAttribute(lambda term: term.year.first_day)
    last_day = factory.LazyAttribute(lambda term: term.first_day + timedelta(days=146))


class WeekFactory(RecordFactory):
    class Meta:
        model = Week

    term = factory.SubFactory(TermFactory)
    number = 1
    start = factory.LazyAttribute(lambda week: week.term.first_day)
    end = factory.LazyAttribute(lambda week: week.start + timedelta(days=6))


class SpecialDayFactory(RecordFactory):
    class Meta:
        model = SpecialDay

    date = factory.Sequence(lambda n: date(2026, 10, 1) + timedelta(days=n))
    name = "国庆节"
