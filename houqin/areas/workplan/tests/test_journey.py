"""In a real browser: a plan is pasted, checked row by row and imported; its week stands on the calendar."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from houqin.areas.workplan.models import Plan, Task
from houqin.kernel.access import Role
from houqin.school.people.factories import UserFactory
from houqin.school.rules.snapshots import forget
from houqin.school.terms.factories import SchoolYearFactory, TermFactory

from .conftest import PLAN
from .test_import import SEVEN

pytestmark = pytest.mark.browser


@pytest.fixture
def director(transactional_db, live_server):
    """Signs pages in as a director with the rights of the matrix."""
    forget()
    term = TermFactory(year=SchoolYearFactory(first_day=date(2026, 8, 30), last_day=date(2027, 8, 28)))
    term.lay_weeks(by=None)
    for name in ("孙立军", "周敏"):
        UserFactory(name=name)
    user = UserFactory(name="陈建国", roles=[Role.objects.get(code="ZW")])
    client = Client()
    client.force_login(user)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}

    def enter(page):
        page.context.add_cookies([cookie | {"url": live_server.url}])
        return page

    return enter


def paste(page, text):
    page.goto("/workplan/import/")
    page.fill("#id_text", text)
    page.click("main form button[type=submit]")
    page.wait_for_selector("#rv-foot")
    page.wait_for_load_state()  # a touch before htmx has loaded would go nowhere


def answered(page, act):
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        act()


def test_a_plan_is_checked_by_chips_and_imported(director, desk, axe):
    page = director(desk)
    paste(page, PLAN)
    assert axe(page) == []
    take = page.locator("[form=rv-take]")
    assert (take.is_disabled(), page.locator("[data-row][data-sure=look]").count()) == (True, 2)
    page.click("[data-next]")
    answered(page, lambda: page.click(".rv.sel .rv-q.look label"))
    page.click("[data-next]")
    answered(page, lambda: page.locator(".rv.sel .rv-q.look label").last.click())
    page.wait_for_selector("[form=rv-take]:enabled")
    page.click("[form=rv-take]")
    page.wait_for_url("**/workplan/calendar/**")
    assert (Plan.objects.count(), Task.objects.count()) == (1, 11)


def test_the_rows_stand_in_one_column_on_a_phone(director, phone, axe):
    page = director(phone)
    paste(page, PLAN)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    answered(page, lambda: page.locator(".rv input[type=checkbox]").first.tap())
    page.wait_for_selector(".rv.skip[data-row] textarea")
    assert axe(page) == []


@pytest.mark.skipif(not SEVEN.exists(), reason="the seven plans are not here")
def test_the_seven_plans_stand_on_the_calendar_and_week_13_has_its_two_tasks(director, desk, axe):
    page = director(desk)
    paste(page, SEVEN.read_text(encoding="utf-8"))
    page.click("form[action$='/rest/'] button")
    page.wait_for_selector("[form=rv-take]:enabled")
    page.click("[form=rv-take]")
    page.wait_for_url("**/workplan/calendar/**")
    assert (Plan.objects.count(), Task.objects.count()) == (7, 181)
    head = page.locator("#w13")
    assert "11.22–11.28" in head.inner_text().split()
    shown = head.evaluate("""w => {
        const found = [];
        for (let e = w.nextElementSibling; e?.matches('.t'); e = e.nextElementSibling) {
            found.push(...[...e.querySelectorAll('.hq-task')].map((a) => a.getAttribute('href')));
        }
        return found;
    }""")
    week = Task.objects.filter(period__week__number=13)
    assert (week.count(), sorted(shown)) == (2, sorted(task.get_absolute_url() for task in week))
    for address in (
        "/workplan/calendar/",
        "/workplan/calendar/month/?month=2026-11",
        "/workplan/mine/",
        "/workplan/plan/",
    ):
        page.goto(address)
        assert (address, axe(page)) == (address, [])
