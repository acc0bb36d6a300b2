"""What was used on a job."""

import pytest
from django.core.exceptions import ValidationError


def test_nothing_used_is_not_booked(report, school):
    order = report()
    order.dispatch(by=school.desk, worker=school.worker)
    with pytest.raises(ValidationError):
        order.use(by=school.worker)
    assert [event.past for event in order.events.order_by("id")] == ["added", "dispatched"]
