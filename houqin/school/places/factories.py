"""Places as tests and the demo school need them."""

import factory

from houqin.school.rules.factories import RecordFactory

from .models import Place, PlaceKind, PlaceUse


class CampusFactory(RecordFactory):
    class Meta:
        model = Place

    kind = PlaceKind.CAMPUS
    name = factory.Sequence(lambda n: f"校区{n}")


class BuildingFactory(RecordFactory):
    class Meta:
        model = Place

    kind = PlaceKind.BUILDING
    name = factory.Sequence(lambda n: f"{n + 1}号楼")
    parent = factory.SubFactory(CampusFactory)


class FloorFactory(RecordFactory):
    class Meta:
        model = Place

    kind = PlaceKind.FLOOR
    name = factory.Sequence(lambda n: f"{n + 1}层")
    parent = factory.SubFactory(BuildingFactory)


class PlaceFactory(RecordFactory):
    """A room in a building of its own unless told where."""

    class Meta:
        model = Place

    kind = PlaceKind.ROOM
    code = factory.Sequence(lambda n: f"{n // 99 + 1}-{n % 99 + 101}")
    name = "教室"
    use = PlaceUse.CLASSROOM
    parent = factory.SubFactory(BuildingFactory)
