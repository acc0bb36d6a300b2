"""Fixtures for journeys: `desk` and `phone` are pages in a real Chromium against `live_server`; `axe` looks for barriers.

    @pytest.mark.browser
    def test_a_clerk_signs_in(desk, live_server): ...

A page that writes an error to the console, or throws, fails its test at the end (mark `console` allows it).
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tools import chromium

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "node_modules/axe-core/axe.min.js"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
ANSWERS = (
    "status of 403",
    "status of 404",
    "status of 409",
    "status of 422",
    "status of 429",
)  # refusals are no faults


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = chromium.find()
    if path is None:
        pytest.fail(chromium.WORD)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Any, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Any]]:
    """Open a page of its own session: open_page(), open_page(phone=True), open_page(locale="en")."""
    contexts, faults = [], []

    def open_(phone: bool = False, **options: Any) -> Any:
        look = {"viewport": PHONE, "is_mobile": True, "has_touch": True} if phone else {"viewport": DESK}
        options = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "base_url": live_server.url, **look, **options}
        context = browser.new_context(**options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("console", lambda line: _note(faults, page, line))
        return page

    yield open_
    for context in contexts:
        context.close()
    if not request.node.get_closest_marker("console"):
        assert faults == []


@pytest.fixture
def desk(open_page: Callable[..., Any]) -> Any:
    """A page of 1440 × 900."""
    return open_page()


@pytest.fixture
def phone(open_page: Callable[..., Any]) -> Any:
    """A page of 390 × 844 that is touched."""
    return open_page(phone=True)


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], list[str]]:
    """axe(page) → serious and critical findings, one line each; an empty list is what a test asserts."""
    source = AXE.read_text(encoding="utf-8")

    def look(page: Any) -> list[str]:
        page.evaluate(source)  # through the debugger: the content security policy stays as it is
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        grave = [one for one in found if one["impact"] in {"serious", "critical"}]
        return [f"{one['id']}: {node['target'][0]}: {one['help']}" for one in grave for node in one["nodes"]]

    return look


def _note(faults: list[str], page: Any, line: Any) -> None:
    if line.type == "error" and not any(answer in line.text for answer in ANSWERS):
        faults.append(f"{page.url}: {line.text}")
