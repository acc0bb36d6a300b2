"""Every page in a real browser, at a desk and on a phone: no barrier, no error in the console, nothing beside the screen."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from houqin.areas.workplan.factories import TaskFactory
from houqin.kernel import clock
from houqin.kernel.access import Role
from houqin.kernel.registers import registry
from houqin.school.people.factories import UserFactory
from houqin.school.places.factories import PlaceFactory
from houqin.school.terms.factories import SchoolYearFactory, TermFactory

from .conftest import factory_of

pytestmark = pytest.mark.browser

NARROW = 390
# Pages that are no register's, by name and what stands in the address.
OTHERS = (
    "desk:desk", "desk:todo", "desk:services", "workplan_calendar", "workplan_month", "workplan_mine", "workplan_import",
    "repairs_report", "repairs_board", "repairs_jobs", "repairs_statistics", "repairs_classes", "me", "roles",
)  # fmt: skip


@pytest.fixture
def everything(transactional_db: None) -> list[str]:
    """One record of every kind, somebody who may do everything, and the addresses of all pages."""
    user = UserFactory(username="everybody", name="李建国", roles=list(Role.objects.filter(code__in=["GL", "ZW"])))
    today = clock.today()
    year = SchoolYearFactory(first_day=today.replace(month=8, day=30) if today.month > 8 else today.replace(
        year=today.year - 1, month=8, day=30))  # fmt: skip
    TermFactory(year=year).lay_weeks(by=None)
    TaskFactory(owner=user)
    room = PlaceFactory(keeper=user)
    found = [reverse(name) for name in OTHERS] + [f"{reverse('repairs_report')}?place={room.pk}"]
    for key, register in sorted(registry.items()):
        record, name = factory_of(register)(by=user), register.model.url_name
        pages = [reverse(name("list")), record.get_absolute_url()]
        pages += [reverse(name("add"))] if register.adds else []
        pages += [reverse(name("amend"), args=[record.pk])] if register.amends else []
        pages += [reverse(f"{key.replace('.', '_')}_import")] if register.imports and register.adds else []
        found += pages
    return found


def walk(page: Any, addresses: list[str], axe: Any) -> dict[str, list[str]]:
    """{address: what is wrong there}."""
    wrong: dict[str, list[str]] = {}
    client = Client()
    from houqin.school.people.models import User

    client.force_login(User.objects.get(username="everybody"))
    name = settings.SESSION_COOKIE_NAME
    page.goto("/healthz")
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": page.url}])
    for address in addresses:
        status = page.goto(address).status
        faults = axe(page)
        if status != 200:
            faults.append(f"answers {status}")
        width = page.evaluate("document.scrollingElement.scrollWidth")
        if width > page.viewport_size["width"]:
            faults.append(f"is {width} wide")
        if faults:
            wrong[address] = faults
    return wrong


def test_every_page_at_a_desk(everything: list[str], desk: Any, axe: Any) -> None:
    assert walk(desk, everything, axe) == {}


def test_every_page_on_a_phone(everything: list[str], phone: Any, axe: Any) -> None:
    assert walk(phone, everything, axe) == {}
    assert phone.viewport_size["width"] == NARROW
