"""Normalisation of batches, layers, groups and by the root mean square, and softmax."""

import torch
from torch.nn import functional

from .cases import Case
from .padding import channels_first, channels_last


def batch(name, shape, momentum=0.9, epsilon=1e-3, frozen=False, scale=True, offset=True):
    case = Case(name)
    channels = shape[-1]
    values = channels_first(case.input(*shape, low=-1, high=3))
    gamma = case.parameter("gamma", channels) if scale else None
    beta = case.parameter("beta", channels) if offset else None
    mean, variance = case.draw(channels), case.draw(channels, low=0.5, high=2)
    case.keep("moving_mean", mean.clone())
    case.keep("moving_variance", variance.clone())
    output = functional.batch_norm(values, mean.clone(), variance.clone(), gamma, beta, training=not frozen, eps=epsilon)
    # What the layer gives when it does not train.
    still = functional.batch_norm(values, mean, variance, gamma, beta, training=False, eps=epsilon)
    case.keep("inference", channels_last(still))
    # Keras's moving variance is the biased one, PyTorch's is not.
    axes = tuple(axis for axis in range(len(shape)) if axis != 1)
    case.keep("next_moving_mean", mean * momentum + values.mean(axes) * (1 - momentum))
    case.keep("next_moving_variance", variance * momentum + values.var(axes, correction=0) * (1 - momentum))
    return case.finish(channels_last(output))


def layer(name, shape, axes=1, epsilon=1e-3, scale=True, offset=True):
    case = Case(name)
    normalized = shape[-axes:]
    values = case.input(*shape, low=-1, high=3)
    gamma = case.parameter("gamma", *normalized) if scale else None
    beta = case.parameter("beta", *normalized) if offset else None
    return case.finish(functional.layer_norm(values, normalized, gamma, beta, epsilon))


def root_mean_square(name, shape, epsilon=1e-6):
    case = Case(name)
    values = case.input(*shape, low=-1, high=3)
    return case.finish(functional.rms_norm(values, shape[-1:], case.parameter("scale", shape[-1]), epsilon))


def group(name, shape, groups, epsilon=1e-3):
    case = Case(name)
    values = channels_first(case.input(*shape, low=-1, high=3))
    gamma, beta = case.parameter("gamma", shape[-1]), case.parameter("beta", shape[-1])
    return case.finish(channels_last(functional.group_norm(values, groups, gamma, beta, epsilon)))


def softmax(name, shape, axis):
    case = Case(name)
    return case.finish(torch.softmax(case.input(*shape, low=-8, high=8), axis))


def cases():
    yield batch("batch", (6, 5))
    yield batch("batch 2d", (3, 4, 5, 3))
    # More than the loops take at once.
    yield batch("batch, many rows", (131, 3))
    yield batch("batch, many channels", (4, 67))
    yield batch("batch, frozen", (6, 5), frozen=True)
    yield batch("batch, scale only", (6, 5), offset=False)
    yield batch("batch, offset only", (6, 5), scale=False)
    yield batch("batch, neither", (6, 5), scale=False, offset=False)
    yield layer("layer", (3, 7))
    yield layer("layer, sequence", (2, 3, 20), epsilon=1e-5)
    yield layer("layer, two axes", (3, 4, 5), axes=2)
    yield layer("layer, scale only", (3, 7), offset=False)
    yield layer("layer, neither", (3, 7), scale=False, offset=False)
    yield root_mean_square("rms", (2, 3, 6))
    yield group("group", (2, 3, 4, 6), 3)
    yield group("group, one for each channel", (2, 5, 4), 4)
    yield group("group, one for all", (2, 5, 4), 1)
    case = Case("learnt scale")
    yield case.finish(case.input(2, 3, 5) * case.parameter("gamma", 5))
    yield softmax("softmax", (3, 4, 37), -1)
    yield softmax("softmax, middle axis", (3, 4, 5), 1)
