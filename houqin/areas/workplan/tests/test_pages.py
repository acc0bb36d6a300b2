"""Pages of the area: what stands on them, who may open them, and how few questions they ask the database."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from houqin.areas.workplan.factories import TaskFactory
from houqin.areas.workplan.models import Intake, Plan, Task
from houqin.areas.workplan.reports import weeks, word
from houqin.kernel.access import Grant, Role
from houqin.school.people.factories import UserFactory

from .conftest import PLAN

DIRECTOR = {
    "workplan.plan": "view add",
    "workplan.task": "view add confirm begin finish report",
    "workplan.intake": "view add take",
}


def grant(user, rights, scope="all_of"):
    role = Role.objects.create(code=f"R{user.pk}", name="测试")
    user.roles.add(role)
    for register, verbs in rights.items():
        for verb in verbs.split():
            Grant.objects.create(role=role, register=register, verb=verb, scope=scope)


@pytest.fixture
def page(school, client):
    grant(school.director, DIRECTOR)
    client.force_login(school.director)
    return client


def test_a_pasted_plan_is_read_checked_and_imported(page, school):
    answer = page.post(
        reverse("workplan_import"), {"text": PLAN, "term": school.term.pk, "department": school.office.pk}
    )
    intake = Intake.objects.get()
    assert answer.url == reverse("workplan_review", args=[intake.pk])
    shown = page.get(answer.url).content.decode()
    assert (shown.count('class="rv"'), shown.count('data-sure="look"')) == (8, 4)
    page.post(reverse("workplan_take", args=[intake.pk]))
    assert Plan.objects.count() == 0
    page.post(reverse("workplan_rest", args=[intake.pk]))
    page.post(reverse("workplan_take", args=[intake.pk]))
    assert (Plan.objects.get().department, Task.objects.count()) == (school.office, 8)


def test_a_document_file_is_read_too_and_a_picture_is_refused_in_words(page, school):
    plan = SimpleUploadedFile("计划.txt", PLAN.encode("gb18030"))
    page.post(reverse("workplan_import"), {"file": plan, "term": school.term.pk})
    assert [row.text for row in Intake.objects.get().review().rows][:2] == ["开学安全检查", "新生课桌椅发放"]
    picture = SimpleUploadedFile("计划.png", b"\x89PNG\r\n\x1a\n" + bytes(50))
    assert page.post(reverse("workplan_import"), {"file": picture, "term": school.term.pk}).status_code == 422
    assert Intake.objects.count() == 1


def test_nothing_pasted_is_said_beside_the_field(page):
    answer = page.post(reverse("workplan_import"), {})
    assert (answer.status_code, Intake.objects.count()) == (422, 0)


def test_an_answer_is_kept_and_comes_back_in_pieces(page, document):
    intake = document()
    url = reverse("workplan_item", args=[intake.pk, "0.0.1"])
    answer = page.post(url, {"text": "发放课桌椅"}, headers={"HX-Request": "true"}).content.decode()
    assert [piece in answer for piece in ('id="s-0-0-1"', 'id="rv-tabs"', 'id="rv-foot"', "<html")] == [
        True,
        True,
        True,
        False,
    ]
    intake.refresh_from_db()
    assert intake.decisions["items"] == {"0.0.1": {"text": "发放课桌椅"}}


def test_my_draft_is_nobody_elses(page, document, school):
    other = UserFactory()
    grant(other, {"workplan.intake": "view add take"}, "own")
    page.force_login(other)
    assert page.get(reverse("workplan_review", args=[document().pk])).status_code == 404


def test_without_rights_no_page_opens(client, school):
    client.force_login(UserFactory())
    names = ("workplan_import", "workplan_calendar", "workplan_month", "workplan_mine", "workplan_people")
    assert [client.get(reverse(name)).status_code for name in names] == [403] * 5


def test_the_week_holds_its_tasks_and_the_month_what_runs_longer(page, taken, school):
    taken()
    TaskFactory(text="全月巡查", start=date(2026, 11, 1), due=date(2026, 11, 30))
    TaskFactory(text="本学期盘点", start=date(2026, 9, 1), due=date(2027, 1, 20))
    found = weeks.of_term(school.director, school.term)
    row = next(row for row in found.rows if row.number == 13)
    assert (row.now, len(row.tasks)) == (True, 4)
    assert [(band.start, [t.text for t in band.tasks]) for band in found.bands[1:]] == [
        (date(2026, 11, 1), ["全月巡查"])
    ]
    assert [t.text for t in found.bands[0].tasks] == ["本学期盘点"]
    assert weeks.words_of_week(row).splitlines()[1:] == [
        "1. 整理2—109的桌椅,协助教务处布置考场（周敏）", "2. 每周检查灭火器（孙立军）", "3. 校舍全面排查（王不在）",
        "4. 教育局消防检查（时间待定）（周敏）",
    ]  # fmt: skip


def test_the_calendar_asks_as_much_for_two_hundred_tasks_as_for_two(page, school, django_assert_max_num_queries):
    url = reverse("workplan_calendar")
    page.get(url)
    for number in range(2):
        TaskFactory(text=f"任务{number}", owner=school.sun)
    with django_assert_max_num_queries(24) as few:
        page.get(url)
    for number in range(20):
        TaskFactory(text=f"又一项{number}", owner=school.zhou)
    with django_assert_max_num_queries(len(few)):
        page.get(url)


def test_every_page_of_the_area_opens(page, taken, school):
    taken()
    plan, task = Plan.objects.get(), Task.objects.order_by("pk").first()
    week = school.term.weeks.get(number=13)
    addresses = [
        reverse("workplan_month") + "?month=2026-11", reverse("workplan_mine"), reverse("workplan_import"), "/",
        reverse("workplan:plan_list"), plan.get_absolute_url(), reverse("workplan:task_list") + "?tab=all",
        task.get_absolute_url(), reverse("workplan:intake_list"), reverse("workplan_week_sheet", args=[week.pk]),
        f"{plan.get_absolute_url()}sheet/plan/", reverse("workplan_word", args=[plan.pk]),
    ]  # fmt: skip
    assert [page.get(url).status_code for url in addresses] == [200] * len(addresses)


def test_the_word_file_repeats_the_plan_line_by_line(taken):
    import io

    import docx

    taken()
    document = docx.Document(io.BytesIO(word.write(Plan.objects.get())))
    assert [paragraph.text for paragraph in document.paragraphs] == PLAN.strip().splitlines()
