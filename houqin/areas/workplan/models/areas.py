"""The areas of the house a task may belong to, in words, and the lanes they share on the term calendar."""

from django.utils.translation import gettext_lazy as _

AREAS = [
    ("workplan", _("Planning")), ("staffing", _("People and pay")), ("duty", _("Duty rosters")),
    ("meetings", _("Meetings and training")), ("repairs", _("Repairs")), ("works", _("Works")),
    ("inspections", _("Inspection rounds")), ("fire", _("Fire safety")), ("equipment", _("Equipment checks")),
    ("assets", _("Property")), ("custody", _("Custody and damage")), ("stores", _("Stores")),
    ("procurement", _("Procurement")), ("contracts", _("Contracts and licences")),
    ("finance", _("Budget and expenses")),
    ("fees", _("Fees")), ("foodsafety", _("Food safety")), ("oversight", _("Canteen oversight")), ("meals", _("Meals")),
    ("canteenbooks", _("Canteen books")), ("lettings", _("Lettings")), ("dorms", _("Dormitories")),
    ("hygiene", _("Hygiene")), ("greening", _("Greening")), ("gate", _("Gate and security")),
    ("emergency", _("Emergencies")), ("clinic", _("Clinic")), ("energy", _("Energy")),
    ("textbooks", _("Textbooks and uniforms")), ("events", _("Events and examinations")), ("venues", _("Venues")),
    ("outsourcing", _("Outsourcing")), ("archives", _("Archives")), ("publicity", _("Publicity and opinions")),
    ("returns", _("Returns and audits")),
]  # fmt: skip
LABELS = dict(AREAS)

LANES = [
    ("upkeep", _("Repairs and property"), "repairs works equipment assets custody energy"),
    ("supply", _("Canteen and purchasing"),
     "foodsafety oversight meals canteenbooks procurement stores contracts finance fees lettings outsourcing"),
    ("safety", _("Safety and duty"), "inspections fire gate emergency duty clinic"),
    ("grounds", _("Grounds and dormitories"), "dorms hygiene greening venues"),
    ("office", _("Office and events"), ""),
]  # fmt: skip
_LANE_OF = {area: key for key, _label, areas in LANES for area in areas.split()}


def lane_of(area: str) -> str:
    """The lane of an area; whatever belongs nowhere else stands in the office's."""
    return _LANE_OF.get(area, "office")
