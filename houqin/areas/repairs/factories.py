"""Orders as tests and the demo school need them: through the verbs, or as plain rows for `add_many`."""

import random
from collections.abc import Generator, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from houqin.kernel import clock
from houqin.school.people.factories import DepartmentFactory, UserFactory
from houqin.school.people.models import User
from houqin.school.places.factories import PlaceFactory

from .models import DONE, SYMPTOMS, Category, RepairOrder, Source, State, Urgency, limits

# What people write after choosing a symptom: demo data.
WORDS = (
    "", "", "", "靠窗第二盏", "上课时更明显", "已经两天了", "请课间来修", "影响上课", "昨天刚发现", "后排",
    "讲台旁边", "早上来就这样", "第三隔间", "学生反映多次", "已贴封条停用", "下午有公开课", "晚自习前最好修好",
    "有积水，已放警示牌",
)  # fmt: skip
MENDED = (
    "已更换新件，试用正常", "重新紧固，使用正常", "清理疏通，水流正常", "更换配件并调试", "重新接线，通电正常",
    "现场调整后恢复",
)  # fmt: skip
MATERIALS = (
    ("LED 灯管", "T8 18 W", "支", "15"), ("水龙头", "4 分 铜芯", "个", "32"), ("锁芯", "通用", "个", "28"),
    ("插座面板", "五孔", "个", "12.5"), ("合页", "不锈钢 4 寸", "副", "9.8"), ("生料带", "", "卷", "1.5"),
    ("角阀", "4 分", "个", "18.5"), ("绝缘胶布", "18 mm", "卷", "3.5"),
)  # fmt: skip


class _Added(DjangoModelFactory):
    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        return model_class.add(by=kwargs.pop("by", None), **kwargs)


class CategoryFactory(_Added):
    class Meta:
        model = Category

    name = factory.Sequence(lambda n: f"类别{n}")
    icon = "tool"
    symptoms = "漏水 松动"
    team = factory.SubFactory(DepartmentFactory, kind="team")


class RepairOrderFactory(_Added):
    """An order just reported; `RepairOrderFactory(state="on_site")` takes it there through the verbs."""

    class Meta:
        model = RepairOrder

    place = factory.SubFactory(PlaceFactory)
    category = factory.SubFactory(CategoryFactory)
    symptom = "水龙头漏水"
    reporter = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        state, worker = kwargs.pop("state", State.REPORTED), kwargs.pop("worker", None)
        order = super()._create(model_class, *args, **kwargs)
        bring(order, state, worker=worker, by=kwargs.get("by"))
        return order


_ENDS = {
    State.REFUSED: ("refuse", {"reason": "不属于校内设施"}), State.WITHDRAWN: ("withdraw", {}),
    State.VOID: ("void", {"reason": "填写有误"}),
}  # fmt: skip
_WAY = (State.ACCEPTED, State.DISPATCHED, State.ON_SITE, State.FINISHED, State.CHECKED, State.RATED, State.ARCHIVED)


def bring(order: RepairOrder, state: str, *, worker: User | None = None, by: Any = None) -> RepairOrder:
    """Take a reported order to a state, through the verbs that lead there."""
    if state == State.REPORTED:
        return order
    if state in _ENDS:
        name, given = _ENDS[State(state)]
        getattr(order, name)(by=by, **given)
        return order
    if state == State.MERGED:
        other = RepairOrderFactory(place=order.place, category=order.category)
        order.merge(by=by, into=other.number)
        return order
    goal = State.ON_SITE if state == State.SUSPENDED else State(state)
    steps = {
        State.ACCEPTED: lambda: order.accept(by=by),
        State.DISPATCHED: lambda: order.dispatch(by=by, worker=worker or UserFactory()),
        State.ON_SITE: lambda: order.arrive(by=order.worker),
        State.FINISHED: lambda: order.finish(by=order.worker, work_done=MENDED[0], damage="no"),
        State.CHECKED: lambda: order.confirm(by=order.reporter),
        State.RATED: lambda: order.rate(by=order.reporter, rating=5),
        State.ARCHIVED: lambda: order.archive(by=by),
    }
    for step in _WAY[: _WAY.index(goal) + 1]:
        steps[step]()
    if state == State.SUSPENDED:
        order.suspend(by=order.worker, reason="等待配件")
    return order


class MaterialFactory(DjangoModelFactory):
    """A row of material as a dict, as verbs take it: `MaterialFactory.row(random.Random(1))`."""

    class Meta:
        model = "repairs.Material"
        abstract = True

    @staticmethod
    def row(dice: random.Random) -> dict[str, Any]:
        name, spec, unit, price = dice.choice(MATERIALS)
        quantity = Decimal(dice.randint(1, 4))
        return {"name": name, "spec": spec, "quantity": quantity, "unit": unit, "price": Decimal(price)}


def tell(at: datetime, school: dict[str, Any], dice: random.Random, until: datetime) -> RepairOrder:
    """One order of the demo school's history, reported at `at`, lived through the verbs up to `until`.

    `school` holds lists: places, categories, reporters, workers, and the dispatcher. The same dice give the same story.
    """
    category = dice.choice(school["categories"])
    with clock.at(at):
        order = RepairOrder.add(
            by=dice.choice(school["reporters"]), place=dice.choice(school["places"]), category=category,
            symptom=dice.choice(category.chips), description=dice.choice(WORDS), reported_at=at,
            urgency=dice.choices(Urgency.values, (76, 18, 6))[0], source=dice.choice([Source.WEB, Source.QR]),
        )  # fmt: skip
    for moment, act in _acts(order, at, school, dice):
        if moment > until:
            break
        with clock.at(moment):
            act()
    return order


def _acts(
    order: RepairOrder, at: datetime, school: dict[str, Any], dice: random.Random
) -> Iterator[tuple[datetime, Any]]:
    """(when, act) in order: mostly in time, now and then late, suspended, sent back or left unrated."""
    desk, reporter, worker = school["dispatcher"], order.reporter, dice.choice(school["workers"])
    slow = dice.random() < 0.1
    now = limits.due(at, dice.randint(3, 25) * (8 if slow else 1), order.urgency)
    if dice.random() < 0.02:
        yield now, lambda: order.refuse(by=desk, reason="经查看无故障")
        return
    yield now, lambda: order.accept(by=desk)
    now = limits.due(now, dice.randint(2, 20), order.urgency)
    yield now, lambda: order.dispatch(by=desk, worker=worker)
    now = limits.due(now, dice.randint(10, 150) * (6 if slow else 1), order.urgency)
    yield now, lambda: order.arrive(by=worker)
    now = yield from _mending(order, now, dice, worker)
    if reporter.pk == worker.pk or dice.random() < 0.08:
        return
    yield now, lambda: order.confirm(by=reporter)
    if dice.random() < 0.7:
        stars = dice.choices((5, 4, 3, 2), (70, 22, 6, 2))[0]
        yield now + timedelta(minutes=2), lambda: order.rate(by=reporter, rating=stars)


def _mending(
    order: RepairOrder, now: datetime, dice: random.Random, worker: Any
) -> Generator[tuple[datetime, Any], None, datetime]:
    """The work itself, from the worker's arrival on, now and then done twice; returns when the reporter looks at it."""
    if dice.random() < 0.06:
        yield now + timedelta(minutes=5), lambda: order.suspend(by=worker, reason="等待配件到货")
        now = limits.due(now, dice.randint(400, 1500), order.urgency)
        yield now, lambda: order.resume(by=worker)
    for _round in range(1 + (dice.random() < 0.04)):
        now = limits.due(now, dice.randint(15, 240), order.urgency)
        rows = [MaterialFactory.row(dice) for _n in range(dice.choice((0, 1, 1, 2)))]
        given = {"work_done": dice.choice(MENDED), "damage": dice.choices(("no", "yes", "unclear"), (88, 7, 5))[0]}
        hours = Decimal(dice.randint(1, 12)) / 4
        if _round:
            yield now, lambda: order.rework(by=order.reporter, reason="又出现同样问题")
            yield now + timedelta(minutes=20), lambda: order.arrive(by=worker)
            now += timedelta(minutes=40)
        yield now, lambda r=rows, g=given, h=hours: order.finish(by=worker, materials=r, labour_hours=h, **g)
        now = limits.due(now, dice.randint(5, 500), order.urgency)
    return now


def rows(
    count: int, school: dict[str, Any], dice: random.Random, until: datetime, days: int = 700
) -> Iterator[dict[str, Any]]:
    """Plain rows for `add_many`, oldest first: nearly all closed, the last two days partly open."""
    span = days * 86400
    for n in range(count):
        at = until - timedelta(seconds=span * (count - n) // count)
        age = until - at
        yield _row(at, school, dice, age < timedelta(days=2) and dice.random() < 0.6, age > timedelta(days=31))


def _row(at: datetime, school: dict[str, Any], dice: random.Random, is_open: bool, is_old: bool) -> dict[str, Any]:
    category, urgency = dice.choice(school["categories"]), dice.choices(Urgency.values, (76, 18, 6))[0]
    accept, arrive, finish = dice.randint(2, 60), dice.randint(70, 480), dice.randint(490, 1400)
    row: dict[str, Any] = {
        "place": dice.choice(school["places"]), "category": category, "symptom": dice.choice(category.chips),
        "description": dice.choice(WORDS), "urgency": urgency, "reporter": dice.choice(school["reporters"]),
        "source": dice.choice(Source.values[:3]), "reported_at": at, "created_at": at,
    }  # fmt: skip
    if is_open:
        state = dice.choice((State.REPORTED, State.ACCEPTED))
        return row if state == State.REPORTED else row | {
            "state": state, "accepted_at": at + timedelta(minutes=accept), "accept_minutes": accept}  # fmt: skip
    state = State.ARCHIVED if is_old else dice.choices(DONE, (30, 60, 10))[0]
    end, cost = at + timedelta(minutes=finish + 300), Decimal(dice.randint(0, 9000)) / 100
    return row | {
        "state": state, "worker": dice.choice(school["workers"]), "damage": "no",
        "accepted_at": at + timedelta(minutes=accept), "accept_minutes": accept,
        "dispatched_at": at + timedelta(minutes=accept + 5), "arrived_at": at + timedelta(minutes=arrive),
        "responded_at": at + timedelta(minutes=arrive), "arrive_minutes": arrive,
        "finished_at": at + timedelta(minutes=finish), "finish_minutes": finish, "checked_at": end, "closed_at": end,
        "work_done": dice.choice(MENDED), "materials_cost": cost, "cost": cost, "checked_how": "reporter",
        **({"rating": dice.choice((5, 5, 5, 4, 4, 3)), "rated_at": end} if state != State.CHECKED else {}),
    }  # fmt: skip


__all__ = ["SYMPTOMS", "CategoryFactory", "MaterialFactory", "RepairOrderFactory", "bring", "rows", "tell"]
