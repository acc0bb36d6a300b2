"""Laying the rooms of a building floor by floor."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from houqin.kernel.access import may, within
from houqin.kernel.registers.render import page

from .models import Place, PlaceKind, PlaceUse, lay_rooms


class RoomsForm(forms.Form):
    """Rooms 01 to 12 on floors 1 to 5."""

    code = forms.CharField(
        label=gettext_lazy("Code of the building"),
        max_length=8,
        help_text=gettext_lazy("Room codes begin with it: 2-109."),
    )
    use = forms.ChoiceField(label=gettext_lazy("Used as"), choices=PlaceUse.choices)
    first_floor = forms.IntegerField(label=gettext_lazy("From floor"), min_value=1, max_value=40, initial=1)
    last_floor = forms.IntegerField(label=gettext_lazy("to floor"), min_value=1, max_value=40)
    first = forms.IntegerField(label=gettext_lazy("From room"), min_value=1, max_value=99, initial=1)
    last = forms.IntegerField(label=gettext_lazy("to room"), min_value=1, max_value=99)
    name = forms.CharField(label=gettext_lazy("Name of each room"), max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for first, last in (("first_floor", "last_floor"), ("first", "last")):
            if given.get(first) and given.get(last) and given[first] > given[last]:
                self.add_error(last, _("This is before the beginning."))
        return given


@login_required
def rooms(request: HttpRequest, pk: int) -> HttpResponse:
    """Many rooms of one building at once; what is there already is left alone."""
    if not may(request.user, Place, "add"):
        raise PermissionDenied
    building = get_object_or_404(within(request.user, Place.objects.active()), pk=pk, kind=PlaceKind.BUILDING)
    form = RoomsForm(request.POST or None, initial={"code": building.code}, label_suffix="")
    if form.is_valid():
        given = form.cleaned_data
        made = lay_rooms(
            building, floors=range(given["first_floor"], given["last_floor"] + 1), first=given["first"],
            last=given["last"], use=given["use"], name=given["name"], code=given["code"], by=request.user,
        )  # fmt: skip
        messages.success(request, ngettext("%(n)s room added.", "%(n)s rooms added.", len(made)) % {"n": len(made)})
        return redirect(building)
    return page(request, "places/rooms.html", {"form": form, "building": building}, 422 if form.errors else 200)


urlpatterns = [path("places/place/<int:pk>/rooms/", rooms, name="rooms")]
