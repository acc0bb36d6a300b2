"""Every reason the reader can give, by a stable code. The English sentence stands in the JSON; a screen shows the
code's Chinese."""

from typing import Any

REASONS = {
    # why a line was not read
    "before": "before the first plan",
    "furniture": "words of a web page, not of the plan",
    "watermark": "a web page's mark beside a header",
    "prose": "prose of the plan, not a task",
    "closing": "closing text after the schedule",
    "sign": "signature or date of the document",
    "titles": "titles of columns",
    "theme": "theme or holiday of the period, not a task",
    "note": "a note beside the schedule, not a task",
    "group": "title of a group of tasks",
    "roster": "a duty roster, not tasks",
    "section": "title of a section",
    "year": "the year of the periods that follow",
    "place": "further column of the table",
    "unsure": "perhaps a task: please look",
    "empty": "a label without text",
    # warnings
    "double": "number {label} stands twice in this period",
    "gap": "number {label} is missing in this period",
    "restart": "the numbers start again at {label} in this period",
    "order": "this period comes before the one above it",
    "length": "this week has {days} days",
    "apart": "this week does not follow the one above it: {days} day(s) between",
    "overlap": "this week overlaps the one above it",
    "weekstart": "this week begins on {day}, the others on {usual}",
    "calendar": "written {written}, by the calendar {start} to {end}",
    "weekno": "week {number} stands after week {before}",
    "twice": "week {number} stands twice",
    "mended": "the header is damaged, read as {start} to {end}",
    "nodate": "no such date",
    "written": "the year {written} stands in the document, {given} was asked for",
    "worked": "dates worked out from the neighbouring weeks",
    "noperiod": "no period was found in this plan",
}

REFUSALS = {
    "void": "“{name}” is empty.",
    "large": "“{name}” is larger than {limit} MB; a plan is never that large.",
    "long": "“{name}” holds more text than any plan.",
    "picture": "“{name}” is a picture or sound, not a document with text.",
    "printed": "“{name}” is a PDF or rich text file: open it, copy its text and paste it here.",
    "packed": "“{name}” is a compressed file, not a document: unpack it and read the document inside.",
    "old": "“{name}” is an old Word or WPS document (.doc, .wps): open it in Word or WPS, choose “Save as” (另存为), "
    "take the type .docx, and read that file.",
    "notext": "“{name}” is not a text document, or it is in an encoding that is not known here.",
    "damaged": "“{name}” is damaged and cannot be opened; save it again and try once more.",
    "bomb": "“{name}” unpacks to an unreasonable size and was not opened.",
    "locked": "“{name}” is locked with a password; save it without one.",
    "closed": "“{name}” cannot be opened.",
}


def refusal(code: str, params: dict[str, Any]) -> str:
    """The English sentence with which a document is refused."""
    return REFUSALS[code].format(**params)


def sentence(code: str, params: dict[str, Any]) -> str:
    """The English sentence of a code."""
    return REASONS[code].format(**params)
