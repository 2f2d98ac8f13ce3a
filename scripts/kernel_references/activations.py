"""What is applied to each number by itself."""

import torch
from torch.nn import functional

from .cases import Case

FUNCTIONS = {
    "linear": lambda x: x * 1,
    "relu": torch.relu,
    "leaky relu": lambda x: functional.leaky_relu(x, 0.2),
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "elu": lambda x: functional.elu(x, 1.5),
    "softplus": functional.softplus,
    "exponential": torch.exp,
    "gelu": functional.gelu,
    "gelu with tanh": lambda x: functional.gelu(x, approximate="tanh"),
    "swish": functional.silu,
    "mish": functional.mish,
}


def cases():
    for name, function in FUNCTIONS.items():
        case = Case(name)
        yield case.finish(function(case.input(3, 37, low=-6, high=6)))
