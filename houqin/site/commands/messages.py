"""houqin messages: the Chinese catalogue of the interface, kept with Babel (no gettext binary).

msgids are English; zh_Hans must be complete, un-fuzzy and keep every placeholder. `extract` reads *.py and the Jinja2
templates of the package; existing translations stay, texts no longer used go, `--take` adds or replaces translations
from a file of lines `msgid<TAB>Chinese` (`\\n` for a line break). Nothing is guessed: a changed msgid is a new msgid.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[2]
PO = PACKAGE / "site/locale/zh_Hans/LC_MESSAGES/django.po"
SOURCES = [
    ("**/tests/**", "ignore"),
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
OPTIONS = {
    "**/templates/**.html": {
        "extensions": "jinja2.ext.i18n,jinja2.ext.do,jinja2.ext.loopcontrols",
        "trimmed": "true",
        "silent": "false",
    }
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["extract", "compile", "check"], nargs="?", default="extract")
    parser.add_argument("--take", type=Path, nargs="*", default=[], metavar="TSV", help="translations to add (extract)")


def run(args: argparse.Namespace) -> int:
    if args.action == "extract":
        return extract(args.take)
    return compile_() if args.action == "compile" else check()


def sources() -> Catalog:
    """Every text of the package as it stands now, with the files it stands in."""
    catalog = Catalog(locale="zh_Hans", domain="django", fuzzy=False)
    found = extract_from_dir(str(PACKAGE), SOURCES, OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",))
    for name, _line, text, comments, context in sorted(found, key=lambda row: (row[0], row[1])):
        if text:
            catalog.add(text, locations=[(f"houqin/{name}", None)], auto_comments=comments, context=context)
    for path in sorted(PACKAGE.glob("**/*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            for text in filter(None, verb_texts(path.read_text(encoding="utf-8"))):
                catalog.add(text, locations=[(f"houqin/{path.relative_to(PACKAGE)}", None)])
    return catalog


def verb_texts(source: str) -> Iterator[str]:
    """The docstrings of verbs: dialogs show them as help, in one line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and any(_is_verb(one) for one in node.decorator_list):
            yield " ".join((ast.get_docstring(node) or "").split())


def _is_verb(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "verb"


def stored() -> Catalog:
    if not PO.exists():
        return Catalog(locale="zh_Hans", domain="django", fuzzy=False)
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hans", domain="django")


def extract(take: list[Path]) -> int:
    """Write django.po anew from the sources and the translations at hand."""
    known = {(message.id, message.context): message.string for message in texts(stored()) if complete(message)}
    given = dict(row for path in take for row in pairs(path))
    catalog = sources()
    for message in texts(catalog):
        singular = message.id[0] if message.pluralizable else message.id
        string = given.get(singular) or known.get((message.id, message.context))
        if string:
            message.string = (string,) if message.pluralizable and isinstance(string, str) else string
    stamp = datetime(2026, 1, 1, tzinfo=UTC)  # a fixed date: a new extraction without new texts changes nothing
    catalog.creation_date = catalog.revision_date = stamp
    catalog.project, catalog.version, catalog.header_comment = "houqin", "1", "# Chinese texts of Houqin."
    catalog.last_translator, catalog.language_team = "Houqin", "zh_Hans"
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, width=120, sort_output=True, omit_header=False, include_lineno=False)
    missing = [message for message in texts(catalog) if not complete(message)]
    print(f"{len(list(texts(catalog)))} texts, {len(missing)} without Chinese")
    compile_()
    return 0


def compile_() -> int:
    """Write django.mo beside django.po when it is older."""
    target = PO.with_suffix(".mo")
    if not PO.exists() or (target.exists() and target.stat().st_mtime >= PO.stat().st_mtime):
        return 0
    with target.open("wb") as file:
        write_mo(file, stored())
    return 0


def check() -> int:
    """0 when every text of the sources has its Chinese, none is fuzzy and all placeholders are kept."""
    errors, catalog = [], stored()
    have = {(message.id, message.context) for message in texts(catalog)}
    for message in texts(sources()):
        if (message.id, message.context) not in have:
            errors.append(f"{message.locations[0][0]}: not in the catalogue (make messages): {message.id!r}")
    for message in texts(catalog):
        where = message.locations[0][0] if message.locations else PO.name
        if message.fuzzy:
            errors.append(f"{where}: fuzzy: {message.id!r}")
        if not complete(message):
            errors.append(f"{where}: no Chinese for {message.id!r}")
        elif placeholders(message.id) != placeholders(message.string):
            errors.append(f"{where}: placeholders differ: {message.id!r} and {message.string!r}")
    print(
        "\n".join(errors) or f"catalogue: {len(have)} texts, all in Chinese", file=sys.stderr if errors else sys.stdout
    )
    return 1 if errors else 0


def texts(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def complete(message: Message) -> bool:
    return bool(message.string) and (isinstance(message.string, str) or all(message.string))


def placeholders(text: str | tuple[str, ...]) -> set[str]:
    """Of a plural the form for many counts: Chinese has one form, which must name the number."""
    return set(PLACEHOLDER.findall(text if isinstance(text, str) else text[-1]))


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        msgid, tab, chinese = line.partition("\t")
        if tab and chinese.strip():
            yield msgid.replace("\\n", "\n"), chinese.strip().replace("\\n", "\n")
