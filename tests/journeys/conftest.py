"""A small school on the Monday of week 14, and people who walk through it in a browser."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from houqin.areas.repairs.models import Category
from houqin.kernel.access import Role
from houqin.school.people.factories import DepartmentFactory, UserFactory
from houqin.school.people.models import User
from houqin.school.places.factories import BuildingFactory, CampusFactory, PlaceFactory
from houqin.school.terms.factories import SchoolYearFactory, TermFactory

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PASSWORD = "houqin-2026"
DESK = re.compile(r"//[^/]+/$")


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """The clock runs on from 9 o'clock of a school day, so that clocks count and codes stay valid."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def school(transactional_db: None) -> SimpleNamespace:
    """青禾中学 with one building, two rooms, a term, and one person for each part of a repair."""
    office, crew = DepartmentFactory(name="总务处"), DepartmentFactory(name="水电组", kind="team")
    building = BuildingFactory(name="2号楼", parent=CampusFactory(name="本部"))
    people = {
        "director": person("lijg", "李建国", "ZW", department=office),
        "clerk": person("zhoumin", "周敏", "SL", department=office),
        "worker": person("lizq", "李志强", "WX", department=crew),
        "teacher": person("wanglj", "王丽娟", "JS"),
    }
    category = Category.objects.get(name="水管龙头")
    category.amend(by=None, team=crew)
    year = SchoolYearFactory(first_day=date(2026, 8, 30), last_day=date(2027, 8, 21))
    term = TermFactory(year=year, first_day=date(2026, 8, 30), last_day=date(2027, 1, 30))
    term.lay_weeks(by=None)
    room = PlaceFactory(code="2-109", name="教室", parent=building, keeper=people["teacher"])
    other = PlaceFactory(code="2-110", name="教室", parent=building)
    return SimpleNamespace(**people, room=room, other=other, category=category, term=term, office=office)


def person(username: str, name: str, role: str, **given: Any) -> User:
    return UserFactory(username=username, name=name, roles=[Role.objects.get(code=role)], **given)


@pytest.fixture
def enter(live_server: Any) -> Callable[[Any, User], Any]:
    """enter(page, user): the page belongs to this user from now on, without the sign-in page."""

    def bring_in(page: Any, user: User) -> Any:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return page

    return bring_in


def sign_in(page: Any, user: User) -> None:
    """As a person does it: account, password, enter."""
    page.goto("/accounts/login/")
    page.get_by_label("工号或账号").fill(user.username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(DESK)


def closed(page: Any) -> None:
    """Wait until the dialog has done its work."""
    page.wait_for_selector("#hq-dialog:not([open])", state="attached")
    page.wait_for_load_state()


@pytest.fixture
def shot(request: pytest.FixtureRequest) -> Callable[[Any, str], None]:
    """shot(page, "03-board"): a picture into the folder named by SHOTS, if it is set."""
    folder = os.environ.get("SHOTS")

    def take(page: Any, name: str, full: bool = False) -> None:
        if folder:
            page.wait_for_load_state()
            page.wait_for_timeout(150)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=full)

    return take
