"""A small school: a room with a keeper, a class, a desk, two workers; and a clock that stands on a Wednesday."""

from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine

from houqin.areas.repairs.factories import CategoryFactory
from houqin.areas.repairs.models import RepairOrder
from houqin.kernel.access import Grant, parse_line
from houqin.kernel.registers import registry
from houqin.school.people.factories import DepartmentFactory, SchoolClassFactory, UserFactory, role
from houqin.school.places.factories import PlaceFactory
from houqin.school.rules.snapshots import forget

ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    """at("2026-11-18 09:00") in the school's zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.fixture
def school(db):
    team = DepartmentFactory(kind="team", name="水电组")
    keeper, homeroom = UserFactory(name="王丽娟"), UserFactory(name="周班主任")
    klass = SchoolClassFactory(grade="初一", number=3, homeroom=homeroom)
    return SimpleNamespace(
        team=team, keeper=keeper, homeroom=homeroom, klass=klass,
        teacher=UserFactory(name="赵老师"), desk=UserFactory(name="周敏"),
        worker=UserFactory(name="李志强", department=team), other=UserFactory(name="赵永平", department=team),
        room=PlaceFactory(code="2-109", keeper=keeper, school_class=klass),
        category=CategoryFactory(name="水管水龙头测试", team=team),
    )  # fmt: skip


@pytest.fixture
def report(school):
    def make(when="2026-11-18 09:00", by=None, **given):
        facts = {"place": school.room, "category": school.category, "symptom": "水龙头漏水"} | given
        with time_machine.travel(at(when), tick=False):
            return RepairOrder.add(by=by or school.teacher, **facts)

    return make


@pytest.fixture
def when():
    """with when("2026-11-18 09:06"): … happens at that minute."""
    return lambda text: time_machine.travel(at(text), tick=False)


@pytest.fixture(autouse=True)
def _fresh_snapshots():
    forget()
    yield
    forget()


REPORTER = "own: view withdraw urge supplement comment confirm rework rate; all: add join"
WORKER = f"assigned: view arrive reply suspend resume use finish transfer; {REPORTER}"
DESK = "all: *"


@pytest.fixture
def allow(db):
    """allow(user, "own: view; all: add") gives a role of its own with these rights on orders."""

    def give(user, line):
        one = role(f"T{user.pk}")
        words = registry["repairs.repairorder"].words
        for verb, scope in parse_line(line, words):
            Grant.objects.get_or_create(role=one, register="repairs.repairorder", verb=verb, scope=scope)
        user.roles.set([one])
        user.__dict__.pop("_grants", None)
        return user

    return give


@pytest.fixture
def signed_in(client):
    def go(user):
        client.force_login(user)
        return client

    return go
