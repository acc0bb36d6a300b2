"""Buildings, floors and rooms: found by any writing of their code, named so that a worker finds them."""

import pytest
from django.core.exceptions import ValidationError

from houqin.school.people.factories import DepartmentFactory, SchoolClassFactory, UserFactory
from houqin.school.places.factories import BuildingFactory, CampusFactory, FloorFactory, PlaceFactory
from houqin.school.places.models import Place, lay_rooms, normal_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    campus = CampusFactory(name="总校")
    building = BuildingFactory(name="2号楼", alias="明德楼", parent=campus)
    floor = FloorFactory(name="1层", parent=building)
    return PlaceFactory(code="2-109", name="教室", parent=floor)


def test_a_room_is_named_after_its_building(room):
    assert str(room) == "2号楼 2-109 教室"
    assert str(room.building) == "2号楼 明德楼"
    assert str(room.parent) == "2号楼 1层"
    assert str(room.parent.parent.parent) == "总校"


@pytest.mark.parametrize("written", ["2-109", "2—109", "2–109", "2－109", " 2 - 109 ", "２－１０９", "2―109", "2--109"])
def test_a_room_is_found_whatever_the_dash(room, written):
    assert Place.find(written) == room


def test_a_place_is_found_by_its_names_when_there_is_only_one(room):
    assert Place.find("明德楼") == room.building
    assert Place.find("2号楼 2-109 教室") == room
    PlaceFactory(code="2-110", name="教室", parent=room.parent)
    assert (Place.find("教室"), Place.find(""), Place.find("9-999")) == (None, None, None)


def test_a_code_is_kept_one_way_and_given_once(room):
    assert PlaceFactory(code="2—110", parent=room.parent).code == "2-110"
    with pytest.raises(ValidationError):
        PlaceFactory(code="2－109", parent=room.parent)


def test_a_retired_room_gives_its_code_free(room):
    room.retire(by=None)
    again = PlaceFactory(code="2-109", parent=room.parent)
    assert Place.find("2-109") == again


def test_a_renamed_building_renames_everything_in_it(room):
    room.building.amend(by=None, name="二号楼")
    names = Place.objects.inside(room.building).order_by("pk").values_list("full_name", flat=True)
    assert list(names) == ["二号楼 明德楼", "二号楼 1层", "二号楼 2-109 教室"]


def test_a_floor_moved_to_another_building_takes_its_rooms_along(room):
    other = BuildingFactory(name="3号楼")
    room.parent.amend(by=None, parent=other)
    moved = Place.objects.get(pk=room.pk)
    assert (str(moved), moved.building) == ("3号楼 2-109 教室", other)


def test_an_outdoor_area_stands_alone():
    assert str(PlaceFactory(kind="area", code="", name="田径场", parent=CampusFactory())) == "田径场"


def test_a_place_does_not_lie_in_itself(room):
    with pytest.raises(ValidationError) as refused:
        room.building.amend(by=None, parent=room)
    assert list(refused.value.message_dict) == ["parent"]


def test_a_place_needs_a_code_or_a_name():
    with pytest.raises(ValidationError):
        PlaceFactory(code=" - ", name="")


def test_every_place_has_its_own_secret_for_the_printed_code(room):
    tokens = set(Place.objects.values_list("token", flat=True))
    assert len(tokens) == Place.objects.count()
    assert min(len(token) for token in tokens) >= 16


def test_whose_places_these_are(room):
    keeper, teacher, head = UserFactory(), UserFactory(), UserFactory()
    kept = PlaceFactory(keeper=keeper)
    class_room = PlaceFactory(school_class=SchoolClassFactory(homeroom=teacher))
    office = PlaceFactory(department=DepartmentFactory(head=head))
    assert list(Place.objects.own(keeper)) == [kept]
    assert list(Place.objects.class_(teacher)) == [class_room]
    assert list(Place.objects.dept(head)) == [office]


def test_rooms_of_several_floors_are_laid_at_once():
    building = BuildingFactory(name="1号楼", code="1")
    made = lay_rooms(building, floors=range(1, 6), first=1, last=12, use="classroom", name="教室", by=None)
    assert len(made) == 60
    assert [str(made[0]), str(made[-1])] == ["1号楼 1-101 教室", "1号楼 1-512 教室"]
    assert Place.objects.filter(kind="floor", parent=building).count() == 5
    assert made[0].parent.name == "1层"


def test_rooms_already_there_are_left_alone():
    building = BuildingFactory(name="1号楼", code="1")
    lay_rooms(building, floors=[1], first=1, last=2, use="classroom", name="教室", by=None)
    made = lay_rooms(building, floors=[1], first=1, last=3, use="classroom", name="教室", by=None)
    assert [room.code for room in made] == ["1-103"]


def test_normal_codes_are_upper_case():
    assert normal_code("a座—b12") == "A座-B12"
