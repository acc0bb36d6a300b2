"""A number of a rule: declared in code, seeded, corrected, and changed from a day by a new law."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import translation

from houqin.kernel.events import Event, record_many
from houqin.school.rules import snapshots
from houqin.school.rules.models import Rule, declare, declared, seed, text, value

pytestmark = pytest.mark.django_db


@pytest.fixture
def limit():
    """A number that lives only in this test."""
    yield declare("tests.first", 15, "min", label="first response", source="学校惯例", area="rules", confidence="L")
    declared.pop("tests.first")


@pytest.fixture
def seeded(limit):
    seed()
    return Rule.objects.get(code=limit)


def test_a_declared_number_counts_before_it_is_seeded(limit):
    with translation.override("en"):
        assert (value(limit), text(limit)) == (15, "15 min")


def test_seeding_writes_what_the_code_says_once(limit):
    seed()
    seed()
    rule = Rule.objects.get(code=limit)
    assert (rule.value, rule.unit, rule.source, rule.area, rule.kind) == ("15", "min", "学校惯例", "rules", "int")
    assert rule.confidence == "L"


def test_an_edited_number_survives_the_next_seeding(seeded):
    seeded.amend(by=None, value="20", source="校长办公会 2026-09-01")
    seed()
    assert value(seeded.code) == 20
    changes = seeded.events.last().particulars["changes"]
    assert changes == {"value": ["15", "20"], "source": ["学校惯例", "校长办公会 2026-09-01"]}


def test_a_new_law_counts_from_its_day_and_the_old_one_until_then(seeded):
    seeded.change(by=None, value="10", effective_on=date(2027, 1, 1), source="新规")
    assert value(seeded.code, date(2026, 12, 31)) == 15
    assert value(seeded.code, date(2027, 1, 1)) == 10
    with time_machine.travel("2027-03-01"):
        assert value(seeded.code) == 10


def test_which_row_is_in_force_is_known(seeded):
    seeded.change(by=None, value="10", effective_on=date(2027, 1, 1))
    later = Rule.objects.get(code=seeded.code, value="10")
    assert (seeded.in_force(date(2026, 12, 1)), later.in_force(date(2026, 12, 1))) == (True, False)
    assert (seeded.in_force(date(2027, 2, 1)), later.in_force(date(2027, 2, 1))) == (False, True)


def test_a_code_has_one_row_a_day(seeded):
    seeded.change(by=None, value="10", effective_on=date(2027, 1, 1))
    with pytest.raises(ValidationError):
        seeded.change(by=None, value="5", effective_on=date(2027, 1, 1))


@pytest.mark.parametrize("written", ["soon", "", "1.5", "15 min"])
def test_a_whole_number_is_asked_for(seeded, written):
    with pytest.raises(ValidationError) as refused:
        seeded.amend(by=None, value=written)
    assert list(refused.value.message_dict) == ["value"]


def test_numbers_come_back_as_their_default_is():
    declare("tests.rate", Decimal("0.5"), label="rate", source="", area="rules")
    declare("tests.words", "one", label="words", source="", area="rules")
    seed()
    Rule.objects.get(code="tests.rate").amend(by=None, value=" 12.50 ")
    assert (value("tests.rate"), value("tests.words")) == (Decimal("12.50"), "one")
    assert isinstance(value("tests.rate"), Decimal)
    declared.pop("tests.rate"), declared.pop("tests.words")


def test_a_number_nobody_asks_for_is_refused():
    with pytest.raises(ValidationError) as refused:
        Rule.add(by=None, code="tests.nothing", value="1")
    assert list(refused.value.message_dict) == ["code"]


def test_asking_many_times_costs_no_query(seeded, django_assert_num_queries):
    value(seeded.code)
    with django_assert_num_queries(0):
        assert [value(seeded.code) for _ in range(50)] == [15] * 50


def test_another_process_hears_of_a_change_within_five_seconds(seeded, monkeypatch):
    assert value(seeded.code) == 15
    with connection.cursor() as cursor:  # what another process does: no event reaches this one
        cursor.execute("UPDATE rules_rule SET value = '30' WHERE code = %s", [seeded.code])
    record_many([Event.of("rules.rule.amended", seeded, None, {})])
    assert value(seeded.code) == 15
    monkeypatch.setattr(snapshots, "SECONDS", 0)
    assert value(seeded.code) == 30


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_never_counted():
    with pytest.raises(RuntimeError), transaction.atomic():
        Rule.objects.get(code="school.name").amend(by=None, value="乙校")
        raise RuntimeError
    assert value("school.name") == ""


@pytest.mark.parametrize(("code", "senseless"), [("repairs.accept.normal", "-5"), ("repairs.accept.normal", "0"),
                                                 ("repairs.public.open", "2"), ("repairs.check.days", "99999999")])  # fmt: skip
@pytest.mark.django_db
def test_a_number_that_would_stop_the_work_is_refused(code: str, senseless: str) -> None:
    rule = Rule.objects.get(code=code, effective_on=None)
    with pytest.raises(ValidationError):
        rule.amend(by=None, value=senseless)
    rule.refresh_from_db()
    assert rule.value != senseless


@pytest.mark.django_db
def test_a_rule_takes_effect_on_a_day_of_our_time() -> None:
    rule = Rule.objects.get(code="repairs.accept.normal", effective_on=None)
    with pytest.raises(ValidationError):
        rule.change(by=None, value="100", effective_on=date(1900, 1, 1))
