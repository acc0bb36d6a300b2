"""The tree of places: campus, building, floor, room or area."""

import re
import secrets
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from tree_queries.query import TreeQuerySet

from houqin.kernel.records import Retirable, add_many, written
from houqin.kernel.records.retirable import RetirableQuerySet
from houqin.school.people.models import Department, SchoolClass

_DASHES = re.compile("[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d~_]+")
_FULL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


class PlaceKind(models.TextChoices):
    CAMPUS = "campus", _("campus")
    BUILDING = "building", _("building")
    FLOOR = "floor", _("floor")
    ROOM = "room", _("room")
    AREA = "area", _("outdoor area")


class PlaceUse(models.TextChoices):
    CLASSROOM = "classroom", _("classroom")
    LAB = "lab", _("laboratory or special room")
    OFFICE = "office", _("office")
    MEETING = "meeting", _("meeting room")
    DORM = "dorm", _("dormitory room")
    CANTEEN = "canteen", _("canteen")
    STORE = "store", _("store room")
    PLANT = "plant", _("plant room")
    TOILET = "toilet", _("toilet")
    CORRIDOR = "corridor", _("corridor or stairs")
    SPORTS = "sports", _("sports ground")
    LIBRARY = "library", _("library")
    SHOP = "shop", _("shop")
    GATE = "gate", _("gatehouse")
    GREEN = "green", _("green area")
    OTHER = "other", _("other")


def normal_code(written: str) -> str:
    """A room code as it is kept: 2—109, ２－１０９, 2 – 109 and 2-109 are the same room."""
    text = re.sub(r"\s+", "", written.translate(_FULL))
    return _DASHES.sub("-", text).strip("-").upper()


def new_token() -> str:
    return secrets.token_urlsafe(12)


class PlaceQuerySet(TreeQuerySet, RetirableQuerySet):
    def inside(self, place: "Place") -> Self:
        """The place itself and everything below it."""
        ids = list(Place.objects.descendants(place, include_self=True).values_list("pk", flat=True))
        return self.filter(pk__in=ids)

    def own(self, user: Any) -> Self:
        """The places the user keeps."""
        return self.filter(keeper=user)

    def class_(self, user: Any) -> Self:
        """The rooms of the classes whose homeroom teacher the user is, and those he keeps."""
        return self.filter(Q(school_class__homeroom=user) | Q(keeper=user))

    def dept(self, user: Any) -> Self:
        """The rooms of the departments the user heads, and those he keeps."""
        return self.filter(Q(department__in=Department.objects.headed_by(user)) | Q(keeper=user))


class Place(Retirable):
    """A campus, building, floor, room or outdoor area, with the person responsible for it."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("lies in")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=PlaceKind, default=PlaceKind.ROOM)
    code = models.CharField(_("code"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    alias = models.CharField(_("also called"), max_length=60, blank=True)
    use = models.CharField(_("used as"), max_length=12, choices=PlaceUse, blank=True)
    building = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="rooms", verbose_name=_("building")
    )
    full_name = models.CharField(_("place"), max_length=160, editable=False, default="")
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="kept_places",
        verbose_name=_("responsible person"),
    )  # fmt: skip
    school_class = models.ForeignKey(
        SchoolClass, models.PROTECT, null=True, blank=True, related_name="places", verbose_name=_("responsible class")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="places", verbose_name=_("department")
    )
    seats = models.PositiveSmallIntegerField(_("seats or beds"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    position = models.PositiveIntegerField(_("sort order"), default=0)
    token = models.CharField(max_length=24, unique=True, editable=False, default=new_token)

    said_by = "full_name"
    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["position", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code="") & Q(retired_at=None), name="place_code_once",
                violation_error_message=_("There is already a place with this code."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.full_name

    @classmethod
    def find(cls, written: str) -> "Place | None":
        """The place somebody means by 2—109, 2 - 109, its name, its other name or its full name; None when unsure."""
        code = normal_code(written)
        if code and (found := cls.objects.filter(code=code, retired_at=None).first()):
            return found
        text = written.strip()
        named = cls.objects.filter(Q(name=text) | Q(alias=text) | Q(full_name=text), retired_at=None)[:2]
        return named[0] if text and len(named) == 1 else None

    def clean(self) -> None:
        super().clean()
        self.code, self.name = normal_code(self.code), self.name.strip()
        if not (self.code or self.name):
            raise ValidationError({"name": gettext("Give the place a code or a name.")})
        self._refuse_ring()
        self.building = self._building()
        self.full_name = self._full_name()

    def settle(self, by: Any, later: dict[str, Any]) -> None:
        super().settle(by, later)
        self._rename_below()

    def _refuse_ring(self) -> None:
        above = self.parent
        for _step in range(12):
            if above is None:
                return
            if self.pk is not None and above.pk == self.pk:
                raise ValidationError({"parent": gettext("A place cannot lie in itself.")})
            above = above.parent
        raise ValidationError({"parent": gettext("Places are nested too deeply.")})

    def _building(self) -> "Place | None":
        above = self.parent
        while above is not None:
            if above.kind == PlaceKind.BUILDING:
                return above
            above = above.parent
        return None

    def _full_name(self) -> str:
        if self.building is None:
            code = self.code if self.kind in (PlaceKind.ROOM, PlaceKind.AREA) else ""
            parts = [code, self.name or self.code, self.alias]
        else:
            parts = [self.building.name or self.building.code, self.code, self.name or self.alias]
        return " ".join(dict.fromkeys(part for part in parts if part))

    def _rename_below(self) -> None:
        """Places below carry the building's name; they follow without lines in their own history."""
        renamed = []
        for child in Place.objects.filter(parent=self):
            was = (child.full_name, child.building_id)
            child.parent = self
            child.building = child._building()
            child.full_name = child._full_name()
            if was != (child.full_name, child.building_id):
                Place.objects.filter(pk=child.pk).update(full_name=child.full_name, building=child.building)
                child._rename_below()
                renamed.append(child)
        if renamed:
            written(Place, renamed)


def lay_rooms(
    building: Place, *, floors: Iterable[int], first: int, last: int, use: str, name: str, by: Any, code: str = ""
) -> list[Place]:  # fmt: skip
    """Add the rooms `first` to `last` on each of these floors, and the floors where they are missing.

    Room 9 of floor 1 in the building with code "2" is 2-109. Codes that are there already are left alone; returns what
    was added, in order. `code` stands for the building's own where that has none.
    """
    with transaction.atomic():
        there = set(Place.objects.active().values_list("code", flat=True))
        rows = []
        for floor in floors:
            level = _floor(building, floor, by)
            for number in range(first, last + 1):
                room = normal_code(f"{code or building.code}-{floor}{number:02d}")
                if room not in there:
                    rows.append({
                        "parent": level, "kind": PlaceKind.ROOM, "code": room, "name": name, "use": use,
                        "position": floor * 100 + number,
                    })  # fmt: skip
        return add_many(Place, rows, by=by)


def _floor(building: Place, number: int, by: Any) -> Place:
    name = f"{number}层"
    found = Place.objects.active().filter(parent=building, kind=PlaceKind.FLOOR, name=name).first()
    return found or Place.add(by=by, parent=building, kind=PlaceKind.FLOOR, name=name, position=number)
