"""Sheets people send: read with patience, or refused with a sentence that says where and how to mend it."""

import io
import time
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from houqin.school.people.factories import SchoolClassFactory, UserFactory, role
from houqin.school.people.models import Department, SchoolClass, User
from houqin.school.places.factories import BuildingFactory, PlaceFactory
from houqin.school.places.models import Place
from houqin.school.terms.models import SpecialDay
from tests.kernel.sheet_kit import clerk_of, counts, sent, sheet, taken, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_a_school_s_own_sheet_is_read(signed):
    """Merged title, unit line, blank rows, header of two rows, 合计 and signatures, full-width digits, names with blanks."""
    BuildingFactory(name="2号楼")
    UserFactory(name="张三")
    data = sheet(
        ["青禾中学房间一览表"], ["填报单位：总务处", None, None, None, "单位：间"], [],
        ["序号", "基本情况", None, None, "管理"],
        [None, "code", "name", "lies in", "responsible person", "seats or beds", "电话"],
        [1, "２－１０９", "教　室", "2号楼", "张 三", "４５", "x"], [],
        [2, "2—110", "办公室", "2号楼", "张　三", 6.0],
        ["序号", "code", "name", "lies in", "responsible person"],
        ["合计", None, None, None, None, 51], ["制表人：", None, "审核人："],
        merge=[(0, 0, 0, 5, "青禾中学房间一览表"), (3, 1, 3, 3, "基本情况"), (3, 4, 3, 5, "管理")],
    )  # fmt: skip
    answer = sent(signed, data)
    assert wrong(answer) == []
    assert counts(answer) == (2, 0, 0, 0)
    assert "These columns are not read: 电话." in answer.content.decode()
    taken(signed, answer)
    found = [(p.code, p.name, p.keeper.name, p.seats) for p in Place.objects.filter(kind="room").order_by("code")]
    assert found == [("2-109", "教室", "张三", 45), ("2-110", "办公室", "张三", 6)]


@pytest.mark.parametrize(
    "written",
    [
        "2026.9.1",
        "20260901",
        "9月1日",
        "2026年9月1日",
        "2026-09-01",
        "２０２６／９／１",
        46266,
        "46266",
        date(2026, 9, 1),
        datetime(2026, 9, 1),
    ],
)
def test_every_habit_of_writing_a_day_is_read(signed, written):
    answer = sent(signed, sheet(["date", "name"], [written, "开学"]), "/terms/specialday/import/")
    assert counts(answer) == (1, 0, 0, 0)
    taken(signed, answer, "/terms/specialday/import/")
    assert SpecialDay.objects.get().date == date(2026, 9, 1)


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_the_encodings_people_have(signed, code):
    answer = sent(signed, "name,order\r\n总务处,1\r\n".encode(code), "/people/department/import/", "a.csv")
    assert counts(answer) == (1, 0, 0, 0)


def test_phones_kept_as_numbers_and_roles_by_their_names_are_read(signed):
    role("T2")
    data = sheet(["name", "username", "phone", "roles"], ["陈志强", "chen", 13812345678, "T2、T1"])
    answer = sent(signed, data, "/people/user/import/")
    assert counts(answer) == (1, 0, 0, 0)
    taken(signed, answer, "/people/user/import/")
    found = User.objects.get(username="chen")
    assert (found.phone, sorted(str(r) for r in found.roles.all())) == ("13812345678", ["T1", "T2"])


def test_formula_cells_are_read_as_values(signed):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write_row(0, 0, ["name", "sort order"])
    page.write_formula(1, 0, '="总"&"务处"', value="总务处")
    page.write_formula(1, 1, "=1+1", value=2)
    book.close()
    answer = sent(signed, out.getvalue(), "/people/department/import/")
    taken(signed, answer, "/people/department/import/")
    assert [(d.name, d.position) for d in Department.objects.all()] == [("总务处", 2)]


def test_a_bad_row_is_named_with_row_column_and_sentence_and_nothing_is_written(signed):
    rows = [["code", "name", "kind", "responsible person", "seats or beds"], ["3-101", "教室", "room", None, 40],
            ["3-102", "教室", "球场", "王五", "四十"], ["3-103", "教室", "room", None, 2.5]]  # fmt: skip
    answer = sent(signed, sheet(*rows))
    assert counts(answer) == (1, 0, 0, 2)
    assert [(row, column) for row, column, _s in wrong(answer)] == [
        (3, "kind"), (3, "responsible person"), (3, "seats or beds"), (4, "seats or beds")
    ]  # fmt: skip
    assert wrong(answer)[1][2] == "There is no “王五” among those that can be chosen. Add it first."
    assert taken(signed, answer).status_code == 422
    assert Place.objects.count() == 0
    assert taken(signed, answer, skip="on").status_code == 302
    assert [p.code for p in Place.objects.all()] == ["3-101"]


def test_the_same_record_twice_is_refused(signed):
    answer = sent(signed, sheet(["code", "name"], ["3-101", "教室"], ["３—101", "教室"]))
    assert wrong(answer) == [(3, "—", "The same as row 2. Keep one of them.")]


def test_two_people_of_one_name_need_more_than_the_name(signed):
    UserFactory.create_batch(2, name="张三")
    answer = sent(signed, sheet(["code", "name", "responsible person"], ["3-101", "教室", "张三"]))
    assert wrong(answer) == [(2, "responsible person", "“张三” means more than one. Write its number or code.")]


def test_a_record_beyond_reach_is_not_corrected_by_import(client):
    keeper = clerk_of("places.place", scope="own")
    PlaceFactory(code="2-109", name="教室")
    client.force_login(keeper)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    answer = sent(client, sheet(["code", "name"], ["2-109", "我的"]))
    assert wrong(answer) == [(2, "—", "It is there already, and you may not correct it.")]


def test_failed_formulas_and_shortened_numbers_are_named(signed):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write_row(0, 0, ["name", "phone"])
    page.write_row(1, 0, ["甲组", 370102199001011234])
    page.write_formula(2, 0, "=NA()", value="#N/A")
    book.close()
    assert [row[2] for row in wrong(sent(signed, out.getvalue(), "/people/department/import/"))] == [
        "Excel has shortened this long number. Format the column as text and enter it again.",
        "The formula in this cell failed (#N/A). Enter the value itself.",
    ]


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("xl/workbook.xml", "x")
        for at in range(5):
            box.writestr(f"xl/worksheets/sheet{at}.xml", b" " * 90_000_000)
    return out.getvalue()


def far_cell():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write_row(0, 0, ["code", "name"])
    page.write(1048575, 16383, "x")
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.xlsx", "Choose a sheet first; the one you chose is empty or was not sent."),
        (b"\x89PNG\r\n", "a.xlsx", "This is no Excel, WPS or CSV sheet. Open it in Excel or WPS and save it as .xlsx."),
        (b"<html><table>", "a.xls", "This is no Excel, WPS or CSV sheet. Open it in Excel or WPS and save it as .xlsx."),
        (b"PK\x03\x04xx", "a.xlsx", "The file is damaged. Save it again in Excel or WPS and choose it anew."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xx", "a.xls", "The file cannot be read. Save it as .xlsx in Excel or WPS and choose it anew."),
        ("名称,备注\n锟斤拷锟斤拷,1".encode(), "a.csv", "The Chinese characters in the file are broken. Save it as .xlsx, or as CSV UTF-8."),
        ("总务处".encode().decode("latin-1").encode(), "a.csv", "The Chinese characters in the file are broken. Save it as .xlsx, or as CSV UTF-8."),
        (b"a,b\n1,2", "a.csv", "No header row was found. The first row needs headings such as those of the template."),
        (b"name\n" + b"x\n" * 20_001, "a.csv", "The sheet is too large. Import at most 20000 rows at a time."),
        (bomb, "a.xlsx", "The file unpacks to more than 400 MB. Copy the rows into a new sheet."),
    ],
)  # fmt: skip
def test_files_that_are_no_sheets_are_refused_with_a_sentence(signed, data, name, sentence):
    answer = sent(signed, data() if callable(data) else data, name=name)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_cell_at_the_end_of_the_world_fells_only_the_reader(signed):
    started = time.monotonic()
    answer = sent(signed, far_cell())
    assert answer.status_code == 422
    assert "The sheet is too large." in answer.content.decode() or "cannot be read" in answer.content.decode()
    assert time.monotonic() - started < 30


def test_the_empty_sheet_has_the_form_s_columns_and_reads_back(signed):
    data = b"".join(signed.get("/places/place/import/template/"))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["Kind", "Lies in", "Code"]
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        assert "<dataValidation " in box.read("xl/worksheets/sheet1.xml").decode()
        assert any("comments" in name for name in box.namelist())


def test_texts_that_look_like_markup_stay_texts(signed):
    answer = sent(signed, sheet(["name"], ["<script>alert(1)</script>"]), "/people/department/import/")
    assert "<script>alert" not in answer.content.decode()
    taken(signed, answer, "/people/department/import/")
    assert Department.objects.get().name == "<script>alert(1)</script>"


def test_the_number_of_a_class_is_no_document_number(signed):
    SchoolClassFactory(grade="高一", number=3, pupils=45)
    rows = [["name", "grade", "number", "pupils"], ["高一(3)班", "高一", 3, 44], ["高一(9)班", "高一", 9, 40]]
    answer = sent(signed, sheet(*rows), "/people/schoolclass/import/")
    assert (wrong(answer), counts(answer)) == ([], (1, 1, 0, 0))
    taken(signed, answer, "/people/schoolclass/import/")
    assert sorted(SchoolClass.objects.values_list("number", "pupils")) == [(3, 44), (9, 40)]


def test_what_has_neither_number_nor_key_is_not_added_twice(signed):
    data = sheet(["kind", "name"], ["building", "2号楼"], ["building", "2号楼"])
    taken(signed, sent(signed, data))
    assert Place.objects.count() == 2
    assert counts(sent(signed, data)) == (0, 0, 2, 0)
    assert counts(sent(signed, sheet(["kind", "name"], *[["building", "2号楼"]] * 3))) == (1, 0, 2, 0)


def test_an_alias_counts_only_where_the_field_has_no_column_of_its_own(signed, monkeypatch):
    from houqin.kernel.registers import registry

    monkeypatch.setattr(type(registry["people.department"]), "import_aliases", {"处室": "name"})
    assert counts(sent(signed, sheet(["处室"], ["总务处"]), "/people/department/import/")) == (1, 0, 0, 0)
    answer = sent(signed, sheet(["处室", "name"], ["x", "总务处"]), "/people/department/import/")
    taken(signed, answer, "/people/department/import/")
    assert [department.name for department in Department.objects.all()] == ["总务处"]
