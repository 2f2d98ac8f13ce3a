"""Activations that are computed by loops of ours, with Keras's formulas."""

import torch
from torch.nn import functional

from .cases import Case
from .keras_backend import keras

FUNCTIONS = {
    "relu with all options": lambda x: keras.activations.relu(x, 0.1, 4.0, 0.5),
    "relu6": functional.relu6,
    "selu": functional.selu,
    "celu": lambda x: functional.celu(x, 0.7),
    "tanh_shrink": functional.tanhshrink,
    "hard_sigmoid": keras.activations.hard_sigmoid,
    "hard_silu": functional.hardswish,
    "hard_tanh": functional.hardtanh,
    "soft_shrink": lambda x: functional.softshrink(x, 0.7),
    "hard_shrink": lambda x: functional.hardshrink(x, 0.7),
    "softsign": functional.softsign,
    "sparse_plus": keras.activations.sparse_plus,
    "sparse_sigmoid": keras.activations.sparse_sigmoid,
    "squareplus": lambda x: keras.activations.squareplus(x, 4),
    "log_sigmoid": functional.logsigmoid,
    "threshold": lambda x: functional.threshold(x, 0.5, -2.0),
}


def sparsemax(x):
    """Equation 6 of Martins and Astudillo, 2016. That of Keras 3.15 sums what it has summed, and its rows do not sum to 1."""
    ordered = x.sort(-1, descending=True).values
    sums = ordered.cumsum(-1) - 1
    counts = torch.arange(1, x.shape[-1] + 1)
    support = (counts * ordered > sums).sum(-1, keepdim=True)
    return torch.relu(x - sums.gather(-1, support - 1) / support)


def cases():
    for name, function in FUNCTIONS.items():
        case = Case(name)
        yield case.finish(function(case.input(3, 53, low=-7, high=7)))
    # Far out, where naive formulas overflow or cancel.
    for name in ("selu", "softsign", "log_sigmoid", "squareplus"):
        case = Case(f"{name} far out")
        yield case.finish(FUNCTIONS[name](case.input(40, low=-120, high=120)))
    case = Case("glu")
    yield case.finish(functional.glu(case.input(3, 4, 10, low=-4, high=4)))
    case = Case("sparsemax")
    yield case.finish(sparsemax(case.input(7, 9, low=-2, high=2)))
