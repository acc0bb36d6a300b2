"""The demo school, built once for the tests of this folder and taken away after them."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings
from django.db import transaction

from houqin.demo import build, orders
from houqin.kernel import clock
from houqin.school.rules.snapshots import forget

SUNDAY = date(2026, 11, 22)


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    """青禾中学 on Sunday 2026-11-22, at the minute the story stops."""
    with django_db_blocker.unblock(), transaction.atomic():
        forget()
        build.build(SUNDAY, 0, lambda step, share: None)
        (settings.DATA_DIR / "demo.json").unlink()
        with clock.at(orders.now_of(SUNDAY)):
            yield
        transaction.set_rollback(True)
    forget()
