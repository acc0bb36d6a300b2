"""A term of 21 weeks from Sunday 30 August 2026, an office with its people, and a clock on Monday of week 13."""

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine

from houqin.areas.workplan.factories import imported, intake
from houqin.school.people.factories import DepartmentFactory, UserFactory
from houqin.school.places.factories import PlaceFactory
from houqin.school.rules.snapshots import forget
from houqin.school.terms.factories import SchoolYearFactory, TermFactory

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)

PLAN = """2026—2027学年第一学期总务处工作计划
一、指导思想
坚持服务育人，精细管理。
四、工作安排
第1周8.30~9.05
1、开学安全检查（孙立军）
2、新生课桌椅发放（周敏）；
第13周11.22~11.28
1、每周检查灭火器（孙立军）
2、整理2—109的桌椅,协助教务处布置考场（周敏）
5、校舍全面排查（王不在）
5、教育局消防检查（时间待定）（周敏）
第14周11.29~12.05
1、室外水管防冻包扎;检查水箱;清理屋面;疏通落水管（周敏）
2、其它工作
"""


@pytest.fixture
def school(db):
    forget()
    office = DepartmentFactory(name="总务处")
    term = TermFactory(year=SchoolYearFactory(first_day=date(2026, 8, 30), last_day=date(2027, 8, 28)))
    term.lay_weeks(by=None)
    return SimpleNamespace(
        term=term, office=office, teaching=DepartmentFactory(name="教务处"), room=PlaceFactory(code="2-109"),
        director=UserFactory(name="陈建国", department=office, codes=["ZW"]),
        sun=UserFactory(name="孙立军", department=office), zhou=UserFactory(name="周敏", department=office),
    )  # fmt: skip


@pytest.fixture
def document(school):
    """document() is the plan above, read; document(text) another one."""
    return lambda text=PLAN, **given: intake(text, school.term, school.director, **given)


@pytest.fixture
def taken(school):
    return lambda text=PLAN, **given: imported(text, school.term, school.director, **given)


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield
