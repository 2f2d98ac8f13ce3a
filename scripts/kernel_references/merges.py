"""What makes one tensor of several."""

import functools

import torch

from .cases import Case

MERGES = {
    "add": lambda *x: functools.reduce(torch.add, x),
    "subtract": torch.sub,
    "multiply": lambda *x: functools.reduce(torch.mul, x),
    "average": lambda *x: functools.reduce(torch.add, x) / len(x),
    "maximum": lambda *x: functools.reduce(torch.maximum, x),
    "minimum": lambda *x: functools.reduce(torch.minimum, x),
}


def merged(name, shapes, function):
    case = Case(name)
    return case.finish(function(*(case.input(*shape) for shape in shapes)))


def cases():
    for name, function in MERGES.items():
        yield merged(name, [(2, 3, 4)] * 2, function)
        yield merged(f"{name}, repeated", [(2, 3, 4, 5), (2, 1, 1, 5)], function)
        yield merged(f"{name}, both repeated", [(2, 1, 4), (2, 3, 1)], function)
        if name != "subtract":
            yield merged(f"{name} of three", [(2, 5)] * 3, function)
    yield merged("add, other rank", [(2, 4), (2, 3, 4)], lambda x, y: x[:, None] + y)
    case = Case("multiply one with itself")
    values = case.input(2, 3)
    yield case.finish(values * values)
    yield merged("dot of vectors", [(3, 4), (3, 4)], lambda x, y: (x * y).sum(1, keepdim=True))
    yield merged("dot of matrices", [(2, 3, 4), (2, 5, 4)], lambda x, y: x @ y.mT)
    yield merged("dot of matrices, first axes", [(2, 3, 4), (2, 3, 5)], lambda x, y: x.mT @ y)
    yield merged("dot of a matrix and a vector", [(2, 3, 4), (2, 4)], lambda x, y: (x @ y[:, :, None])[:, :, 0])
    yield merged("matmul", [(2, 3, 4), (2, 4, 5)], torch.matmul)
    yield merged("matmul of four axes", [(2, 3, 4, 5), (2, 3, 5, 2)], torch.matmul)
