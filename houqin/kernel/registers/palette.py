"""The pages behind the frame's own buttons: the search, the bell, and a person's API tokens."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import include, path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import clock
from ..notices import Notice, unread
from .contributions import contribute
from .render import is_htmx, page
from .search import search
from .tokens import LIFE, ApiToken

PAGE, FEW = 50, 8
contribute("unread", lambda user: Notice.objects.filter(recipient=user, read_at=None))


@require_safe
@login_required
def found(request: Any) -> HttpResponse:
    """What the user may see that matches; the overlay gets the rows alone."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:100]
    groups = [
        (register, [(hit, reverse(register.model.url_name("detail"), args=[hit.subject_id])) for hit in hits])
        for register, hits in search(request.user, text, 5 if is_htmx(request) else 20)
    ]
    return page(request, "search/found.html" if is_htmx(request) else "search/page.html", {"groups": groups, "q": text})


@require_safe
@login_required
def notices(request: Any) -> HttpResponse:
    """What somebody was told, the newest first: the unread, or all."""
    everything, before = "all" in request.GET, request.GET.get("before", "")
    rows = Notice.objects.filter(recipient=request.user).order_by("-id")
    rows = rows if everything else rows.filter(read_at=None)
    rows = rows.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 19 else rows
    shown = list(rows[: PAGE + 1])
    more = shown[PAGE - 1].pk if len(shown) > PAGE else None
    context = {"notices": shown[:PAGE], "everything": everything, "more": more, "count": unread(request.user)}
    return page(request, "notices/list.html", context)


@require_safe
@login_required
def bell(request: Any) -> HttpResponse:
    """The menu under the bell: the newest unread."""
    rows = Notice.objects.filter(recipient=request.user, read_at=None).order_by("-id")[:FEW]
    return page(request, "notices/bell.html", {"notices": rows})


@require_safe
@login_required
def opened(request: Any, pk: int) -> HttpResponse:
    """Opening a notice marks it as read and leads to its record."""
    notice = get_object_or_404(Notice, pk=pk, recipient=request.user)
    Notice.objects.filter(pk=pk, read_at=None).update(read_at=clock.now())
    return redirect(notice.url or reverse("notices:list") + "?all")


@require_POST
@login_required
def mark_read(request: Any, pk: int | None = None) -> HttpResponse:
    """One notice, or all of them, read."""
    rows = Notice.objects.filter(recipient=request.user, read_at=None)
    (rows.filter(pk=pk) if pk else rows).update(read_at=clock.now())
    return redirect("notices:list")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tokens(request: Any) -> HttpResponse:
    """A person's tokens; a new one is shown once, on the page that answers its making."""
    made = None
    if request.method == "POST":
        _row, made = ApiToken.make(request.user, request.POST.get("name", "").replace("\0", ""))
    rows = ApiToken.objects.filter(user=request.user).order_by("-pk")
    words = {"tokens": rows, "made": made, "today": clock.today(), "days": LIFE.days}
    response = page(request, "tokens/list.html", words)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@login_required
def revoke(request: Any, pk: int) -> HttpResponse:
    ApiToken.objects.filter(user=request.user, pk=pk).delete()
    return redirect("tokens")


def urlpatterns() -> list[Any]:
    told = [
        path("", notices, name="list"),
        path("menu/", bell, name="menu"),
        path("read/", mark_read, name="read_all"),
        path("<int:pk>/", opened, name="open"),
        path("<int:pk>/read/", mark_read, name="read"),
    ]
    return [
        path("search/", found, name="search"),
        path("notices/", include((told, "notices"))),
        path("accounts/tokens/", tokens, name="tokens"),
        path("accounts/tokens/<int:pk>/revoke/", revoke, name="revoke_token"),
    ]
