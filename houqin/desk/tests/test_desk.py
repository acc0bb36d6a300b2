"""The desk, the scan page and what a watchdog asks."""

from typing import Any

import pytest
from django.test import Client

from houqin.kernel.access import Role
from houqin.school.people.factories import UserFactory
from houqin.school.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher() -> Client:
    client = Client()
    client.force_login(UserFactory(roles=[Role.objects.get(code="JS")]))
    return client


def test_a_watchdog_needs_no_account(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"database": "up"})


def test_the_desk_greets_and_says_that_nothing_waits(teacher: Client) -> None:
    text = teacher.get("/").content.decode()
    assert "没有待办" in text
    assert "报修" in text


def test_a_room_number_typed_on_the_scan_page_leads_to_the_room(teacher: Client) -> None:
    room = PlaceFactory(code="2-109")
    answer = teacher.get("/scan/", {"code": "2—109"})
    assert (answer.status_code, answer["Location"]) == (302, room.get_absolute_url())


def test_a_printed_address_leads_to_its_page_whatever_host_it_names(teacher: Client) -> None:
    room = PlaceFactory()
    printed = f"http://houqin.school.lan/q/places/place/{room.token}/"
    answer = teacher.get("/scan/", {"code": printed})
    assert answer["Location"] == f"/q/places/place/{room.token}/"


def test_an_unknown_code_is_answered_with_a_sentence(teacher: Client) -> None:
    answer = teacher.get("/scan/", {"code": "不存在"})
    assert answer.status_code == 404
    assert "不存在" in answer.content.decode()


def test_to_dos_of_one_kind(teacher: Client, settings: Any) -> None:
    answer = teacher.get("/todo/", {"kind": "维修"})
    assert answer.status_code == 200
