"""The generated pages of one record: its page, its forms, its verbs, and verbs for many."""

import re
from typing import Any

import pytest

from houqin.areas.repairs.factories import MATERIALS, RepairOrderFactory
from houqin.areas.repairs.models import RepairOrder
from houqin.kernel.events import Event
from houqin.kernel.registers import registry
from houqin.kernel.registers.contributions import given
from houqin.kernel.registers.detail import Detail
from houqin.kernel.registers.panels import Panel
from houqin.school.people.factories import PostFactory, SchoolClassFactory, UserFactory
from houqin.school.people.models import Post, SchoolClass
from tests.kernel.desks import HTMX, asked, at, clerk

pytestmark = pytest.mark.django_db
POSTS = "/people/post/"
ALL = "all_of: view add amend retire restore"


@pytest.fixture(autouse=True)
def no_posts() -> None:
    """A new installation comes with posts; these tests bring their own."""
    Post.objects.all().delete()


@pytest.fixture
def boss() -> Any:
    return clerk({"people.post": ALL, "people.schoolclass": f"{ALL} promote"})


def test_adding_through_the_form_writes_the_record_and_one_event(boss: Any) -> None:
    answer = at(boss).post(f"{POSTS}new/", {"name": "　电工　", "position": "３"})
    post = Post.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{POSTS}{post.pk}/")
    assert (post.name, post.position, post.created_by) == ("电工", 3, boss)
    assert [(e.name, e.actor) for e in post.events] == [("people.post.added", boss)]


def test_a_dialog_answers_204_and_where_to_go(boss: Any) -> None:
    answer = at(boss).post(f"{POSTS}new/", {"name": "电工", "position": "0"}, headers=HTMX)
    assert (answer.status_code, answer["HX-Location"]) == (204, f"{POSTS}{Post.objects.get().pk}/")


def test_a_wrong_form_comes_back_with_422_and_writes_nothing(boss: Any) -> None:
    answer = at(boss).post(f"{POSTS}new/", {"name": "", "position": "三"}, headers=HTMX)
    html = answer.content.decode()
    assert (answer.status_code, Post.objects.count()) == (422, 0)
    assert html.count('class="err"') == 2
    assert "<html" not in html and 'value="三"' in html


def test_what_the_record_itself_refuses_stands_beside_its_field(boss: Any) -> None:
    PostFactory(name="电工")
    answer = at(boss).post(f"{POSTS}new/", {"name": "电工", "position": "0"})
    assert answer.status_code == 422
    assert 'id="id_name_err"' in answer.content.decode()


def test_the_same_form_sent_twice_adds_once(boss: Any) -> None:
    client = at(boss)
    token = re.search(r'name="once" value="([^"]+)"', client.get(f"{POSTS}new/").content.decode())
    assert token
    answers = [client.post(f"{POSTS}new/", {"name": f"电工{n}", "position": "0", "once": token[1]}) for n in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert [post.name for post in Post.objects.all()] == ["电工0"]


def test_a_token_is_not_spent_by_a_form_that_was_wrong(boss: Any) -> None:
    PostFactory(name="电工")
    client = at(boss)
    assert client.post(f"{POSTS}new/", {"name": "电工", "position": "0", "once": "t"}).status_code == 422
    assert client.post(f"{POSTS}new/", {"name": "木工", "position": "0", "once": "t"}).status_code == 302
    assert Post.objects.count() == 2


def test_the_address_fills_in_the_add_form(boss: Any) -> None:
    assert 'value="保安"' in at(boss).get(f"{POSTS}new/?name=保安&password=x").content.decode()


def test_amending_an_older_version_is_refused_with_409(boss: Any) -> None:
    post = PostFactory(name="电工")
    client = at(boss)
    assert f'name="version" value="{post.version}"' in client.get(f"{POSTS}{post.pk}/amend/").content.decode()
    post.amend(by=None, name="木工")
    answer = client.post(f"{POSTS}{post.pk}/amend/", {"name": "瓦工", "position": "0", "version": "0"})
    post.refresh_from_db()
    assert (answer.status_code, post.name) == (409, "木工")
    assert client.post(f"{POSTS}{post.pk}/amend/", {"name": "瓦工", "position": "0", "version": "1"}).status_code == 302


def test_a_verb_asked_twice_is_refused_with_409_and_a_sentence(boss: Any) -> None:
    post = PostFactory()
    client = at(boss)
    url = f"{POSTS}{post.pk}/retire/"
    assert client.post(url, {"reason": "撤并"}, headers=HTMX).status_code == 204
    answer = client.post(url, {"reason": "撤并"}, headers=HTMX)
    assert (answer.status_code, post.events.filter(name="people.post.retired").count()) == (409, 1)
    assert 'role="alert"' in answer.content.decode()
    assert client.get(url, headers=HTMX).status_code == 409


def test_rights_and_scopes_hold_on_every_page_of_a_record() -> None:
    other = UserFactory()
    user = clerk({"people.user": "own: view amend", "people.post": "all_of: view"})
    client = at(user)
    base = f"/people/user/{other.pk}/"
    assert [client.get(f"{base}{page}").status_code for page in ("", "amend/", "retire/")] == [404, 404, 403]
    assert client.get(f"/people/user/{10**19}/").status_code == 404
    assert client.post(f"{POSTS}new/", {"name": "x"}).status_code == 403


def test_a_verb_for_many_does_what_it_can_and_names_what_it_could_not(boss: Any) -> None:
    classes = [SchoolClassFactory(grade="初一", number=n) for n in (1, 2, 3)]
    client = at(boss)
    SchoolClassFactory(grade="初二", number=3)
    ids = [c.pk for c in classes]
    shown = client.get("/people/schoolclass/bulk/promote/", {"id": ids}, headers=HTMX).content.decode()
    assert shown.count('name="id"') == 3
    answer = client.post("/people/schoolclass/bulk/promote/", {"id": ids}, headers=HTMX)
    assert answer.status_code == 409
    assert "初一(3)班" in answer.content.decode()
    grades = dict(SchoolClass.objects.filter(pk__in=ids).values_list("number", "grade"))
    assert grades == {1: "初二", 2: "初二", 3: "初一"}
    done = client.post("/people/schoolclass/bulk/promote/", {"id": ids[:1]}, headers=HTMX)
    assert (done.status_code, done["HX-Location"]) == (204, "/people/schoolclass/")


def test_bulk_reaches_only_what_the_scope_allows() -> None:
    teacher = clerk({"people.schoolclass": "own: view promote"})
    mine, theirs = SchoolClassFactory(grade="初一", homeroom=teacher), SchoolClassFactory(grade="高一")
    at(teacher).post("/people/schoolclass/bulk/promote/", {"id": [mine.pk, theirs.pk]})
    assert [SchoolClass.objects.get(pk=c.pk).grade for c in (mine, theirs)] == ["初二", "高一"]


# the page of a record ------------------------------------------------------------


@pytest.fixture
def worker() -> Any:
    return clerk({"repairs.repairorder": "all_of: view arrive use finish comment add_files amend suspend void"})


def detail(order: RepairOrder, user: Any) -> Detail:
    return Detail(registry["repairs.repairorder"], order, user)


def test_the_page_offers_one_primary_verb_and_keeps_dangers_in_the_menu(worker: Any) -> None:
    order = RepairOrderFactory(state="dispatched", worker=worker)
    shown = detail(order, worker).verbs
    assert [v.name for v in shown["primary"]] == ["arrive"]
    assert "void" in [v.name for v in shown["rest"]]
    assert {"comment", "add_files"}.isdisjoint(v.name for group in shown.values() for v in group)


def test_the_history_says_what_was_given_and_what_changed(worker: Any) -> None:
    order = RepairOrderFactory(state="on_site", worker=worker)
    order.comment(by=worker, text="下午再来")
    order.amend(by=worker, convenient="课间")
    entries = detail(order, worker).timeline
    assert (entries[0]["text"].endswith("— → 课间"), entries[0]["who"], entries[0]["mark"]) == (True, worker, "on")
    assert entries[1]["text"] == "下午再来"
    assert entries[-1]["text"] == ""
    assert len(entries) == Event.objects.about(order).count()


def test_the_stepper_takes_its_times_from_the_history(worker: Any) -> None:
    order = RepairOrderFactory(state="on_site", worker=worker)
    marks = [mark for _words, _when, mark in detail(order, worker).steps]
    assert marks.count("now") == 1
    here = marks.index("now")
    assert (set(marks[:here]), set(marks[here + 1 :])) == ({"ok"}, {""})
    assert all(bool(when) == bool(mark) for _words, when, mark in detail(order, worker).steps)


def test_rows_of_a_verb_are_written_and_a_wrong_row_comes_back(worker: Any) -> None:
    order = RepairOrderFactory(state="on_site", worker=worker)
    name, spec, unit, price = MATERIALS[0]
    row = {"name": name, "spec": spec, "quantity": "２", "unit": unit, "price": price}
    posted = {f"materials-0-{key}": value for key, value in row.items()}
    client, url = at(worker), f"/repairs/repairorder/{order.pk}/use/"
    wrong = client.post(url, posted | {"materials-0-quantity": "两支"}, headers=HTMX)
    assert (wrong.status_code, order.materials.count()) == (422, 0)
    assert 'value="两支"' in wrong.content.decode()
    assert client.post(url, posted, headers=HTMX).status_code == 204
    assert [(line.name, line.quantity) for line in order.materials.all()] == [(name, 2)]


def test_a_contributed_panel_stands_on_the_lower_page(worker: Any) -> None:
    panel = Panel(title="上层面板", facts="number")
    given("panel:repairs.repairorder").append(panel)
    try:
        order = RepairOrderFactory()
        assert "上层面板" in at(worker).get(order.get_absolute_url()).content.decode()
    finally:
        given("panel:repairs.repairorder").remove(panel)


def test_a_longer_history_costs_no_more_queries(worker: Any) -> None:
    order = RepairOrderFactory(state="on_site", worker=worker)
    client = at(worker)
    _page, few = asked(client, order.get_absolute_url())
    for n in range(12):
        order.comment(by=worker, text=f"第{n}次")
    _page, many = asked(client, order.get_absolute_url())
    assert len(many) == len(few)
