"""Twenty clicks at once are one act, on SQLite and on PostgreSQL; numbers are given out once each."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from houqin.areas.repairs.factories import CategoryFactory, RepairOrderFactory
from houqin.areas.repairs.models import RepairOrder
from houqin.kernel.events import Event
from houqin.kernel.verbs import NotAllowed
from houqin.school.people.factories import UserFactory
from houqin.school.places.factories import PlaceFactory

CLICKS = 20


def together(act: Callable[[int], Any], times: int = CLICKS) -> Counter[str]:
    """Run `act` in so many threads at the same moment; count what became of each."""
    start, outcomes = threading.Barrier(times), Counter[str]()

    def click(n: int) -> None:
        start.wait()
        try:
            act(n)
            outcomes["done"] += 1
        except NotAllowed:
            outcomes["refused"] += 1
        except Exception as error:
            outcomes[repr(error)] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=(n,)) for n in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_accept_an_order_once() -> None:
    clerk, order = UserFactory(), RepairOrderFactory()
    outcomes = together(lambda _n: RepairOrder.objects.get(pk=order.pk).accept(by=clerk))
    assert outcomes == {"done": 1, "refused": CLICKS - 1}
    assert Event.objects.filter(name="repairs.repairorder.accepted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_reports_at_once_get_twenty_numbers_in_a_row() -> None:
    place, category, teacher = PlaceFactory(), CategoryFactory(), UserFactory()
    outcomes = together(
        lambda n: RepairOrder.add(by=teacher, place=place, category=category, description=f"第{n}处漏水")
    )
    assert outcomes == {"done": CLICKS}
    serials = sorted(RepairOrder.objects.values_list("serial", flat=True))
    assert serials == list(range(1, CLICKS + 1))


@pytest.mark.django_db(transaction=True)
def test_a_report_that_fails_gives_its_number_back() -> None:
    from django.core.exceptions import ValidationError

    teacher = UserFactory()
    first = RepairOrderFactory()
    with pytest.raises(ValidationError):
        RepairOrder.add(by=teacher, place=first.place, category=first.category, description="")
    second = RepairOrderFactory()
    assert second.serial == first.serial + 1
