"""The page behind a printed code: the record for those who see it, the report form for everybody else, or sign-in."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from houqin.kernel.access import ALL, Grant
from houqin.kernel.registers import contributions
from houqin.kernel.registers.codes import address, png, svg
from houqin.school.people.factories import UserFactory, role
from houqin.school.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db
PLACE = "qr:places.place"


@pytest.fixture(autouse=True)
def only_ours(monkeypatch):
    monkeypatch.setitem(contributions._given, PLACE, [])


@pytest.fixture
def room():
    return PlaceFactory(code="2-109")


@pytest.fixture
def clerk():
    Grant.objects.create(role=role("T1"), register="places.place", verb="view", scope=ALL)
    return UserFactory(codes=["T1"])


def report(place, user):
    return {"label": "报修", "url": f"/report/{place.token}/", "icon": "tool"}


def url(place):
    return f"/q/places/place/{place.token}/"


def test_the_code_says_the_site_s_address(room, settings):
    settings.SITE_URL = "https://houqin.example"
    assert address(room) == f"https://houqin.example/q/places/place/{room.token}/"


def test_a_code_is_drawn_as_svg_and_png():
    assert svg("https://houqin.example/q/").startswith("<svg ")
    picture = Image.open(io.BytesIO(png("https://houqin.example/q/", scale=4)))
    assert (picture.format, picture.width) == ("PNG", (25 + 4) * 4)


def test_who_sees_the_record_is_taken_to_it(room, clerk, client):
    client.force_login(clerk)
    answer = client.get(url(room))
    assert (answer.status_code, answer["Location"]) == (302, room.get_absolute_url())


def test_the_anonymous_is_taken_to_the_one_public_act(room, client):
    contributions.contribute(PLACE, report)
    answer = client.get(url(room))
    assert (answer.status_code, answer["Location"]) == (302, f"/report/{room.token}/")


def test_several_acts_are_offered(room, clerk, client):
    contributions.contribute(PLACE, report)
    client.force_login(clerk)
    page = client.get(url(room))
    assert page.status_code == 200
    assert [word in page.content.decode() for word in ("报修", f"/report/{room.token}/", room.get_absolute_url())] == [
        True
    ] * 3


def test_without_a_public_act_the_anonymous_signs_in_first(room, client):
    answer = client.get(url(room))
    assert answer["Location"] == f"{reverse('account_login')}?next={url(room)}"


def test_a_stranger_and_a_wrong_code_find_nothing(room, client):
    assert client.get("/q/places/place/nonsense/").status_code == 404
    client.force_login(UserFactory())
    assert client.get(url(room)).status_code == 404


def test_the_picture_of_the_code_needs_the_right_to_see_the_record(room, clerk, client):
    assert client.get(f"/places/place/{room.pk}/code.svg").status_code == 302
    client.force_login(clerk)
    assert client.get(f"/places/place/{room.pk}/code.svg").content.decode() == svg(address(room))
    assert client.get(f"/places/place/{room.pk}/code.png").content == png(address(room))
    client.force_login(UserFactory())
    assert client.get(f"/places/place/{room.pk}/code.svg").status_code == 403
