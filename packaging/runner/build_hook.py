"""Puts the runner and its libraries into the wheel, and says on which machines they run."""

import os
import re
import struct
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MACHINES = {62: "x86_64", 183: "aarch64"}
# Where the runner looks for them, beside the folder that it is in; scripts/build-runner-wheel links it so.
LIBRARY_FOLDER = "lib/epochzero"


class RunnerHook(BuildHookInterface):
    """Reads the wheel's tag from the files themselves, so that it is true wherever the wheel is built."""

    def initialize(self, version, build_data):
        if self.target_name != "wheel" or version != "standard":
            raise RuntimeError("there is only a wheel to build: the sources are no Python, see scripts/build-runner-wheel")
        runner, libraries = (os.environ.get(name) for name in ("EPOCHZERO_RUNNER", "EPOCHZERO_RUNNER_LIBRARIES"))
        if not runner or not libraries:
            raise RuntimeError("it is not said where the runner and its libraries are; build the wheel with scripts/build-runner-wheel")
        parts = [Path(runner), *sorted(Path(libraries).glob("*.so.*"))]
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-manylinux_2_{max(map(least_glibc, parts))}_{machine_of(parts[0])}"
        build_data["shared_scripts"][runner] = "epochzero-dryrun"
        for library in parts[1:]:
            build_data["shared_data"][str(library)] = f"{LIBRARY_FOLDER}/{library.name}"
        for license in sorted(Path(libraries, "licenses").iterdir()):
            build_data["shared_data"][str(license)] = f"share/doc/epochzero-dryrun/{license.name}"


def least_glibc(path):
    """Returns N where the file needs version 2.N of the GNU C library at least: by the names of versions that it links to."""
    return max(int(minor) for minor in re.findall(rb"\0GLIBC_2\.(\d+)(?=[.\0])", path.read_bytes()))


def machine_of(path):
    """Returns the name of the processor that an executable is made for."""
    binary = path.read_bytes()
    number, = struct.unpack_from("<H", binary, 18)
    if binary[:6] != b"\x7fELF\x02\x01" or number not in MACHINES:
        raise RuntimeError(f"{path} is no 64-bit ELF file of little endian for a processor that wheels have a tag for")
    return MACHINES[number]
