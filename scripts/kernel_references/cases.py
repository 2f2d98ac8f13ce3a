"""What the families share: drawing numbers, taking gradients, and the format of the files.

A file is a list of cases, a case a list of named tensors of 32-bit floats, everything little-endian:

    "EZR1", uint32 number of cases, then for each
        text name, uint32 number of tensors, then for each
            text name, uint32 rank, uint32 sizes, float32 values, the last axis fastest

A text is a uint32 with its length in bytes, and UTF-8.
"""

import struct
import zlib

import numpy
import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


class Case:
    """Numbers for one operation: `inputs` and `parameters` (in Keras's order of axes) go in, `output` and gradients come out."""

    def __init__(self, name):
        self.name = name
        self.tensors = {}
        # Not `hash`, which differs from run to run.
        self.random = numpy.random.default_rng(zlib.crc32(name.encode()))

    def draw(self, *shape, low=-1.0, high=1.0):
        """Draw numbers that a 32-bit float holds exactly, so that both sides compute from the same."""
        values = self.random.uniform(low, high, shape).astype(numpy.float32)
        return torch.from_numpy(values.astype(numpy.float64))

    def input(self, *shape, low=-1.0, high=1.0):
        """Draw the next input of the operation."""
        index = sum(name.startswith("input.") for name in self.tensors)
        return self._leaf(f"input.{index}", self.draw(*shape, low=low, high=high))

    def parameter(self, name, *shape, low=-1.0, high=1.0):
        """Draw the operation's next parameter, in Keras's shape."""
        index = sum(name.startswith("parameter.") for name in self.tensors)
        return self._leaf(f"parameter.{index}.{name}", self.draw(*shape, low=low, high=high))

    def _leaf(self, name, values):
        self.tensors[name] = values.requires_grad_()
        return values

    def keep(self, name, values):
        """Note a tensor that the test reads by its name."""
        self.tensors[name] = values.detach()

    def finish(self, *outputs):
        """Note the outputs, weigh their entries by drawn numbers ("cotangents"), and note the gradient of that sum for each leaf."""
        leaves = {name: values for name, values in self.tensors.items() if values.requires_grad}
        total = 0
        for index, output in enumerate(outputs):
            cotangent = self.draw(*output.shape)
            total = total + (output * cotangent).sum()
            self.keep(f"output.{index}", output)
            self.keep(f"cotangent.{index}", cotangent)
        gradients = torch.autograd.grad(total, list(leaves.values()))
        for name, gradient in zip(leaves, gradients):
            self.keep(f"gradient.{name}", gradient)
        return self


def write(path, cases):
    """Write the cases to a file; give their number."""
    cases = list(cases)
    names = [case.name for case in cases]
    assert len(set(names)) == len(names), "two cases have one name"
    data = bytearray(b"EZR1")
    data += struct.pack("<I", len(cases))
    for case in cases:
        data += text(case.name) + struct.pack("<I", len(case.tensors))
        for name, values in case.tensors.items():
            array = values.detach().numpy().astype("<f4")
            data += text(name) + struct.pack(f"<I{array.ndim}I", array.ndim, *array.shape) + array.tobytes()
    path.write_bytes(data)
    return len(cases)


def text(value):
    encoded = value.encode()
    return struct.pack("<I", len(encoded)) + encoded
