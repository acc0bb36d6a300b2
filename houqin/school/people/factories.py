"""People as tests and the demo school need them."""

from typing import Any

import factory

from houqin.kernel.access import Role
from houqin.school.rules.factories import RecordFactory

from .models import GRADES, Department, Post, SchoolClass, User


class DepartmentFactory(RecordFactory):
    class Meta:
        model = Department

    name = factory.Sequence(lambda n: f"第{n}办公室")


class PostFactory(RecordFactory):
    class Meta:
        model = Post

    name = factory.Sequence(lambda n: f"岗位{n}")


class UserFactory(RecordFactory):
    """`UserFactory(codes=["WX"])` gives roles by code; the password is "houqin-2026" unless said otherwise."""

    class Meta:
        model = User

    class Params:
        codes: tuple[str, ...] = ()

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"张{'一二三四五六七八九十'[n % 10]}")
    phone = factory.Sequence(lambda n: f"138{n:08d}")
    password = "houqin-2026"
    roles = factory.LazyAttribute(lambda user: [role(code) for code in user.codes])


def role(code: str) -> Role:
    """The role of this code, made when the matrix has not been read yet."""
    return Role.objects.get_or_create(code=code, defaults={"name": code})[0]


class SchoolClassFactory(RecordFactory):
    class Meta:
        model = SchoolClass

    grade = factory.Sequence(lambda n: list(GRADES)[n % len(GRADES)])
    number = factory.Sequence(lambda n: n // len(GRADES) + 1)
    pupils = 45


def user_with(*codes: str, **fields: Any) -> User:
    return UserFactory(codes=codes, **fields)
