from typing import Any

from django.utils.translation import gettext_lazy as _

from houqin.kernel.registers import Card, Filter, Panel, Register, Sheet, Tab, contribute, register
from houqin.kernel.registers.codes import address, svg
from houqin.school.rules.models import SCHOOL_NAME, value

from .models import Place, PlaceKind


def buildings() -> dict[str, str]:
    rows = Place.objects.active().filter(kind=PlaceKind.BUILDING).values_list("pk", "full_name")
    return {str(pk): name for pk, name in rows}


def in_building(places: Any, chosen: Any) -> Any:
    chosen = chosen if isinstance(chosen, list) else [chosen]
    pks = [pk for pk in chosen if pk.isdecimal() and len(pk) < 19]
    return places.filter(building__in=pks) | places.filter(pk__in=pks)


def label(place: Place, user: Any) -> dict[str, Any]:
    """What a door label says: 60 × 40 mm."""
    return {
        "code": place.code or place.name,
        "name": " ".join(part for part in place.full_name.split() if part != (place.code or place.name)),
        "school": value(SCHOOL_NAME),
        "qr": svg(address(place)),
    }


def below(place: Place, user: Any) -> Any:
    return place.children.filter(retired_at=None)


@register
class Places(Register):
    """Buildings, rooms and areas, each with its code and its responsible person."""

    model = Place
    icon = "building"
    columns = "code full_name use keeper school_class department"
    extra_columns = "kind building name alias seats note"
    filters = (Filter("building", choices=buildings, narrow=in_building), "kind", "use", "keeper", "department")
    search = "code full_name name alias"
    form = "kind parent, code name, alias use, keeper school_class, department seats, note position"
    import_key = "code"
    related = "keeper"
    import_aliases = {"房间号": "code", "房号": "code", "编号": "code", "楼栋": "parent", "班级": "school_class"}
    order = "full_name"
    tabs = (
        Tab("rooms", _("Rooms"), lambda places, user: places.filter(retired_at=None, kind=PlaceKind.ROOM)),
        Tab("buildings", _("Buildings"), lambda places, user: places.filter(retired_at=None, kind=PlaceKind.BUILDING)),
        Tab("areas", _("Outdoor areas"), lambda places, user: places.filter(retired_at=None, kind=PlaceKind.AREA)),
        Tab("all", _("All in use"), lambda places, user: places.filter(retired_at=None)),
        Tab("retired", _("Out of use"), lambda places, user: places.exclude(retired_at=None), counted=False),
    )
    panels = (
        Panel(_("Place"), facts="code name alias kind parent use seats note"),
        Panel(_("In it"), linked=below, when=lambda place, user: place.kind != PlaceKind.ROOM, limit=12),
    )
    side = (Panel(_("Responsible"), facts="keeper school_class department"),)
    sheets = (Sheet("labels", _("QR labels"), "places/labels.typ", label, many=True),)
    card = Card(
        title=lambda place: place.full_name,
        meta=lambda place: " · ".join(str(v) for v in (place.get_use_display(), place.keeper) if v),
    )
    qr = True

    def subtitle(self, place: Any) -> str:
        return " · ".join(str(v) for v in (place.get_use_display() or place.get_kind_display(), place.keeper) if v)


def lay_rooms_button(place: Place, user: Any) -> dict[str, Any] | None:
    """Rooms are laid floor by floor from the building's page."""
    from django.urls import reverse

    from houqin.kernel.access import may

    if place.kind != PlaceKind.BUILDING or place.retired_at or not may(user, Place, "add"):
        return None
    return {"label": _("Add rooms"), "url": reverse("rooms", args=[place.pk]), "icon": "layout-grid"}


contribute("action:places.place", lay_rooms_button)
