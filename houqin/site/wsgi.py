"""The web application, warmed before the first request and with a heap the collector leaves alone."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "houqin.site.settings")
application = get_wsgi_application()
gc.collect()
gc.freeze()
