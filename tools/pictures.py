"""The screenshots of the README: a demo school of a fixed day in a folder of its own, as a person sees it."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tools import chromium

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs/pictures"
DAY = "2026-11-20"
PORT = os.environ.get("PICTURES_PORT", "8790")
HOME = f"http://127.0.0.1:{PORT}"
PICTURES = [  # file, account, address, phone
    ("desk.png", "lijianguo", "/", False),
    ("repairs.png", "lijianguo", "/repairs/repairorder/", False),
    ("phone.png", "chenzhiqiang", "/", True),
]


def take(browser: Any, name: str, account: str, address: str, phone: bool) -> None:
    from houqin.demo.staff import PASSWORD

    size = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
    context = browser.new_context(viewport=size, locale="zh-CN", is_mobile=phone, device_scale_factor=2 if phone else 1)
    page = context.new_page()
    page.goto(f"{HOME}/accounts/login/")
    page.fill("[name=login]", account)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{HOME}/")
    page.goto(HOME + address, wait_until="networkidle")
    page.screenshot(path=OUT / name)
    context.close()
    print(f"docs/pictures/{name}")


def wait() -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{HOME}/healthz", timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not start.")


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    houqin = [sys.executable, "-m", "houqin"]
    with tempfile.TemporaryDirectory(prefix="houqin-pictures-") as folder:
        os.environ.update(DATA_DIR=folder, PORT=PORT, SITE_URL=HOME)
        os.environ.pop("DATABASE_URL", None)
        subprocess.run([*houqin, "migrate", "--quiet", "--no-invite"], check=True)
        subprocess.run([*houqin, "demo", "--today", DAY], check=True)
        server = subprocess.Popen([*houqin, "serve", "--host", "127.0.0.1", "--no-migrate"])
        try:
            wait()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
                for picture in PICTURES:
                    take(browser, *picture)
                browser.close()
        finally:
            server.terminate()
            server.wait(30)
    return 0


if __name__ == "__main__":
    sys.exit(main())
