"""houqin reindex: the search index from the records, register by register; searching goes on meanwhile."""

import argparse

from houqin.site import cli


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="print nothing unless something fails")


def run(args: argparse.Namespace) -> int:
    cli.setup_django()
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from houqin.kernel.registers import registry
    from houqin.kernel.registers.search import reindex

    look = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*look, disable=args.quiet) as progress:
        bars = {
            key: progress.add_task(key, total=one.model._default_manager.count())
            for key, one in sorted(registry.items())
            if one.search
        }
        for key, done in reindex():
            progress.update(bars[key], completed=done)
    return 0
