"""What tests of sheets ask for by name: a school that speaks English on one day, and a clerk at his browser."""

import pytest
import time_machine
from django.utils import translation

from tests.kernel.sheet_kit import clerk_of

NOW = "2026-11-22 09:00+08:00"


@pytest.fixture
def english(settings, tmp_path):
    settings.DATA_DIR, settings.LANGUAGE_CODE = tmp_path, "en"
    with translation.override("en"), time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def signed(client, english):
    """A browser of somebody who may do everything here."""
    client.force_login(
        clerk_of("places.place", "people.user", "people.department", "people.schoolclass", "terms.specialday")
    )
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client
