"""Rooms are laid from the building's page."""

import pytest

from houqin.kernel.access import Grant
from houqin.school.people.factories import UserFactory
from houqin.school.places.factories import BuildingFactory
from houqin.school.places.models import Place

pytestmark = pytest.mark.django_db
GIVEN = {"code": "2", "first_floor": 1, "last_floor": 4, "first": 1, "last": 12, "use": "classroom", "name": "教室"}


@pytest.fixture
def clerk():
    user = UserFactory(codes=["T1"])
    for verb in ("view", "add"):
        Grant.objects.create(role=user.roles.get(), register="places.place", verb=verb, scope="all_of")
    return user


def test_four_floors_of_twelve_rooms_are_added_at_once(client, clerk):
    building = BuildingFactory(name="2号楼")
    client.force_login(clerk)
    assert client.get(f"/places/place/{building.pk}/rooms/").status_code == 200
    answer = client.post(f"/places/place/{building.pk}/rooms/", GIVEN)
    assert answer.headers["Location"] == f"/places/place/{building.pk}/"
    assert Place.objects.filter(building=building, kind="room").count() == 48
    assert Place.find("2—109").full_name == "2号楼 2-109 教室"


def test_an_end_before_the_beginning_is_refused(client, clerk):
    building = BuildingFactory()
    client.force_login(clerk)
    answer = client.post(f"/places/place/{building.pk}/rooms/", GIVEN | {"last": 1, "first": 12})
    assert (answer.status_code, Place.objects.filter(kind="room").count()) == (422, 0)


def test_who_may_not_add_places_may_not_add_many(client):
    building = BuildingFactory()
    client.force_login(UserFactory())
    assert client.post(f"/places/place/{building.pk}/rooms/", GIVEN).status_code == 403
