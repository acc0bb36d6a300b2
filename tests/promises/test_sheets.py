"""What leaves as a sheet comes back as the same records; what cannot come back leaves nothing half-written."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django import forms as django_forms
from django.urls import reverse

from houqin.kernel.events import Event
from houqin.kernel.records import Attachable, Numbered
from houqin.kernel.registers import registry
from houqin.kernel.registers.columns import label_of
from houqin.kernel.registers.forms import add_form
from houqin.kernel.registers.sheet_cells import reads
from tests.kernel.sheet_kit import sent, sheet, table, taken, wrong

from .test_forms import forget, typed

pytestmark = pytest.mark.django_db

THERE_AND_BACK = sorted(key for key, one in registry.items() if one.imports and one.exports and one.adds)
SEVERAL = 3
ONE_OF = (django_forms.ChoiceField, django_forms.ModelChoiceField)


def base(register: Any) -> str:
    return f"/{register.opts.app_label}/{register.opts.model_name}/"


def cells_of(answer: Any, kind: str) -> list[list[Any]]:
    if kind == "xlsx":
        return table(answer)
    return list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))


def as_sheet(cells: list[list[Any]], kind: str) -> bytes:
    if kind == "xlsx":
        return sheet(*cells)
    out = io.StringIO()
    csv.writer(out).writerows(cells)
    return out.getvalue().encode("utf-8-sig")


def head_of(register: Any, cells: list[list[Any]]) -> int:
    """The row in which the headings stand: the first with more than one cell filled."""
    return next(at for at, row in enumerate(cells) if sum(cell not in ("", None) for cell in row) > 1)


def in_sheet(register: Any) -> list[str]:
    """The fields of the form that a sheet can carry."""
    return list(reads(add_form(register)()).fields)


def kept(register: Any, record: Any) -> dict[str, str]:
    return {name: str(value) for name, value in typed(register, record).items() if name in in_sheet(register)}


def all_kept(register: Any) -> list[dict[str, str]]:
    return [kept(register, record) for record in register.model._base_manager.order_by("pk")]


class Desk:
    """Somebody who may see, add and correct everything of one register, with its export in hand."""

    def __init__(self, register: Any, client: Any, kind: str) -> None:
        self.register, self.client, self.kind, self.url = register, client, kind, f"{base(register)}import/"
        answer = client.get(f"{base(register)}export/?tab=&format={kind}")
        self.cells = cells_of(answer, kind)
        self.head = head_of(register, self.cells)
        self.heads = [str(cell) for cell in self.cells[self.head]]

    def without(self, heading: str) -> list[list[Any]]:
        """The sheet with one column emptied."""
        at = self.heads.index(heading)
        body = [[*row[:at], "", *row[at + 1 :]] for row in self.cells[self.head + 1 :]]
        return [*self.cells[: self.head + 1], *body]

    def show(self, cells: list[list[Any]]) -> Any:
        return sent(self.client, as_sheet(cells, self.kind), self.url, f"表.{self.kind}")

    def take(self, cells: list[list[Any]], **words: Any) -> Any:
        return taken(self.client, self.show(cells), self.url, **words)


@pytest.fixture(params=THERE_AND_BACK)
def both_ways(request: pytest.FixtureRequest) -> Any:
    return registry[request.param]


@pytest.fixture(params=["xlsx", "csv"])
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def desk_of(person: Any, signed_in: Any) -> Callable[..., Desk]:
    return lambda register, kind="xlsx": Desk(register, signed_in(person({register.key: "view add amend"})), kind)


def number_head(register: Any) -> str | None:
    return label_of(register.model, "number") if issubclass(register.model, Numbered) else None


def test_an_export_read_again_changes_nothing(both_ways: Any, kind: str, make: Any, desk_of: Any) -> None:
    for _n in range(SEVERAL):
        make(both_ways)
    desk = desk_of(both_ways, kind)
    was, events = list(both_ways.model._base_manager.order_by("pk").values()), Event.objects.count()
    answer = desk.show(desk.cells)
    assert (answer.status_code, wrong(answer)) == (200, [])
    desk.take(desk.cells)
    assert list(both_ways.model._base_manager.order_by("pk").values()) == was
    assert Event.objects.count() == events


def test_an_export_brings_lost_records_back(both_ways: Any, kind: str, make: Any, desk_of: Any) -> None:
    """Everything the form asks stands in the sheet, and is read from it as it was."""
    made = [make(both_ways) for _n in range(SEVERAL)]
    desk, was = desk_of(both_ways, kind), all_kept(both_ways)
    known = set(both_ways.model._base_manager.values_list("pk", flat=True))
    mine = [kept(both_ways, record) for record in made]
    for record in made:
        forget(record)
    number = number_head(both_ways)
    cells = desk.without(number) if number else desk.cells
    answer = desk.show(cells)
    assert (answer.status_code, wrong(answer)) == (200, [])
    desk.take(cells)
    back = [record for record in both_ways.model._base_manager.order_by("pk") if record.pk not in known]
    assert sorted(map(str, (kept(both_ways, record) for record in back))) == sorted(map(str, mine))
    assert len(all_kept(both_ways)) == len(was)
    assert [[event.past for event in record.events] for record in back] == [["added"]] * SEVERAL


@pytest.mark.parametrize("key", [key for key in THERE_AND_BACK if issubclass(registry[key].model, Numbered)])
def test_a_number_nobody_gave_out_is_refused(key: str, make: Any, desk_of: Any) -> None:
    register = registry[key]
    record = make(register)
    desk = desk_of(register)
    forget(record)
    events = Event.objects.count()
    (error,) = wrong(desk.show(desk.cells))
    assert (error[0], error[1]) == (desk.head + 2, number_head(register))
    assert record.number in error[2]
    assert (register.model._base_manager.filter(number=record.number).count(), Event.objects.count()) == (0, events)


def spoilt(desk: Desk) -> tuple[list[list[Any]], str]:
    """The export as new rows, the last one with what a column cannot mean: (cells, heading of that column)."""
    number = number_head(desk.register)
    cells = desk.without(number) if number else desk.cells
    fields = [field for field in reads(add_form(desk.register)()).fields.values() if str(field.label) in desk.heads]
    chosen = [f for f in fields if isinstance(f, ONE_OF) and not isinstance(f, django_forms.ModelMultipleChoiceField)]
    for field in chosen or [field for field in fields if field.required]:
        at = desk.heads.index(str(field.label))
        return [*cells[:-1], [*cells[-1][:at], "没有的" if chosen else "", *cells[-1][at + 1 :]]], str(field.label)
    raise AssertionError(f"{desk.register.key} takes everything")


def test_a_bad_row_is_named_and_nothing_is_half_written(both_ways: Any, kind: str, make: Any, desk_of: Any) -> None:
    made = [make(both_ways) for _n in range(SEVERAL)]
    desk = desk_of(both_ways, kind)
    cells, heading = spoilt(desk)
    for record in made:
        forget(record)
    before = (both_ways.model._base_manager.count(), Event.objects.count())
    answer = desk.show(cells)
    assert (len(cells), heading) in [(row, column) for row, column, _said in wrong(answer)]
    assert taken(desk.client, answer, desk.url).status_code == 422
    assert (both_ways.model._base_manager.count(), Event.objects.count()) == before


# who gets a paper, a picture, a form, a code ------------------------------------------------------------------

ALL = sorted(registry)
HOLDING = [key for key in ALL if issubclass(registry[key].model, Attachable)]
CODED = [key for key in ALL if registry[key].qr]


@pytest.fixture
def three(person: Any, signed_in: Any) -> Callable[[str], list[Any]]:
    """Browsers of one who sees all, one whose scope ends before the record, and a stranger."""

    def make_three(key: str) -> list[Any]:
        words = registry[key].words
        people = (person({key: words}), person({key: words}, scope="own"), person({}))
        return [signed_in(one) for one in people]

    return make_three


def paper() -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("检测报告.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")


@pytest.mark.parametrize("key", HOLDING)
def test_a_paper_is_for_those_who_see_its_record(key: str, make: Any, three: Any, client: Any) -> None:
    record = make(registry[key])
    (kept_file,) = record.attach([paper()], by=None)
    url = reverse("file", args=[kept_file.pk])
    answers = [one.get(url) for one in three(key)]
    assert [answer.status_code for answer in answers] == [200, 404, 404]
    assert b"".join(answers[0].streaming_content).startswith(b"%PDF")
    assert answers[0]["X-Content-Type-Options"] == "nosniff"
    assert client.get(url)["Location"].startswith("/accounts/login/")
    assert client.get(f"{url}?s=forged").status_code == 302


@pytest.mark.parametrize("key", ALL)
def test_a_printed_form_is_for_those_who_see_its_record(key: str, make: Any, three: Any) -> None:
    register = registry[key]
    record, everyone = make(register), three(key)
    for name in ("record", *(sheet_.name for sheet_ in register.sheets)):
        one, several = f"{base(register)}{record.pk}/sheet/{name}/", f"{base(register)}sheet/{name}/?pk={record.pk}"
        for url in (one, several):
            answers = [client.get(url) for client in everyone]
            assert [answer.status_code for answer in answers] == [200, 404, 403], url
            assert answers[0].content.startswith(b"%PDF")


@pytest.mark.parametrize("key", [key for key in ALL if registry[key].exports])
def test_an_export_holds_what_its_reader_may_see(key: str, make: Any, three: Any) -> None:
    register = registry[key]
    make(register)
    url = f"{base(register)}export/?tab="
    every, own, stranger = (client.get(url) for client in three(key))
    assert (every.status_code, own.status_code, stranger.status_code) == (200, 200, 403)
    cells, fewer = table(every), table(own)
    assert len(cells) - head_of(register, cells) - 1 == register.model._base_manager.count()
    himself = int(key == "people.user")
    assert len(fewer) - head_of(register, fewer) - 1 == himself


@pytest.mark.parametrize("key", CODED)
def test_a_code_shows_its_record_only_to_those_who_see_it(key: str, make: Any, three: Any, client: Any) -> None:
    register = registry[key]
    record, everyone = make(register), three(key)
    picture = f"{base(register)}{record.pk}/code.svg"
    assert [one.get(picture).status_code for one in everyone] == [200, 404, 403]
    behind = f"/q/{register.opts.app_label}/{register.opts.model_name}/{record.token}/"
    link = record.get_absolute_url()
    shown = [one.get(f"{behind}?stay=1", follow=False) for one in (*everyone, client)]
    leads = [link in answer.get("Location", "") or f'href="{link}"' in answer.content.decode() for answer in shown]
    assert leads == [True, False, False, False]
