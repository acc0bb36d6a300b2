"""Lists cost the same for one record and for twenty; every page of a register renders without a missing variable."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

pytestmark = pytest.mark.django_db

MOST = 8  # design/performance.md: SQL queries of any list page, session, user, grants and counters included
# Kinds of which a school cannot have twenty by nature, or only with much ado.
FEW = {"terms.term": 3, "terms.schoolyear": 3}


def queries(client: Any, url: str) -> int:
    client.get(url)  # compiled once, caches warm
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(url)
    assert answer.status_code == 200
    return len(captured)


def test_a_list_costs_the_same_for_one_record_and_for_twenty(
    register: Any, make: Any, person: Any, signed_in: Any
) -> None:
    client = signed_in(person({register.key: register.words}))
    url = reverse(register.model.url_name("list"))
    make(register)
    one = queries(client, url)
    for _n in range(FEW.get(register.key, 20) - 1):
        make(register)
    assert queries(client, url) == one
    assert one <= MOST


def test_an_api_list_costs_the_same_for_one_record_and_for_twenty(
    register: Any, make: Any, person: Any, signed_in: Any
) -> None:
    client = signed_in(person({register.key: register.words}))
    url = f"/api/{register.opts.app_label}/{register.opts.model_name}/"
    make(register)
    one = queries(client, url)
    for _n in range(FEW.get(register.key, 20) - 1):
        make(register)
    assert queries(client, url) == one


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_a_register_renders(
    register: Any, make: Any, person: Any, signed_in: Any, language: str, settings: Any
) -> None:
    record = make(register)
    client = signed_in(person({register.key: register.words}))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    name = register.model.url_name
    pages = [reverse(name("list")), reverse(name("detail"), args=[record.pk]), reverse(name("column_choice"))]
    pages += [reverse(name("add"))] if register.adds else []
    pages += [reverse(name("amend"), args=[record.pk])] if register.amends else []
    answers = {url: client.get(url).status_code for url in pages}
    assert answers == dict.fromkeys(pages, 200)
    verbs = [reverse(name(verb), args=[record.pk]) for verb in register.verbs]
    assert {client.get(url).status_code for url in verbs} <= {200, 409}


def test_a_list_without_records_says_what_will_be_there(register: Any, person: Any, signed_in: Any) -> None:
    client = signed_in(person({register.key: register.words}))
    answer = client.get(reverse(register.model.url_name("list")) + "?q=这样的记录一定没有")
    assert answer.status_code == 200
    assert "hq-empty" in answer.content.decode()
