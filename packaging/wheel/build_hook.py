"""Puts the binary into the wheel, and says on which machines it runs."""

import os
import struct
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MACHINES = {62: "x86_64", 183: "aarch64"}
INTERPRETER = 3


class BinaryHook(BuildHookInterface):
    """Reads the wheel's tag from the binary itself, so that it is true wherever the wheel is built."""

    def initialize(self, version, build_data):
        if self.target_name != "wheel" or version != "standard":
            raise RuntimeError("there is only a wheel to build: the sources are no Python, see scripts/build-wheel")
        path = os.environ.get("EPOCHZERO_BINARY")
        if not path:
            raise RuntimeError("EPOCHZERO_BINARY does not say where the binary is; build the wheel with scripts/build-wheel")
        machine = machine_of(Path(path).read_bytes())
        build_data["pure_python"] = False
        # It needs the kernel only: so no C library is too old for it, and musl's is as good as GNU's.
        build_data["tag"] = f"py3-none-manylinux2014_{machine}.musllinux_1_1_{machine}"
        build_data["shared_scripts"][path] = "epochzero"


def machine_of(binary):
    """Returns the name of the processor that a static executable for Linux is made for."""
    if binary[:6] != b"\x7fELF\x02\x01":
        raise RuntimeError("the binary is no 64-bit ELF file of little endian")
    number, = struct.unpack_from("<H", binary, 18)
    start, = struct.unpack_from("<Q", binary, 32)
    size, count = struct.unpack_from("<HH", binary, 54)
    kinds = [struct.unpack_from("<I", binary, start + index * size)[0] for index in range(count)]
    if INTERPRETER in kinds:
        raise RuntimeError("the binary is not static: it would run on machines with the same C library only")
    if number not in MACHINES:
        raise RuntimeError(f"no wheel has a tag for processors of ELF number {number}")
    return MACHINES[number]
