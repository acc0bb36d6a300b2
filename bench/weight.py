"""What a browser has to fetch, and how a phone feels about the page on which repairs are reported."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tools import chromium

HERE = Path(__file__).parent


def kilobytes(port: int, session: str, path: str) -> tuple[float, float]:
    """(KB of the first visit, KB of a later one) over the wire, everything the page asks for included."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        context = browser.new_context(locale="zh-CN")
        context.add_cookies([{"name": "sessionid", "value": session, "url": f"http://127.0.0.1:{port}"}])
        page = context.new_page()
        weight = [0.0]
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda done: weight.__setitem__(0, weight[0] + done["encodedDataLength"]))
        found = []
        for _visit in range(2):
            weight[0] = 0.0
            page.goto(f"http://127.0.0.1:{port}{path}", wait_until="networkidle")
            found.append(weight[0] / 1024)
            page.goto("about:blank")
        browser.close()
    return found[0], found[1]


def lighthouse(port: int, session: str, path: str, times: int = 3) -> list[float]:
    """Lighthouse's performance scores (0–100) of the page with its phone profile; [] where it cannot be had."""
    program = _program()
    if program is None:
        return []
    scores = []
    for n in range(times):
        out = HERE / "out" / f"lighthouse-{n}.json"
        out.parent.mkdir(exist_ok=True)
        headers = out.with_name("headers.json")
        headers.write_text(json.dumps({"Cookie": f"sessionid={session}", "Accept-Language": "zh-CN"}))
        command = [
            *program, f"http://127.0.0.1:{port}{path}", "--quiet", "--only-categories=performance", "--output=json",
            f"--output-path={out}", f"--extra-headers={headers}",
            "--chrome-flags=--headless=new " + " ".join(chromium.FLAGS),
        ]  # fmt: skip
        done = subprocess.run(command, env=_env(), capture_output=True, text=True, timeout=240)
        headers.unlink()
        if done.returncode:
            print(done.stderr[-500:], file=sys.stderr)
            continue
        report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        if score := report["categories"]["performance"]["score"]:
            scores.append(score * 100)
    return scores


def _env() -> dict[str, str]:
    return {**os.environ, "CHROME_PATH": chromium.find() or ""}


def _program() -> list[str] | None:
    """Lighthouse from bench/package-lock.json, installed at the first use; None without Node or network."""
    node = shutil.which("node")
    program = HERE / "node_modules/lighthouse/cli/index.js"
    if node and not program.exists():
        npm = shutil.which("npm") or "npm"
        subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HERE)
    return [node, str(program)] if node and program.exists() else None
