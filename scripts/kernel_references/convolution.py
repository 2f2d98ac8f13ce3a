"""Convolutions: plain, grouped, depthwise, transposed, over one to three axes."""

import torch
from torch.nn import functional

from .cases import Case
from .padding import channels_first, channels_last, padded

CONVOLUTIONS = {1: functional.conv1d, 2: functional.conv2d, 3: functional.conv3d}
TRANSPOSED = {1: functional.conv_transpose1d, 2: functional.conv_transpose2d}


def convolution(name, shape, filters, kernel, strides=None, dilations=None, padding="valid", groups=1, bias=True, relu=False):
    case = Case(name)
    axes = len(kernel)
    strides = strides or (1,) * axes
    dilations = dilations or (1,) * axes
    values = channels_first(case.input(*shape))
    weights = case.parameter("kernel", *kernel, shape[-1] // groups, filters)
    output = CONVOLUTIONS[axes](
        padded(values, kernel, strides, dilations, padding),
        weights.permute(axes + 1, axes, *range(axes)),
        case.parameter("bias", filters) if bias else None,
        stride=strides,
        dilation=dilations,
        groups=groups,
    )
    output = channels_last(output)
    return case.finish(torch.relu(output) if relu else output)


def depthwise(name, shape, multiplier, kernel, strides=None, dilations=None, padding="valid"):
    case = Case(name)
    axes, channels = len(kernel), shape[-1]
    strides = strides or (1,) * axes
    dilations = dilations or (1,) * axes
    values = channels_first(case.input(*shape))
    weights = case.parameter("kernel", *kernel, channels, multiplier)
    output = CONVOLUTIONS[axes](
        padded(values, kernel, strides, dilations, padding),
        weights.permute(axes, axes + 1, *range(axes)).reshape(channels * multiplier, 1, *kernel),
        case.parameter("bias", channels * multiplier),
        stride=strides,
        dilation=dilations,
        groups=channels,
    )
    return case.finish(channels_last(output))


def separable(name, shape, multiplier, filters, kernel, strides):
    case = Case(name)
    channels, ones = shape[-1], (1,) * len(kernel)
    values = padded(channels_first(case.input(*shape)), kernel, strides, ones, "same")
    weights = case.parameter("kernel", *kernel, channels, multiplier)
    weights = weights.permute(2, 3, 0, 1).reshape(channels * multiplier, 1, *kernel)
    values = functional.conv2d(values, weights, stride=strides, groups=channels)
    pointwise = case.parameter("kernel", *ones, channels * multiplier, filters)
    output = functional.conv2d(values, pointwise.permute(3, 2, 0, 1), case.parameter("bias", filters))
    return case.finish(torch.relu(channels_last(output)))


def transposed(name, shape, filters, kernel, strides, dilations=None, padding="valid"):
    """Keras: the gradient of a convolution with respect to its input, cut as that convolution is padded."""
    case = Case(name)
    axes = len(kernel)
    dilations = dilations or (1,) * axes
    values = channels_first(case.input(*shape))
    weights = case.parameter("kernel", *kernel, filters, shape[-1])
    bias = case.parameter("bias", filters)
    whole = TRANSPOSED[axes](values, weights.permute(axes + 1, axes, *range(axes)), stride=strides, dilation=dilations)
    for axis in range(axes):
        size = shape[1 + axis]
        reach = (kernel[axis] - 1) * dilations[axis] + 1
        if padding == "same":
            wanted = size * strides[axis]
            start = max((size - 1) * strides[axis] + reach - wanted, 0) // 2
        else:
            wanted = size * strides[axis] + max(reach - strides[axis], 0)
            start = 0
        short = max(start + wanted - whole.shape[2 + axis], 0)
        sides = [0, 0] * (axes - 1 - axis) + [0, short]
        whole = functional.pad(whole, sides).narrow(2 + axis, start, wanted)
    return case.finish(channels_last(whole) + bias)


def cases():
    yield convolution("1d", (2, 7, 3), 4, (3,))
    yield convolution("1d same, even kernel", (2, 6, 2), 3, (4,), padding="same")
    yield convolution("1d same, stride", (2, 7, 2), 3, (3,), strides=(2,), padding="same")
    yield convolution("1d causal, dilation", (2, 8, 2), 3, (3,), dilations=(2,), padding="causal")
    yield convolution("1d causal, stride", (2, 8, 2), 3, (2,), strides=(3,), padding="causal")
    yield convolution("1d groups", (2, 6, 4), 6, (3,), groups=2)
    yield convolution("2d", (2, 5, 6, 3), 4, (3, 2))
    yield convolution("2d same, relu", (2, 5, 4, 2), 3, (3, 3), padding="same", relu=True)
    yield convolution("2d same, stride, even size", (2, 6, 4, 2), 3, (3, 3), strides=(2, 2), padding="same")
    yield convolution("2d stride, rest", (1, 6, 7, 2), 3, (3, 2), strides=(2, 3))
    yield convolution("2d dilation", (1, 7, 6, 2), 3, (3, 2), dilations=(2, 3))
    yield convolution("2d groups", (2, 4, 4, 6), 9, (3, 3), groups=3, padding="same")
    yield convolution("2d no bias", (2, 4, 4, 2), 3, (3, 3), bias=False)
    yield convolution("2d blocks", (1, 3, 3, 16), 16, (2, 2), padding="same")
    yield convolution("2d one by one, stride", (2, 5, 5, 3), 4, (1, 1), strides=(2, 2))
    yield convolution("3d", (1, 3, 4, 3, 2), 2, (2, 3, 2), padding="same")
    yield depthwise("depthwise 1d", (2, 6, 3), 1, (3,), padding="same")
    yield depthwise("depthwise 2d", (2, 5, 5, 3), 1, (3, 3), strides=(2, 2), padding="same")
    yield depthwise("depthwise 2d, multiplier", (1, 5, 4, 3), 2, (3, 3))
    yield depthwise("depthwise 2d, dilation", (1, 6, 6, 2), 1, (3, 3), dilations=(2, 2), padding="same")
    yield depthwise("depthwise 2d, blocks", (1, 3, 3, 16), 1, (3, 3), padding="same")
    yield separable("separable", (2, 5, 6, 3), 2, 4, (3, 3), (2, 2))
    yield transposed("transposed 1d", (2, 4, 3), 2, (3,), (2,))
    yield transposed("transposed 1d same", (2, 4, 3), 2, (4,), (2,), padding="same")
    yield transposed("transposed 2d", (2, 3, 2, 3), 2, (3, 2), (2, 3))
    yield transposed("transposed 2d same", (2, 3, 4, 2), 3, (3, 3), (2, 2), padding="same")
    yield transposed("transposed 2d same, small kernel", (2, 3, 3, 2), 3, (1, 2), (2, 2), padding="same")
    yield transposed("transposed 2d same, no stride", (2, 3, 4, 2), 3, (2, 3), (1, 1), padding="same")
    yield transposed("transposed 2d dilation", (1, 3, 4, 2), 3, (2, 3), (1, 1), dilations=(2, 2), padding="same")
