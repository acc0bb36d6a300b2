"""The life of one repair order as it is told later: who did what when, drawn from seeded dice."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from houqin.areas.repairs.models import CheckedBy, Damage, RepairOrder, Source, Urgency
from houqin.school.people.models import User
from houqin.school.terms import calendar

from . import faults
from .cast import Cast, use_of


@dataclass
class Step:
    """One act: when, by whom, which verb, with what."""

    at: datetime
    by: User | None
    verb: str
    given: dict[str, Any] = field(default_factory=dict)


@dataclass
class Story:
    """An order from its report on; `order` is set once it is told."""

    at: datetime
    by: User | None
    given: dict[str, Any]
    steps: list[Step] = field(default_factory=list)
    photos: tuple[str, ...] = ()
    order: RepairOrder | None = None

    def then(self, at: datetime, by: User | None, verb: str, **given: Any) -> datetime:
        self.steps.append(Step(at, by, verb, given))
        return at


class Teller:
    """Tells stories in order of their reports; workers take one job after the other unless `crowded`."""

    def __init__(self, cast: Cast, seed: int, crowded: bool = False) -> None:
        self.cast, self.dice, self.crowded = cast, Random(seed), crowded
        self.free: dict[int, datetime] = {}

    def story(self, at: datetime, weekend: bool) -> Story:
        """An ordinary order reported at this moment, told to its end."""
        dice, place = self.dice, self.cast.place(self.dice, weekend)
        category, symptom = self.cast.fault(dice, use_of(place))
        given = {
            "place": place, "category": category, "symptom": symptom, "source": Source.WEB,
            "description": dice.choice(faults.WORDS[category.name].split("|")) if dice.random() < 0.6 else "",
            "urgency": dice.choices(Urgency.values, (80, 15, 5))[0],
        }  # fmt: skip
        anonymous = place.use in ("classroom", "dorm") and dice.random() < 0.14
        if anonymous:
            owner = f"{place.school_class}学生" if place.school_class_id else f"{place.code}寝室"
            story = Story(at, None, given | {"source": Source.PUBLIC, "reporter_name": owner})
        else:
            given["source"] = Source.QR if dice.random() < 0.25 else Source.WEB
            story = Story(at, self.cast.reporter(dice, place), given)
            if dice.random() < 0.07:
                story = Story(at, self.cast.desk, given | {"source": Source.PHONE, "reporter": story.by})
        self.live(story, category.name)
        return story

    # the parts of a life ---------------------------------------------------------

    def live(self, story: Story, category: str) -> None:
        desk = self.cast.desk if self.dice.random() < 0.92 else self.cast.director
        urgency, lot = story.given["urgency"], self.dice.random()
        if lot < 0.012 and story.by is not None and story.given["source"] != Source.PHONE:
            story.then(soon(story.at, self.dice.randint(4, 30)), story.by, "withdraw", reason="自己处理好了")
            return
        slow = 6 if self.dice.random() < 0.06 else 1
        now = soon(story.at, self.dice.randint(2, 45 if urgency == Urgency.NORMAL else 12) * slow)
        if lot < 0.035:
            story.then(now, desk, "refuse", reason=self.dice.choice(faults.REFUSALS))
            return
        worker = self.cast.worker(story.given["category"])
        if self.dice.random() < 0.75:
            story.then(now, desk, "accept")
            now = soon(now, self.dice.randint(1, 20))
        if lot < 0.04:
            story.then(now, self.cast.director, "void", reason="重复填写，另有单据")
            return
        story.then(now, desk, "dispatch", worker=worker)
        finished = self.work(story, category, worker, now)
        self.close(story, category, finished, worker)

    def work(self, story: Story, category: str, worker: User, now: datetime) -> datetime:
        """From the dispatch to the finished work; returns when it was finished."""
        dice, quick = self.dice, story.given["urgency"] > Urgency.NORMAL
        now = self.turn(worker, soon(now, dice.randint(5, 20 if quick else 120)))
        if not quick and dice.random() < 0.035:
            day = calendar.add_working_days(now.date(), 1)
            story.then(now, worker, "reply", planned_on=day, reason=dice.choice(faults.NOT_AT_ONCE))
            now = soon(now, calendar.day_minutes())
        story.then(now, worker, "arrive")
        if dice.random() < 0.06:
            kept = soon(now, dice.randint(5, 20))
            day = calendar.add_working_days(kept.date(), dice.randint(1, 3))
            story.then(kept, worker, "suspend", reason=dice.choice(faults.WAITING_FOR), expected_on=day)
            now = story.then(soon(kept, dice.randint(300, 1400)), worker, "resume")
        elif category in faults.CONTRACTORS and dice.random() < 0.03:
            return self.outside(story, category, worker, now)
        now = self.finish(story, category, worker, now)
        if dice.random() < 0.035:
            now = soon(now, dice.randint(20, 200))
            story.then(now, story.given.get("reporter", story.by), "rework", reason=dice.choice(faults.AGAIN))
            now = story.then(soon(now, dice.randint(20, 200)), worker, "arrive")
            now = self.finish(story, category, worker, now)
        return now

    def finish(self, story: Story, category: str, worker: User, now: datetime) -> datetime:
        dice, minutes = self.dice, self.dice.randint(12, 70)
        lot = dice.random()
        broken = lot < faults.BREAKABLE.get(category, 0)
        damage = Damage.YES if broken else Damage.UNCLEAR if lot > 0.97 else Damage.NO
        given: dict[str, Any] = {"work_done": dice.choice(faults.MENDED[category].split("|")), "damage": damage}
        if broken and dice.random() < 0.7:
            place = story.given["place"]
            given["damage_by"] = f"{place.school_class}" if place.school_class_id else f"{place.code}寝室"
        story.then(
            soon(now, minutes), worker, "finish", **given, materials=materials(dice, category),
            labour_hours=Decimal(max(1, round(minutes / 15))) / 4,
        )  # fmt: skip
        return story.steps[-1].at

    def outside(self, story: Story, category: str, worker: User, now: datetime) -> datetime:
        """A firm comes the next day or so, and warrants its work."""
        dice, price = self.dice, Decimal(self.dice.randint(12, 90)) * 10
        now = soon(now, dice.randint(5, 30))
        story.then(now, worker, "outsource", contractor=faults.CONTRACTORS[category], quote=price)
        now = soon(now, dice.randint(200, 900))
        story.then(
            now, worker, "finish", work_done=f"厂家到场，{faults.MENDED[category].split('|')[0]}", damage=Damage.NO,
            outside_cost=price, warranty_until=now.date() + timedelta(days=365),
        )  # fmt: skip
        return now

    def close(self, story: Story, category: str, finished: datetime, worker: User) -> None:
        """Checked by somebody or by time, perhaps rated, settled where somebody broke it, archived after 30 days."""
        dice, reporter = self.dice, story.given.get("reporter", story.by)
        now, lot = soon(finished, dice.randint(3, 400)), dice.random()
        place, how = story.given["place"], None
        if reporter is None:
            if lot < 0.5 and place.keeper:
                story.then(now, place.keeper, "confirm")
            elif lot < 0.7:
                story.then(now, self.cast.desk, "confirm", note=dice.choice(faults.ON_WORD))
            else:
                now = self.lapse(story, finished)
        elif lot < 0.2:
            now = self.lapse(story, finished)
        else:
            how = CheckedBy.REPORTER
            story.then(now, reporter, "confirm", **(rating(dice) if dice.random() < 0.55 else {}))
        if how and "rating" not in story.steps[-1].given and dice.random() < 0.25:
            story.then(now + timedelta(minutes=dice.randint(1, 90)), reporter, "rate", **rating(dice))
        if [step.given["damage"] for step in story.steps if step.verb == "finish"][-1] == Damage.YES:
            later = soon(now, dice.randint(500, 4000))
            settled = "waived" if dice.random() < 0.25 else "paid"
            if dice.random() < 0.2:
                return
            now = story.then(later, self.cast.desk, "compensate", compensation_state=settled, note="")
        story.then(at_hour(now + timedelta(days=30), 2, 20), None, "archive")

    def lapse(self, story: Story, finished: datetime) -> datetime:
        now = soon(finished, 2 * calendar.day_minutes())
        return story.then(now + timedelta(minutes=(10 - now.minute) % 60 or 60), None, "lapse")

    def turn(self, worker: User, wanted: datetime) -> datetime:
        """When the worker can come: one job after the other, each of about half an hour."""
        if self.crowded:
            return wanted
        start = max(wanted, self.free.get(worker.pk, wanted))
        self.free[worker.pk] = soon(start, self.dice.randint(20, 45))
        return start


def soon(at: datetime, minutes: int) -> datetime:
    """So many working minutes later, by the school calendar."""
    return calendar.add_working_minutes(at, minutes)


def at_hour(at: datetime, hour: int, minute: int) -> datetime:
    """The next time of that hour and minute."""
    there = at.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return there if there >= at else there + timedelta(days=1)


def materials(dice: Random, category: str) -> list[dict[str, Any]]:
    """None, one or two rows of what that kind of work takes."""
    rows = dice.sample(
        faults.MATERIALS[category], min(dice.choices((0, 1, 2), (30, 50, 20))[0], len(faults.MATERIALS[category]))
    )
    return [
        {"name": name, "spec": spec, "unit": unit, "price": Decimal(price), "quantity": Decimal(dice.randint(1, most))}
        for name, spec, unit, price, most in rows
    ]


def rating(dice: Random) -> dict[str, Any]:
    stars = dice.choices((5, 4, 3, 2, 1), (70, 20, 7, 2, 1))[0]
    return {"rating": stars, "words": dice.choice(faults.PRAISE if stars > 3 else faults.BLAME)}


def until(steps: list[Step], end: datetime) -> Iterator[Step]:
    """The steps that have happened by then; what follows one that has not is not there either."""
    for step in steps:
        if step.at > end:
            return
        yield step
