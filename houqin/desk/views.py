"""Pages that read across areas: the desk, the to-do list, the service hall, and health."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from houqin.kernel import clock
from houqin.kernel.registers.contributions import asked
from houqin.kernel.registers.render import page
from houqin.kernel.registers.search import search

SHOWN = 6


def todos(user: Any) -> list[dict[str, Any]]:
    """What waits for this user in every area: late first, then by deadline; rows without a deadline last."""
    rows = asked("todo", user)
    far = clock.now().replace(year=9000)
    return sorted(rows, key=lambda row: (row.get("tone") != "late", row.get("due") or far))


def kinds(rows: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """[(kind, how many)] in order of first appearance: the chips above the list."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["kind"]] = counts.get(row["kind"], 0) + 1
    return list(counts.items())


def greeting() -> str:
    hour = clock.now().astimezone().hour
    return _("Good morning") if hour < 12 else _("Good afternoon") if hour < 18 else _("Good evening")


def quick(user: Any) -> list[dict[str, Any]]:
    return asked("quick", user)


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    rows = todos(request.user)
    kind = request.GET.get("kind", "")
    chosen = [row for row in rows if not kind or row["kind"] == kind]
    groups: dict[str, list[Any]] = {}
    for alert in asked("alert", request.user):
        groups.setdefault(alert["group"], []).append(alert)
    context = {
        "rows": chosen[:SHOWN], "more": len(chosen) - SHOWN, "total": len(rows), "kinds": kinds(rows), "kind": kind,
        "alerts": groups, "quick": quick(request.user), "blocks": asked("block", request.user),
        "charts": asked("chart", request.user), "greeting": greeting(), "today": clock.today(),
    }  # fmt: skip
    return page(request, "desk/desk.html", context)


@login_required
def todo(request: HttpRequest) -> HttpResponse:
    rows = todos(request.user)
    kind = request.GET.get("kind", "")
    chosen = [row for row in rows if not kind or row["kind"] == kind]
    return page(request, "desk/todo.html", {"rows": chosen, "kinds": kinds(rows), "kind": kind, "total": len(rows)})


@login_required
def services(request: HttpRequest) -> HttpResponse:
    return page(
        request, "desk/services.html", {"quick": quick(request.user), "services": asked("service", request.user)}
    )


@login_required
def scan(request: HttpRequest) -> HttpResponse:
    """The camera, and what to do with a code: a printed address leads to its page, a number to its record."""
    code = request.GET.get("code", "").strip()[:300]
    if not code:
        return page(request, "scan.html", {})
    path = urlsplit(code).path
    if path.startswith("/q/"):
        return redirect(path)
    for register, entries in search(request.user, code, 1):
        if entries[0].number:
            return redirect(register.model.url_name("detail"), entries[0].subject_id)
    return page(request, "scan.html", {"missing": code}, 404)


def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 when it does not; for a watchdog, so it needs no sign-in."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:
        return JsonResponse({"database": "down"}, status=503)
    return JsonResponse({"database": "up"})
