"""How every view of the product answers with a page: the frame around it, its fragment for htmx, its overrides."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.template.backends.utils import csrf_input
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject, lazy

from ..menu import shell


@cache
def _template(names: tuple[str, ...]) -> Any:
    return engines["jinja2"].env.select_template(names)  # type: ignore[attr-defined]


def fragment(names: str | tuple[str, ...], context: dict[str, Any]) -> str:
    """A template's text without a request: a panel, a card."""
    return str(_template((names,) if isinstance(names, str) else names).render(context))


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def page(
    request: HttpRequest, template: str | tuple[str, ...], context: dict[str, Any], status: int = 200, block: str = ""
) -> HttpResponse:
    """Render the first template that exists; `block` alone when htmx asks for the element of that id.

    A template that extends dialog.html gets `fragment` (true for htmx). Every page gets request, csrf and `shell`.
    """
    found = _template((template,) if isinstance(template, str) else tuple(template))
    htmx = is_htmx(request)
    token = lazy(get_token, str)(request)
    words = {
        "request": request,
        "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),
        "csrf_token": token,
        "fragment": htmx,
    } | context
    if block and htmx and request.headers.get("HX-Target") == block and block in found.blocks:
        text = "".join(found.blocks[block](found.new_context(words)))
    else:
        text = found.render(words | ({} if htmx and not block else {"shell": shell(request)}))
    response = HttpResponse(text, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    response["Cache-Control"] = "private, no-store" if htmx else "private, no-cache"
    return response
