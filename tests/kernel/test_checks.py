"""What is wrong with a register is said at the start; the menu shows what one may see and what waits."""

from typing import Any

import pytest
from django.test import RequestFactory

from houqin.kernel import menu
from houqin.kernel.checks import check_registers, unplaced
from houqin.kernel.registers import Register, Tab, registry
from houqin.kernel.registers.contributions import given
from houqin.school.people.factories import PostFactory
from houqin.school.people.models import Post
from tests.kernel.desks import clerk


class Wrong(Register):
    model = Post
    columns = "name colour"
    filters = "position weight"
    search = "name owner__name"
    primary = "retire paint"
    form = "name smell"
    tabs = (Tab("all", "all", lambda posts, user: posts),)


def test_every_register_of_the_product_is_right() -> None:
    assert check_registers() == []


def test_each_name_that_does_not_exist_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry, "people.post", Wrong())
    said = [message.msg for message in check_registers() if message.msg.startswith("people.post")]
    assert [next(word for word in ("colour", "weight", "owner__name", "paint", "add", "amend") if word in s) for s in said] == [
        "colour", "weight", "owner__name", "paint", "add", "amend",
    ]  # fmt: skip


def test_a_register_without_a_place_is_named_and_a_stale_exemption_too() -> None:
    groups = [menu.group("one", "One", "list", *registry)]
    matrix: dict[str, Any] = {"registers": {key: {} for key in registry if key != "people.post"}}
    assert unplaced(groups, matrix, {}) == ["people.post is not in the matrix"]
    assert unplaced(groups, matrix, {"people.post": "why"}) == []
    assert unplaced(groups, matrix, {"people.post": "why", "people.user": "why"}) == [
        "the exemption of people.user is not needed"
    ]


@pytest.mark.django_db
def test_the_menu_shows_what_one_may_see_marks_where_one_is_and_counts_what_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Post.objects.all().delete()
    PostFactory()
    monkeypatch.setattr(menu, "_groups", [
        menu.group("desk", "Desk", "home", menu.Entry("Desk", "/")),
        menu.group("people", "People", "users", "people.post", menu.Entry("New", "people:post_add", "people.post", "add")),
        menu.group("secret", "Secret", "lock", "people.user"),
    ])  # fmt: skip
    monkeypatch.setattr(menu, "_tabs", [])
    given("waiting").append(waiting := lambda user: Post.objects.all())
    try:
        request = RequestFactory().get("/people/post/7/")
        request.user = clerk({"people.post": "all_of: view"})
        shown = menu.shell(request)["groups"]
    finally:
        given("waiting").remove(waiting)
    assert [(one["key"], one["on"], one["count"]) for one in shown] == [("desk", False, 0), ("people", True, 1)]
    assert [(item["url"], item["on"]) for item in shown[1]["items"]] == [("/people/post/", True)]
