"""The web application, warmed before the first request and with a heap the collector leaves alone."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "houqin.site.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  every page is imported now, not by the first visitor of each worker
gc.collect()
gc.freeze()
