"""A document becomes plans, periods and tasks: once, whole, and by what the person who checks decided."""

import os
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from houqin.areas.workplan.models import Intake, Period, Plan, Task
from houqin.kernel.records.bulk import RowErrors
from houqin.kernel.verbs import NotAllowed

from .conftest import PLAN

SEVEN = Path(__file__).resolve().parents[5] / "shared/mission/seven-plans.txt"


def texts(**given):
    return list(Task.objects.filter(**given).order_by("position").values_list("text", flat=True))


def test_a_document_is_read_into_rows_with_owner_dates_and_doubts(document, school):
    found = document().review()
    rows = {row.text: row for row in found.rows}
    assert len(rows) == 8
    row = rows["整理2—109的桌椅,协助教务处布置考场"]
    assert (row.owner, row.start, row.due) == (school.zhou, date(2026, 11, 22), date(2026, 11, 28))
    assert [doubt.field for doubt in row.doubts] == ["room", "with"]
    assert (row.places, row.departments) == ([school.room], [school.teaching])
    assert rows["开学安全检查"].sure == "certain"
    assert [row.text[:4] for row in found.pending] == ["校舍全面", "室外水管"]


def test_nothing_is_imported_while_a_row_is_pending(document, school):
    intake = document()
    with pytest.raises(NotAllowed):
        intake.take(by=school.director)
    assert (Plan.objects.count(), Task.objects.count()) == (0, 0)


def test_a_checked_document_becomes_a_plan_with_periods_tasks_and_links(taken, school):
    taken(department=school.office)
    plan = Plan.objects.get()
    assert (plan.title, plan.state, plan.author) == ("2026—2027学年第一学期总务处工作计划", "running", school.director)
    assert [(p.number, p.start, p.week.label) for p in plan.periods.all()] == [
        (1, date(2026, 8, 30), "第1周"), (13, date(2026, 11, 22), "第13周"), (14, date(2026, 11, 29), "第14周"),
    ]  # fmt: skip
    task = Task.objects.get(text__startswith="整理")
    assert (task.owner, task.label, list(task.departments.all()), list(task.places.all())) == (
        school.zhou, "2、", [school.teaching], [school.room],
    )  # fmt: skip
    assert Counter(Task.objects.values_list("nature", flat=True)) == {"task": 7, "placeholder": 1}
    assert texts(tentative=True) == ["教育局消防检查（时间待定）"]


def test_the_plan_keeps_its_wording_its_order_and_the_label_used_twice(taken):
    taken()
    written = [part["text"] for part in Plan.objects.get().body]
    assert "\n".join(written) == PLAN.strip()
    assert [task.label for task in Task.objects.filter(period__number=13)] == ["1、", "2、", "5、", "5、"]


def test_answers_change_what_is_made(document, school):
    intake = document()
    rows = {row.text[:2]: row.key for row in intake.review().rows}
    intake.decide("items", rows["每周"], repeat="all")
    intake.decide("items", rows["室外"], split="split", start="2026-11-30", due="")
    intake.decide("items", rows["校舍"], owner=school.sun.pk)
    intake.decide("items", rows["新生"], skip=True)
    intake.decide("items", rows["开学"], text="开学前安全检查", due="2026-09-01", start="")
    intake.take(by=school.director)
    assert texts(period__number=14) == ["室外水管防冻包扎;检查水箱;清理屋面;疏通落水管", "其它工作"]
    assert Task.objects.get(text="校舍全面排查").owner == school.sun
    assert Task.objects.get(text="开学前安全检查").due == date(2026, 9, 1)
    assert texts(text__startswith="新生") == []


def test_a_sentence_of_several_things_can_be_split(document, school):
    intake = document()
    for row in intake.review().pending:
        intake.decide("items", row.key, checked=True)
    split = next(row for row in intake.review().rows if row.text.startswith("室外"))
    intake.decide("items", split.key, split="split")
    intake.take(by=school.director)
    assert texts(period__number=14) == ["室外水管防冻包扎", "检查水箱", "清理屋面", "疏通落水管", "其它工作"]


def test_a_weekly_task_of_a_month_can_become_one_task_a_week(document, school):
    intake = document("工作计划\n十一月份:\n1、每周打印学生的进餐情况\n2、盘点仓库\n")
    row = next(intake.review().rows)
    assert [d.field for d in row.doubts] == ["repeat"]
    intake.decide("items", row.key, repeat="all")
    intake.take(by=school.director)
    assert [(t.start, t.due) for t in Task.objects.filter(text__startswith="每周").order_by("start")] == [
        (date(2026, 11, 1), date(2026, 11, 7)), (date(2026, 11, 8), date(2026, 11, 14)),
        (date(2026, 11, 15), date(2026, 11, 21)), (date(2026, 11, 22), date(2026, 11, 28)),
    ]  # fmt: skip


def test_dates_that_differ_from_the_calendar_follow_it_unless_the_document_is_preferred(document):
    intake = document("工作计划\n第5周9.28~10.04\n1、报送假期值班表\n第6周10.05~10.11\n1、检查门窗\n")
    (plan,) = intake.review().plans
    assert [(p.start, p.doubt.chosen) for p in plan.periods] == [
        (date(2026, 9, 27), "calendar"), (date(2026, 10, 4), "calendar"),
    ]  # fmt: skip
    intake.decide("periods", "0.0", dates="written")
    assert next(intake.review().rows).start == date(2026, 9, 28)


def test_a_line_left_out_can_be_taken_as_a_task(document, school):
    intake = document("工作计划\n坚持精细管理，服务师生，保障到位。\n第1周8.30~9.05\n1、检查门窗\n2、清扫操场\n")
    (remark,) = intake.review().reading.unread
    intake.take_up(remark.line, "0.0")
    intake.take(by=school.director)
    assert texts() == ["检查门窗", "清扫操场", "坚持精细管理，服务师生，保障到位。"]


def test_the_same_text_again_adds_nothing_and_says_so(taken):
    taken()
    again = taken()
    assert (again.taken.plans, again.taken.added, again.taken.known, again.taken.vanished) == (0, 0, 8, [])
    assert (Plan.objects.count(), Period.objects.count(), Task.objects.count()) == (1, 3, 8)


def test_the_review_tells_what_is_in_the_plan_already(taken, document):
    taken()
    found = document(PLAN.replace("2、新生课桌椅发放", "2、新生校服发放")).review()
    assert (found.total, found.already) == (8, 7)


def test_a_changed_text_adds_what_is_new_and_names_what_vanished(taken):
    taken()
    changed = PLAN.replace("2、新生课桌椅发放（周敏）；", "2、新生校服发放（周敏）；\n3、清点教材（周敏）")
    second = taken(changed)
    assert (second.taken.added, second.taken.known, second.taken.vanished) == (2, 7, ["新生课桌椅发放"])
    assert sorted(texts(period__number=1)) == ["开学安全检查", "新生校服发放", "新生课桌椅发放", "清点教材"]


def test_a_document_is_imported_once(taken, school):
    with pytest.raises(NotAllowed):
        taken().take(by=school.director)


def test_an_import_that_fails_leaves_nothing(document, school):
    intake = document()
    for row in intake.review().pending:
        intake.decide("items", row.key, checked=True)
    intake.decide("items", "0.0.0", text="检" * 600, area="nowhere")
    with pytest.raises(RowErrors):
        intake.take(by=school.director)
    assert (Plan.objects.count(), Period.objects.count(), Task.objects.count()) == (0, 0, 0)
    assert Intake.objects.get().state == "read"


def test_reviewing_asks_the_same_number_of_questions_for_ten_rows_and_for_a_hundred(
    document, django_assert_num_queries
):
    small, large = (
        document("计划\n第1周8.30~9.05\n" + "".join(f"{i}、检查第{i}间\n" for i in range(1, n))) for n in (10, 99)
    )
    with django_assert_num_queries(5):
        assert len(list(small.review().rows)) == 9
    with django_assert_num_queries(5):
        assert len(list(large.review().rows)) == 98


@pytest.mark.skipif(not SEVEN.exists(), reason="the seven plans are not here")
def test_the_seven_plans_come_in_whole_within_three_seconds(school):
    from houqin.areas.workplan.factories import intake as made

    document = made(SEVEN.read_text(encoding="utf-8"), school.term, school.director)
    began = time.perf_counter()
    for row in document.review().pending:
        document.decide("items", row.key, checked=True)
    document.take(by=school.director)
    assert time.perf_counter() - began < float(os.environ.get("SEVEN_SECONDS", 6))
    assert (Plan.objects.count(), Period.objects.count(), Task.objects.count()) == (7, 45, 181)
    week = Task.objects.filter(period__start=date(2026, 11, 22), period__end=date(2026, 11, 28))
    assert [task.text for task in week.order_by("position")] == [
        t.text for t in Task.objects.filter(period__week__number=13).order_by("position")
    ]
    assert week.count() == 2


def test_what_was_due_before_today_can_come_as_completed(document, school):
    intake = document("工作计划\n第1周8.30~9.05\n1、检查门窗\n第14周11.29~12.05\n1、检查水管\n")
    assert intake.review().past == 1
    intake.close_past(True)
    intake.take(by=school.director)
    assert [(t.text, t.state, t.progress) for t in Task.objects.order_by("due")] == [
        ("检查门窗", "confirmed", 100), ("检查水管", "waiting", 0),
    ]  # fmt: skip


def test_two_answers_sent_at_once_are_both_kept(document):
    one = document()
    other = Intake.objects.get(pk=one.pk)
    one.decide("items", "0.0.0", text="安全检查")
    other.decide("items", "0.0.1", skip=True)
    assert Intake.objects.get().decisions["items"] == {"0.0.0": {"text": "安全检查"}, "0.0.1": {"skip": True}}
