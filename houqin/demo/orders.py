"""The repairs of the demo school: a history in bulk, the last days through the verbs, and today's awkward cases."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random

from houqin.kernel import clock

from . import telling, timetable
from .awkward import Awkward
from .calendar import BOOKS_OPEN, FIRST_DAY, moment
from .cast import Cast, give_teams
from .pictures import SCENE_OF
from .stories import Story, Teller

RECENT = timedelta(days=9)
BATCH = 2000
Advance = Callable[[float], None]


def now_of(story: date) -> datetime:
    """The minute of its day at which the story stops and the school's clock goes on."""
    return moment(story, 10, 20)


def build(story: date, orders: int, advance: Advance) -> int:
    """Tell about `orders` orders (0: what a term brings) up to the story's day; returns how many. `advance` hears 0..1."""
    with clock.at(BOOKS_OPEN):
        give_teams(None)
    end, cast = now_of(story), Cast()
    with clock.at(end):
        told = list(_term(cast, end))
        extra = max(0, orders - len(told))
        recent = [one for one in told if one.at > end - RECENT]
        history = told[: len(told) - len(recent)]
        history = history[max(0, len(told) - orders) :] if orders and not extra else history
        total = extra + len(told)
        done = 0
        for batch in _batches(_older(cast, extra), history):
            done += telling.tell_bulk(batch, end)
            advance(0.95 * done / total)
    _picture_some(recent, end)
    telling.tell_live(recent, end)
    advance(1.0)
    return done + len(recent)


def _term(cast: Cast, end: datetime) -> list[Story]:
    """The ordinary orders of the term up to `end`, with the awkward ones among them, in order."""
    teller, awkward = Teller(cast, seed=20260830), list(Awkward(cast, end).stories())
    there = Counter(story.at.date() for story in awkward)
    found = []
    for at, weekend in timetable.reports(FIRST_DAY + timedelta(days=1), end.date(), Random(5)):
        if there[at.date()] > 0:  # a day with awkward cases has so many ordinary ones less
            there[at.date()] -= 1
        elif at < end:
            found.append(teller.story(at, weekend))
    return sorted([*found, *awkward], key=lambda story: story.at)


def _older(cast: Cast, count: int) -> Iterator[Story]:
    teller = Teller(cast, seed=20230901, crowded=True)
    for at, weekend in timetable.earlier(count, Random(7)):
        yield teller.story(at, weekend)


def _batches(older: Iterator[Story], history: list[Story]) -> Iterator[list[Story]]:
    for stories in (older, iter(history)):
        while batch := list(islice(stories, BATCH)):
            yield batch


def _picture_some(recent: list[Story], end: datetime) -> None:
    """A photo with every sixth ordinary report of the last days that a scene fits."""
    plain = [story for story in recent if story.given["category"].name in SCENE_OF and not story.photos]
    for story in plain[::6]:
        scene = SCENE_OF[story.given["category"].name]
        story.photos = (scene,)
        for step in story.steps:
            if step.verb == "finish":
                step.given["photos"] = [f"{scene}_done"]
