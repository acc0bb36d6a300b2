"""Without a mouse: in by keyboard, a room by its code, a verb's question, and out of it again."""

from typing import Any

import pytest

from houqin.areas.repairs.models import RepairOrder

from .conftest import DESK, PASSWORD, sign_in

pytestmark = pytest.mark.browser


def focused(page: Any, what: str) -> Any:
    """What a script says about the element `e` that has the focus."""
    return page.evaluate(f"() => {{ const e = document.activeElement; return {what}; }}")


def tab_to(page: Any, what: str, most: int = 60) -> None:
    """Press Tab until this is true of the element `e` on which the focus stands."""
    for _n in range(most):
        page.keyboard.press("Tab")
        if focused(page, what):
            return
    raise AssertionError(f"not {what} within {most} tabs")


def test_a_room_is_found_and_asked_about_by_keyboard_alone(school: Any, desk: Any, shot: Any) -> None:
    keys = desk.keyboard
    desk.goto("/accounts/login/")
    assert focused(desk, "e.name") == "login"
    keys.type(school.director.username)
    keys.press("Tab")
    while focused(desk, "e.name") != "password":
        keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    desk.wait_for_url(DESK)
    desk.wait_for_load_state()

    keys.press("/")
    assert focused(desk, "e.name") == "q"
    keys.type("2-109")
    desk.locator("#hq-found a").first.wait_for()
    shot(desk, "5-01-palette")
    keys.press("Enter")
    desk.wait_for_url(f"**{school.room.get_absolute_url()}")
    desk.wait_for_load_state()
    shot(desk, "5-02-room")

    tab_to(desk, "e.matches('.hq-head .hq-menu > summary')")
    keys.press("Enter")
    tab_to(desk, "e.innerText?.includes('更正')")
    keys.press("Enter")
    dialog = desk.locator("#hq-dialog[open]")
    dialog.locator("form").wait_for()
    assert focused(desk, "e.closest('dialog')?.id") == "hq-dialog"
    shot(desk, "5-03-dialog")
    keys.press("Escape")
    desk.locator("#hq-dialog:not([open])").wait_for(state="attached")
    assert focused(desk, "e.matches('.hq-head .hq-menu > summary')") is True


def test_two_clicks_send_one_report(school: Any, phone: Any) -> None:
    """A slow phone and an impatient thumb."""
    sign_in(phone, school.teacher)
    phone.goto(f"/repairs/report/?at={school.room.token}")
    phone.get_by_role("radio", name="水管龙头").click()
    phone.get_by_role("radio", name="水龙头漏水").click()
    phone.get_by_role("button", name="提交报修").dblclick()
    phone.wait_for_url("**/repairs/repairorder/**")
    assert RepairOrder.objects.count() == 1


def test_the_same_form_sent_by_two_tabs_is_one_report(school: Any, phone: Any) -> None:
    """Back, and sent again: the server knows the form."""
    sign_in(phone, school.teacher)
    phone.goto(f"/repairs/report/?at={school.room.token}")
    form = {
        field: phone.locator(f"[name={field}]").first.get_attribute("value")
        for field in ("once", "csrfmiddlewaretoken")
    }
    form |= {"category": str(school.category.pk), f"symptom-{school.category.pk}": "水龙头漏水"}
    headers = {"Referer": phone.url}
    answers = [phone.request.post(phone.url, form=form, headers=headers, max_redirects=0).status for _n in range(2)]
    assert answers == [302, 302]
    assert RepairOrder.objects.count() == 1
