"""Fixtures for every test. tests/environment.py chose database and folder before; tests/browser.py has the pages."""

import os

import pytest

from tests.environment import DB

pytest_plugins = ["tests.browser"]


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


@pytest.fixture(autouse=True)
def fresh_snapshots() -> None:
    """What the last test read of rules and calendar is forgotten: its rows were rolled back."""
    from houqin.school.rules.snapshots import forget

    forget()
