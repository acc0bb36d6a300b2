"""Runs inside the product (`python -m bench.inside`): a session, keys, queries of every list, SQL floors, as JSON."""

import json
import os
from importlib import import_module
from typing import Any

WORDS = {"one character": "灯", "two characters": "漏水", "many characters": "水龙头关不严"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    import django

    django.setup()
    from houqin.school.people.models import User

    director, teacher = User.objects.get(username="lijianguo"), User.objects.get(username="zhanghui")
    print(json.dumps({
        "session": _session(director), "orders": _orders(), "queries": _queries(director), "own": _queries(teacher),
        "sql_ms": _floors(),
    }))  # fmt: skip


def _session(user: Any) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def _orders() -> dict[str, Any]:
    """An order with a full life, and one in somebody's hands that can be urged again and again."""
    from houqin.areas.repairs.models import RepairOrder
    from houqin.kernel.registers.search import SearchEntry

    SearchEntry.objects.filter(initials=None).update(initials="")  # else the clock spells them during the measurement
    rated = RepairOrder.objects.filter(state="rated").exclude(cost=0).order_by("-pk").first()
    going = RepairOrder.objects.filter(state="dispatched").order_by("-pk").first()
    return {"count": RepairOrder.objects.count(), "detail": rated.pk, "going": going.pk}


def _queries(user: Any) -> dict[str, int]:
    """{register: SQL queries of its list page}, session and user included, everything compiled and warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from houqin.kernel.access import may
    from houqin.kernel.registers import registry

    found, client = {}, Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    for register in registry.values():
        url = reverse(register.model.url_name("list"))
        if not may(user, register.model, "view") or client.get(url).status_code != 200:
            continue
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        found[register.key] = len(seen)
    return found


def _floors() -> dict[str, float]:
    from bench.floors import search_ms

    return {word: round(search_ms(word), 3) for word in WORDS.values()}


if __name__ == "__main__":
    main()
