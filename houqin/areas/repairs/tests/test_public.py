"""Reporting by a room's code without sign-in, and the ticket behind its signed link."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.urls import reverse

from houqin.areas.repairs.models import RepairOrder, Source, State
from houqin.areas.repairs.views import public
from houqin.kernel.events import Event
from houqin.kernel.ui import wording
from houqin.school.rules.models import Rule

from .test_pages import photo


@pytest.fixture
def room(school):
    school.url = reverse("repairs_at", args=[school.room.token])
    return school


def told(school, n=1, **more):
    facts = {"category": school.category.pk, f"symptom-{school.category.pk}": "漏水", "name": "刘同学家长"}
    return facts | {"once": f"t{n}"} | more


def test_the_rooms_code_leads_to_a_report_without_sign_in(room, client):
    assert client.get(f"/q/places/place/{room.room.token}/")["Location"] == room.url
    assert client.get(room.url).status_code == 200
    answer = client.post(room.url, told(room, phone="13800002716", photos=[photo()]))
    order = RepairOrder.objects.get()
    assert (order.source, order.reporter, order.reporter_name, order.place) == (
        Source.PUBLIC,
        None,
        "刘同学家长",
        room.room,
    )
    assert (len(order.device), order.attachments.count()) == (16, 1)
    page = client.get(answer["Location"])
    assert (page.status_code, order.number in page.content.decode()) == (200, True)
    assert "13800002716" not in page.content.decode()


def test_name_and_phone_are_asked_as_the_school_has_set(room, client):
    assert client.post(room.url, told(room, name="")).status_code == 422
    Rule.objects.get(code="repairs.public.name").amend(by=None, value="0")
    Rule.objects.get(code="repairs.public.phone").amend(by=None, value="1")
    assert client.post(room.url, told(room, name="")).status_code == 422
    assert client.post(room.url, told(room, name="", phone="8215")).status_code == 302


def test_the_school_may_close_the_door(room, client):
    Rule.objects.get(code="repairs.public.open").amend(by=None, value="0")
    assert [client.get(room.url).status_code, client.post(room.url, told(room)).status_code] == [404, 404]


def test_an_unknown_code_is_no_room(room, client):
    assert client.get(reverse("repairs_at", args=["nothing"])).status_code == 404


def test_a_robot_that_fills_every_field_is_thanked_and_writes_nothing(room, client):
    assert client.post(room.url, told(room, website="http://spam")).status_code == 200
    assert RepairOrder.objects.count() == 0


def test_one_device_reports_only_so_often_an_hour_and_others_still_may(room, client, client_of):
    client.get(room.url)
    codes = [client.post(room.url, told(room, n)).status_code for n in range(5)]
    assert codes == [302, 302, 302, 302, 429]
    other = client_of()
    other.get(room.url)
    assert other.post(room.url, told(room, 8)).status_code == 302
    RepairOrder.objects.update(reported_at=RepairOrder.objects.first().reported_at - timedelta(hours=1))
    assert client.post(room.url, told(room, 9)).status_code == 302


def test_one_room_takes_only_so_many_an_hour_from_however_many_devices(room, client_of):
    codes = [client_of().post(room.url, told(room, n, name=f"某{n}")).status_code for n in range(2)]
    assert codes == [302, 302]
    codes = []
    for n in range(5):
        page = client_of()
        page.get(room.url)
        codes.append(page.post(room.url, told(room, n + 10)).status_code)
    assert codes == [302, 302, 302, 302, 429]


@pytest.fixture
def client_of():
    from django.test import Client

    return Client


def test_too_many_photos_or_a_bad_phone_are_said_in_place(room, client):
    assert client.post(room.url, told(room, photos=[photo(), photo(), photo(), photo()])).status_code == 422
    assert client.post(room.url, told(room, phone="call me")).status_code == 422
    assert RepairOrder.objects.count() == 0


def test_what_is_in_hand_is_shown_and_a_device_joins_it_once(room, client, report):
    order = report()
    url = reverse("repairs_at_join", args=[room.room.token, order.pk])
    assert url in client.get(room.url).content.decode()
    assert [client.post(url).status_code for _n in range(2)] == [200, 200]
    order.refresh_from_db()
    assert order.echoes == 1
    wrong = reverse("repairs_at_join", args=["nothing", order.pk])
    assert client.post(wrong).status_code == 404


def test_a_device_without_the_cookie_joins_nothing(room, client, report):
    order = report()
    assert client.post(reverse("repairs_at_join", args=[room.room.token, order.pk])).status_code == 429
    assert Event.objects.about(order).filter(name="repairs.repairorder.joined").count() == 0


@pytest.fixture
def ticket(room, client):
    client.get(room.url)
    answer = client.post(room.url, told(room))
    order = RepairOrder.objects.get()
    signed = public.sign(order)
    assert answer["Location"].startswith("/repairs/ticket/")
    return (
        order,
        lambda act="": (
            reverse("repairs_ticket_act", args=[signed, act]) if act else reverse("repairs_ticket", args=[signed])
        ),
    )


def finish(order, school):
    order.dispatch(by=school.desk, worker=school.worker)
    order.arrive(by=school.worker)
    order.finish(by=school.worker, work_done="换阀芯", damage="no")


def test_the_reporter_sends_back_checks_and_rates_through_the_link(ticket, room, client):
    order, url = ticket
    finish(order, room)
    assert client.post(url("rework"), {"words": "还在滴"}).status_code == 302
    order.refresh_from_db()
    assert (order.state, order.rework_count) == (State.DISPATCHED, 1)
    order.arrive(by=room.worker)
    order.finish(by=room.worker, work_done="换新", damage="no")
    assert client.post(url("confirm"), {"rating": "5", "words": "谢谢"}).status_code == 302
    order.refresh_from_db()
    assert (order.state, order.checked_how, order.rating, order.rating_words) == (State.RATED, "link", 5, "谢谢")
    assert client.post(url("rate"), {"rating": "1"}).status_code == 409


def test_the_reporter_withdraws_before_the_work_and_not_after(ticket, room, client):
    order, url = ticket
    finish(order, room)
    assert client.post(url("withdraw")).status_code == 409
    order.refresh_from_db()
    assert order.state == State.FINISHED


def test_the_link_does_the_reporters_verbs_and_no_others(ticket, client):
    _order, url = ticket
    for name in ("void", "accept", "refuse", "archive", "lapse", "__class__"):
        assert client.post(url(name)).status_code == 404
    assert client.get(url("withdraw")).status_code == 405


def test_a_link_that_was_tampered_with_or_is_too_old_opens_nothing(ticket, client):
    order, url = ticket
    signed = public.sign(order)
    for wrong in (
        signed[:-1] + ("A" if signed[-1] != "A" else "B"),
        str(order.pk),
        signing.dumps(order.pk, salt="other"),
    ):
        assert client.get(reverse("repairs_ticket", args=[wrong])).status_code == 404
    with time_machine.travel(order.reported_at + timedelta(days=61), tick=False):
        assert client.get(url()).status_code == 404
    with time_machine.travel(order.reported_at + timedelta(days=59), tick=False):
        assert client.get(url()).status_code == 200


def test_a_link_never_opens_an_order_that_has_an_account_behind_it(client, report):
    assert client.get(reverse("repairs_ticket", args=[public.sign(report())])).status_code == 404


def test_a_merged_report_shows_how_the_earlier_one_goes_on(ticket, room, client, report):
    order, url = ticket
    first = report()
    order.merge(by=room.desk, into=first.number)
    assert first.number in client.get(url()).content.decode()


def test_a_dead_end_says_how_long_and_leads_back_to_the_room(room, client):
    client.get(room.url)
    answers = [client.post(room.url, told(room, n)) for n in range(5)]
    text = answers[-1].content.decode()
    until = RepairOrder.objects.earliest("pk").reported_at + timedelta(hours=1, minutes=1)
    assert wording.moment(until) in text and f'href="{room.url}"' in text and 'href="tel:' in text
    assert 'href="/"' not in text
