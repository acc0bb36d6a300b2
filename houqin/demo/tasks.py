"""The work plan of the demo school: imported as a pasted text, and lived up to the story's day."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from houqin.areas.workplan.factories import imported
from houqin.areas.workplan.models import Task, TaskKind
from houqin.kernel import clock
from houqin.school.people.models import Department, User
from houqin.school.terms import calendar
from houqin.school.terms.models import Term

from .calendar import moment

HANDED_IN = moment(date(2026, 8, 25), 14, 30)
EXAM_FIXED = moment(date(2026, 11, 2), 9, 20)
EXAM = date(2026, 11, 11), date(2026, 11, 13)
RESULTS = (
    "已完成，情况正常，记录已归档", "按计划完成，发现两处小问题已当场处理", "已完成，照片和签到表留存", "完成，参加人员齐全，会议记录已整理",
    "已完成，遗留一项列入下周", "完成，台账已更新",
)  # fmt: skip
NOTES = ("已联系，等对方回复", "完成一半，明天继续", "材料已备齐，本周四进场")
Act = tuple[datetime, Callable[[], Any]]


def build(now: datetime) -> int:
    """Import the plan, then tell what became of its tasks; returns how many tasks there are."""
    director = User.objects.get(username="lijianguo")
    deputy = User.objects.get(username="wanghaiyan")
    text = Path(__file__).with_name("plan.txt").read_text(encoding="utf-8")
    with clock.at(HANDED_IN):
        imported(
            text, Term.objects.get(number=1), director, name="总务处工作计划.txt",
            department=Department.objects.get(name="总务处"),
        )  # fmt: skip
    tasks = list(Task.objects.select_related("owner").order_by("position"))
    acts = [act for task in tasks if task.nature == TaskKind.TASK for act in _life(task, director, deputy, now)]
    for at, act in sorted(acts, key=lambda act: act[0]):
        if at <= now:
            with clock.at(at):
                act()
    return len(tasks)


def _life(task: Task, director: User, deputy: User, now: datetime) -> Iterator[Act]:
    """What happens with a task: begun in its week, done by its owner, confirmed by somebody else; a few stay behind."""
    dice, owner, start, due = Random(task.position), task.owner or director, task.start, task.due
    if task.tentative:
        start, due = EXAM
        yield EXAM_FIXED, lambda: task.fix_date(by=director, start=start, due=due)
    if start is None or due is None:
        return
    monday = moment(calendar.add_working_days(start, 0), 8, dice.randint(5, 50))
    yield monday, lambda: task.begin(by=owner)
    behind = due < now.date() and _stays_behind(task, now)
    if behind or due >= now.date():
        if behind or dice.random() < 0.5:
            note, share = dice.choice(NOTES), dice.choice((30, 50, 60))
            yield (
                monday + timedelta(hours=dice.randint(1, 50)),
                lambda: task.report(by=owner, progress=share, note=note),
            )
        return
    done = moment(_worked_by(due, dice.randint(0, 2), start), dice.randint(10, 16), dice.randint(0, 59))
    done = max(done, monday + timedelta(hours=1))
    checked = calendar.add_working_minutes(done, dice.randint(40, 700))
    yield done, lambda: task.finish(by=owner, result=dice.choice(RESULTS))
    if _waits_for_word(task, now):
        return
    yield checked, lambda: task.confirm(by=deputy if owner == director else director)


def _stays_behind(task: Task, now: datetime) -> bool:
    """Two tasks are late: the canteen's and shops' check of last week, and the training of the tenth week or so."""
    age = (now.date() - task.due).days  # type: ignore[operator]
    return (age < 8 and "食堂" in task.text) or (7 < age < 16 and "灭火器" in task.text)


def _waits_for_word(task: Task, now: datetime) -> bool:
    """Last week's first finished task still waits for its confirmation."""
    return (now.date() - task.due).days < 8 and task.label.startswith("1")  # type: ignore[operator]


def _worked_by(due: date, back: int, start: date) -> date:
    """A working day shortly before the last day, not before the first."""
    day = due - timedelta(days=back)
    while day > start and not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day
