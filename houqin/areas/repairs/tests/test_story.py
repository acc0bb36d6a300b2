"""The life of an order, as its verbs tell it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from houqin.areas.repairs.models import DamageNote, RepairOrder, State
from houqin.kernel.events import Event
from houqin.kernel.verbs import NotAllowed

from .conftest import at


def past(order):
    return [event.past for event in Event.objects.about(order).order_by("id")]


@pytest.fixture
def finished(report, school, when):
    def make(**given):
        order = report()
        with when("2026-11-18 09:06"):
            order.accept(by=school.desk)
        with when("2026-11-18 09:10"):
            order.dispatch(by=school.desk, worker=school.worker)
        with when("2026-11-18 09:38"):
            order.arrive(by=school.worker)
        with when("2026-11-18 10:30"):
            facts = {"work_done": "更换密封圈", "damage": "no"} | given
            order.finish(by=school.worker, **facts)
        return order

    return make


def test_a_tap_is_reported_accepted_dispatched_mended_checked_and_rated(finished, school, when):
    order = finished()
    with when("2026-11-18 12:00"):
        order.confirm(by=school.teacher)
    with when("2026-11-18 12:05"):
        order.rate(by=school.teacher, rating=5, words="很快")
    assert order.state == State.RATED
    assert past(order) == ["added", "accepted", "dispatched", "arrived", "finished", "checked", "rated"]
    assert (order.accept_minutes, order.arrive_minutes, order.finish_minutes) == (6, 38, 90)
    assert (order.rating, order.checked_how, order.closed_at) == (5, "reporter", at("2026-11-18 12:00"))


def test_checking_and_rating_may_be_one_act(finished, school):
    order = finished()
    order.confirm(by=school.teacher, rating=4)
    assert (order.state, order.rating) == (State.RATED, 4)


def test_a_new_order_knows_its_room_class_team_and_deadlines(report, school):
    order = report()
    assert order.number == "WX-2026-0001"
    assert (order.building, order.school_class, order.team) == (school.room.building, school.klass, school.team)
    assert (order.accept_limit, order.arrive_limit, order.finish_limit) == (120, 510, 1530)
    assert order.accept_due_at == at("2026-11-18 11:00")
    assert order.arrive_due_at == at("2026-11-19 09:00")
    assert order.finish_due_at == at("2026-11-23 09:00")
    assert order.problem == "水龙头漏水"


def test_an_order_without_a_symptom_or_a_word_is_refused(report):
    with pytest.raises(ValidationError) as error:
        report(symptom="")
    assert list(error.value.message_dict) == ["description"]


def test_dispatching_a_fresh_report_accepts_it_as_well(report, school, when):
    order = report()
    with when("2026-11-18 09:12"):
        order.dispatch(by=school.desk, worker=school.worker)
    assert (order.state, order.accept_minutes, order.worker) == (State.DISPATCHED, 12, school.worker)


def test_the_worker_never_checks_his_own_work(report, school):
    order = report(by=school.worker)
    order.dispatch(by=school.desk, worker=school.worker)
    order.arrive(by=school.worker)
    order.finish(by=school.worker, work_done="换灯管", damage="no")
    with pytest.raises(NotAllowed):
        order.confirm(by=school.worker)
    with pytest.raises(NotAllowed):
        order.rework(by=school.worker, reason="不好")
    order.confirm(by=school.keeper)
    assert order.checked_how == "keeper"
    with pytest.raises(NotAllowed):
        order.rate(by=school.worker, rating=5)


def test_whoever_is_neither_reporter_nor_keeper_says_on_whose_word_he_checks(finished, school):
    order = finished()
    with pytest.raises(ValidationError) as error:
        order.confirm(by=school.desk)
    assert list(error.value.message_dict) == ["note"]
    order.confirm(by=school.desk, note="赵老师电话确认")
    assert order.checked_how == "behalf"


def test_bad_work_goes_back_to_the_worker_and_counts(finished, school):
    order = finished()
    order.rework(by=school.teacher, reason="还在滴水")
    assert (order.state, order.rework_count, order.finished_at) == (State.DISPATCHED, 1, None)
    order.arrive(by=school.worker)
    order.finish(by=school.worker, work_done="换新龙头", damage="no")
    order.confirm(by=school.teacher)
    assert order.state == State.CHECKED


def test_a_dated_plan_sent_back_is_the_second_response(report, school, when):
    order = report()
    order.dispatch(by=school.desk, worker=school.worker)
    with when("2026-11-18 10:00"):
        order.reply(by=school.worker, planned_on=date(2026, 11, 27), reason="需订购阀芯")
    assert (order.state, order.arrive_minutes, order.arrived_at) == (State.DISPATCHED, 60, None)
    assert order.finish_due_at == at("2026-11-27 17:30")
    with when("2026-11-20 10:00"):
        order.arrive(by=school.worker)
    assert (order.arrive_minutes, order.responded_at) == (60, at("2026-11-18 10:00"))


def test_a_plan_for_yesterday_is_refused(report, school, when):
    order = report()
    with when("2026-11-18 10:00"):
        order.accept(by=school.desk)
        with pytest.raises(ValidationError):
            order.reply(by=school.worker, planned_on=date(2026, 11, 17), reason="…")


def test_materials_are_rounded_row_by_row_and_added_up(finished, school):
    rows = [
        {"name": "生料带", "quantity": Decimal("1.5"), "unit": "卷", "price": Decimal("1.333")},
        {"name": "水龙头", "quantity": Decimal(2), "unit": "个", "price": Decimal("32")},
    ]
    order = finished(materials=rows, labour_hours=Decimal("0.8"))
    assert [line.amount for line in order.materials.order_by("position")] == [Decimal("2.00"), Decimal("64.00")]
    assert (order.materials_cost, order.cost, order.labour_hours) == (
        Decimal("66.00"),
        Decimal("66.00"),
        Decimal("0.8"),
    )


def test_materials_logged_again_replace_those_before_and_none_keep_them(finished, school):
    order = finished(materials=[{"name": "水龙头", "quantity": Decimal(2), "price": Decimal("32")}])
    order.use(by=school.worker, labour_hours=Decimal(1))
    assert order.cost == Decimal("64.00")
    order.use(by=school.worker, materials=[{"name": "水龙头", "quantity": Decimal(1), "price": Decimal("32")}])
    assert order.cost == Decimal("32.00")


@pytest.mark.parametrize(
    "row", [{"quantity": Decimal(0)}, {"quantity": Decimal(-1)}, {"price": Decimal(-1)}, {"price": "x"}]
)
def test_a_row_of_nonsense_leaves_nothing_behind(finished, school, row):
    order = finished()
    with pytest.raises(ValidationError):
        order.use(by=school.worker, materials=[{"name": "水龙头", "quantity": Decimal(1), "price": Decimal(1)} | row])
    assert order.materials.count() == 0


def test_a_contractor_is_paid_except_under_warranty(report, school):
    order = report()
    order.dispatch(by=school.desk, worker=school.worker)
    order.outsource(by=school.desk, contractor="恒洁水务", quote=Decimal("300"))
    assert (order.hands, order.quote) == ("恒洁水务", Decimal("300"))
    order.arrive(by=school.worker)
    order.finish(
        by=school.worker,
        work_done="外修完成",
        damage="no",
        outside_cost=Decimal("280"),
        warranty_until=date(2027, 11, 18),
    )
    assert (order.cost, order.warranty_until) == (Decimal("280.00"), date(2027, 11, 18))
    again = report()
    again.dispatch(by=school.desk, worker=school.worker)
    again.outsource(by=school.desk, contractor="恒洁水务", quote=Decimal("300"), under_warranty=True)
    again.arrive(by=school.worker)
    with pytest.raises(NotAllowed):
        again.finish(by=school.worker, work_done="保修", damage="no", outside_cost=Decimal("10"))
    again.finish(by=school.worker, work_done="保修", damage="no")
    assert (again.quote, again.cost) == (Decimal(0), Decimal(0))


def test_damage_is_asked_and_the_name_stands_in_no_history_line(finished, school):
    order = finished(damage="yes", damage_by="初一(3)班 某同学")
    assert (order.damage, order.compensation_state) == ("yes", "open")
    assert DamageNote.objects.get(order=order).text == "初一(3)班 某同学"
    told = "".join(str(event.particulars) for event in Event.objects.about(order))
    assert "某同学" not in told
    with pytest.raises(ValidationError):
        finished(damage="")


def test_an_order_with_an_open_compensation_is_not_archived(finished, school):
    order = finished(damage="yes")
    order.confirm(by=school.teacher)
    with pytest.raises(NotAllowed):
        order.archive(by=school.desk)
    order.compensate(by=school.desk, compensation_state="paid")
    order.archive(by=school.desk)
    assert order.state == State.ARCHIVED


def test_nothing_is_checked_while_the_question_of_damage_is_open(finished, school):
    order = finished()
    RepairOrder.objects.filter(pk=order.pk).update(damage="")
    for act in (lambda: order.confirm(by=school.teacher), lambda: order.lapse(by=None)):
        with pytest.raises(NotAllowed):
            act()
    order.judge(by=school.worker, damage="unclear")
    order.confirm(by=school.teacher)
    assert order.state == State.CHECKED


def test_only_the_reporter_withdraws_and_only_before_the_work(report, school):
    order = report()
    with pytest.raises(NotAllowed):
        order.withdraw(by=school.desk)
    order.withdraw(by=school.teacher, reason="自己修好了")
    assert (order.state, order.is_open) == (State.WITHDRAWN, False)
    begun = report()
    begun.dispatch(by=school.desk, worker=school.worker)
    begun.arrive(by=school.worker)
    with pytest.raises(NotAllowed):
        begun.withdraw(by=school.teacher)


def test_a_refusal_is_a_first_response_and_says_why(report, school, when):
    order = report()
    with when("2026-11-18 09:20"):
        order.refuse(by=school.desk, reason="属于班级自管物品")
    assert (order.state, order.accept_minutes, order.is_open) == (State.REFUSED, 20, False)


def test_a_void_order_keeps_its_number_and_takes_no_more(report, school):
    order = report()
    order.void(by=school.desk, reason="误填")
    assert (order.state, order.number) == (State.VOID, "WX-2026-0001")
    with pytest.raises(NotAllowed):
        order.comment(by=school.desk, text="…")
    assert report().number == "WX-2026-0002"


def test_me_too_counts_a_person_once(report, school):
    order = report()
    order.join(by=school.keeper)
    for person in (school.keeper, school.teacher):
        with pytest.raises(NotAllowed):
            order.join(by=person)
    order.join(by=None)
    assert (order.echoes, list(order.followers.all())) == (2, [school.keeper])


def test_a_duplicate_goes_into_the_earlier_order_and_its_reporter_follows_that(report, school):
    first, second = report(), report(by=school.keeper)
    second.merge(by=school.desk, into=f" {first.number.lower()} ")
    first.refresh_from_db()
    assert (second.state, second.merged_into, first.echoes) == (State.MERGED, first, 1)
    assert list(first.followers.all()) == [school.keeper]
    third = report()
    for number in ("WX-2026-9999", third.number, second.number):
        with pytest.raises(ValidationError):
            third.merge(by=school.desk, into=number)


def test_a_paper_slip_is_keyed_in_with_its_own_times(report, school, when):
    order = report()
    with when("2026-11-18 09:05"):
        order.dispatch(by=school.desk, worker=school.worker)
    with when("2026-11-18 17:00"):
        facts = {"work_done": "换阀芯", "damage": "no"}
        with pytest.raises(ValidationError):
            order.key_in(by=school.desk, came_at=at("2026-11-18 10:00"), done_at=at("2026-11-18 09:30"), **facts)
        order.key_in(by=school.desk, came_at=at("2026-11-18 10:00"), done_at=at("2026-11-18 11:00"), **facts)
    assert (order.state, order.arrive_minutes, order.finish_minutes) == (State.FINISHED, 60, 120)
    order.confirm(by=school.desk, note="赵老师签字")
    assert order.checked_how == "behalf"


def test_a_transfer_names_the_former_worker(report, school):
    order = report()
    order.dispatch(by=school.desk, worker=school.worker)
    with pytest.raises(ValidationError):
        order.transfer(by=school.desk, worker=school.worker)
    event = order.transfer(by=school.desk, worker=school.other, reason="请假")
    assert (order.worker, event.particulars["former"]) == (school.other, "李志强")


def test_changing_the_urgency_sets_the_clocks_anew(report, school):
    order = report()
    order.amend(by=school.desk, urgency=3)
    assert (order.accept_limit, order.arrive_limit) == (15, 30)
    assert order.arrive_due_at == at("2026-11-18 09:30")
