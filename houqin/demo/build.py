"""Builds the demo school step by step, told on the days things happened."""

import json
import shutil
from collections.abc import Callable
from datetime import date, datetime
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from houqin.kernel import clock
from houqin.school.people.models import User
from houqin.school.places.models import Place
from houqin.school.rules.models import Rule

from . import calendar, orders, school, tasks

NAME = "云岭市青禾中学"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
Advance = Callable[[str, float], None]


class NotEmpty(Exception):
    """The database has people already; the demo school is never mixed with a real one."""


def build(today: date, count: int, advance: Advance) -> None:
    """Fill an empty database with `count` repair orders (0: what a term brings) and everything around them.

    `today` is moved into the term. `advance(step, share)` hears the step's name and the share done (0..1). All or
    nothing: what is interrupted leaves neither rows nor pictures. Raises NotEmpty.
    """
    if User.objects.exists():
        raise NotEmpty
    story, pictures = calendar.story_day(today), settings.MEDIA_ROOT / "attachments"
    had_pictures = pictures.exists()
    try:
        with transaction.atomic():
            _fill(story, count, advance)
    except BaseException:
        if not had_pictures:
            shutil.rmtree(pictures, ignore_errors=True)
        raise
    mark(orders.now_of(story))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the planner's figures, so that the first pages are as quick as the later ones
    advance("done", 1.0)


def _fill(story: date, count: int, advance: Advance) -> None:
    advance("people and places", 0.0)
    with clock.at(calendar.BOOKS_OPEN):
        _school()
    advance("work plan", 0.08)
    tasks.build(orders.now_of(story))
    orders.build(story, count, lambda share: advance("repair orders", 0.15 + 0.85 * share))


def mark(now: datetime) -> None:
    """From here on this installation is a demo whose clock goes on from `now` (settings read the file)."""
    shift = now - timezone.localtime()
    path = settings.DATA_DIR / "demo.json"
    path.write_text(json.dumps({"demo": True, "shift_seconds": round(shift.total_seconds())}))


def _school() -> Any:
    calendar.build(None)
    school.build_people(None)
    school.build_classes(None)
    school.build_places(None)
    _print_the_same_codes()
    Rule.objects.get(code="school.name", effective_on=None).amend(by=None, value=NAME)


def _print_the_same_codes() -> None:
    """The demo school's printed codes are no secrets, and are the same in every picture."""
    dice, places = Random(17), list(Place.objects.order_by("pk"))
    for place in places:
        place.token = "".join(dice.choices(LETTERS, k=16))
    Place.objects.bulk_update(places, ["token"], batch_size=100)
