"""The lists a school already has come in as they are: people, classes, rooms."""

import pytest
import xlsxwriter

from houqin.kernel.access import Grant
from houqin.kernel.registers import registry
from houqin.kernel.registers.sheets_in import Reading
from houqin.school.people.factories import DepartmentFactory, SchoolClassFactory, UserFactory, role
from houqin.school.people.models import SchoolClass, User
from houqin.school.places.factories import BuildingFactory
from houqin.school.places.models import Place
from houqin.school.terms.factories import SpecialDayFactory, TermFactory, WeekFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    user = UserFactory(codes=["T1"])
    Grant.objects.bulk_create(
        Grant(role=user.roles.get(), register=key, verb=verb, scope="all_of")
        for key in registry for verb in ("view", "add", "amend")
    )  # fmt: skip
    return user


@pytest.fixture
def sheet(tmp_path):
    def write(*rows):
        path = tmp_path / "list.xlsx"
        book = xlsxwriter.Workbook(path)
        page = book.add_worksheet()
        for n, row in enumerate(rows):
            page.write_row(n, 0, row)
        book.close()
        return path

    return write


def read(key, user, path):
    reading = Reading(registry[key], user, path)
    assert [row.errors for row in reading.rows if row.errors] == []
    assert reading.write(keep=True) is True
    return reading


def test_people_come_with_department_by_name_and_roles_as_a_list(clerk, sheet):
    office = DepartmentFactory(name="总务处")
    role("JS"), role("BZ")
    for code, name in (("JS", "教师"), ("BZ", "班主任")):
        found = role(code)
        found.name = name
        found.save()
    path = sheet(
        ["青禾中学教职工名册"], ["full name", "工号", "department", "手机", "roles"],
        ["张 三", "zhangsan", "总务处", 13800001234, "教师、班主任"], ["李四", "lisi", "总务处", "", "教师"],
    )  # fmt: skip
    read("people.user", clerk, path)
    user = User.objects.get(username="zhangsan")
    assert (user.name, user.department, user.phone) == ("张三", office, "13800001234")
    assert {r.code for r in user.roles.all()} == {"JS", "BZ"}
    assert User.objects.get(username="lisi").phone is None


def test_people_without_roles_come_in_bulk_and_cannot_sign_in_yet(clerk, sheet):
    path = sheet(["full name", "工号"], *[[f"老师{n}", f"t{n}"] for n in range(30)])
    read("people.user", clerk, path)
    assert User.objects.filter(username__startswith="t").count() == 30
    assert User.objects.get(username="t7").has_usable_password() is False


def test_classes_come_in_any_writing_with_their_teacher(clerk, sheet):
    UserFactory(name="王芳", username="wangfang")
    path = sheet(["name", "homeroom teacher", "pupils"], ["高一（3）班", "王芳", 48], ["八(2)班", "", 44])
    read("people.schoolclass", clerk, path)
    assert [(c.name, c.homeroom and c.homeroom.name, c.pupils) for c in SchoolClass.objects.all()] == [
        ("初二(2)班", None, 44), ("高一(3)班", "王芳", 48),
    ]  # fmt: skip


def test_rooms_come_with_building_and_class_as_people_write_them(clerk, sheet):
    building = BuildingFactory(name="2号楼")
    mine = SchoolClassFactory(grade="高一", number=3)
    path = sheet(["房间号", "楼栋", "name", "responsible class"], ["2—109", "2号楼", "教室", "高一3班"])
    read("places.place", clerk, path)
    room = Place.objects.get(code="2-109")
    assert (str(room), room.building, room.school_class) == ("2号楼 2-109 教室", building, mine)


def test_a_room_that_is_there_is_corrected_not_added_twice(clerk, sheet):
    building = BuildingFactory(name="2号楼")
    Place.add(by=None, parent=building, code="2-109", name="教室")
    read("places.place", clerk, sheet(["房间号", "楼栋", "name"], ["2-109", "2号楼", "科学教室"]))
    assert Place.objects.get(code="2-109").full_name == "2号楼 2-109 科学教室"


@pytest.mark.parametrize("factory", [SpecialDayFactory, WeekFactory, TermFactory, SchoolClassFactory])
def test_rows_with_a_number_of_their_own_are_not_taken_for_documents(factory, clerk, sheet):
    record = factory()
    register = registry[record._meta.label_lower]
    names = register.form.replace(",", " ").split()
    facts = {name: getattr(record, name) for name in names}
    path = sheet(names, [str(v) if v is not None else "" for v in facts.values()])
    reading = Reading(register, clerk, path)
    assert [(row.kind, row.errors) for row in reading.rows] == [("same", [])]
