"""People come, get roles and a first password, move, and leave."""

import pytest
from django.core.exceptions import ValidationError

from houqin.kernel.verbs import NotAllowed
from houqin.school.people.factories import DepartmentFactory, PostFactory, SchoolClassFactory, UserFactory, role
from houqin.school.people.models import Department, SchoolClass, User

pytestmark = pytest.mark.django_db


def test_a_person_is_called_by_his_name_and_his_post():
    user = UserFactory(name="李建国", post=PostFactory(name="总务主任"), codes=["ZW"])
    assert (str(user), user.title) == ("李建国", "总务主任")


def test_without_a_post_the_first_role_is_the_title():
    worker = role("WX")
    worker.name = "维修工"
    worker.save()
    assert UserFactory(roles=[worker]).title == "维修工"


def test_spaces_inside_a_chinese_name_are_taken_out():
    assert UserFactory(name=" 张 三 ").name == "张三"
    assert UserFactory(name="John Smith").name == "John Smith"


def test_a_phone_is_kept_as_digits_shown_masked_and_given_once():
    user = UserFactory(phone="138 0013-2716")
    assert (user.phone, user.masked_phone) == ("13800132716", "138****2716")
    with pytest.raises(ValidationError):
        UserFactory(phone="13800132716")
    assert [UserFactory(phone=""), UserFactory(phone=None)][1].phone is None


def test_the_history_never_holds_a_password():
    user = UserFactory(password="correct-horse-9")
    user.reset_password(by=None)
    kept = [str(event.particulars) for event in user.events]
    assert [text for text in kept if "correct-horse" in text or user.slip in text or "argon2" in text] == []
    assert [event.past for event in user.events] == ["added", "password_reset"]


def test_a_slip_signs_in_and_asks_for_a_new_password():
    user = UserFactory()
    user.reset_password(by=None)
    slip = user.slip
    fresh = User.objects.get(pk=user.pk)
    assert (fresh.check_password(slip), fresh.check_password("houqin-2026"), fresh.must_change) == (True, False, True)
    assert [len(part) for part in slip.split("-")] == [4, 4, 4]


def test_somebody_added_without_a_password_cannot_sign_in_before_his_slip():
    assert UserFactory(password=None).has_usable_password() is False


def test_giving_roles_replaces_the_old_ones_and_is_remembered():
    user = UserFactory(codes=["JS"])
    event = user.give_roles(by=None, roles=[role("WX"), role("BZ")])
    assert {r.code for r in user.roles.all()} == {"WX", "BZ"}
    assert event.particulars["was_roles"] == [role("JS").name]


def test_who_leaves_cannot_sign_in_and_may_come_back():
    user = UserFactory()
    user.retire(by=None, reason="调离")
    fresh = User.objects.get(pk=user.pk)
    assert (fresh.is_active, list(User.objects.active().filter(pk=user.pk))) == (False, [])
    with pytest.raises(NotAllowed):
        fresh.give_roles(by=None, roles=[])
    fresh.restore(by=None)
    assert User.objects.get(pk=user.pk).is_active is True


def test_the_last_administrator_stays():
    only = UserFactory(codes=["GL"])
    with pytest.raises(NotAllowed):
        only.retire(by=None)
    with pytest.raises(NotAllowed):
        only.give_roles(by=None, roles=[role("JS")])
    other = UserFactory(codes=["GL"])
    only.retire(by=other)
    assert User.objects.holding("GL").get() == other


def test_nobody_closes_his_own_account():
    UserFactory(codes=["GL"])
    user = UserFactory(codes=["GL"])
    with pytest.raises(NotAllowed):
        user.retire(by=user)


def test_a_renamed_post_renames_the_title_of_its_people(django_capture_on_commit_callbacks):
    post = PostFactory(name="水电工")
    user = UserFactory(post=post)
    post.amend(by=None, name="水电维修工")
    assert User.objects.get(pk=user.pk).title == "水电维修工"


def test_a_head_reaches_his_people_and_the_teams_below():
    head = UserFactory()
    office = DepartmentFactory(head=head)
    team = DepartmentFactory(parent=office, kind="team")
    worker = UserFactory(department=team)
    UserFactory(department=DepartmentFactory())
    assert set(User.objects.dept(head)) == {head, worker}
    assert set(Department.objects.headed_by(head)) == {office, team}


def test_a_department_does_not_belong_to_itself():
    office = DepartmentFactory()
    team = DepartmentFactory(parent=office)
    with pytest.raises(ValidationError):
        office.amend(by=None, parent=team)


def test_pinyin_initials_are_written_by_the_task():
    from houqin.school.people.jobs import write_initials

    people = [UserFactory(name=name) for name in ("张三", "单田芳", "曾国庆", "李老师A")]
    write_initials.func([user.pk for user in people])
    assert list(User.objects.filter(pk__in=[u.pk for u in people]).order_by("pk").values_list("initials", flat=True)) == [
        "zs", "stf", "zgq", "llsa",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "written",
    ["高一(3)班", "高一（3）班", "高一3班", "高1（三）班", "高一 (03) 班", "高一3", "2026级3班", "高2026级(3)班"],
)
def test_a_class_is_found_in_any_writing(written):
    found = SchoolClassFactory(grade="高一", number=3, entered=2026)
    SchoolClassFactory(grade="高二", number=3, entered=2025)
    assert SchoolClass.find(written) == found


@pytest.mark.parametrize(
    ("written", "grade"), [("八(3)班", "初二"), ("八年级3班", "初二"), ("初2（3）", "初二"), ("三年级3班", "三年级")]
)
def test_grades_are_known_by_their_other_names(written, grade):
    found = SchoolClassFactory(grade=grade, number=3)
    assert SchoolClass.find(written) == found


def test_an_unsure_class_is_not_guessed():
    SchoolClassFactory(grade="初一", number=3, entered=2026)
    SchoolClassFactory(grade="高一", number=3, entered=2026)
    assert (SchoolClass.find("2026级3班"), SchoolClass.find("操场"), SchoolClass.find("")) == (None, None, None)


def test_a_class_may_be_added_by_its_name_alone():
    added = SchoolClass.add(by=None, name="高一（3）班")
    assert (added.name, added.grade, added.number) == ("高一(3)班", "高一", 3)
    with pytest.raises(ValidationError):
        SchoolClass.add(by=None, name="快乐班")


def test_classes_move_up_and_leave_after_the_last_grade():
    second, third = SchoolClassFactory(grade="高二", number=1), SchoolClassFactory(grade="高三", number=1)
    third.promote(by=None)
    second.promote(by=None)
    assert (second.name, second.retired_at) == ("高三(1)班", None)
    assert third.retired_at is not None


def test_a_homeroom_teacher_sees_his_class():
    teacher = UserFactory()
    mine = SchoolClassFactory(homeroom=teacher)
    SchoolClassFactory()
    assert list(SchoolClass.objects.class_(teacher)) == [mine]


def test_the_roles_page_shows_who_has_which_role_and_right(client):
    from houqin.kernel.access import Grant

    director = UserFactory(name="李建国", codes=["T1"])
    UserFactory(name="陈志强", codes=["WX"])
    client.force_login(director)
    assert client.get("/people/roles/").status_code == 403
    Grant.objects.create(role=director.roles.get(), register="people.user", verb="view", scope="all_of")
    text = client.get("/people/roles/").content.decode()
    assert ("李建国" in text, "陈志强" in text) == (True, True)
