"""Operations on tensors: what they give, and the gradient that goes back through them, which is 0 for those that step."""

import torch
from torch.nn import functional

from .cases import Case

FUNCTIONS = {
    "round": torch.round,
    "floor": torch.floor,
    "ceil": torch.ceil,
    "trunc": torch.trunc,
    "sign": torch.sign,
    "clip": lambda x: torch.clamp(x, -1.5, 2.0),
    "absolute": torch.abs,
    "square": torch.square,
}


def cases():
    for name, function in FUNCTIONS.items():
        case = Case(name)
        yield case.finish(function(case.input(3, 53, low=-7, high=7)))
    for name, function in {"sqrt": torch.sqrt, "reciprocal": torch.reciprocal}.items():
        case = Case(name)
        yield case.finish(function(case.input(3, 53, low=0.2, high=7)))
    case = Case("log_softmax")
    yield case.finish(functional.log_softmax(case.input(5, 4, 11, low=-40, high=40), -1))
