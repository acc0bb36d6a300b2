"""A task from the plan to its confirmation, and every way it may leave that road."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from houqin.areas.workplan import jobs
from houqin.areas.workplan.factories import PlanFactory, TaskFactory
from houqin.areas.workplan.models import Task
from houqin.kernel.notices import Notice
from houqin.kernel.verbs import NotAllowed


@pytest.fixture
def task(school):
    return TaskFactory(
        text="检查灭火器", owner=school.sun, by=school.director, start=date(2026, 11, 22), due=date(2026, 11, 28)
    )


def told(user):
    return list(Notice.objects.filter(recipient=user).order_by("pk").values_list("words__zh-hans__0", flat=True))


def test_a_task_is_begun_reported_finished_and_confirmed_by_another(task, school):
    task.begin(by=school.sun)
    task.report(by=school.sun, progress=60, note="还差三号楼")
    task.finish(by=school.sun, result="全部合格")
    assert (task.state, task.progress, task.finished_by) == ("done", 100, school.sun)
    with pytest.raises(NotAllowed):
        task.confirm(by=school.sun)
    task.confirm(by=school.director)
    assert task.state == "confirmed"
    assert [event.past for event in task.events.order_by("pk")] == [
        "added", "started", "progressed", "finished", "confirmed",
    ]  # fmt: skip


def test_unfinished_work_goes_back_to_its_owner(task, school):
    task.finish(by=school.sun, result="好了")
    task.send_back(by=school.director, reason="缺照片")
    assert (task.state, task.progress, task.finished_by, task.finished_at) == ("doing", 90, None, None)


def test_progress_lies_between_nothing_and_all(task, school):
    task.begin(by=school.sun)
    with pytest.raises(ValidationError):
        task.report(by=school.sun, progress=101)
    task.refresh_from_db()
    assert task.progress == 0


def test_a_task_is_moved_assigned_cancelled_and_reopened(task, school):
    task.move(by=school.director, due=date(2026, 11, 20), reason="提前")
    assert (task.start, task.due) == (date(2026, 11, 20), date(2026, 11, 20))
    task.assign(by=school.director, owner=school.zhou)
    assert task.owner == school.zhou
    task.cancel(by=school.director, reason="合并到月检")
    task.reopen(by=school.director, reason="还是要做")
    assert task.state == "doing"


def test_a_tentative_task_gets_its_date_once(school):
    task = TaskFactory(text="期中考试", tentative=True, start=None, due=None)
    task.fix_date(by=school.director, start=date(2026, 11, 11), due=date(2026, 11, 13))
    assert (task.tentative, task.due) == (False, date(2026, 11, 13))
    with pytest.raises(NotAllowed):
        task.fix_date(by=school.director, start=date(2026, 11, 11), due=date(2026, 11, 13))


def test_days_run_forward(school):
    with pytest.raises(ValidationError):
        Task.add(by=school.director, text="倒着走", start=date(2026, 11, 28), due=date(2026, 11, 22))


def test_a_plan_is_started_closed_and_reopened(school):
    plan = PlanFactory()
    with pytest.raises(NotAllowed):
        plan.start(by=school.director)
    TaskFactory(plan=plan)
    plan.start(by=school.director)
    plan.close(by=school.director)
    plan.reopen(by=school.director, reason="补一项")
    assert plan.state == "running"


def test_only_open_dated_real_tasks_of_the_past_are_late(school):
    past = {"start": date(2026, 11, 9), "due": date(2026, 11, 14)}
    late = TaskFactory(**past)
    for given in ({"state": "done"}, {"state": "cancelled"}, {"nature": "holiday"}, {"tentative": True}):
        TaskFactory(**past, **given)
    TaskFactory()
    assert list(Task.objects.late()) == [late]
    assert [task.is_late for task in Task.objects.order_by("pk")] == [True, False, False, False, False, False]


def test_owner_and_confirmer_hear_of_it_each_in_turn(task, school):
    task.assign(by=school.director, owner=school.zhou)
    task.finish(by=school.zhou, result="好了")
    task.send_back(by=school.director, reason="缺照片")
    assert (len(told(school.sun)), len(told(school.zhou))) == (1, 2)


def test_an_import_tells_each_owner_once(taken, school):
    taken()
    assert [Notice.objects.filter(recipient=user).count() for user in (school.sun, school.zhou, school.director)] == [
        1,
        1,
        0,
    ]
    (notice,) = Notice.objects.filter(recipient=school.zhou)
    assert notice.words["en"][0] == "4 tasks of “工作计划.txt” are yours"


def test_the_clock_warns_owners_once_a_stage_and_the_director_of_what_is_long_late(school):
    TaskFactory(owner=school.sun, start=date(2026, 11, 23), due=date(2026, 11, 25))
    TaskFactory(owner=school.zhou, start=date(2026, 11, 9), due=date(2026, 11, 14))
    TaskFactory(owner=school.sun, start=date(2026, 11, 23), due=date(2026, 11, 28))
    Notice.objects.all().delete()
    assert (jobs.warn(), jobs.warn()) == (2, 2)
    assert [len(told(user)) for user in (school.sun, school.zhou, school.director)] == [1, 1, 1]
