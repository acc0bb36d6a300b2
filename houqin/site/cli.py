"""The command `houqin`: one line here and one module in commands/ for each subcommand.

A command's module has two functions: `arguments(parser)` declares its options on an argparse parser, and
`run(args) -> int | None` does the work and gives the exit code. Modules are imported only when their command is
called, so that `houqin --help` is quick and `houqin plan` never loads Django; a command that needs Django calls
`houqin.site.cli.setup_django()` first.
"""

import argparse
import importlib
import os
import sys
from pathlib import Path

COMMANDS = {
    "serve": "start the server: pages, background tasks and the clock, until Ctrl-C",
    "migrate": "bring the database and the static files up to date (safe to repeat)",
    "setup-token": "print a one-time address that creates the first administrator",
    "demo": "fill an empty database with the demo school",
    "plan": "read a work plan (.txt, .docx, .xlsx) and print what it says",
    "reindex": "write the search index anew (after a restore from another database, or when in doubt)",
    "docs": "write the pages about the registers into docs/registers/",
    "messages": "extract, check and compile the Chinese texts of the interface",
    "check": "check the installation: settings, registers, rights, menu, migrations",
    "work": "run background tasks and the clock alone (serve does this already)",
    "manage": "run one of Django's own commands, for example: houqin manage shell",
}


def setup_django() -> None:
    """Load settings and all apps; takes about half a second, so only commands that need it call it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "houqin.site.settings")
    import django

    django.setup()


def main(argv: list[str] | None = None) -> int:
    """Run `houqin COMMAND …`. Exit codes: 0 done, 1 failed with a sentence, 2 wrong use or unreadable input."""
    argv = sys.argv[1:] if argv is None else argv
    present = {name: text for name, text in COMMANDS.items() if _path(name).exists()}
    parser = argparse.ArgumentParser(
        prog="houqin",
        description="Houqin: the logistics of a school.",
        epilog="houqin COMMAND --help tells more. Settings are environment variables: DATA_DIR (./data), "
        "DATABASE_URL (SQLite in DATA_DIR), PORT (8000), SITE_URL, SECRET_KEY, ALLOWED_HOSTS, EMAIL_URL, DEBUG.",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, text in present.items():
        sub = commands.add_parser(
            name, help=text, description=text[0].upper() + text[1:] + ".", add_help=name != "manage"
        )
        if argv and argv[0] == name:
            module = importlib.import_module("houqin.site.commands." + name.replace("-", "_"))
            module.arguments(sub)
            sub.set_defaults(run=module.run)
    args = parser.parse_args(argv)
    return args.run(args) or 0


def _path(name: str) -> Path:
    return Path(__file__).parent / "commands" / (name.replace("-", "_") + ".py")
