"""People are told once, in their language, in the transaction of the act; e-mail follows by a job and is tried again."""

import socket
import threading
from datetime import datetime, timedelta, timezone

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from houqin.kernel import notices
from houqin.kernel.access import ALL, Grant
from houqin.kernel.events import Event
from houqin.kernel.notices import Delivery, Notice, named_in, send, tell, unread
from houqin.kernel.registers.palette import PAGE
from houqin.school.people.factories import role, user_with
from houqin.school.people.models import User
from houqin.school.places.models import Place

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 11, 6, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False) as traveller, translation.override("zh-hans"):
        yield traveller


@pytest.fixture
def li() -> User:
    return user_with("ZW", name="李建国", email="li@school.example")


@pytest.fixture
def wang() -> User:
    return user_with("WX", name="王芳")


@pytest.fixture
def mending(monkeypatch: pytest.MonkeyPatch):
    """A reaction declared for this test only."""
    from houqin.kernel import events

    monkeypatch.setattr(events, "_reactions", events._reactions.copy())
    events._reactions["places.place.retired"] = []
    return notices.notify


def texts(user: User) -> list[str]:
    return [notice.text for notice in Notice.objects.filter(recipient=user).order_by("pk")]


# telling ----------------------------------------------------------------------


def test_everybody_concerned_is_told_except_the_actor(li: User, wang: User, mending):
    mending(
        "places.place.retired", to=lambda event: [li, wang, wang, None, event.actor],
        text=lambda event: f"{event.subject.name}停用", detail=lambda event: event.particulars["reason"],
    )  # fmt: skip
    place = Place.add(by=None, kind="room", code="2-109", name="实验室")
    place.retire(by=li, reason="装修")
    assert (texts(li), texts(wang)) == ([], ["实验室停用"])
    notice = Notice.objects.get(recipient=wang)
    assert (notice.detail, notice.url, notice.event.past) == ("装修", place.get_absolute_url(), "retired")


def test_an_act_undone_tells_nobody(li: User, wang: User, mending):
    mending("places.place.retired", to=lambda event: [wang], text=lambda event: "停用")
    place = Place.add(by=None, kind="room", code="2-109", name="实验室")
    with pytest.raises(RuntimeError), transaction.atomic():
        place.retire(by=li)
        raise RuntimeError
    assert texts(wang) == []


def test_the_same_key_tells_a_person_once(li: User, wang: User):
    tell([wang], "一", key="late:7")
    tell([li, wang], "二", key="late:7")
    assert (texts(li), texts(wang)) == (["二"], ["一"])


def test_whoever_left_is_not_told(wang: User):
    wang.is_active = False
    tell([wang], "一", key="k")
    assert texts(wang) == []


def test_a_notice_speaks_the_reader_s_language(wang: User):
    tell([wang], lambda: _("Mark all as read") if translation.get_language() == "en" else "全部已读", key="k")
    with translation.override("en"):
        assert texts(wang) == ["Mark all as read"]
    assert texts(wang) == ["全部已读"]


def test_the_bell_counts_the_unread_up_to_99(wang: User):
    for n in range(101):
        tell([wang], str(n), key=str(n))
    assert unread(wang) == 99
    Notice.objects.filter(key__in=["1", "2", "3", "4"]).update(read_at=NOW)
    assert unread(wang) == 97


def test_the_bell_costs_one_query(wang: User, django_assert_num_queries):
    with django_assert_num_queries(1):
        unread(wang)


# mentions ---------------------------------------------------------------------


def remark(place: Place, by: User, text: str) -> None:
    Event.record("places.place.commented", place, by=by, text=text)


def test_a_mention_tells_whoever_may_see_the_record(li: User, wang: User):
    Grant.objects.all().delete()
    Grant.objects.create(role=role("WX"), register="places.place", verb="view", scope=ALL)
    place = Place.add(by=None, kind="room", code="2-109", name="实验室")
    remark(place, li, "请@王芳看一下，也请@李建国 知道")
    assert (len(texts(wang)), texts(li)) == (1, [])
    assert Notice.objects.get().detail == "请@王芳看一下，也请@李建国 知道"
    remark(place, wang, "@李建国 已处理")
    assert texts(li) == []


def test_the_longest_name_is_meant():
    short, long = user_with(name="王芳"), user_with(name="王芳芳")
    assert named_in("@王芳芳来一下") == [long]
    assert named_in("＠王芳来一下") == [short]
    assert named_in("王芳来一下，mail@") == []


# e-mail -----------------------------------------------------------------------


def states() -> list[tuple[str, int]]:
    return list(Delivery.objects.order_by("pk").values_list("state", "tries"))


def test_only_people_with_an_address_get_mail_and_only_one(li: User, wang: User, settings):
    settings.SITE_URL = "http://school.example"
    tell([li, wang], "水房停用", "/places/place/1/", key="k", detail="装修")
    tell([li, wang], "水房停用", "/places/place/1/", key="k", detail="装修")
    delivery = Delivery.objects.get()
    assert [send.call(delivery.pk), send.call(delivery.pk)] == ["sent", "not now"]
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["li@school.example"], "水房停用")
    assert letter.body == "水房停用\n\n装修\n\nhttp://school.example/places/place/1/"


def test_without_a_mail_server_nothing_is_queued(li: User, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    tell([li], "水房停用", key="k")
    assert (texts(li), states()) == (["水房停用"], [])


class Server(threading.Thread):
    """A mail server that refuses the first letters it is brought: a real socket, a real conversation."""

    def __init__(self, refusals: int) -> None:
        super().__init__(daemon=True)
        self.refusals, self.letters = refusals, 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def run(self) -> None:
        while True:
            try:
                line, _address = self.socket.accept()
            except OSError:
                return
            with line, line.makefile("rwb", buffering=0) as talk:
                talk.write(b"220 ready\r\n")
                self.serve(talk)

    def serve(self, talk) -> None:
        for said in iter(talk.readline, b""):
            word = said[:4].upper()
            if word == b"DATA":
                talk.write(b"354 go on\r\n")
                while talk.readline() not in (b".\r\n", b""):
                    pass
                self.refusals -= 1
                self.letters += self.refusals < 0
                talk.write(b"451 later\r\n" if self.refusals >= 0 else b"250 taken\r\n")
            elif word == b"QUIT":
                talk.write(b"221 bye\r\n")
                return
            else:
                talk.write(b"250 ok\r\n")


@pytest.fixture
def server(settings):
    made = Server(refusals=2)
    made.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
    yield made
    made.socket.close()


@pytest.mark.django_db(transaction=True)
def test_mail_that_is_refused_is_tried_again_until_it_is_taken_once(li: User, server: Server, noon):
    def drain() -> None:
        call_command("db_worker", batch=True, reload=False, startup_delay=False, interval=0, verbosity=0)

    tell([li], "水房停用", key="k")
    drain()
    assert (states(), server.letters) == ([("waiting", 1)], 0)
    drain()
    assert (states(), server.letters) == ([("waiting", 1)], 0)
    for wait in (61, 301, 1801, 7201):
        noon.shift(timedelta(seconds=wait))
        drain()
    assert (states(), server.letters) == ([("sent", 3)], 1)


def test_mail_is_given_up_after_eight_tries(li: User, settings, noon):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]
        tell([li], "水房停用", key="k")
        (delivery,) = Delivery.objects.all()
        for _try in range(9):
            send.call(delivery.pk)
            noon.shift(timedelta(days=1))
    assert states() == [("failed", 8)]
    assert "refused" in Delivery.objects.get().error


# pages ------------------------------------------------------------------------


def test_opening_a_notice_marks_it_and_leads_to_its_record(client, wang: User, li: User):
    tell([wang], "水房停用", "/places/place/1/", key="k")
    notice = Notice.objects.get()
    client.force_login(li)
    assert client.get(reverse("notices:open", args=[notice.pk])).status_code == 404
    client.force_login(wang)
    answer = client.get(reverse("notices:open", args=[notice.pk]))
    assert (answer.status_code, answer.url) == (302, "/places/place/1/")
    assert unread(wang) == 0


def test_the_list_shows_the_unread_or_all_and_marks_all(client, wang: User, li: User):
    for n in range(PAGE + 2):
        tell([wang], f"第{n}条", key=str(n))
    tell([li], "别人的", key="k")
    client.force_login(wang)
    page = client.get("/notices/").content.decode()
    assert ("第51条" in page, "第2条" in page, "第1条" in page, "别人的" in page) == (True, True, False, False)
    assert client.post("/notices/read/").status_code == 302
    assert (unread(wang), unread(li)) == (0, 1)
    assert "第51条" not in client.get("/notices/").content.decode()
    assert "第51条" in client.get("/notices/?all").content.decode()
    assert "第51条" not in client.get("/notices/menu/", headers={"HX-Request": "true"}).content.decode()


def test_a_stranger_is_sent_to_sign_in(client):
    for address in ("/notices/", "/notices/menu/", "/notices/1/", "/search/?q=x", "/accounts/tokens/", "/api/docs/"):
        answer = client.get(address)
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, reverse("account_login"))
