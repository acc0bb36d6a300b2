"""Plans and tasks as tests and the demo school need them: through the verbs, or imported from a text."""

from datetime import date, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from houqin.kernel import clock
from houqin.school.people.factories import UserFactory

from .models import Intake, Plan, Task, TaskState
from .models.intake import anchor


class _Added(DjangoModelFactory):
    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        return model_class.add(by=kwargs.pop("by", None), **kwargs)


class PlanFactory(_Added):
    class Meta:
        model = Plan

    title = factory.Sequence(lambda n: f"总务处工作计划{n}")


class TaskFactory(_Added):
    """A task due in a week; `TaskFactory(state="confirmed")` takes it there through the verbs."""

    class Meta:
        model = Task

    text = factory.Sequence(lambda n: f"检查第{n}组灭火器")
    owner = factory.SubFactory(UserFactory)
    start = factory.LazyFunction(clock.today)
    due = factory.LazyAttribute(lambda task: task.start + timedelta(days=6) if task.start else None)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        state = kwargs.pop("state", TaskState.WAITING)
        task = super()._create(model_class, *args, **kwargs)
        bring(task, state)
        return task


_WAY = [TaskState.WAITING, TaskState.DOING, TaskState.DONE, TaskState.CONFIRMED]


def bring(task: Task, state: str, checker: Any = None) -> None:
    """Lead a task through its verbs to a state, by its owner, the confirmation by somebody else."""
    if state == TaskState.CANCELLED:
        task.cancel(by=checker, reason="本学期不再安排")
        return
    for step in _WAY[1 : _WAY.index(TaskState(state)) + 1]:
        if step == TaskState.DOING:
            task.begin(by=task.owner)
        elif step == TaskState.DONE:
            task.finish(by=task.owner, result="已按要求完成")
        else:
            task.confirm(by=checker)


class IntakeFactory(_Added):
    """A document of one week with one task, not yet checked."""

    class Meta:
        model = Intake

    name = factory.Sequence(lambda n: f"总务处工作计划{n}.txt")
    text = "总务处工作计划\n第一周（8.30-9.5）\n1.检查灭火器。\n"
    year = 2026


def intake(text: str, term: Any = None, by: Any = None, name: str = "工作计划.txt", department: Any = None) -> Intake:
    """A pasted document, dated by a term's week table."""
    year, first_day = anchor(term)
    return Intake.add(by=by, name=name, text=text, term=term, department=department, year=year, first_day=first_day)


def imported(text: str, term: Any = None, by: Any = None, **given: Any) -> Intake:
    """The same document, every doubt answered by its best guess, and taken into the plan."""
    made = intake(text, term, by, **given)
    for row in made.review().pending:
        made.decide("items", row.key, checked=True)
    made.take(by=by)
    return made


def week_of_task(start: date) -> dict[str, date]:
    """The days of a task of one week."""
    return {"start": start, "due": start + timedelta(days=6)}
