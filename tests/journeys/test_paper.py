"""What leaves the house: a list as a sheet and back, a slip on paper; and the house in another language."""

import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from houqin.areas.repairs.factories import RepairOrderFactory
from houqin.school.places.models import Place
from tests.kernel.sheet_kit import sheet

pytestmark = pytest.mark.browser


def saved(page: Any, press: Any) -> bytes:
    with page.expect_download() as download:
        press()
    return Path(download.value.path()).read_bytes()


def test_a_list_is_exported_corrected_and_read_back(
    school: Any, desk: Any, enter: Any, shot: Any, tmp_path: Path
) -> None:
    enter(desk, school.director)
    desk.goto("/places/place/?tab=rooms")
    desk.get_by_role("searchbox").or_(desk.locator("main input[name=q]")).first.fill("2-109")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**q=2-109**")
    desk.get_by_text("共 1 条").wait_for()
    shot(desk, "4-01-filtered")
    data = saved(desk, lambda: export(desk))
    cells = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    head = next(at for at, row in enumerate(cells) if sum(bool(cell) for cell in row) > 1)
    assert len(cells) == head + 2
    cells[-1][cells[head].index("座位或床位数")] = 48
    new = tmp_path / "场所.xlsx"
    new.write_bytes(sheet(*cells))

    desk.goto("/places/place/import/")
    desk.locator("input[type=file]").set_input_files(new)
    shot(desk, "4-02-import")
    desk.get_by_role("button", name="读取").click()
    desk.locator("input[name=token]").wait_for(state="attached")
    shot(desk, "4-03-preview")
    room = Place.objects.get(code="2-109")
    assert room.seats is None
    desk.locator("form:has(input[name=token]) button[type=submit]").click()
    desk.wait_for_url("**/places/place/")
    shot(desk, "4-04-imported")
    room.refresh_from_db()
    assert (room.seats, Place.objects.count()) == (48, 4)
    assert [event.particulars["changes"] for event in room.events if event.past == "amended"] == [{"seats": [None, 48]}]


def export(page: Any) -> None:
    page.locator("#list-acts summary", has_text="导出").click()
    page.locator("#list-acts a[href*='export/']").first.click()


def test_a_slip_is_printed(school: Any, desk: Any, enter: Any, shot: Any) -> None:
    order = RepairOrderFactory(place=school.room, category=school.category, reporter=school.teacher, state="dispatched",
                               worker=school.worker)  # fmt: skip
    enter(desk, school.clerk)
    desk.goto(order.get_absolute_url())
    shot(desk, "4-05-order")
    link = desk.locator("a[href$='/sheet/dispatch/']:visible").first.get_attribute("href")
    answer = desk.request.get(link)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    pages = PdfReader(io.BytesIO(answer.body())).pages
    text = "".join(page.extract_text() for page in pages).replace("\n", "")
    words = [order.number, "2-109", "水龙头漏水", "李志强", "王丽娟", "派工单"]
    assert (len(pages), [word for word in words if word not in text]) == (1, [])


def test_the_house_speaks_english_and_chinese_again(school: Any, desk: Any, enter: Any, shot: Any) -> None:
    enter(desk, school.director)
    desk.goto("/")
    frame = desk.locator(".hq-side, .hq-top")
    chinese = frame.all_inner_texts()
    assert "工作台" in chinese[0]
    assert untranslated(chinese) == []
    switch(desk, "English")
    english = "\n".join(frame.all_inner_texts())
    shot(desk, "4-06-english")
    left = english
    for name in (
        school.director.name,
        "李",
        "总务主任",
        "简体中文",
        "第13周",
    ):  # a person, a role, a week: the school's own words
        left = left.replace(name, "")
    assert [line for line in left.split("\n") if any("\u4e00" <= c <= "\u9fff" for c in line)] == []
    switch(desk, "中文")
    assert frame.all_inner_texts() == chinese


def switch(page: Any, language: str) -> None:
    page.locator(".hq-user").click()
    page.locator("button[name=language]", has_text=language).click()
    page.wait_for_load_state()


def untranslated(texts: list[str]) -> list[str]:
    """Words of the shell that stayed English."""
    allowed = {"English", "/"}
    lines = {line.strip() for text in texts for line in text.split("\n")} - allowed
    return sorted(line for line in lines if line.isascii() and any(c.isalpha() for c in line))
