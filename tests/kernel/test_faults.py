"""Wrong methods and malformed requests are answered with a page and never with 5xx."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from houqin.school.people.factories import user_with
from houqin.school.places.models import Place
from tests.kernel.sheet_kit import clerk_of

pytestmark = pytest.mark.django_db
NOWHERE = 9_223_372_036_854_775_808


@pytest.fixture
def clerk(client: Client) -> Client:
    client.force_login(clerk_of("places.place", "people.user"))
    client.raise_request_exception = False
    return client


def text(answer) -> str:
    return answer.content.decode()


def bare() -> list[str]:
    """The address of every page that needs no argument."""
    found: list[str] = []

    def walk(patterns, start: str) -> None:
        for one in patterns:
            route = start + str(one.pattern)
            if isinstance(one, URLResolver):
                walk(one.url_patterns, route)
            elif isinstance(one, URLPattern) and not set("<^(") & set(route):
                found.append("/" + route)

    walk(get_resolver().url_patterns, "")
    return sorted({*found})


def test_a_button_s_address_opened_as_a_page_says_so(clerk: Client):
    answer = clerk.get(reverse("notices:read_all"))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "hq-fault" in text(answer)


def test_a_page_sent_a_method_it_does_not_know_says_so(clerk: Client):
    place = Place.add(by=None, kind="room", code="2-109", name="实验室")
    answers = [clerk.delete(place.get_absolute_url()), clerk.put("/places/place/"), clerk.post("/places/place/")]
    assert [answer.status_code for answer in answers] == [405, 405, 405]
    assert ["hq-fault" in text(answer) for answer in answers] == [True, True, True]


def test_the_api_keeps_its_own_words_for_a_wrong_method(clerk: Client):
    answer = clerk.delete("/api/places/place/")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "options"])
def test_no_page_without_arguments_breaks_on_any_method(clerk: Client, method: str):
    found = {path: getattr(clerk, method)(path).status_code for path in bare()}
    assert {path: status for path, status in found.items() if status >= 500} == {}
    assert len(found) > 40


@pytest.mark.parametrize(
    "query",
    [
        "page=-1", "page=9999999999999999999999", "page=x", "order=nothing", "order=--", "tab=%00", "q=%00", "q=%ff%fe",
        "building=x", f"building={NOWHERE}", "retired_at_from=2026-99-99", "columns=no", "view=x", f"view={NOWHERE}",
        "after=%00", "after=x", "%5B%5D=1", "q=" + "x" * 3000,
    ],
)  # fmt: skip
def test_an_address_with_nonsense_still_shows_the_list(clerk: Client, query: str):
    Place.add(by=None, kind="room", code="2-109", name="实验室")
    assert clerk.get(f"/places/place/?{query}").status_code < 500


@pytest.mark.parametrize("path", [f"/places/place/{NOWHERE}/", f"/places/place/{NOWHERE}/amend/", "/places/place/0/"])
def test_a_record_that_cannot_be_is_not_there(clerk: Client, path: str):
    assert clerk.get(path).status_code == 404


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"name=%00&code=%ff", "application/x-www-form-urlencoded"),
        (b"garbage", "multipart/form-data; boundary=x"),
        (b"garbage", "multipart/form-data"),
        (b"&".join(b"a=%d" % n for n in range(2000)), "application/x-www-form-urlencoded"),
    ],
)
def test_a_body_that_cannot_be_read_changes_nothing_and_breaks_nothing(clerk: Client, body: bytes, kind: str):
    before = Place.objects.count()
    for path in ("/places/place/new/", "/api/places/place/", "/places/place/bulk/retire/"):
        assert 400 <= clerk.post(path, body, content_type=kind).status_code < 500
    assert Place.objects.count() == before


def test_a_malformed_request_and_a_foreign_host_are_answered_with_a_page(clerk: Client):
    many = b"&".join(b"a=%d" % n for n in range(2000))
    answer = clerk.post("/places/place/new/", many, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, "hq-fault" in text(answer)) == (400, True)
    answer = clerk.get("/", HTTP_HOST="a b")
    assert (answer.status_code, "hq-fault" in text(answer)) == (400, True)


def test_a_form_that_was_open_too_long_is_answered_with_what_to_do():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user_with("ZW"))
    answer = strict.post(reverse("notices:read_all"), HTTP_ACCEPT_LANGUAGE="en")
    assert (answer.status_code, "Load it again and repeat the last step." in text(answer)) == (403, True)
