"""The first minute of an installation: nobody is there, and only who reads the terminal gets in."""

from typing import Any

import pytest

from houqin.school.people.models import User
from houqin.school.people.sign_in import setup_token

from .conftest import DESK

pytestmark = pytest.mark.browser


def fill(page: Any, token: str, username: str) -> None:
    page.goto(f"/setup/?token={token}")
    page.get_by_label("学校名称").fill("青禾中学")
    page.locator("[name=name]").fill("李建国")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill("qinghe-2026-zongwu")
    page.locator("[name=again]").fill("qinghe-2026-zongwu")


def test_the_token_makes_the_first_administrator_once(
    transactional_db: None, desk: Any, open_page: Any, shot: Any, axe: Any
) -> None:
    for address in ("/", "/repairs/board/", "/places/place/", "/workplan/calendar/", "/accounts/login/"):
        desk.goto(address)
        assert "/setup/" in desk.url, address
    shot(desk, "6-01-setup", full=True)
    assert axe(desk) == []
    fill(desk, "a-guess", "thief")
    desk.locator("main button[type=submit], form button[type=submit]").first.click()
    desk.locator(".err").first.wait_for()
    shot(desk, "6-02-refused", full=True)
    assert User.objects.count() == 0

    token = setup_token()
    late = open_page()
    fill(late, token, "second")
    fill(desk, token, "lijg")
    desk.locator("form button[type=submit]").first.click()
    desk.wait_for_url(DESK)
    shot(desk, "6-03-desk")
    assert [(user.username, sorted(role.code for role in user.roles.all())) for user in User.objects.all()] == [
        ("lijg", ["GL", "ZW"])
    ]
    late.locator("form button[type=submit]").first.click()
    late.wait_for_url("**/accounts/login/**")
    assert User.objects.count() == 1
