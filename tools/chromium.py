"""Where the browser for the journeys is; run as a program it installs Debian's chromium when that is missing."""

import os
import shutil
import subprocess
import sys

NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]
WORD = "The browser tests need Chromium: apt-get install chromium (or set CHROMIUM to its path)."
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    """Path of a Chromium, or None."""
    given = os.environ.get("CHROMIUM")
    if given and os.path.exists(given):
        return given
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> int:
    if find():
        return 0
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        print(WORD, file=sys.stderr)
        return 1
    print("Installing Debian's chromium for the browser tests …")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=env, stdout=subprocess.DEVNULL)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"]
    subprocess.run(install, env=env, stdout=subprocess.DEVNULL)
    if not find():
        print(WORD, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
