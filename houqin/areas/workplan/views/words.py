"""The reader's codes and confidence words as the review page says them."""

from django.utils.translation import gettext_lazy as _

WORDS = {"certain": _("certain"), "likely": _("likely"), "look": _("to be looked at"), "skip": _("not taken")}
TONES = {"certain": "pass pl", "likely": "doing pl", "look": "wait", "skip": "off"}

REASONS = {
    "before": _("before the first plan"), "furniture": _("words of a web page, not of the plan"),
    "watermark": _("a web page's mark beside a heading"), "prose": _("prose of the plan, not a task"),
    "closing": _("closing text after the schedule"), "sign": _("signature or date of the document"),
    "titles": _("titles of columns"), "theme": _("theme or holiday of the period, not a task"),
    "note": _("a note beside the schedule, not a task"), "group": _("title of a group of tasks"),
    "roster": _("a duty roster, not tasks"), "section": _("title of a section"),
    "year": _("the year of the periods that follow"), "place": _("further column of the table"),
    "unsure": _("perhaps a task: please look"), "empty": _("a number without text"),
    "double": _("number %(label)s stands twice in this period"), "gap": _("number %(label)s is missing in this period"),
    "restart": _("the numbers start again at %(label)s in this period"),
    "order": _("this period comes before the one above it"), "length": _("this week has %(days)s days"),
    "apart": _("this week does not follow the one above it: %(days)s days between"),
    "overlap": _("this week overlaps the one above it"),
    "weekstart": _("this week begins on another weekday than the others"),
    "calendar": _("written %(written)s, by the calendar %(start)s to %(end)s"),
    "weekno": _("week %(number)s stands after week %(before)s"), "twice": _("week %(number)s stands twice"),
    "mended": _("the heading is damaged, read as %(start)s to %(end)s"), "nodate": _("there is no such date"),
    "written": _("the year %(written)s stands in the document, %(given)s was asked for"),
    "worked": _("dates worked out from the neighbouring weeks"), "noperiod": _("no period was found in this plan"),
    "notitle": _("the plan has no title"), "split": _("tasks divided at the semicolons"),
    "ownrows": _("%(owners)s owners beside %(items)s tasks"),
    "late": _("the schedule is very long; read without suggestions"),
}  # fmt: skip
