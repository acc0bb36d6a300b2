"""The base of every factory, and rules."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from .models import SCHOOL_NAME, Rule


class RecordFactory(DjangoModelFactory):
    """Writes through `add(by=None, …)`: what a factory makes has passed the checks and has its history."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        return model_class.add(by=kwargs.pop("by", None), **kwargs)


class RuleFactory(RecordFactory):
    """Another value of the school's name from a later day: the one number every installation has."""

    class Meta:
        model = Rule

    code = SCHOOL_NAME
    value = factory.Sequence(lambda n: f"青禾中学{n}")
    effective_on = factory.Sequence(lambda n: date.fromordinal(date(2030, 1, 1).toordinal() + n))
    source = "校名批复"
