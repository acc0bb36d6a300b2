"""The menu: order and grouping.

Labels, icons, addresses and rights come from the registers; empty groups do not show.
"""

from django.utils.translation import gettext_lazy as _

from houqin.kernel.menu import Entry, group

MENU = [
    group("desk", _("Desk"), "layout-dashboard", Entry(_("Desk"), "desk:desk")),
    group("services", _("Service hall"), "building-store", Entry(_("Services"), "desk:services")),
    group(
        "plans",
        _("Plans and duty"),
        "calendar-event",
        Entry(_("Term calendar"), "workplan_calendar", "workplan.task"),
        Entry(_("My tasks"), "workplan_mine", "workplan.task"),
        "workplan.task",
        "workplan.plan",
        Entry(_("Import a plan"), "workplan_import", "workplan.intake", "add"),
        Entry(_("School calendar"), "school_calendar_now"),
    ),
    group(
        "upkeep",
        _("Repairs and facilities"),
        "tool",
        "repairs.repairorder",
        Entry(_("Dispatch board"), "repairs_board", "repairs.repairorder", "dispatch"),
        Entry(_("My jobs"), "repairs_jobs", "repairs.repairorder", "arrive"),
        Entry(_("Repair statistics"), "repairs_statistics", "repairs.repairorder", "statistics"),
        "places.place",
        "repairs.category",
    ),
    group("goods", _("Property and stores"), "packages"),
    group("money", _("Purchasing and finance"), "receipt"),
    group("canteen", _("Canteen and meal cards"), "tools-kitchen-2"),
    group("safety", _("Safety"), "shield-check"),
    group("grounds", _("Grounds and dormitories"), "plant-2"),
    group("outside", _("Outsourced services"), "users-group"),
    group("public", _("Publicity and archives"), "archive"),
    group(
        "settings",
        _("System settings"),
        "settings",
        "people.user",
        "people.department",
        "people.schoolclass",
        "people.post",
        Entry(_("Roles"), "roles", "people.user", "give_roles"),
        "terms.schoolyear",
        "terms.term",
        "terms.specialday",
        "rules.rule",
        "kernel.numberkind",
    ),
]

TABS = [
    (_("Desk"), "desk:desk", "layout-dashboard"),
    (_("Services"), "desk:services", "building-store"),
    (_("Scan"), "/scan/", "scan"),
    (_("To-dos"), "desk:todo", "list-check"),
    (_("Me"), "me", "user"),
]
