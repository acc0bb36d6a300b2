"""People at their desks, for tests of the generated pages: who may do what, and a browser without scripts."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from houqin.kernel.access import Grant, Role
from houqin.school.people.factories import UserFactory

HTMX = {"HX-Request": "true"}


def clerk(rights: dict[str, str], **fields: Any) -> Any:
    """A person with rights of his own: {"places.place": "all_of: view add"}; he holds no other role."""
    user = UserFactory(**fields)
    role = Role.objects.create(code=f"T{user.pk}", name="试")
    for register, line in rights.items():
        scope, _sep, verbs = line.partition(": ")
        Grant.objects.bulk_create(Grant(role=role, register=register, verb=v, scope=scope) for v in verbs.split())
    user.roles.set([role])
    return user


def at(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def asked(client: Client, url: str, **words: Any) -> tuple[Any, list[str]]:
    """(response, SQL) of a GET."""
    with CaptureQueriesContext(connection) as seen:
        response = client.get(url, **words)
    return response, [query["sql"] for query in seen]
