"""The Jinja2 environment of this installation: the kernel's, plus what only the site knows."""

from typing import Any

from django.conf import settings
from jinja2 import Environment

from houqin.kernel.ui import jinja


def environment(**options: Any) -> Environment:
    env = jinja.environment(**options)
    env.globals.update(DEMO=settings.DEMO, SITE_URL=settings.SITE_URL)
    return env
