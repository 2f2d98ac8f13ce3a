"""One layer that is applied twice: its gradient is the sum of both."""

import torch
from torch.nn import functional

from .cases import Case
from .padding import channels_first, channels_last


def dense(name, first, second, units):
    case = Case(name)
    one, two = case.input(*first), case.input(*second)
    kernel, bias = case.parameter("kernel", first[-1], units), case.parameter("bias", units)
    return case.finish(one @ kernel + bias, two @ kernel + bias)


def convolution(name, first, second, filters):
    case = Case(name)
    one, two = case.input(*first), case.input(*second)
    kernel, bias = case.parameter("kernel", 3, 3, first[-1], filters), case.parameter("bias", filters)
    layer = lambda x: channels_last(functional.conv2d(channels_first(x), kernel.permute(3, 2, 0, 1), bias))
    return case.finish(layer(one), layer(two))


def layer_norm(name, shape):
    case = Case(name)
    one, two = case.input(*shape), case.input(*shape)
    gamma, beta = case.parameter("gamma", shape[-1]), case.parameter("beta", shape[-1])
    layer = lambda x: functional.layer_norm(x, shape[-1:], gamma, beta, 1e-3)
    return case.finish(layer(one), layer(two))


def recurrent(name, first, second, units):
    case = Case(name)
    one, two = case.input(*first), case.input(*second)
    kernel, recurrent = case.parameter("kernel", first[-1], units), case.parameter("recurrent_kernel", units, units)
    bias = case.parameter("bias", units)

    def layer(values):
        h = torch.zeros(values.shape[0], units)
        for step in range(values.shape[1]):
            h = torch.tanh(values[:, step] @ kernel + h @ recurrent + bias)
        return h

    return case.finish(layer(one), layer(two))


def cases():
    yield dense("dense", (3, 5), (4, 5), 6)
    yield dense("dense, one row and many", (1, 20), (40, 20), 17)
    yield convolution("convolution", (2, 5, 5, 3), (1, 7, 4, 3), 4)
    yield convolution("convolution, blocks", (1, 3, 3, 16), (1, 6, 3, 16), 16)
    yield layer_norm("layer normalisation", (3, 5))
    yield recurrent("recurrent", (2, 4, 3), (3, 2, 3), 5)
