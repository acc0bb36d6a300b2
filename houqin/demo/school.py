"""The people and places of 青禾中学."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.hashers import make_password

from houqin.kernel.access import Role
from houqin.school.people.models import Department, Post, SchoolClass, User
from houqin.school.places.models import Place

from . import campus, staff
from .names import people as names


class People:
    """Adds people one by one, looking departments, posts and roles up once."""

    def __init__(self, by: Any) -> None:
        self.by, self.names, self.count = by, names(20260830), 0
        self.taken = {row[1] for row in staff.STAFF}
        self.roles = {role.code: role for role in Role.objects.all()}
        self.departments = {row.name: row for row in Department.objects.all()}
        self.posts: dict[str, Post] = {}

    def add(self, username: str, name: str, department: str | None, post: str, roles: str, phone: str = "") -> User:
        if post not in self.posts:
            self.posts[post] = Post.add(by=self.by, name=post, position=len(self.posts))
        mobile, office = (phone, "") if len(phone) > 5 else (None, phone)
        return User.add(
            by=self.by, username=username, name=name, post=self.posts[post], phone=mobile or None, office=office,
            department=self.departments.get(department or ""), roles=[self.roles[code] for code in roles.split()],
        )  # fmt: skip

    def unnamed(self, prefix: str, department: str, post: str, roles: str) -> User:
        """Somebody whose name does not matter to the story."""
        name = next(name for name in self.names if name not in self.taken)
        self.count += 1
        return self.add(f"{prefix}{self.count:03d}", name, department, post, roles, f"1380001{self.count:04d}")


def build_people(by: Any) -> None:
    """Departments, 27 people with a part in the story, teachers and helpers; every password is `staff.PASSWORD`."""
    known: dict[str, Department] = {}
    for position, (name, kind, parent) in enumerate(staff.DEPARTMENTS):
        known[name] = Department.add(by=by, name=name, kind=kind, parent=known.get(parent or ""), position=position)
    crowd = People(by)
    for username, name, department, post, roles, phone, _shown in staff.STAFF:
        crowd.add(username, name, department, post, roles, phone)
    for n in range(staff.TEACHERS - 4):
        crowd.unnamed("js", staff.SUBJECTS[n % len(staff.SUBJECTS)], "教师", "JS")
    for _n in range(staff.ADMINISTRATION - 4):
        crowd.unnamed("xz", "教务处", "职员", "JS")
    for department, post, roles, count in [*staff.HOURLY, *staff.OUTSOURCED]:
        for _n in range(count):
            crowd.unnamed("hq", department, post, roles)
    User.objects.update(password=make_password(staff.PASSWORD))
    heads = {"总务处": "lijianguo", "德育处": "wanglijuan", "团委": "yangfan", "食堂": "zhoumin", "水电组": "chenzhiqiang",
             "木工组": "wanghai", "信息组": "zhaoyongping", "宿管组": "wuguifang", "保安队": "liubaoan"}  # fmt: skip
    for name, username in heads.items():
        known[name].amend(by=by, head=User.objects.get(username=username))


def build_classes(by: Any) -> list[SchoolClass]:
    """36 classes, each with a homeroom teacher who also holds that role."""
    free = iter(User.objects.filter(username__startswith="js").order_by("username"))
    zhang = User.objects.get(username="zhanghui")
    homeroom_role = Role.objects.get(code="BZ")
    classes = []
    for grade, count in staff.GRADES:
        for number in range(1, count + 1):
            teacher = zhang if (grade, number) == ("高一", 3) else next(free)
            teacher.roles.add(homeroom_role)
            pupils = 44 if grade.startswith("初") else 47 + number % 2
            classes.append(SchoolClass.add(by=by, grade=grade, number=number, homeroom=teacher, pupils=pupils))
    return classes


def build_places(by: Any) -> None:
    """Campus, buildings, floors, 212 rooms and the outdoor areas, with keepers and classes."""
    root = Place.add(by=by, kind="campus", name=campus.CAMPUS)
    buildings, floors = {}, {}
    for position, (code, name, storeys) in enumerate(campus.BUILDINGS):
        label = f"{code}号楼" if int(code) <= 3 else name
        buildings[code] = Place.add(
            by=by,
            kind="building",
            code=code,
            name=label,
            alias=name if label != name else "",
            parent=root,
            position=position,
        )
        for floor in range(1, storeys + 1):
            floors[code, floor] = Place.add(
                by=by, kind="floor", name=f"{floor}层", parent=buildings[code], position=floor
            )
    _rooms(by, floors)
    for position, name in enumerate(campus.AREAS):
        Place.add(by=by, kind="area", name=name, parent=root, use=_area_use(name), position=100 + position)


def _rooms(by: Any, floors: dict[tuple[str, int], Place]) -> None:
    classes = iter(SchoolClass.objects.order_by("position"))
    departments = {row.name: row for row in Department.objects.all()}
    wardens = dict(zip("8 9 10".split(), User.objects.filter(roles__code="SU").order_by("pk"), strict=False))
    for position, (building, floor, code, name, use) in enumerate(campus.rooms()):
        room = {"kind": "room", "code": code, "name": name, "use": use, "position": position}
        if use == "classroom":
            owner = next(classes)
            room |= {
                "school_class": owner,
                "keeper": owner.homeroom,
                "seats": 50,
                "alias": owner.name,
                "name": f"{owner.name}教室",
            }
        elif use == "dorm":
            room |= {"keeper": wardens[building], "seats": 6}
        elif name in departments:
            room |= {"department": departments[name], "keeper": departments[name].head}
        Place.add(by=by, parent=floors[building, floor], **room)


def _area_use(name: str) -> str:
    if name.startswith(("店面房", "校园超市")):
        return "shop"
    return "sports" if name in ("田径场", "篮球场") else "plant" if "池" in name or "井" in name else "other"


def shown_accounts() -> Iterator[tuple[str, str, str]]:
    """(username, name, what for) of the accounts printed in the terminal and offered on the sign-in page."""
    for username, name, _department, _post, _roles, _phone, shown in staff.STAFF:
        if shown:
            yield username, name, shown
