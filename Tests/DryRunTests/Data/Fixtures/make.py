#!/usr/bin/env python3
"""Writes the arrays beside it with NumPy, for RowSourceTests.

usage: make.py    (needs numpy)
"""

import pathlib

import numpy as np

FOLDER = pathlib.Path(__file__).parent
# Fits each type that holds fractions and signs; the others get what is left of it.
VALUES = np.array([[1.5, -2.0, 3.0], [4.0, 5.0, 6.25]])


def write(name, array, version=None):
    with open(FOLDER / f"{name}.npy", "wb") as file:
        np.lib.format.write_array(file, array, version=version, allow_pickle=True)


for kind in ("<f2", "<f4", "<f8", ">f4", ">f8", "<i2", ">i4", "<i8", "i1"):
    write(kind.replace("<", "little-").replace(">", "big-"), VALUES.astype(kind))
for kind in ("u1", "<u2", ">u4", "<u8", "?"):
    name = kind.replace("<", "little-").replace(">", "big-").replace("?", "b1")
    write(name, np.abs(VALUES).astype(kind))
write("fortran", np.asfortranarray(np.arange(24, dtype="<f4").reshape(2, 3, 4)))
write("version-2", VALUES, (2, 0))
write("version-3", VALUES, (3, 0))
write("vector", np.arange(5, dtype="<i4"))
write("scalar", np.array(3.0))
write("empty", np.zeros((0, 3)))
write("objects", np.array([{"a": 1}, None], dtype=object))
write("records", np.array([(1, 2.0)], dtype=[("a", "<i4"), ("b", "<f8")]))
write("words", np.array(["yes", "no"]))

rows = np.arange(12 * 4 * 4, dtype="<f4").reshape(12, 4, 4, 1)
labels = (np.arange(12) % 3).astype("<i8")
np.savez(FOLDER / "stored.npz", x=rows, y=labels)
np.savez_compressed(FOLDER / "deflated.npz", X_train=rows, y_train=np.eye(3)[labels], x_test=rows[:2])
