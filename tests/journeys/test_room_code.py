"""Without an account: the code on the door, a photo, the ticket behind its link; and what stops a flood."""

from typing import Any

import pytest

from houqin.areas.repairs.models import RepairOrder, Source, State

from .test_repair import picture

pytestmark = pytest.mark.browser


def scan(page: Any, room: Any) -> None:
    page.goto(f"/q/places/place/{room.token}/")
    page.wait_for_url("**/repairs/at/**")


def tell(page: Any, name: str, symptom: str = "水龙头漏水") -> None:
    page.get_by_role("radio", name="水管龙头").tap()
    page.get_by_role("radio", name=symptom).tap()
    page.get_by_label("姓名").fill(name)
    page.get_by_role("button", name="提交报修").tap()


def test_a_visitor_reports_by_the_rooms_code(school: Any, open_page: Any, shot: Any, axe: Any) -> None:
    parent, pupil = open_page(phone=True), open_page(phone=True)
    scan(parent, school.room)
    parent.locator("input[type=file]").set_input_files(picture())
    shot(parent, "2-01-report", full=True)
    assert axe(parent) == []
    tell(parent, "刘同学家长")
    parent.wait_for_url("**/repairs/ticket/**")
    order = RepairOrder.objects.get()
    assert (order.place, order.source, order.reporter) == (school.room, Source.PUBLIC, None)
    assert (order.reporter_name, order.attachments.count()) == ("刘同学家长", 1)
    shot(parent, "2-02-ticket", full=True)
    assert axe(parent) == []

    scan(pupil, school.room)
    assert pupil.get_by_text("在修：水龙头漏水").count() == 1
    shot(pupil, "2-03-me-too")
    pupil.get_by_role("button", name="我也遇到").tap()
    pupil.get_by_text("已记下，谢谢").wait_for()
    shot(pupil, "2-04-thanks")
    order.refresh_from_db()
    assert (RepairOrder.objects.count(), order.echoes) == (1, 1)


def test_the_link_leads_to_the_ticket_and_its_reporter_may_withdraw(school: Any, open_page: Any, shot: Any) -> None:
    parent, elsewhere = open_page(phone=True), open_page(phone=True)
    scan(parent, school.other)
    tell(parent, "刘同学家长")
    parent.wait_for_url("**/repairs/ticket/**")
    elsewhere.goto(parent.url)
    assert elsewhere.get_by_text("水龙头漏水").count() == 1
    elsewhere.goto(parent.url.rstrip("/") + "x/")
    shot(elsewhere, "2-05-forged")
    assert elsewhere.get_by_text("水龙头漏水").count() == 0
    parent.get_by_role("button", name="撤回报修").tap()
    parent.get_by_text("已撤回").first.wait_for()
    shot(parent, "2-06-withdrawn", full=True)
    assert RepairOrder.objects.get().state == State.WITHDRAWN


def test_too_many_reports_are_answered_with_a_sentence(school: Any, open_page: Any, shot: Any) -> None:
    from houqin.areas.repairs.models import limits

    page = open_page(phone=True)
    most = limits.setting("public.device")
    for _n in range(most):
        scan(page, school.room)
        tell(page, "刘同学家长")
        page.wait_for_url("**/repairs/ticket/**")
    scan(page, school.room)
    with page.expect_response("**/repairs/at/**") as answer:
        tell(page, "刘同学家长")
    assert answer.value.status == 429
    page.wait_for_load_state()
    shot(page, "2-07-too-many")
    assert page.locator("h1").inner_text().strip()
    assert RepairOrder.objects.count() == most
