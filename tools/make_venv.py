"""Make the virtual environment; on Debian the module for it is a package of its own."""

import os
import shutil
import subprocess
import sys

WORD = "This needs the Debian package python{0}-venv: apt-get install python{0}-venv"


def usable() -> bool:
    return subprocess.run([sys.executable, "-c", "import venv, ensurepip"], capture_output=True).returncode == 0


def main(target: str) -> int:
    if sys.version_info < (3, 11):
        print(f"Houqin needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12 run")
        return 1
    if not usable():
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
            print(WORD.format(version), file=sys.stderr)
            return 1
        print(f"Installing python{version}-venv …")
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        if (
            subprocess.run(["apt-get", "install", "-y", "-qq", f"python{version}-venv"], **quiet).returncode
            or not usable()
        ):
            print(WORD.format(version), file=sys.stderr)
            return 1
    return subprocess.run([sys.executable, "-m", "venv", target]).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
