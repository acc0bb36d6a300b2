"""The product's own settings with two addresses more; only the bench's servers use them."""

from houqin.site.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
