"""Dense layers."""

import torch

from .cases import Case


def dense(name, shape, units, has_bias=True, activation=None):
    case = Case(name)
    values = case.input(*shape)
    output = values @ case.parameter("kernel", shape[-1], units)
    if has_bias:
        output = output + case.parameter("bias", units)
    return case.finish(activation(output) if activation else output)


def cases():
    yield dense("plain", (3, 5), 4)
    # Widths at which the library fills up blocks, and at which it does not.
    yield dense("wide", (4, 20), 17)
    yield dense("blocks", (2, 16), 16)
    yield dense("no bias", (3, 5), 4, has_bias=False)
    yield dense("one unit", (6, 3), 1)
    yield dense("sequence", (2, 3, 4), 5)
    yield dense("relu", (4, 6), 7, activation=torch.relu)
    yield dense("tanh", (4, 6), 7, activation=torch.tanh)
