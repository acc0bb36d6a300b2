"""Reporting signed in, the board, the worker's list, and what each page costs."""

import io
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.urls import reverse
from PIL import Image

from houqin.areas.repairs.factories import RepairOrderFactory
from houqin.areas.repairs.models import RepairOrder, Source, State
from houqin.kernel.events import Event
from houqin.kernel.verbs import NotAllowed

from .conftest import DESK, REPORTER, WORKER


def photo(name="tap.jpg"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def answers(school, **more):
    return {"category": school.category.pk, f"symptom-{school.category.pk}": "漏水", "urgency": "1", "once": "a"} | more


def test_a_teacher_reports_from_the_rooms_code_with_a_photo(school, allow, signed_in):
    page = signed_in(allow(school.teacher, REPORTER))
    url = f"{reverse('repairs_report')}?at={school.room.token}"
    assert page.get(url).status_code == 200
    answer = page.post(url, answers(school, description="左边那个", photos=[photo()]))
    order = RepairOrder.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, order.get_absolute_url())
    assert (order.problem, order.source, order.reporter) == ("漏水，左边那个", Source.QR, school.teacher)
    assert [(file.stage, file.by) for file in order.attachments] == [("report", school.teacher)]


def test_a_second_tap_on_a_slow_phone_reports_nothing_twice(school, allow, signed_in):
    page = signed_in(allow(school.teacher, REPORTER))
    url = f"{reverse('repairs_report')}?place={school.room.pk}"
    assert [page.post(url, answers(school)).status_code for _n in range(2)] == [302, 302]
    assert RepairOrder.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"category": ""}, {"category": "x"}, {"category": "999999"}, {"urgency": "9"}])
def test_a_wrong_report_is_said_in_place_and_writes_nothing(school, allow, signed_in, wrong):
    page = signed_in(allow(school.teacher, REPORTER))
    answer = page.post(f"{reverse('repairs_report')}?place={school.room.pk}", answers(school) | wrong)
    assert (answer.status_code, RepairOrder.objects.count()) == (422, 0)


def test_a_broken_photo_leaves_no_half_report(school, allow, signed_in):
    page = signed_in(allow(school.teacher, REPORTER))
    broken = SimpleUploadedFile("x.jpg", b"\xff\xd8\xff\xe0 no picture", "image/jpeg")
    answer = page.post(f"{reverse('repairs_report')}?place={school.room.pk}", answers(school, photos=[broken]))
    assert (answer.status_code, RepairOrder.objects.count()) == (422, 0)


def test_the_place_is_found_by_any_dash_and_among_the_last_ones(school, allow, signed_in):
    page = signed_in(allow(school.teacher, REPORTER))
    link = f"{reverse('repairs_report')}?place={school.room.pk}"
    assert link in page.get(reverse("repairs_report"), {"q": "2—109"}).content.decode()
    assert link not in page.get(reverse("repairs_report")).content.decode()
    RepairOrderFactory(place=school.room, category=school.category, reporter=school.teacher, by=school.teacher)
    assert link in page.get(reverse("repairs_report")).content.decode()


def test_open_orders_of_the_room_are_shown_first_and_joined_by_a_tap(school, allow, signed_in, report):
    order = report(by=school.keeper)
    page = signed_in(allow(school.teacher, "own: view add join"))
    url = reverse("repairs_report_join", args=[order.pk])
    assert url in page.get(f"{reverse('repairs_report')}?place={school.room.pk}").content.decode()
    assert [page.post(url).status_code for _n in range(2)] == [302, 302]
    order.refresh_from_db()
    assert order.echoes == 1
    assert page.get(order.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "name", ["repairs_report", "repairs_board", "repairs_jobs", "repairs_statistics", "repairs_classes"]
)
def test_strangers_are_refused_and_the_anonymous_sent_to_sign_in(school, client, name):
    assert client.get(reverse(name)).status_code == 302
    client.force_login(school.teacher)
    assert client.get(reverse(name)).status_code == 403


def test_the_board_shows_who_has_what_and_refreshes_its_own_part(school, allow, signed_in, report):
    allow(school.worker, WORKER)
    waiting, given = report(), report()
    given.dispatch(by=school.desk, worker=school.worker)
    page = signed_in(allow(school.desk, DESK))
    text = page.get(reverse("repairs_board")).content.decode()
    assert reverse("repairs:repairorder_dispatch", args=[waiting.pk]) in text
    assert reverse("repairs:repairorder_transfer", args=[given.pk]) in text
    part = page.get(reverse("repairs_board"), headers={"HX-Request": "true", "HX-Target": "board"}).content.decode()
    assert part.strip().startswith('<div id="board"')


def test_the_dispatch_dialog_offers_the_team_first_with_their_load(school, allow, signed_in, report):
    outsider = allow(school.keeper, WORKER)
    allow(school.worker, WORKER)
    busy = report()
    busy.dispatch(by=school.desk, worker=school.worker)
    order = report()
    page = signed_in(allow(school.desk, DESK))
    text = page.get(reverse("repairs:repairorder_dispatch", args=[order.pk])).content.decode()
    assert text.index("李志强") < text.index(outsider.name)
    answer = page.post(reverse("repairs:repairorder_dispatch", args=[order.pk]), {"worker": school.worker.pk})
    order.refresh_from_db()
    assert (answer.status_code, order.worker) == (302, school.worker)


def test_the_worker_mends_from_his_phone_list(school, allow, signed_in, report):
    order = report()
    order.dispatch(by=school.desk, worker=allow(school.worker, WORKER))
    page = signed_in(school.worker)
    assert order.number in page.get(reverse("repairs_jobs")).content.decode()
    assert page.post(reverse("repairs:repairorder_arrive", args=[order.pk])).status_code == 302
    told = {
        "work_done": "换阀芯",
        "damage": "no",
        "materials-0-name": "阀芯",
        "materials-0-quantity": "1",
        "materials-0-price": "12.5",
    }
    assert page.post(reverse("repairs:repairorder_finish", args=[order.pk]), told).status_code == 302
    order.refresh_from_db()
    assert (order.state, str(order.cost)) == (State.FINISHED, "12.50")
    assert page.get(reverse("repairs:repairorder_confirm", args=[order.pk])).status_code in (403, 404, 409)


def test_every_state_has_a_page(school, allow, signed_in):
    page = signed_in(allow(school.desk, DESK))
    for state in State:
        order = RepairOrderFactory(place=school.room, category=school.category, state=state, worker=school.worker)
        order.refresh_from_db()
        assert (order.state, page.get(order.get_absolute_url()).status_code) == (state, 200)
    assert page.get(reverse("repairs:repairorder_list")).status_code == 200


def test_the_name_behind_a_damage_is_shown_to_those_who_record_it_only(school, allow, signed_in, report):
    order = report()
    order.dispatch(by=school.desk, worker=school.worker)
    order.arrive(by=school.worker)
    order.finish(by=school.worker, work_done="换玻璃", damage="yes", damage_by="初一(3)班 王某某")
    assert "王某某" in signed_in(allow(school.desk, DESK)).get(order.get_absolute_url()).content.decode()
    assert "王某某" not in signed_in(allow(school.teacher, REPORTER)).get(order.get_absolute_url()).content.decode()


def test_a_dispatch_slip_is_printed_for_several_orders(school, allow, signed_in, report):
    orders = [report(), report()]
    page = signed_in(allow(school.desk, DESK))
    answer = page.get(f"/repairs/repairorder/sheet/dispatch/?pk={orders[0].pk},{orders[1].pk}")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


@pytest.mark.parametrize("name", ["repairs_board", "repairs_jobs", "repairs:repairorder_list", "repairs_statistics"])
def test_a_page_costs_the_same_queries_for_two_orders_and_for_twelve(
    school, allow, signed_in, report, name, django_assert_num_queries
):
    from django.test.utils import CaptureQueriesContext

    page = signed_in(allow(school.desk, f"{DESK}; assigned: arrive"))
    counts = []
    for many in (2, 10):
        for _n in range(many):
            report().dispatch(by=school.desk, worker=school.desk)
            report()
        page.get(reverse(name))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page.get(reverse(name))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_detail_page_costs_a_fixed_number_of_queries(school, allow, signed_in, report):
    from django.test.utils import CaptureQueriesContext

    page = signed_in(allow(school.desk, DESK))
    counts = []
    for rows in (1, 8):
        order = report()
        order.dispatch(by=school.desk, worker=school.worker)
        order.use(by=school.worker, materials=[{"name": f"件{n}", "quantity": 1, "price": 1} for n in range(rows)])
        page.get(order.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            page.get(order.get_absolute_url())
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_at_once_are_one_act(report, school):
    order = report()
    done, refused = [], []

    def click():
        try:
            RepairOrder.objects.get(pk=order.pk).accept(by=school.desk)
            done.append(1)
        except NotAllowed:
            refused.append(1)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(done), len(refused)) == (1, 19)
    assert Event.objects.about(order).filter(name="repairs.repairorder.accepted").count() == 1


def test_a_dialog_asks_only_what_this_order_and_this_person_can_answer(school, allow, signed_in, report):
    order = report(by=school.teacher)
    order.dispatch(by=school.desk, worker=allow(school.worker, WORKER))
    order.arrive(by=school.worker)
    finish = reverse("repairs:repairorder_finish", args=[order.pk])
    page = signed_in(school.worker)
    assert 'name="warranty_until"' not in page.get(finish).content.decode()
    order.outsource(by=school.desk, contractor="某电梯公司")
    assert 'name="warranty_until"' in page.get(finish).content.decode()
    order.finish(by=school.worker, work_done="换阀芯", damage="no")
    confirm = reverse("repairs:repairorder_confirm", args=[order.pk])
    assert 'name="note"' not in signed_in(allow(school.teacher, REPORTER)).get(confirm).content.decode()
    assert 'name="note"' in signed_in(allow(school.desk, DESK)).get(confirm).content.decode()


def test_the_history_says_materials_as_one_reads_them(school, report):
    order = report()
    order.dispatch(by=school.desk, worker=school.worker)
    order.arrive(by=school.worker)
    order.use(by=school.worker, materials=[{"name": "水龙头", "quantity": "2", "unit": "个", "price": "32"}])
    event = Event.objects.about(order).get(name="repairs.repairorder.used")
    assert [row["text"] for row in event.particulars["materials"]] == ["水龙头 2 个 × ¥32.00"]


def test_a_rooms_page_offers_to_report_a_fault_in_it(school, allow):
    from houqin.areas.repairs.reports.desk import report_here

    link = f"{reverse('repairs_report')}?place={school.room.pk}"
    assert report_here(school.room, school.keeper) is None
    assert report_here(school.room, allow(school.teacher, REPORTER))["url"] == link
