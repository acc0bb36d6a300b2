"""What pages rendered outside our own views (sign-in, errors) are given: the frame around them."""

from typing import Any

from django.utils.functional import SimpleLazyObject

from houqin.kernel.menu import shell


def frame(request: Any) -> dict[str, Any]:
    """`shell` for whoever is signed in; made only when a template asks for it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"shell": SimpleLazyObject(lambda: shell(request))}
