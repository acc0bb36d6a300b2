"""The generated list: tabs, filters, order, pages, columns, saved views."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.http import QueryDict

from houqin.kernel import counting
from houqin.kernel.records import add_many
from houqin.kernel.registers import Register, Tab, registry
from houqin.kernel.registers import lists as lists_module
from houqin.kernel.registers.filters import span_of
from houqin.kernel.registers.lists import Listing
from houqin.kernel.registers.paging import Pages
from houqin.kernel.registers.views_saved import SavedView
from houqin.school.people.factories import DepartmentFactory, PostFactory, UserFactory
from houqin.school.people.models import Post
from tests.kernel.desks import HTMX, asked, at, clerk

pytestmark = pytest.mark.django_db
POSTS = "/people/post/"
PEOPLE = "/people/user/"


@pytest.fixture(autouse=True)
def no_posts() -> None:
    """A new installation comes with posts; these tests bring their own."""
    Post.objects.all().delete()


class Posts(Register):
    """Posts in an order that is not their key's, so that the tests need no other area."""

    model = Post
    columns = "name position"
    extra_columns = "retired_at"
    filters = "position retired_at"
    order = "pk"
    tabs = (
        Tab("used", "used", lambda posts, user: posts.filter(retired_at=None)),
        Tab("gone", "gone", lambda posts, user: posts.exclude(retired_at=None), late=True),
    )


def listing(query: str = "", user: Any = None, register: Any = None) -> Listing:
    return Listing(register or Posts(), user or clerk({"people.post": "all_of: view"}), QueryDict(query))


def names(found: Listing) -> list[str]:
    return [record.name for record in Pages(found).rows]


def posts(count: int) -> None:
    add_many(Post, [{"name": f"岗位{n:05d}", "position": n % 5} for n in range(count)], by=None)


def test_a_choice_narrows_the_list_and_says_so_in_the_bar() -> None:
    DepartmentFactory(name="总务处", kind="office")
    DepartmentFactory(name="水电组", kind="team")
    user = clerk({"people.department": "all_of: view"})
    html = at(user).get("/people/department/?kind=team").content.decode()
    assert "水电组" in html
    assert "总务处" not in html.split('id="list"')[1]
    assert 'class="hq-fi on"' in html


def test_a_record_is_chosen_by_its_key_or_by_what_is_typed() -> None:
    office = DepartmentFactory(name="总务处")
    UserFactory(name="李建国", department=office)
    UserFactory(name="王丽娟")
    user = clerk({"people.user": "all_of: view"}, name="周敏")
    people = registry["people.user"]
    for query in (f"department={office.pk}", "department_text=总务", f"department={office.pk}&department_text=x"):
        assert names(listing(query, user, people)) == ["李建国"]
    assert sorted(names(listing("department=none", user, people))) == ["周敏", "王丽娟"]


def test_a_value_that_cannot_be_read_selects_nothing_and_breaks_nothing() -> None:
    posts(3)
    assert names(listing("position=abc")) == []
    assert len(names(listing("retired_at=2026-02-30..x"))) == 3
    user = clerk({"people.post": "all_of: view"})
    for query in (
        "position=99999999999999999999",
        "retired_at=0001-01-01",
        "position=1%00",
        f"view={'9' * 5000}",
        "page=99",
        "page=-1",
        "page=x",
        "sort=password",
        "tab=nothing",
        "after=9",
        "view=77",
        "q=%00'",
    ):
        assert at(user).get(f"{POSTS}?{query}").status_code == 200


@time_machine.travel("2026-11-19 10:00+08:00")
@pytest.mark.parametrize(
    ("named", "first", "last"),
    [
        ("today", date(2026, 11, 19), date(2026, 11, 19)),
        ("month", date(2026, 11, 1), date(2026, 11, 30)),
        ("last_month", date(2026, 10, 1), date(2026, 10, 31)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026.9.1..9月30日", date(2026, 9, 1), date(2026, 9, 30)),
        ("2026-09-01..", date(2026, 9, 1), None),
    ],
)
def test_a_span_of_days_is_named_or_written(named: str, first: date, last: date | None) -> None:
    assert span_of(named) == (first, last)


def test_the_head_of_a_column_orders_the_list_and_its_reverse() -> None:
    for name, position in (("乙", 2), ("甲", 1), ("丙", 3)):
        PostFactory(name=name, position=position)
    assert names(listing("sort=position")) == ["甲", "乙", "丙"]
    assert names(listing("sort=-position")) == ["丙", "乙", "甲"]


def test_all_numbers_of_the_tabs_come_in_one_statement(django_assert_num_queries: Any) -> None:
    posts(4)
    Post.objects.first().retire(by=None)
    found = listing()
    assert (found.saved, found.seen.count()) == (([], []), 4)  # rights and saved views are read before
    with django_assert_num_queries(1):
        assert found.counts == {"used": 3, "gone": 1, None: 3}
    assert [(tab.label, tab.count, tab.late) for tab in found.tabs] == [("used", "3", False), ("gone", "1", True)]


def test_counting_stops_at_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "CAP", 5)
    monkeypatch.setattr(lists_module, "CAP", 5)
    posts(8)
    assert counting.counted([Post.objects.all(), Post.objects.none(), Post.objects.filter(position=1)]) == [6, 0, 2]
    assert lists_module.words_of(6) == "5+"


def test_beyond_the_cap_pages_go_by_key_to_the_end_and_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "CAP", 10)
    for module in ("lists", "paging"):
        monkeypatch.setattr(f"houqin.kernel.registers.{module}.CAP", 10)
        monkeypatch.setattr(f"houqin.kernel.registers.{module}.PAGE", 5)
    posts(23)
    user = clerk({"people.post": "all_of: view"})
    seen, url = [], ""
    while url is not None:
        page = Pages(listing(url.lstrip("?"), user))
        seen += [post.name for post in page.rows]
        url = page.links["next"]
    assert seen == [f"岗位{n:05d}" for n in range(23)]
    end = Pages(listing("before=end", user))
    assert [post.name for post in end.rows] == [f"岗位{n:05d}" for n in range(18, 23)]
    back = Pages(listing((end.links["previous"] or "").lstrip("?"), user))
    assert [post.name for post in back.rows] == [f"岗位{n:05d}" for n in range(13, 18)]


def test_a_list_costs_the_same_for_one_row_and_for_fifty_and_at_most_eight_queries() -> None:
    user = clerk({"people.user": "all_of: view add"})
    client = at(user)
    client.get(PEOPLE)  # rules and calendar are read once a process
    _one, few = asked(client, PEOPLE)
    for _n in range(55):
        UserFactory(department=DepartmentFactory(), post=PostFactory())
    many_response, many = asked(client, PEOPLE)
    assert many_response.content.count(b"data-pick ") in (0, 50)
    assert len(many) == len(few)
    assert len(many) <= 9  # eight, and one for the roles of all rows


def test_htmx_gets_the_card_alone_and_everybody_else_the_page() -> None:
    PostFactory(name="门卫")
    client = at(clerk({"people.post": "all_of: view"}))
    part = client.get(POSTS, headers={**HTMX, "HX-Target": "list"}).content.decode()
    assert part.lstrip().startswith("<section") and "门卫" in part
    assert "<html" in client.get(POSTS).content.decode()


def test_nothing_yet_and_nothing_found_are_said_differently() -> None:
    client = at(clerk({"people.post": "all_of: view add"}))
    assert "/people/post/new/" in client.get(POSTS).content.decode()
    nothing = client.get(f"{PEOPLE}?department=none").status_code
    assert nothing == 403


def test_columns_chosen_once_stay_and_none_brings_back_the_first_ones() -> None:
    user = clerk({"people.user": "all_of: view"})
    client = at(user)
    own = [column.name for column in listing("", user, registry["people.user"]).chosen]
    client.post(f"{PEOPLE}columns/", {"columns": ["username", "name", "nonsense"]})
    assert [c.name for c in listing("", user, registry["people.user"]).chosen] == ["username", "name"]
    client.post(f"{PEOPLE}columns/", {})
    assert [c.name for c in listing("", user, registry["people.user"]).chosen] == own


def test_a_view_is_saved_renamed_and_removed_by_its_owner_alone() -> None:
    user, other = (clerk({"people.user": "all_of: view"}) for _n in range(2))
    client = at(user)
    answer = client.post(f"{PEOPLE}views/new/", {"name": "没有部门", "query": "department=none&page=3"})
    view = SavedView.objects.get()
    assert (answer.status_code, view.query) == (302, "department=none")
    html = client.get(f"{PEOPLE}?{view.query}&view={view.pk}").content.decode()
    assert "没有部门" in html and "没有部门" not in at(other).get(PEOPLE).content.decode()
    assert at(other).post(f"{PEOPLE}views/{view.pk}/", {"remove": "1"}).status_code == 404
    client.post(f"{PEOPLE}views/{view.pk}/", {"name": "未分配"})
    assert [v.name for v in SavedView.objects.all()] == ["未分配"]
    client.post(f"{PEOPLE}views/{view.pk}/", {"name": "x", "remove": "1"})
    assert not SavedView.objects.exists()


def test_somebody_without_the_right_gets_403_and_the_anonymous_are_sent_to_sign_in(client: Any) -> None:
    assert at(clerk({})).get(PEOPLE).status_code == 403
    assert client.get(PEOPLE).url == f"/accounts/login/?next={PEOPLE}"
    assert client.get(PEOPLE, headers=HTMX)["HX-Redirect"] == f"/accounts/login/?next={PEOPLE}"


def test_a_scope_holds_in_the_list_and_on_the_page() -> None:
    user = clerk({"people.user": "own: view"})
    other = UserFactory()
    assert names(listing("", user, registry["people.user"])) == [user.name]
    assert at(user).get(f"{PEOPLE}{other.pk}/").status_code == 404
    assert at(user).get(f"{PEOPLE}{user.pk}/").status_code == 200


def test_the_choices_of_a_filter_are_found_while_typing() -> None:
    DepartmentFactory(name="总务处")
    office = DepartmentFactory(name="教务处")
    client = at(clerk({"people.user": "all_of: view"}))
    assert client.get(f"{PEOPLE}choices/department/?q=教务").json() == [{"value": office.pk, "text": "教务处"}]
    assert client.get(f"{PEOPLE}choices/password/").status_code == 404
