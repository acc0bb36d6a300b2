"""Printed forms: one page each, black on white, with number, who printed and when, and no way to smuggle markup in."""

import io

import pytest
import time_machine
from pypdf import PdfReader

from houqin.kernel.access import ALL, Grant
from houqin.kernel.registers import contributions, registry
from houqin.kernel.registers.prints import facts_of, pdf, template_of
from houqin.school.people.factories import UserFactory, role
from houqin.school.places.factories import BuildingFactory, PlaceFactory
from houqin.school.terms.models import SpecialDay

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel("2026-11-22 09:00+08:00", tick=False):
        yield


@pytest.fixture
def clerk():
    for register in ("places.place", "terms.specialday"):
        Grant.objects.create(role=role("T1"), register=register, verb="view", scope=ALL)
    return UserFactory(codes=["T1"], name="李建国")


@pytest.fixture
def signed(client, clerk):
    client.force_login(clerk)
    return client


def pages(answer):
    content = answer if isinstance(answer, bytes) else answer.content
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def says(text, *words):
    bare = "".join(text.split())
    return [word for word in words if "".join(word.split()) not in bare]


def test_every_record_prints_on_one_page_with_who_when_and_empty_signatures(signed):
    room = PlaceFactory(code="2-109", name="教室", parent=BuildingFactory(name="2号楼"), note="门锁已换")
    answer = signed.get(f"/places/place/{room.pk}/sheet/record/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    (page,) = pages(answer)
    wanted = (
        "2-109",
        "2号楼",
        "门锁已换",
        "打印人：李建国",
        "打印时间：2026-11-22 09:00",
        "第 1 页 共 1 页",
        "经办人",
        "审批人",
        "办理记录",
    )
    assert says(page, *wanted) == []


def test_several_records_print_in_the_order_asked(signed):
    rooms = [PlaceFactory(code=f"2-10{n}") for n in range(3)]
    answer = signed.get(f"/places/place/sheet/record/?pk={rooms[2].pk},{rooms[0].pk}")
    assert [code in text for text, code in zip(pages(answer), ("2-102", "2-100"), strict=True)] == [True, True]
    again = signed.get(f"/places/place/sheet/record/?id={rooms[1].pk}&id={rooms[2].pk}")
    assert len(pages(again)) == 2
    assert len(pages(signed.get("/places/place/sheet/record/?tab=rooms"))) == 3


def test_texts_never_become_markup(clerk):
    evil = '#read("/etc/passwd") *b* $x$ = h @ref <l> \\ "] #{1+1} // c'
    room = PlaceFactory(code="2-109", note=evil)
    data = facts_of(registry["places.place"], room, clerk)
    (page,) = pages(pdf("record.typ", {"records": [data]}, clerk))
    assert says(page, '#read("/etc/passwd")*b*$x$=h@ref<l>', "#{1+1}//c") == []
    assert "root:" not in page


def test_long_texts_wrap_and_stay_on_the_paper(clerk):
    room = PlaceFactory(code="2-109", note="很长的备注" * 30 + "W" * 45)
    (page,) = pages(pdf("record.typ", {"records": [facts_of(registry["places.place"], room, clerk)]}, clerk))
    assert "".join(page.split()).count("很长的备注") == 30


def test_a_list_prints_as_a_table_with_its_columns(signed):
    for day in range(1, 40):
        SpecialDay.add(by=None, date=f"2026-{1 + day // 28:02d}-{1 + day % 28:02d}", name=f"假日{day}号")
    found = pages(signed.get("/terms/specialday/sheet/list/?tab=all&sort=date"))
    assert [says(found[0], "假日1号"), says(found[-1], "假日39号")] == [[], []]
    assert all(says(text, "打印人：李建国") == [] for text in found)
    first = PdfReader(io.BytesIO(signed.get("/terms/specialday/sheet/list/?tab=all").content)).pages[0].mediabox
    assert (round(first.width), round(first.height)) == (842, 595)


def test_what_is_beyond_reach_does_not_print(client):
    Grant.objects.create(role=role("T1"), register="places.place", verb="view", scope="own")
    keeper = UserFactory(codes=["T1"])
    mine, other = PlaceFactory(keeper=keeper, code="2-109"), PlaceFactory(code="2-110")
    url = "/places/place/{}/sheet/record/"
    assert client.get(url.format(mine.pk)).status_code == 302
    client.force_login(keeper)
    assert client.get(url.format(other.pk)).status_code == 404
    assert len(pages(client.get(f"/places/place/sheet/record/?pk={mine.pk},{other.pk}"))) == 1
    assert client.get(f"/places/place/sheet/record/?pk={other.pk}").status_code == 404
    client.force_login(UserFactory())
    assert client.get(url.format(mine.pk)).status_code == 403
    assert client.get("/places/place/sheet/list/").status_code == 403


def test_the_school_s_name_stands_over_the_title(clerk, monkeypatch):
    monkeypatch.setitem(contributions._given, "school", [lambda: "云岭市青禾中学"])
    (page,) = pages(pdf("record.typ", {"records": [facts_of(registry["places.place"], PlaceFactory(), clerk)]}, clerk))
    assert says(page, "云岭市青禾中学") == []


def test_a_missing_template_is_named():
    with pytest.raises(LookupError, match="no Typst template nothing/here.typ"):
        template_of("nothing/here.typ")
