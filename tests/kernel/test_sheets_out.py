"""Lists as sheets: typed, harmless, within reach, and read back without a change."""

import csv
import io
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from houqin.kernel.access import ALL, Grant
from houqin.kernel.events import Event
from houqin.school.people.factories import DepartmentFactory, SchoolClassFactory, UserFactory, role
from houqin.school.people.models import Department, User
from houqin.school.places.factories import BuildingFactory, PlaceFactory
from houqin.school.places.models import Place
from houqin.school.terms.models import SpecialDay
from tests.kernel.sheet_kit import clerk_of, counts, sent, sheet, table, taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_an_export_has_title_header_serials_and_typed_cells(signed):
    SpecialDay.add(by=None, date=date(2026, 10, 1), name="=cmd|' /C calc'!A0")
    answer = signed.get("/terms/specialday/export/?tab=all")
    data = b"".join(answer)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert rows[0][0] == "Holidays and make-up days"
    assert rows[1][0] == "Serial"
    assert rows[2][:3] == [1.0, date(2026, 10, 1), "=cmd|' /C calc'!A0"]
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        page = box.read("xl/worksheets/sheet1.xml").decode()
        styles = box.read("xl/styles.xml").decode()
    assert "<f>" not in page
    assert 'quotePrefix="1"' in styles
    assert all(word in page for word in ("<autoFilter", 'orientation="landscape"', 'paperSize="9"', 'state="frozen"'))


def test_a_csv_opens_in_excel_and_runs_nothing(signed):
    for at, name in enumerate(("=1+1", "+86", "-x", "@SUM", "国庆节"), 1):
        SpecialDay.add(by=None, date=date(2026, 10, at), name=name)
    text = b"".join(signed.get("/terms/specialday/export/?format=csv&tab=all&sort=date"))
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert rows[0] == ["Holidays and make-up days"]
    assert [row[2] for row in rows[2:]] == ["'=1+1", "'+86", "'-x", "'@SUM", "国庆节"]


def test_an_export_keeps_to_the_filters_and_the_reach_of_the_user(client):
    keeper = clerk_of("places.place", verbs="view", scope="own")
    mine = PlaceFactory(keeper=keeper, use="office")
    PlaceFactory(keeper=keeper, use="lab")
    PlaceFactory(use="office")
    client.force_login(keeper)
    rows = table(client.get("/places/place/export/?use=office&tab=rooms"))
    assert [row[1] for row in rows[2:]] == [mine.code]


def test_an_export_of_persons_is_an_event_and_says_who_took_it(signed):
    rows = table(signed.get("/people/user/export/"))
    assert rows[1][0] == "Personal particulars, for official use only · exported by 李建国, 2026-11-22 09:00"
    event = Event.objects.get(name="people.user.exported")
    assert (event.subject, event.actor.name, event.particulars["rows"]) == (event.actor, "李建国", len(rows) - 3)


def test_a_masked_phone_stays_masked_for_those_who_may_only_look(client):
    reader = clerk_of("people.user", verbs="view")
    client.force_login(reader)
    rows = table(client.get("/people/user/export/"))
    assert [row[rows[2].index("Phone")] for row in rows[3:]] == ["138****0000"]
    Grant.objects.create(role=role("T1"), register="people.user", verb="amend", scope=ALL)
    rows = table(client.get("/people/user/export/"))
    assert [row[rows[2].index("Phone")] for row in rows[3:]] == ["13800000000"]


def test_strangers_and_the_anonymous_get_no_sheet(client):
    for url in ("/places/place/export/", "/places/place/import/", "/places/place/import/template/"):
        client.logout()
        assert client.get(url).status_code == 302
        client.force_login(User.objects.filter(username="nobody").first() or UserFactory(username="nobody"))
        assert client.get(url).status_code == 403


def test_more_rows_cost_no_more_queries(signed):
    spent: list[int] = []
    signed.get("/places/place/export/")
    for _round in range(2):
        PlaceFactory.create_batch(10, keeper=UserFactory(), department=DepartmentFactory())
        with CaptureQueriesContext(connection) as seen:
            b"".join(signed.get("/places/place/export/"))
        spent.append(len(seen))
    assert spent[0] == spent[1]


def test_what_is_exported_can_be_imported_and_changes_nothing(signed):
    building = BuildingFactory(name="2号楼", code="2")
    PlaceFactory(
        parent=building, code="2-109", keeper=UserFactory(name="周敏"), school_class=SchoolClassFactory(), seats=45
    )
    PlaceFactory(parent=building, code="2-110", department=DepartmentFactory(name="总务处"), note="-1 层")
    for kind in ("xlsx", "csv"):
        data = b"".join(signed.get(f"/places/place/export/?format={kind}&tab=rooms"))
        assert counts(sent(signed, data, name=f"a.{kind}")) == (0, 0, 2, 0)


def test_an_export_in_chinese_is_read_in_english(signed):
    PlaceFactory()
    signed.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    data = b"".join(signed.get("/places/place/export/?tab=rooms"))
    signed.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert counts(sent(signed, data)) == (0, 0, 1, 0)


def test_a_corrected_export_amends_and_adds(signed):
    building = BuildingFactory(name="2号楼")
    room = PlaceFactory(parent=building, code="2-109", name="教室")
    rows = [
        ["code", "name", "lies in", "kind", "order"],
        ["2-109", "办公室", "2号楼", "room", 0],
        ["2-110", "教室", "2号楼", "room", 1],
    ]
    answer = sent(signed, sheet(*rows))
    assert counts(answer) == (1, 1, 0, 0)
    assert Place.objects.count() == 3
    assert taken(signed, answer).status_code == 302
    room.refresh_from_db()
    assert (room.name, Place.find("2-110").full_name) == ("办公室", "2号楼 2-110 教室")
    assert room.events.last().particulars["changes"] == {"name": ["教室", "办公室"]}
    assert [event.name for event in Place.find("2-110").events] == ["places.place.added"]


def test_a_preview_is_written_once(signed):
    answer = sent(signed, sheet(["name", "kind", "order"], ["总务处", "", ""]), "/people/department/import/")
    assert taken(signed, answer, "/people/department/import/").status_code == 302
    assert taken(signed, answer, "/people/department/import/").status_code == 422
    assert Department.objects.count() == 1


def test_somebody_elses_preview_is_refused(signed):
    answer = sent(signed, sheet(["name"], ["总务处"]), "/people/department/import/")
    signed.force_login(UserFactory(codes=["T1"]))
    assert taken(signed, answer, "/people/department/import/").status_code == 422
    signed.force_login(User.objects.get(username="clerk"))
    assert taken(signed, answer, "/places/place/import/").status_code == 422
    assert Department.objects.count() == 0
