"""Whoever is renamed is found by the new name in what names him; the index can be written anew by command."""

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from houqin.kernel.registers import registry
from houqin.kernel.registers.search import SearchEntry, add_initials, matching, naming
from houqin.school.people.models import Department, User
from houqin.school.places.models import Place
from houqin.site import cli

pytestmark = pytest.mark.django_db(transaction=True)


def drain() -> None:
    call_command("db_worker", batch=True, reload=False, startup_delay=False, interval=0, verbosity=0)


def found(model: type, text: str) -> list[str]:
    return [str(record) for record in model._default_manager.filter(pk__in=matching(model, text)).order_by("pk")]


@pytest.fixture
def office() -> Department:
    office = Department.add(by=None, name="总务处")
    User.add(by=None, username="li", name="李建国", department=office)
    return office


def test_registers_know_which_others_hold_their_names():
    said = {(other.key, relation) for other, relation in naming(registry["people.department"])}
    assert {("people.user", "department")} <= said
    assert naming(registry["rules.rule"]) == []


def test_people_are_found_by_the_new_name_of_their_department(office: Department):
    assert found(User, "总务处") == ["李建国"]
    office.amend(by=None, name="后勤保障部")
    drain()
    assert (found(User, "总务处"), found(User, "后勤保障")) == ([], ["李建国"])


def test_an_amendment_that_renames_nothing_orders_no_job(office: Department):
    before = DBTaskResult.objects.count()
    office.amend(by=None, position=7)
    assert DBTaskResult.objects.count() == before
    office.amend(by=None, name="后勤保障部")
    assert DBTaskResult.objects.count() == before + 1


def test_rooms_are_found_by_the_new_name_of_their_building():
    house = Place.add(by=None, kind="building", code="2", name="2号楼")
    Place.add(by=None, kind="room", code="2-109", name="实验室", parent=house)
    house.amend(by=None, name="致远楼")
    assert found(Place, "致远楼 109") == ["致远楼 2-109 实验室"]
    assert found(Place, "2号楼") == []


def test_initials_outlive_what_happens_around_the_record(office: Department):
    add_initials.call()
    assert found(User, "ljg") == ["李建国"]
    office.amend(by=None, name="后勤保障部")
    drain()
    assert found(User, "ljg") == ["李建国"]


def test_the_command_writes_the_index_anew(office: Department, capsys: pytest.CaptureFixture[str]):
    before = list(SearchEntry.objects.order_by("pk").values("pk", "title", "text", "tokens"))
    SearchEntry.objects.all().delete()
    assert cli.main(["reindex", "--quiet"]) == 0
    assert list(SearchEntry.objects.order_by("pk").values("pk", "title", "text", "tokens")) == before
    assert cli.main(["reindex"]) == 0
    assert "people.user" in capsys.readouterr().out
