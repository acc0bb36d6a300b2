"""Builds the demo school step by step, told on the days things happened."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from houqin.kernel import clock
from houqin.school.people.models import User
from houqin.school.rules.models import Rule

from . import calendar, school

NAME = "云岭市青禾中学"
Step = tuple[str, Callable[[], Any]]


class NotEmpty(Exception):
    """The database has people already; the demo school is never mixed with a real one."""


def build(today: date, orders: int, advance: Callable[[str, float], None]) -> None:
    """Fill an empty database; `advance(step, share)` is called with a step's name and the share done (0..1).

    `today` is moved into the term. Raises NotEmpty. All or nothing.
    """
    if User.objects.exists():
        raise NotEmpty
    story = calendar.story_day(today)
    steps: list[Step] = [
        ("school", lambda: _school()),
    ]
    with transaction.atomic():
        for n, (name, step) in enumerate(steps):
            advance(name, n / len(steps))
            step()
    mark(story)
    advance("done", 1.0)


def mark(story: date) -> None:
    """From the next start on this installation is a demo living on that day (settings read the file)."""
    shift = (story - timezone.localdate()).days
    path = settings.DATA_DIR / "demo.json"
    path.write_text(json.dumps({"demo": True, "shift_days": shift}))


def _school() -> None:
    with clock.at(calendar.BOOKS_OPEN):
        calendar.build(None)
        school.build_people(None)
        school.build_classes(None)
        school.build_places(None)
        Rule.objects.get(code="school.name", effective_on=None).amend(by=None, value=NAME)
