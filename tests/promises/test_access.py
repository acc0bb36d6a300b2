"""Who is let in: the anonymous, a stranger, and somebody whose scope ends before this record."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from houqin.kernel.registers import registry
from houqin.school.people.models import User

pytestmark = pytest.mark.django_db

# Addresses that answer somebody who is not signed in, and why.
PUBLIC = {
    "healthz": "a watchdog has no account",
    "favicon": "a picture of the house",
    "set_language": "the sign-in page can be switched to English",
    "setup": "the first administrator has no account yet; needs the one-time token",
    "demo_sign_in": "the demo school's one-click accounts; 404 in a real school",
}
PUBLIC_PREFIXES = ("account_", "mfa_", "usersessions_", "socialaccount_")
PUBLIC_PATHS = (
    "q/",  # the page behind a printed code: asks for sign-in itself, or offers what the public may do
    "repairs/at/",  # a report by the room's code needs no account
    "repairs/ticket/",  # a signed link
    "files/signed/",  # a signed link
    "scan/",  # the camera page holds no data
    "gallery/",
    "api/token/",
)  # fmt: skip


def patterns(found: Any = None, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    for one in get_resolver().url_patterns if found is None else found:
        route = prefix + str(one.pattern).lstrip("^")
        if isinstance(one, URLPattern):
            yield route, f"{space}{one.name}" if one.name else "", one
        else:
            yield from patterns(one.url_patterns, route, f"{space}{one.namespace}:" if one.namespace else space)


def ours() -> list[tuple[str, str]]:
    return [
        (route, name) for route, name, _one in patterns()
        if name and name not in PUBLIC and not name.startswith(PUBLIC_PREFIXES) and not route.startswith(PUBLIC_PATHS)
        and "format" not in route
    ]  # fmt: skip


def address(name: str, route: str) -> str:
    """The address with 1 for every number and a word for every other part."""
    kinds = re.findall(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>", route)
    values = {(a or b): (1 if kind == "int" or (a or b) == "pk" else "view") for kind, a, b in kinds}
    return reverse(name, kwargs=values)


@pytest.mark.parametrize(("route", "name"), ours())
def test_the_anonymous_are_sent_to_sign_in(route: str, name: str, client: Client) -> None:
    User.add(by=None, username="somebody", name="某人")
    url = address(name, route)
    answer = client.get(url)
    if route.startswith("api/") and name != "api:docs":
        assert answer.status_code in (401, 403, 405), (url, answer.status_code)
        return
    if answer.status_code == 405:
        answer = client.post(url)
    assert answer.status_code == 302, (url, answer.status_code)
    assert answer["Location"].startswith("/accounts/login/"), (url, answer["Location"])


def test_a_stranger_sees_no_page_of_a_register(register: Any, make: Any, person: Any, signed_in: Any) -> None:
    record, client = make(register), signed_in(person({}))
    name = register.model.url_name
    pages = [reverse(name("list")), reverse(name("detail"), args=[record.pk])]
    pages += [reverse(name(verb), args=[record.pk]) for verb in register.verbs]
    pages += [reverse(name("add"))] if register.adds else []
    pages += [reverse(name("amend"), args=[record.pk])] if register.amends else []
    assert {url: client.get(url).status_code for url in pages} == dict.fromkeys(pages, 403)
    acts = pages[2:]
    assert {url: client.post(url).status_code for url in acts} == dict.fromkeys(acts, 403)


def test_a_stranger_reads_nothing_through_the_api(register: Any, make: Any, person: Any, signed_in: Any) -> None:
    record, client = make(register), signed_in(person({}))
    base = f"/api/{register.opts.app_label}/{register.opts.model_name}/"
    urls = [base, f"{base}{record.pk}/"]
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 403)


def test_out_of_scope_is_as_if_it_were_not_there(register: Any, make: Any, person: Any, signed_in: Any) -> None:
    """Scope holds in page, list, API and search alike: `own` of somebody who has nothing to do with the record."""
    words = register.words
    record = make(register)
    stranger = person({register.key: words}, scope="own")
    client = signed_in(stranger)
    name = register.model.url_name
    base = f"/api/{register.opts.app_label}/{register.opts.model_name}/"
    assert client.get(reverse(name("detail"), args=[record.pk])).status_code == 404
    assert client.get(f"{base}{record.pk}/").status_code == 404
    assert record.pk not in [row["id"] for row in client.get(base).json()["results"]]
    listed = register.queryset(stranger)
    assert record.pk not in set(listed.values_list("pk", flat=True))
    verbs = [reverse(name(verb), args=[record.pk]) for verb in register.verbs]
    assert {url: client.post(url).status_code for url in verbs} == dict.fromkeys(verbs, 404)


def test_search_finds_only_what_may_be_seen(person: Any, make: Any) -> None:
    from houqin.kernel.registers.search import search

    place = make(registry["places.place"], code="9-909", name="暗室")
    seer, stranger = person({"places.place": "view"}), person({"people.user": "view"})
    assert _found(search(seer, "9-909")) == [place.pk]
    assert _found(search(stranger, "9-909")) == []


def _found(groups: Any) -> list[int]:
    return [entry.subject_id for _register, entries in groups for entry in entries]
