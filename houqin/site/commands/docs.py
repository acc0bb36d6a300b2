"""houqin docs: one page a register into docs/registers/, from what is declared: fields, verbs, states, rights."""

import argparse
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from houqin.site import cli

HEAD = "<!-- made by `make docs` -->\n"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=Path("docs/registers"))
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is not what it would be")


def run(args: argparse.Namespace) -> int:
    cli.setup_django()
    from django.utils import translation

    with translation.override("en"):
        wanted = {f"{key}.md": text for key, text in pages().items()}
        wanted["README.md"] = index()
    present = {path.name: path.read_text(encoding="utf-8") for path in args.out.glob("*.md")}
    if args.check:
        stale = sorted({name for name in {*wanted, *present} if wanted.get(name) != present.get(name)})
        if stale:
            print(f"docs/registers is behind the code (make docs): {', '.join(stale)}", file=sys.stderr)
        return 1 if stale else 0
    args.out.mkdir(parents=True, exist_ok=True)
    for name, text in wanted.items():
        (args.out / name).write_text(text, encoding="utf-8")
    for name in {*present} - {*wanted}:
        (args.out / name).unlink()
    print(f"{len(wanted) - 1} registers described in {args.out}")
    return 0


def registers() -> list[Any]:
    from houqin.kernel.registers import registry

    return [registry[key] for key in sorted(registry)]


def index() -> str:
    rows = [f"| [{r.key}]({r.key}.md) | {r.opts.verbose_name_plural} | {first_line(r.model)} |" for r in registers()]
    return "\n".join(
        [HEAD, "# Registers", "", "| register | in the interface | what it is |", "|---|---|---|", *rows, ""]
    )


def pages() -> dict[str, str]:
    return {one.key: "\n".join([HEAD, *page(one), ""]) for one in registers()}


def page(one: Any) -> Iterator[str]:
    yield from (f"# {one.opts.verbose_name_plural} ({one.key})", "", inspect.getdoc(one.model) or "", "")
    yield from ("## Fields", "", "Fields without “entered” are written by verbs or derived.", "")
    yield from ("| name | words | kind | entered |", "|---|---|---|---|")
    for field in one.opts.get_fields():
        if field.concrete and not field.auto_created:
            yield f"| `{field.name}` | {field.verbose_name} | {kind(field)} | {entered(field)} |"
    for name in one.model.line_names():
        rows = one.opts.get_field(name).related_model
        yield f"| `{name}` | {rows._meta.verbose_name_plural} | rows of {', '.join(rows.names())} | may be empty |"
    yield from verbs(one)
    if chart := list(arrows(one)):
        yield from ("", "## States", "", "```mermaid", "stateDiagram-v2", *chart, "```", "")
        yield "Verbs without an arrow leave the state as it is or find the next one themselves."
    yield from rights(one)


def verbs(one: Any) -> Iterator[str]:
    if not one.verbs:
        return
    yield from ("", "## Verbs", "", "| verb | words | from | to | asks for | event | what it does |")
    yield "|---|---|---|---|---|---|---|"
    for name, verb in one.verbs.items():
        start = ", ".join(map(str, verb.sources)) or "any"
        asks = ", ".join(f"`{word}`" for word in verb.takes)
        past, said = f"`{one.key}.{verb.past}`", " ".join((inspect.getdoc(verb) or "").split())
        yield f"| `{name}` | {verb.label} | {start} | {verb.to or ''} | {asks} | {past} | {said} |"


def rights(one: Any) -> Iterator[str]:
    """What the matrix gives each role at first; roles with the same line share a row."""
    from houqin.site.apps import matrix

    found = matrix()
    names, lines = found["roles"] | found.get("duties", {}), {}
    for code, line in found["registers"].get(one.key, {}).items():
        lines.setdefault(line, []).append(f"{names[code]} ({code})")
    if lines:
        yield from ("", "## Rights of a new installation", "", "| who | scope: verbs |", "|---|---|")
        yield from (f"| {', '.join(who)} | {line} |" for line, who in lines.items())


def entered(field: Any) -> str:
    if not field.editable:
        return ""
    return "may be empty" if field.blank else "required"


def arrows(one: Any) -> Iterator[str]:
    """The state chart: one arrow for each state a verb leads away from."""
    if "state" not in {field.name for field in one.opts.get_fields()}:
        return
    for name, verb in one.verbs.items():
        for source in verb.sources if verb.to else ():
            yield f"    {source} --> {verb.to}: {name}"


def kind(field: Any) -> str:
    if field.is_relation and field.related_model is not None:
        return f"→ {field.related_model._meta.label_lower}"
    if field.choices:
        return "one of " + ", ".join(str(value) for value, _ in field.flatchoices)
    return str(field.get_internal_type().removesuffix("Field"))


def first_line(model: type) -> str:
    return (inspect.getdoc(model) or "").partition("\n")[0]
