"""How stories become records: recent ones through the verbs one by one, older ones in bulk by the same verbs in memory."""

from collections.abc import Iterable
from datetime import datetime
from heapq import heapify, heappop, heappush
from itertools import count
from typing import Any

from django.utils.translation import gettext

from houqin.areas.repairs.models import DamageNote, Material, RepairOrder, State
from houqin.kernel import clock
from houqin.kernel.events import Event, record_many
from houqin.kernel.records import add_many
from houqin.kernel.verbs import NotAllowed, plain

from .pictures import picture
from .stories import Step, Story, until

FIELDS = [field for field in RepairOrder._meta.concrete_fields if field.name not in ("id", "number", "serial")]
LABEL = RepairOrder._meta.label_lower


# now: the verbs themselves ---------------------------------------------------------


def tell_live(stories: Iterable[Story], end: datetime) -> int:
    """Tell every report and every act in the order of their times, up to `end`; returns how many acts."""
    turn, acts = count(), 0
    waiting: list[tuple[datetime, int, Any, Any]] = [(story.at, next(turn), story, None) for story in stories]
    heapify(waiting)
    while waiting and waiting[0][0] <= end:
        at, _turn, story, steps = heappop(waiting)
        with clock.at(at):
            if steps is None:
                steps = iter(list(until(story.steps, end)))
                photos = [picture(name, story.given["place"]) for name in story.photos]
                story.order = RepairOrder.report(by=story.by, photos=photos, **story.given)
            else:
                step, steps = steps
                getattr(story.order, step.verb)(by=step.by, **_ready(step, story))
        acts += 1
        if following := next(steps, None):
            heappush(waiting, (following.at, next(turn), story, (following, steps)))
    return acts


def _ready(step: Step, story: Story) -> dict[str, Any]:
    """What the verb is given: pictures drawn, other stories' orders by their numbers."""
    given = {name: value() if callable(value) else value for name, value in step.given.items()}
    if photos := given.get("photos"):
        given["photos"] = [picture(name, story.given["place"]) for name in photos]
    return given


# then: the same verbs on orders in memory --------------------------------------------


class Imagined:
    """An order lived through in memory: its fields, its rows of material, what its history says."""

    def __init__(self, story: Story, end: datetime) -> None:
        self.events: list[tuple[str, Any, datetime, dict[str, Any]]] = []
        self.note: tuple[str, Any, datetime] | None = None
        self.lines: list[Material] = []
        order = RepairOrder(**story.given, number="-", created_by=story.by, created_at=story.at, reported_at=story.at)
        order.fill_later, order.reckon = self._fill, self._reckon  # rows need a key, which there is none yet
        self.order = order
        with clock.at(story.at):
            order.prepare(story.by)
        for step in until(story.steps, end):
            with clock.at(step.at):
                self._act(step)

    def _act(self, step: Step) -> None:
        order, given, act = self.order, dict(step.given), RepairOrder.verbs[step.verb]
        if reason := act.refusal(order, step.by):
            raise NotAllowed(f"{step.verb}: {reason}")
        was, name = order.state, given.pop("damage_by", "")
        given.pop("photos", None)
        extra = act.fn(order, by=step.by, **given) or {}
        if name:
            self.note, extra["damage_by"] = (name, step.by, step.at), gettext("recorded")
        if act.to:
            order.state = act.to
        order.version += 1
        facts = {"was": was, "now": order.state} | {key: plain(value) for key, value in given.items()} | extra
        self.events.append((f"{LABEL}.{act.past}", step.by, step.at, facts))

    def _fill(self, later: dict[str, Any]) -> dict[str, Any]:
        self.lines = [Material(position=n, **row) for n, row in enumerate(later["materials"])]
        for line in self.lines:
            line.derive()
        return {}

    def _reckon(self) -> None:
        self.order.materials_cost = sum(line.amount for line in self.lines)
        self.order.cost = self.order.materials_cost + self.order.outside_cost

    def row(self) -> dict[str, Any]:
        """Every field; what it refers to as an object where that is at hand, so that nobody has to look it up again."""
        order = self.order
        whole = (f.name if f.is_relation and f.is_cached(order) else f.attname for f in FIELDS)
        return {name: getattr(order, name) for name in whole}

    def history(self, order: RepairOrder) -> Iterable[Event]:
        for name, by, at, facts in self.events:
            yield Event.of(name, order, by, facts, at=at)


def tell_bulk(stories: Iterable[Story], end: datetime) -> int:
    """Write a batch of whole lives in a few statements; returns how many orders."""
    lives = [Imagined(story, end) for story in stories]
    orders = add_many(RepairOrder, (life.row() for life in lives), by=None, now=State.REPORTED)
    record_many(event for life, order in zip(lives, orders, strict=True) for event in life.history(order))
    lines, notes = [], []
    for life, order in zip(lives, orders, strict=True):
        for line in life.lines:
            line.head_id = order.pk
            lines.append(line)
        if life.note:
            notes.append(DamageNote(order_id=order.pk, **dict(zip(("text", "by", "at"), life.note, strict=True))))
    Material.objects.bulk_create(lines, batch_size=2000)
    DamageNote.objects.bulk_create(notes)
    return len(orders)
