"""Runs the binary that was installed with this module, in place of Python."""

import os
import sys
import sysconfig


def find():
    """Returns the binary's path: where this Python has its scripts, where a user has them, or beside a --target folder."""
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    folders = [sysconfig.get_path("scripts"), sysconfig.get_path("scripts", "posix_user"), os.path.join(here, "bin")]
    paths = [os.path.join(folder, "epochzero") for folder in folders]
    for path in paths:
        if os.path.isfile(path):
            return path
    sys.exit(f"epochzero: the program is not where pip puts it: {', '.join(paths)}; install the package anew")


if __name__ == "__main__":
    os.execv(find(), ["epochzero", *sys.argv[1:]])
