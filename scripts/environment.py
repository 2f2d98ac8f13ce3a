"""Virtual environments for the scripts that need packages of Python's."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def enter(*packages):
    """Goes on inside a virtual environment that has the packages, which is made when it is not there.

    Each entry is a list of arguments for one call of `pip install`.
    """
    script = Path(sys.argv[0]).resolve()
    folder = ROOT / ".build" / script.name
    if Path(sys.prefix).resolve() == folder.resolve():
        return
    python = folder / "bin/python"
    stamp = folder / "packages"
    if not stamp.exists() or stamp.read_text() != repr(packages):
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        for arguments in packages:
            subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments], check=True)
        stamp.write_text(repr(packages))
    os.execv(python, [python, script, *sys.argv[1:]])
