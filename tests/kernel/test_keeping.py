"""A change is checked against every constraint it is part of, and costs no more questions than that."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from houqin.kernel.records import NumberKind
from houqin.kernel.verbs import NotAllowed
from houqin.school.people.factories import SchoolClassFactory, UserFactory
from houqin.school.places.models import Place
from houqin.school.terms.models import SchoolYear, SpecialDay, Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> SchoolYear:
    return SchoolYear.add(by=None, name="2026—2027", first_day=date(2026, 8, 31), last_day=date(2027, 7, 10))


def terms(year: SchoolYear) -> list[Term]:
    days = [(date(2026, 8, 31), date(2027, 1, 22)), (date(2027, 2, 22), date(2027, 7, 10))]
    return [
        Term.add(by=None, year=year, number=number, first_day=first, last_day=last)
        for number, (first, last) in enumerate(days, start=1)
    ]


def sentences(caught: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return caught.value.messages


def test_a_pair_of_fields_stays_unique_when_only_one_of_them_changes(year: SchoolYear):
    first, second = terms(year)
    with pytest.raises(ValidationError) as caught:
        second.amend(by=None, number=first.number)
    assert len(sentences(caught)) == 1
    second.refresh_from_db()
    assert (second.number, second.version) == (2, 0)


def test_a_rule_over_two_fields_is_asked_when_only_one_of_them_changes(year: SchoolYear):
    (first, _second) = terms(year)
    with pytest.raises(ValidationError) as caught:
        SchoolYear.objects.get(pk=year.pk).amend(by=None, last_day=date(2026, 8, 1))
    assert len(sentences(caught)) == 1
    first.refresh_from_db()
    assert first.last_day == date(2027, 1, 22)


def test_what_is_out_of_use_may_only_come_back_where_its_place_is_still_free():
    old = Place.add(by=None, kind="room", code="2-109", name="物理实验室")
    old.retire(by=None)
    Place.add(by=None, kind="room", code="2-109", name="化学实验室")
    with pytest.raises(ValidationError) as caught:
        old.restore(by=None)
    assert len(sentences(caught)) == 1
    old.refresh_from_db()
    assert old.retired_at is not None


def test_a_number_taken_by_another_is_refused():
    for prefix in ("AA", "AB"):
        NumberKind.add(by=None, prefix=prefix, label=prefix)
    with pytest.raises(ValidationError) as caught:
        NumberKind.objects.get(prefix="AB").amend(by=None, prefix="AA")
    assert list(caught.value.message_dict) == ["prefix"]


def test_a_reference_that_is_gone_is_noticed_only_where_it_changes():
    grown = SchoolClassFactory()
    before = grown.values()
    grown.homeroom_id = 999_999
    with pytest.raises(ValidationError) as caught:
        grown.keep(before)
    assert list(caught.value.message_dict) == ["homeroom"]


def test_an_act_asks_about_no_constraint_it_does_not_touch(django_assert_num_queries):
    place = Place.add(by=None, kind="room", code="2-109", name="物理实验室")
    before = place.values()
    place.note = "新门"
    with django_assert_num_queries(1):  # the UPDATE
        place.keep(before)


def test_nothing_is_written_by_whoever_read_an_older_version():
    user = UserFactory(name="张三")
    user.amend(by=None, office="101")
    with pytest.raises(NotAllowed):
        user.amend(by=None, version=0, office="102")
    user.refresh_from_db()
    assert user.office == "101"


def test_a_day_off_that_was_struck_out_comes_back_only_once():
    day = {"date": date(2026, 10, 1), "name": "国庆节", "is_off": True}
    first = SpecialDay.add(by=None, **day)
    first.retire(by=None)
    SpecialDay.add(by=None, **day)
    with pytest.raises(ValidationError) as caught:
        first.restore(by=None)
    assert len(sentences(caught)) == 1
