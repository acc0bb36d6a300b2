"""The API takes what the pages take, refuses what they refuse, and never fails on a bad body."""

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import schemathesis
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import status_code_conformance

from houqin.kernel.access import ALL, Grant
from houqin.kernel.registers import registry
from houqin.kernel.registers.tokens import LIFE, ApiToken
from houqin.school.people.factories import role, user_with
from houqin.school.people.models import User
from houqin.school.places.models import Place
from houqin.site.wsgi import application

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 11, 6, tzinfo=timezone(timedelta(hours=8)))
PLACES = "/api/places/place/"


@pytest.fixture(autouse=True)
def noon():
    cache.clear()
    with time_machine.travel(NOW, tick=False) as traveller, translation.override("zh-hans"):
        yield traveller


@pytest.fixture
def clerk() -> User:
    Grant.objects.all().delete()
    for verb in ("view", "add", "amend", "retire"):
        Grant.objects.create(role=role("ZW"), register="places.place", verb=verb, scope=ALL)
    return user_with("ZW", name="周文", username="zhou")


class Api:
    """A program with a person's token."""

    def __init__(self, user: User | None) -> None:
        self.client = Client(raise_request_exception=True)
        self.words = {"Authorization": f"Token {ApiToken.make(user)[1]}"} if user else {}

    def __call__(self, method: str, path: str, body: Any = None, **query: Any) -> tuple[int, Any]:
        data = body if isinstance(body, str) else json.dumps(body) if body is not None else ""
        answer = self.client.generic(
            method, path, data, content_type="application/json", headers=self.words, query_params=query or None
        )
        return answer.status_code, answer.json() if answer.content else None


@pytest.fixture
def api(clerk: User) -> Api:
    return Api(clerk)


@pytest.fixture
def rooms(clerk: User) -> list[Place]:
    names = [("2-109", "物理实验室"), ("2-110", "化学实验室"), ("1-109", "水房")]
    return [Place.add(by=clerk, kind="room", code=code, name=name) for code, name in names]


def codes(answer: tuple[int, Any]) -> list[str]:
    return [row["code"] for row in answer[1]["results"]]


# reading -----------------------------------------------------------------------


def test_a_list_is_filtered_searched_sorted_and_cut_like_the_page(api: Api, rooms: list[Place]):
    assert codes(api("GET", PLACES, ordering="code")) == ["1-109", "2-109", "2-110"]
    assert codes(api("GET", PLACES, ordering="-code", limit="2")) == ["2-110", "2-109"]
    assert codes(api("GET", PLACES, ordering="code", limit="2", offset="2")) == ["2-110"]
    assert codes(api("GET", PLACES, q="实验", ordering="code")) == ["2-109", "2-110"]
    assert codes(api("GET", PLACES, ordering="-id")) == ["1-109", "2-110", "2-109"]
    assert codes(api("GET", PLACES, use="toilet")) == []
    _status, body = api("GET", PLACES, limit="1")
    assert {name: body[name] for name in ("count", "capped", "limit", "offset")} == {
        "count": 3, "capped": False, "limit": 1, "offset": 0,
    }  # fmt: skip


def test_a_wrong_page_is_refused_with_the_field(api: Api, clerk: User):
    for limit in ("-1", "x", "201", "１"):
        status, body = api("GET", PLACES, limit=limit)
        assert (status, list(body["errors"])) == (400, ["limit"])


def test_a_record_shows_what_its_page_shows(api: Api, rooms: list[Place], clerk: User):
    rooms[0].amend(by=clerk, keeper=clerk)
    status, body = api("GET", f"{PLACES}{rooms[0].pk}/")
    assert (status, body["code"], body["version"]) == (200, "2-109", 1)
    assert body["keeper"] == {"id": clerk.pk, "text": "周文"}
    assert "token" not in body


def test_no_answer_tells_a_password(clerk: User):
    Grant.objects.create(role=role("ZW"), register="people.user", verb="view", scope=ALL)
    _status, body = Api(clerk)("GET", f"/api/people/user/{clerk.pk}/")
    assert body["text"] == "周文"
    assert "password" not in body


def test_scopes_hold(rooms: list[Place]):
    keeper = user_with("JS", name="王芳")
    Place.objects.filter(pk=rooms[0].pk).update(keeper=keeper)
    Grant.objects.create(role=role("JS"), register="places.place", verb="view", scope="own")
    Grant.objects.create(role=role("JS"), register="places.place", verb="amend", scope="own")
    api = Api(keeper)
    assert codes(api("GET", PLACES)) == ["2-109"]
    assert codes(api("GET", PLACES, q="实验")) == ["2-109"]
    assert api("GET", f"{PLACES}{rooms[1].pk}/")[0] == 404
    assert api("PATCH", f"{PLACES}{rooms[1].pk}/", {"name": "x"})[0] == 404
    assert api("PATCH", f"{PLACES}{rooms[0].pk}/", {"name": "新名"})[0] == 200
    assert api("POST", f"{PLACES}{rooms[0].pk}/retire/", {})[0] == 403
    assert api("POST", PLACES, {"kind": "room", "name": "x"})[0] == 403
    assert Api(user_with(name="路人"))("GET", PLACES)[0] == 403


def test_without_a_token_nothing_is_told(rooms: list[Place]):
    status, body = Api(None)("GET", PLACES)
    assert (status, body["status"], body["errors"]) == (401, 401, {})
    assert Api(None)("GET", "/api/schema/", format="json")[0] == 401


# writing -----------------------------------------------------------------------


def test_added_through_the_api_is_added_once_with_the_same_event(api: Api, clerk: User):
    status, body = api("POST", PLACES, {"kind": "room", "code": "３－２０１", "name": "音乐教室", "seats": 48})
    place = Place.objects.get()
    assert (status, body["id"], place.code) == (201, place.pk, "3-201")
    assert [(event.past, event.actor) for event in place.events.order_by("pk")] == [("added", clerk)]


def test_what_is_wrong_is_said_by_field(api: Api):
    status, body = api("POST", PLACES, {"kind": "moon", "seats": "viele", "colour": "red"})
    assert (status, body["status"]) == (400, 400)
    assert set(body["errors"]) == {"colour"}
    status, body = api("POST", PLACES, {"kind": "moon", "seats": "viele"})
    assert (status, set(body["errors"])) == (400, {"kind", "seats"})
    assert Place.objects.count() == 0


def test_an_amendment_changes_only_what_it_names(api: Api, rooms: list[Place]):
    address = f"{PLACES}{rooms[0].pk}/"
    status, body = api("PATCH", address, {"name": "暗室", "version": 0})
    assert (status, body["name"], body["version"]) == (200, "暗室", 1)
    assert rooms[0].events.order_by("-pk").first().particulars["changes"]["name"] == ["物理实验室", "暗室"]


def test_an_amendment_of_an_old_version_is_refused(api: Api, rooms: list[Place]):
    address = f"{PLACES}{rooms[0].pk}/"
    api("PATCH", address, {"name": "暗室"})
    status, body = api("PATCH", address, {"name": "亮室", "version": 0})
    assert (status, body["status"]) == (409, 409)
    assert Place.objects.get(pk=rooms[0].pk).name == "暗室"
    assert api("PATCH", address, {"version": "x"})[0] == 400


def test_a_verb_asked_twice_is_refused_the_second_time(api: Api, rooms: list[Place]):
    address = f"{PLACES}{rooms[0].pk}/retire/"
    assert api("POST", address, {"reason": "拆除"})[0] == 200
    status, body = api("POST", address, {"reason": "拆除"})
    assert (status, body["detail"] != "") == (409, True)
    assert [event.past for event in rooms[0].events.order_by("pk")] == ["added", "retired"]


BAD: list[Any] = [
    "", "[]", "null", "7", '"x"', "{", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    {"name": None, "kind": "room"}, {"name": ["x"], "kind": "room"}, {"name": {"a": 1}, "kind": "room"},
    '{"name": "\\ud800", "kind": "room"}', '{"name": "\\u0000", "kind": "room"}', {"parent": 10**30, "name": "x", "kind": "room"},
    {"parent": -1, "name": "x", "kind": "room"}, {"parent": True, "name": "x", "kind": "room"}, {"seats": 10**25, "name": "x", "kind": "room"},
    '{"seats": 1e400, "name": "x", "kind": "room"}', {"seats": -1, "name": "x", "kind": "room"}, {"name": "长" * 5000, "kind": "room"},
    {"\ud800": 1}, {"keeper": "1; DROP TABLE", "name": "x", "kind": "room"},
]  # fmt: skip


@pytest.mark.parametrize("body", BAD, ids=range(len(BAD)))
def test_a_bad_body_gets_a_sentence_and_writes_nothing(api: Api, body: Any):
    status, answer = api("POST", PLACES, body)
    assert (status, answer["status"]) == (400, 400)
    assert Place.objects.count() == 0


def test_a_session_needs_its_csrf_token(clerk: User, rooms: list[Place]):
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk)
    assert client.get(PLACES).status_code == 200
    assert client.post(f"{PLACES}{rooms[0].pk}/retire/", "{}", content_type="application/json").status_code == 403


# tokens ------------------------------------------------------------------------


def sign_in(password: str, username: str = "zhou") -> tuple[int, Any]:
    return Api(None)("POST", "/api/token/", {"username": username, "password": password, "name": "报表"})


def test_a_token_is_made_by_name_and_password_and_kept_as_its_digest(clerk: User, rooms: list[Place]):
    status, body = sign_in("houqin-2026")
    assert (status, body["ends_on"]) == (201, str(NOW.date() + LIFE))
    token = ApiToken.objects.get()
    assert (token.user, token.name, body["token"] == token.digest, token.used_on) == (clerk, "报表", False, None)
    api = Api(None)
    api.words = {"Authorization": f"Token {body['token']}"}
    assert api("GET", PLACES)[0] == 200
    assert ApiToken.objects.get().used_on == NOW.date()


def test_a_token_ends_and_ends_with_its_owner(clerk: User, noon):
    api = Api(clerk)
    noon.shift(LIFE - timedelta(days=1))
    assert api("GET", PLACES)[0] == 200
    noon.shift(timedelta(days=1))
    assert api("GET", PLACES)[0] == 401
    fresh = Api(clerk)
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert fresh("GET", PLACES)[0] == 401


def test_guessing_passwords_is_slowed_down(clerk: User):
    assert [sign_in(f"wrong{n}")[0] for n in range(9)] == [400] * 8 + [429]
    assert ApiToken.objects.count() == 0


def test_a_slip_s_password_makes_no_token(clerk: User):
    User.objects.filter(pk=clerk.pk).update(must_change=True)
    assert sign_in("houqin-2026")[0] == 403


def test_a_person_makes_and_revokes_his_tokens_on_his_page(client: Client, clerk: User):
    other = ApiToken.make(user_with(name="别人"), "别人的")[0]
    client.force_login(clerk)
    page = client.post("/accounts/tokens/", {"name": "温度计"}).content.decode()
    token = ApiToken.objects.get(user=clerk)
    assert (token.name in page, "别人的" in page) == (True, False)
    assert client.post(f"/accounts/tokens/{token.pk}/revoke/").status_code == 302
    client.post(f"/accounts/tokens/{other.pk}/revoke/")
    assert list(ApiToken.objects.all()) == [other]


# the document -------------------------------------------------------------------


def test_the_document_names_every_verb_of_a_register(api: Api):
    answer = api.client.get("/api/schema/?format=json", headers=api.words)
    paths = answer.json()["paths"]
    own = {
        path.removeprefix("/api/places/place/"): sorted(acts)
        for path, acts in paths.items()
        if "/places/place/" in path
    }
    assert own[""] == ["get", "post"]
    assert own["{id}/"] == ["get", "patch"]
    body = answer.json()["components"]["schemas"]
    assert {"seats", "kind", "keeper"} - set(body["NewPlace"]["properties"]) == set()
    posted = paths["/api/places/place/"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert posted == {"$ref": "#/components/schemas/NewPlace"}
    assert {path: acts for path, acts in own.items() if "retire" in path} == {"{id}/retire/": ["post"]}


@pytest.mark.django_db(transaction=True)  # outside the test client a request closes the test's own transaction
def test_nothing_the_document_allows_or_forbids_breaks_the_server(api: Api, rooms: list[Place]):
    """Schemathesis over the whole document: no 5xx, and no status the document does not name."""
    for key, register in registry.items():
        words = [Grant(role=role("ZW"), register=key, verb=word, scope=ALL) for word in register.words]
        Grant.objects.bulk_create(words, ignore_conflicts=True)
    document = schemathesis.openapi.from_wsgi("/api/schema/?format=json", application, headers=api.words)
    asked: set[str] = set()
    for found in document.get_all_operations():
        operation = found.ok()

        @settings(max_examples=4, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy() | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
        def ask(case: Any) -> None:
            asked.add(case.operation.label)
            answer = case.call(headers=api.words)
            case.validate_response(answer, checks=[not_a_server_error, status_code_conformance])

        ask()
    assert len(asked) > 20
