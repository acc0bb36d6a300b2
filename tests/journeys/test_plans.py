"""The seven plans: pasted, checked, taken into the plan, seen on the calendar; and not taken twice."""

from pathlib import Path
from typing import Any

import pytest

from houqin.areas.workplan.models import Intake, Period, Plan, Task

SEVEN = Path(__file__).resolve().parents[3] / "shared/mission/seven-plans.txt"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not SEVEN.exists(), reason="the mission's document is not beside this repository"),
]


def paste(page: Any, shot: Any) -> None:
    page.goto("/workplan/import/")
    page.locator("textarea[name=text]").fill(SEVEN.read_text(encoding="utf-8"))
    shot(page, "3-01-paste")
    page.get_by_role("button", name="识别并核对").click()
    page.wait_for_url("**/workplan/import/*/")


def take(page: Any, shot: Any, name: str) -> None:
    shot(page, name)
    if page.get_by_role("button", name="其余全部按建议").count():
        page.get_by_role("button", name="其余全部按建议").click()
        page.get_by_role("button", name="其余全部按建议").wait_for(state="detached")
    page.locator("button[form=rv-take]").click()
    page.wait_for_url("**/workplan/calendar/**")


def test_the_seven_plans_are_imported_once(school: Any, desk: Any, enter: Any, shot: Any, axe: Any) -> None:
    enter(desk, school.director)
    paste(desk, shot)
    heading = desk.locator(".hq-head .sub").inner_text()
    assert [word for word in ("7", "45", "181") if word in heading] == ["7", "45", "181"]
    assert axe(desk) == []
    take(desk, shot, "3-02-review")
    counts = (Plan.objects.count(), Period.objects.count(), Task.objects.count())
    assert counts == (7, 45, 181)

    desk.goto(f"/workplan/calendar/?term={school.term.pk}")
    week = desk.locator("#w13")
    assert ("第13周" in week.inner_text(), "11.22–11.28" in week.inner_text()) == (True, True)
    shot(desk, "3-03-calendar", full=True)
    row = Task.objects.filter(start__lte="2026-11-28", due__gte="2026-11-22", period__header__contains="13")
    shown = [text for text in row.values_list("text", flat=True) if desk.get_by_text(text).count()]
    assert len(shown) == 2, list(row.values_list("text", flat=True))

    before = list(Task.objects.order_by("pk").values())
    paste(desk, shot)
    take(desk, shot, "3-04-again")
    shot(desk, "3-05-nothing-added")
    assert list(Task.objects.order_by("pk").values()) == before
    assert (Plan.objects.count(), Intake.objects.count()) == (7, 2)
