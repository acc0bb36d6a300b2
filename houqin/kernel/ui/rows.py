"""The rows of a list, drawn in Python: a template takes twice as long for fifty of them."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from .jinja import icon


def table_rows(rows: list[Any], cells: list[tuple[str, Callable[[Any], Any]]], picks: bool) -> Markup:
    """The rows of a table; `cells` are (class, what draws the record's cell), `picks` puts a tick box first."""
    choose, found = escape(_("Choose")), []
    drawn = [(f'<td class="{css}">', html) for css, html in cells]
    for row in rows:
        found.append("<tr>")
        if picks:
            pick = f'type="checkbox" name="id" value="{row.pk}" data-pick aria-label="{choose} {escape(str(row))}"'
            found.append(f'<td><input class="form-check-input" {pick}></td>')
        for start, html in drawn:
            found += start, escape(html(row)), "</td>"
        found.append("</tr>\n")
    return Markup("".join(found))  # noqa: S704


def card(glyph: str, url: str, title: Any, meta: Any, badge: Any) -> Markup:
    """A record in a phone's list, a link to its page."""
    words = f'<span class="tt">{escape(title)}</span><span class="mt">{escape(meta)}</span>'
    more = f'<span class="text-end">{escape(badge)}</span>' if badge is not None else ""
    bd = f'{icon(glyph, "t3")}<span class="bd">{words}</span>{more}'
    return Markup(f'<a class="hq-li" href="{escape(url)}">{bd}</a>')  # noqa: S704
