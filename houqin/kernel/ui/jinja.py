"""The Jinja2 environment every page is rendered in."""

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from houqin.kernel.ui import controls, wording

_ICON = '<svg class="icon {}" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" \
stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>'


@cache
def icon(name: str, css: str = "") -> Markup:
    """An icon of the sprite (names: icons.txt), decorative: the words beside it carry the meaning."""
    return Markup(_ICON).format(css, static("build/icons.svg"), name)


def url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def notices_of(request: Any) -> list[Any]:
    """The flash messages waiting for this request; none where there is no request (an error page)."""
    return list(get_messages(request)) if request is not None else []


def language() -> str:
    """The BCP 47 tag of the page: zh-Hans, en."""
    tag = get_language() or settings.LANGUAGE_CODE
    return "zh-Hans" if tag.startswith("zh") else tag


def environment(**options: Any) -> Environment:
    """A Jinja2 environment with our globals and filters; `options` are those of the TEMPLATES setting."""
    extensions = [*options.pop("extensions", ()), "jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]
    if getattr(settings, "TEMPLATE_STRICT", False):
        options.setdefault("undefined", StrictUndefined)
    options.setdefault("autoescape", True)
    env = Environment(extensions=extensions, trim_blocks=True, lstrip_blocks=True, **options)  # noqa: S701
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.globals.update(
        url=url,
        static=static,
        icon=icon,
        control=controls.control,
        control_kind=controls.kind,
        counts=controls.counts,
        described_by=controls.described_by,
        notices_of=notices_of,
        language=language,
        NOTHING=wording.NOTHING,
    )
    env.filters.update(wording.FILTERS)
    return env
