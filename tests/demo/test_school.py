"""青禾中学 is the school of domain/50 E2, and its history holds together."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db.models import Count, F

from houqin.areas.repairs.models import DONE, Category, RepairOrder, State, Urgency
from houqin.areas.workplan.models import Plan, Task
from houqin.demo import orders, school
from houqin.demo.cast import Cast
from houqin.kernel import clock
from houqin.kernel.events import Event
from houqin.kernel.records import Attachment
from houqin.kernel.registers.search import SearchEntry
from houqin.school.people.models import Department, SchoolClass, User
from houqin.school.places.models import Place
from houqin.school.terms import calendar

pytestmark = pytest.mark.usefixtures("demo")
LABEL = "repairs.repairorder"


def histories() -> dict[int, list[Event]]:
    found: dict[int, list[Event]] = {}
    for event in Event.objects.filter(name__startswith=f"{LABEL}.").order_by("id"):
        found.setdefault(event.subject_id, []).append(event)
    return found


def test_it_has_the_classes_rooms_and_people_of_the_description():
    rooms = dict(Place.objects.filter(kind="room").values_list("use").annotate(n=Count("pk")))
    assert SchoolClass.objects.count() == 36
    assert Place.objects.filter(kind="room").count() == 212
    assert (rooms["classroom"], rooms["lab"], rooms["office"], rooms["dorm"]) == (36, 14, 22, 124)
    assert sum(row.pupils for row in SchoolClass.objects.all()) == 1668
    assert Department.objects.get(name="总务处").head.name == "李建国"
    assert User.objects.filter(username__regex="^(js|xz)").count() + 8 == 168 + 12
    assert Place.find("2—109").code == "2-109"


def test_every_school_day_brings_twelve_to_nineteen_reports_and_a_boarders_weekend_a_few():
    days = Counter(
        order.reported_at.astimezone(orders.now_of(clock.today()).tzinfo).date() for order in RepairOrder.objects.all()
    )
    day, counts = min(days), []
    while day < clock.today():
        counts.append((calendar.is_working_day(day), days[day]))
        day += timedelta(days=1)
    school_days = [count for worked, count in counts if worked]
    assert (min(school_days) >= 12, max(school_days) <= 19) == (True, True)
    assert max(count for worked, count in counts if not worked) <= 5
    assert 850 <= RepairOrder.objects.count() <= 1100


def test_numbers_have_no_gaps_and_follow_the_reports():
    rows = list(RepairOrder.objects.order_by("serial").values_list("number", "reported_at"))
    assert [number for number, _at in rows] == [f"WX-2026-{n:04d}" for n in range(1, len(rows) + 1)]
    assert all(a <= b for (_n, a), (_m, b) in pairwise(rows))


def test_the_events_of_every_order_tell_its_state():
    told = histories()
    for order in RepairOrder.objects.all():
        events = [event for event in told[order.pk] if "now" in event.particulars]
        assert events[0].name == f"{LABEL}.added" and events[0].particulars["now"] == State.REPORTED
        states = [event.particulars["now"] for event in events]
        assert [event.particulars["was"] for event in events[1:]] == states[:-1], order
        assert states[-1] == order.state, order
        assert all(a.at <= b.at for a, b in pairwise(events)), order
        assert events[-1].at <= clock.now()


def test_times_and_minutes_of_every_order_agree_with_the_school_calendar():
    for order in RepairOrder.objects.filter(finished_at__isnull=False):
        times = [order.reported_at, order.accepted_at, order.dispatched_at, order.arrived_at, order.finished_at]
        assert times == sorted(times), order
        assert order.accept_minutes == calendar.working_minutes(order.reported_at, order.accepted_at)
    costs = RepairOrder.objects.annotate(lines=Count("materials")).filter(lines__gt=0)
    assert all(order.materials_cost == sum(line.amount for line in order.materials.all()) for order in costs[:200])
    assert not RepairOrder.objects.exclude(cost=F("materials_cost") + F("outside_cost")).exists()


def test_nobody_checks_his_own_work_and_only_reporters_rate():
    assert not RepairOrder.objects.filter(checked_by=F("worker")).exists()
    assert not RepairOrder.objects.filter(state__in=DONE, damage="").exists()
    for event in Event.objects.filter(name=f"{LABEL}.rated").select_related("actor"):
        assert event.actor_id == event.subject.reporter_id


def test_every_state_an_order_can_be_in_occurs():
    assert set(RepairOrder.objects.values_list("state", flat=True)) == set(State.values)


def test_the_awkward_cases_are_there():
    now, found = clock.now(), RepairOrder.objects
    assert found.filter(accepted_at=None, closed_at=None, accept_due_at__lt=now).count() >= 2
    assert found.late().filter(state=State.DISPATCHED, arrive_due_at__lt=now, responded_at=None).exists()
    assert found.filter(state=State.SUSPENDED, expected_on__lt=clock.today()).exists()
    assert found.filter(state=State.ACCEPTED, urgency=Urgency.URGENT, worker=None).exists()
    assert found.filter(place__code="2-109", category__name="教学屏", symptom="无信号").count() >= 4
    assert found.exclude(contractor="").filter(state=State.ON_SITE).exists()
    assert found.filter(state=State.MERGED, merged_into__echoes__gte=2).exists()
    assert found.filter(compensation_state="open").exists()
    for worker in ("chenzhiqiang", "wanghai"):
        assert found.filter(worker__username=worker, state__in=(State.DISPATCHED, State.ON_SITE)).count() >= 2
    for teacher in ("zhanghui", "xuxiaoming", "wuguifang"):
        assert found.filter(reporter__username=teacher, state=State.FINISHED).exists()


def test_recent_orders_have_pictures_notices_and_every_order_can_be_searched():
    assert Attachment.objects.filter(stage="report").count() >= 8
    assert User.objects.get(username="zhanghui").notices.exists()
    entries = SearchEntry.objects.filter(subject_type__model="repairorder")
    assert entries.count() == RepairOrder.objects.count()


def test_every_category_has_its_team():
    assert set(Category.objects.values_list("team__name", flat=True)) == {"水电组", "木工组", "信息组"}


def test_the_plan_is_imported_and_lived():
    plan = Plan.objects.get()
    assert (plan.periods.count(), plan.tasks.count()) == (21, 51)
    week = plan.periods.get(number=13)
    assert (str(week.start), str(week.end)) == ("2026-11-22", "2026-11-28")
    past = Task.objects.filter(nature="task", due__lt=clock.today())
    assert 1 <= past.filter(state__in=("waiting", "doing")).count() <= 2
    assert past.filter(state="confirmed").exclude(result="").count() >= 20
    confirmed = Event.objects.filter(name="workplan.task.confirmed")
    assert all(event.actor_id != event.subject.finished_by_id for event in confirmed)
    exam = Task.objects.get(text__startswith="期中考试(")
    assert (exam.tentative, str(exam.start), str(exam.due)) == (False, "2026-11-11", "2026-11-13")


def test_the_same_dice_tell_the_same_story():
    end = orders.now_of(clock.today())
    told = [
        [(s.at, s.by, s.given["place"], s.given["symptom"], [(t.at, t.verb, t.by) for t in s.steps]) for s in stories]
        for stories in (orders._term(Cast(), end), orders._term(Cast(), end))
    ]
    assert told[0] == told[1]
    rows = RepairOrder.objects.order_by("serial").values_list("reported_at", "place__code", "symptom")
    assert [(s.at, s.given["place"].code, s.given["symptom"]) for s in orders._term(Cast(), end)] == list(rows)


def test_the_shown_accounts_are_people_of_the_school():
    assert all(
        User.objects.filter(username=username, name=name).exists() for username, name, _for in school.shown_accounts()
    )
