"""Who reports, who mends and what there is to break: read once for the whole story."""

from random import Random
from typing import Any

from houqin.areas.repairs.models import Category
from houqin.school.people.models import Department, User
from houqin.school.places.models import Place

from . import faults


class Cast:
    """The people, places and categories of the repairs' story."""

    def __init__(self) -> None:
        self.people = {user.username: user for user in User.objects.select_related("department").order_by("pk")}
        self.desk, self.director = self.people["wanghaiyan"], self.people["lijianguo"]
        self.workers = {team: self.people[name] for team, name in faults.WORKERS.items()}
        names = sorted(name for name in self.people if name.startswith("js"))
        self.teachers = [self.people[name] for name in (*names, *["xuxiaoming"] * 6)]
        self.clerks = [self.people[name] for name in sorted(self.people) if name.startswith("xz")]
        self.categories = {row.name: row for row in Category.objects.all()}
        self.places: dict[str, list[Place]] = {}
        for place in Place.objects.filter(kind__in=("room", "area")).select_related("keeper").order_by("pk"):
            self.places.setdefault(use_of(place), []).append(place)
        self.rooms = {place.code: place for places in self.places.values() for place in places if place.code}

    def worker(self, category: Category) -> User:
        return self.workers[faults.TEAM_OF[category.name]]

    def place(self, dice: Random, weekend: bool) -> Place:
        uses = [use for use in faults.BUSY if self.places.get(use)]
        use = dice.choices(uses, [faults.BUSY[use][weekend] for use in uses])[0]
        places = self.places[use]
        # A few rooms are worse than the others: every third fault comes from the first eighth.
        return dice.choice(places[: len(places) // 8 + 1] if dice.random() < 0.3 else places)

    def fault(self, dice: Random, use: str) -> tuple[Category, str]:
        """(category, symptom) as they occur in such a place."""
        weights = faults.WHERE[use]
        category = self.categories[dice.choices(list(weights), list(weights.values()))[0]]
        return category, dice.choice([s for s in category.chips if use in faults.ONLY.get(s, use).split()])

    def reporter(self, dice: Random, place: Place) -> User:
        """Somebody who has to do with the place."""
        at_hand = {
            "lab": self.teachers, "office": self.clerks, "sports": self.teachers, "library": [self.people["fengwenjing"]],
            "canteen": [self.people["zhoumin"]], "store": [self.people["sunlijun"]],
        }.get(place.use, [self.people["liubaoan"], self.people["madesheng"]])  # fmt: skip
        if place.use == "classroom":
            return place.keeper if dice.random() < 0.65 else dice.choice(self.teachers)
        return place.keeper or dice.choice(at_hand)


def use_of(place: Place) -> str:
    """What the place is used as, in the words of faults.WHERE: wells and pits break otherwise than plant rooms."""
    return "pit" if place.use == "plant" and place.kind == "area" else place.use


def give_teams(by: Any) -> None:
    """Each category has the team that mends it."""
    teams = {row.name: row for row in Department.objects.filter(kind="team")}
    for category in Category.objects.all():
        category.amend(by=by, team=teams[faults.TEAM_OF[category.name]])
