"""Getting in: the first administrator, a slip, the demo accounts, and being shown the door."""

import re

import pytest
from django.test import Client

from houqin.kernel.registers.contributions import contribute, given
from houqin.kernel.registers.tokens import ApiToken
from houqin.school.people.factories import UserFactory, role
from houqin.school.people.models import User
from houqin.school.people.sign_in import demo_accounts, set_up, setup_token, token_fits
from houqin.school.rules.models import SCHOOL_NAME, value

pytestmark = pytest.mark.django_db
GIVEN = {
    "school": "青禾中学", "name": "李建国", "username": "lijianguo", "password": "hao-mima-2026", "again": "hao-mima-2026",
    "is_director": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    role("GL"), role("ZW")
    return tmp_path


def sign_in(client, user, password):
    return client.post("/accounts/login/", {"login": user.username, "password": password})


def test_before_anybody_exists_the_sign_in_page_leads_to_the_set_up(client):
    assert client.get("/accounts/login/").headers["Location"] == "/setup/"
    assert client.get("/setup/").status_code == 200


def test_the_one_time_token_makes_the_first_administrator(client):
    answer = client.post("/setup/", GIVEN | {"token": setup_token()})
    user = User.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert (user.username, user.name, {r.code for r in user.roles.all()}) == ("lijianguo", "李建国", {"GL", "ZW"})
    assert value(SCHOOL_NAME) == "青禾中学"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get("/setup/").headers["Location"] == "/accounts/login/"


def test_a_wrong_token_makes_nobody(client):
    setup_token()
    answer = client.post("/setup/", GIVEN | {"token": "guess"})
    assert (answer.status_code, User.objects.count()) == (422, 0)


def test_a_token_works_once(data_dir):
    token = setup_token()
    words = {key: GIVEN[key] for key in ("school", "name", "username", "password")} | {"is_director": False}
    assert set_up(token, **words).has_role("GL") is True
    assert (token_fits(token), set_up(token, **words)) == (False, None)


def test_only_the_newest_token_fits_and_only_its_digest_is_kept(data_dir):
    old, new = setup_token(), setup_token()
    path = data_dir / "setup.token"
    assert (token_fits(old), token_fits(new), new in path.read_text()) == (False, True, False)
    assert oct(path.stat().st_mode)[-3:] == "600"


def test_a_weak_password_is_refused_with_its_reason(client):
    answer = client.post("/setup/", GIVEN | {"token": setup_token(), "password": "12345678", "again": "12345678"})
    assert (answer.status_code, User.objects.count()) == (422, 0)


def test_nobody_signs_up_by_himself(client):
    UserFactory()
    assert client.post("/accounts/signup/", {"username": "x", "password1": "hao-mima-2026"}).status_code == 200
    assert User.objects.count() == 1


def test_a_slip_leads_to_a_password_of_ones_own_before_anything_else(client):
    user = UserFactory()
    user.reset_password(by=None)
    assert sign_in(client, user, user.slip).headers["Location"] == "/accounts/new-password/"
    assert "_auth_user_id" not in client.session
    assert client.get("/people/me/").status_code == 302
    assert client.get("/accounts/new-password/").status_code == 200
    answer = client.post("/accounts/new-password/", {"password": "zi-she-2026", "again": "zi-she-2026"})
    assert (answer.status_code, client.session["_auth_user_id"]) == (302, str(user.pk))
    fresh = User.objects.get(pk=user.pk)
    assert (fresh.must_change, fresh.check_password("zi-she-2026"), fresh.check_password(user.slip)) == (
        False,
        True,
        False,
    )
    assert fresh.events.last().past == "password_chosen"


def test_the_two_passwords_must_agree(client):
    user = UserFactory()
    user.reset_password(by=None)
    sign_in(client, user, user.slip)
    answer = client.post("/accounts/new-password/", {"password": "zi-she-2026", "again": "zi-she-2027"})
    assert (answer.status_code, User.objects.get(pk=user.pk).must_change) == (422, True)


def test_the_administrator_sees_the_slip_once(client):
    admin, user = UserFactory(codes=["T1"]), UserFactory()
    grant(admin, "people.user", "view", "reset_password")
    client.force_login(admin)
    answer = client.post(f"/people/user/{user.pk}/reset_password/")
    slip = re.search(r'id="slip">([^<]+)<', answer.content.decode())[1]
    assert User.objects.get(pk=user.pk).check_password(slip) is True
    assert slip not in client.get(f"/people/user/{user.pk}/").content.decode()


def test_a_new_slip_and_a_closed_account_end_every_session_and_token(client):
    user = UserFactory()
    for close in (lambda: user.reset_password(by=None), lambda: user.retire(by=None)):
        client.force_login(user)
        _row, token = ApiToken.make(user)
        assert client.get("/people/me/").status_code == 200
        close()
        assert (client.get("/people/me/").status_code, ApiToken.holder(token)) == (302, None)


def test_a_closed_account_does_not_sign_in(client):
    user = UserFactory()
    user.retire(by=None)
    sign_in(client, user, "houqin-2026")
    assert "_auth_user_id" not in client.session


def test_one_click_accounts_exist_only_in_the_demo_school(client, settings):
    user = UserFactory(username="lijianguo")
    assert (client.post("/accounts/demo/lijianguo/").status_code, demo_accounts()) == (404, [])
    settings.DEMO = True
    contribute("demo:account", lambda: [["lijianguo", "总务主任"], ["nobody", "校长"]])
    assert demo_accounts() == [("lijianguo", user.name, "总务主任")]
    assert client.get("/accounts/login/").content.decode().count("/accounts/demo/lijianguo/") == 1
    assert client.post("/accounts/demo/lijianguo/").headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get("/accounts/demo/lijianguo/").status_code == 405
    given("demo:account").pop()


def test_everybody_keeps_his_own_particulars(client):
    user = UserFactory(name="张三")
    client.force_login(user)
    given = {"name": "张三丰", "phone": "138 0000 2716", "email": "z@example.com", "office": "4-201", "language": "en"}
    answer = client.post("/people/me/", given)
    fresh = User.objects.get(pk=user.pk)
    assert (fresh.name, fresh.phone, fresh.office, fresh.language) == ("张三丰", "13800002716", "4-201", "en")
    assert answer.cookies["django_language"].value == "en"
    assert fresh.events.last().actor == user


def test_a_phone_somebody_else_has_is_refused(client):
    UserFactory(phone="13800002716")
    user = UserFactory()
    client.force_login(user)
    assert client.post("/people/me/", {"name": "张三", "phone": "13800002716", "language": "en"}).status_code == 422


def test_a_form_from_elsewhere_signs_nobody_in(settings):
    settings.DEMO = True
    UserFactory(username="lijianguo")
    assert Client(enforce_csrf_checks=True).post("/accounts/demo/lijianguo/").status_code == 403


def grant(user, register, *verbs):
    from houqin.kernel.access import Grant

    Grant.objects.bulk_create(
        Grant(role=user.roles.first(), register=register, verb=verb, scope="all_of") for verb in verbs
    )
