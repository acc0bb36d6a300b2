"""The screenshots of the README: a demo school of a fixed day in a folder of its own, as a person sees it."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
from playwright.sync_api import sync_playwright

from tools import chromium

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs/pictures"
DAY = "2026-11-20"
PORT = os.environ.get("PICTURES_PORT", "8790")
HOME = f"http://127.0.0.1:{PORT}"
PICTURES = [  # file, account, address, phone
    ("desk.png", "lijianguo", "/", False),
    ("phone.png", "chenzhiqiang", "/repairs/jobs/", True),
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


def chinese_fonts(folder: str) -> None:
    """A bare server has no Chinese font; Chromium borrows those of our printed forms."""
    conf = Path(folder, "fonts.conf")
    conf.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{Path(pylopdf_fonts_zh_cn.__file__).parent}</dir></fontconfig>"
    )
    os.environ["FONTCONFIG_FILE"] = str(conf)


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
        chinese_fonts(folder)
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
