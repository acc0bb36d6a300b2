"""What a form reads: numbers and days as people write them, verbs' signatures, rows of a document."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

import pytest
import time_machine
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from houqin.areas.repairs.models import RepairOrder
from houqin.kernel.registers import Register
from houqin.kernel.registers.forms import Amount, Day, Moment, Whole, given, verb_form
from houqin.kernel.registers.lines import LinesField
from houqin.kernel.verbs import Lines, Photos, verb
from houqin.school.people.factories import DepartmentFactory, UserFactory
from houqin.school.people.models import Department, User

ROW = {"name": "LED 灯管", "spec": "T8", "quantity": "２", "unit": "支", "price": "18.5"}


class Grade(models.TextChoices):
    GOOD = "good", "good"
    BAD = "bad", "bad"


@pytest.mark.parametrize(
    ("written", "read"),
    [("１，２８０．５０", "1280.50"), ("¥1,280", "1280"), ("3 元", "3"), ("　7　", "7"), ("−5", "-5"), ("0", "0")],
)
def test_an_amount_is_read_as_people_write_it(written: str, read: str) -> None:
    assert Amount(max_digits=14, decimal_places=2).clean(written) == Decimal(read)


@pytest.mark.parametrize("written", ["三元", "NaN", "Infinity", "1.2.3", "12345678901234567"])
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(django_forms.ValidationError):
        Amount(max_digits=14, decimal_places=2).clean(written)


@time_machine.travel("2026-11-19 10:00+08:00")
@pytest.mark.parametrize(
    "written", ["2026-09-01", "2026.9.1", "20260901", "9月1日", "９月１日", "2026年9月1日", "9.1", "2026/9/1", "9月1号"]
)
def test_a_day_is_read_as_people_write_it(written: str) -> None:
    assert Day().clean(written) == date(2026, 9, 1)


@pytest.mark.parametrize("written", ["2月30日", "20261332", "昨天", "1"])
def test_a_day_that_is_none_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(django_forms.ValidationError):
        Day().clean(written)


@time_machine.travel("2026-11-19 10:00+08:00")
@pytest.mark.parametrize("written", ["2026-09-01T08:30", "9月1日 8:30", "2026.9.1 8点30分", "2026-09-01 08:30:00"])
def test_a_moment_is_local_time(written: str) -> None:
    assert Moment().clean(written).replace(tzinfo=None) == datetime(2026, 9, 1, 8, 30)


def test_a_whole_number_may_be_full_width() -> None:
    assert Whole().clean("１２") == 12


class Orders(Register):
    model = RepairOrder


@verb("Try", past="tried")
def attempt(
    self: Any,
    *,
    by: Any,
    reason: Annotated[str, "why"],
    title: Annotated[str, "short", "title"],
    worker: User,
    teams: Annotated[list[Department], "teams"],
    grade: Annotated[Grade, "grade"],
    place: Any,
    count: int = 3,
    price: Decimal | None = None,
    on: date | None = None,
    sure: bool = False,
    materials: Lines = (),  # type: ignore[assignment]
    photos: Photos = (),  # type: ignore[assignment]
) -> None:
    """Tries every kind of parameter."""


attempt.name = "attempt"


@pytest.mark.django_db
def test_the_signature_of_a_verb_is_its_form() -> None:
    fields = verb_form(Orders(), attempt).base_fields
    assert {name: type(field).__name__ for name, field in fields.items()} == {
        "reason": "CharField",
        "title": "CharField",
        "worker": "ModelChoiceField",
        "teams": "ModelMultipleChoiceField",
        "grade": "TypedChoiceField",
        "place": "ModelChoiceField",
        "count": "Whole",
        "price": "Amount",
        "on": "Day",
        "sure": "BooleanField",
        "materials": "LinesField",
        "photos": "Pictures",
    }
    assert [name for name, field in fields.items() if field.required] == [
        "reason", "title", "worker", "teams", "grade", "place",
    ]  # fmt: skip
    assert [str(fields[name].label) for name in ("reason", "title", "grade")] == ["Why", "Title", "Grade"]
    assert isinstance(fields["reason"].widget, django_forms.Textarea)
    assert isinstance(fields["title"].widget, django_forms.TextInput)


@pytest.mark.django_db
def test_an_empty_answer_leaves_the_verbs_own_default() -> None:
    user, team = UserFactory(), DepartmentFactory()
    data = QueryDict(mutable=True)
    data.update({"reason": "x", "title": "y", "worker": user.pk, "grade": "good", "count": "", "price": ""})
    data.setlist("teams", [team.pk])
    form = verb_form(Orders(), attempt)(data, MultiValueDict(), register=Orders())
    form.fields["place"].required = False
    assert form.is_valid(), form.errors
    answer = given(form)
    assert "count" not in answer and "price" not in answer and "on" not in answer
    assert (answer["worker"], list(answer["teams"]), answer["grade"], answer["sure"]) == (
        user,
        [team],
        Grade.GOOD,
        False,
    )
    assert (answer["materials"], answer["photos"]) == ([], [])


@pytest.mark.django_db
def test_people_who_left_cannot_be_chosen() -> None:
    gone = UserFactory()
    gone.retire(by=None)
    form = verb_form(Orders(), attempt)({"worker": gone.pk}, {}, register=Orders())
    assert "worker" in form.errors
    assert list(form.fields["worker"].queryset) == []


def test_at_most_nine_pictures() -> None:
    field = verb_form(Orders(), attempt).base_fields["photos"]
    files = [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(10)]
    assert len(field.clean(files[:9])) == 9
    with pytest.raises(django_forms.ValidationError):
        field.clean(files)


def lines() -> LinesField:
    field = verb_form(Orders(), attempt).base_fields["materials"]
    field.checked = None
    return field


def test_rows_come_from_posts_and_from_lists_alike() -> None:
    field = lines()
    posted = QueryDict(mutable=True)
    posted.update({f"materials-1-{key}": value for key, value in ROW.items()})
    posted.update(
        {
            "materials-0-name": "",
            "materials-0-quantity": "1",
            "materials-0-price": "0",
            "materials-__prefix__-name": "x",
        }
    )
    from_post = field.widget.value_from_datadict(posted, {}, "materials")
    from_json = field.widget.value_from_datadict({"materials": [ROW]}, {}, "materials")
    read = field.clean(from_post)
    assert read == field.clean(from_json)
    assert [(row["name"], row["quantity"], row["price"]) for row in read] == [("LED 灯管", Decimal(2), Decimal("18.5"))]


def test_a_wrong_row_is_named_by_number_and_field_and_kept_on_the_page() -> None:
    field = lines()
    with pytest.raises(django_forms.ValidationError) as caught:
        field.clean([ROW, ROW | {"quantity": "两", "name": ""}])
    assert len(caught.value.messages) == 2
    assert all("2" in sentence for sentence in caught.value.messages)
    rows = list(field.rows("materials", None))
    assert [sorted(row.errors) for row in rows] == [[], ["name", "quantity"]]
    assert rows[1]["quantity"].value() == "两"


@pytest.mark.parametrize("nonsense", ["text", [1, 2], {"a": 1}, [["x"]], 5])
def test_rows_that_are_no_rows_are_refused(nonsense: Any) -> None:
    with pytest.raises(django_forms.ValidationError):
        lines().clean(nonsense)
