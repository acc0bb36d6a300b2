"""A record of every register from its factory, and people with just the rights a promise is about."""

import importlib
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from houqin.kernel.access import Grant, Role
from houqin.kernel.registers import registry
from houqin.school.people.models import User

KEYS = sorted(registry)


def factory_of(register: Any) -> Any:
    """The factory of a register's records, from its app's factories module."""
    app = apps.get_app_config(register.opts.app_label)
    module = importlib.import_module(f"{app.name}.factories")
    found = getattr(module, f"{register.model.__name__}Factory", None)
    assert found is not None, f"{register.key} has no factory in {module.__name__}"
    return found


@pytest.fixture
def make(db: None) -> Callable[..., Any]:
    return lambda register, **given: factory_of(register)(**given)


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """person({"repairs.repairorder": "view add"}, scope="own") → somebody with these rights and no others."""
    count = iter(range(1000))

    def make_person(rights: dict[str, str | Iterable[str]], scope: str = "all_of") -> User:
        n = next(count)
        role = Role.objects.create(code=f"T{n}", name=f"role {n}")
        for register, verbs in rights.items():
            names = verbs.split() if isinstance(verbs, str) else verbs
            Grant.objects.bulk_create(Grant(role=role, register=register, verb=verb, scope=scope) for verb in names)
        return User.add(by=None, username=f"tester{n}", name="测试员", roles=[role])

    return make_person


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    def open_client(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return open_client


@pytest.fixture(params=KEYS)
def register(request: pytest.FixtureRequest) -> Any:
    return registry[request.param]
