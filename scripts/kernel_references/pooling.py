"""Maxima and averages of windows, and of whole feature maps."""

import torch
from torch.nn import functional

from .cases import Case
from .padding import channels_first, channels_last, padded

MAXIMA = {1: functional.max_pool1d, 2: functional.max_pool2d, 3: functional.max_pool3d}
AVERAGES = {1: functional.avg_pool1d, 2: functional.avg_pool2d, 3: functional.avg_pool3d}


def pooling(name, kind, shape, window, strides=None, padding="valid"):
    case = Case(name)
    axes = len(window)
    strides = strides or window
    ones = (1,) * axes
    values = channels_first(case.input(*shape))
    if kind == "maximum":
        output = MAXIMA[axes](padded(values, window, strides, ones, padding, value=float("-inf")), window, strides)
    else:
        # The average of what lies inside: the window's average, divided by the share that does.
        inside = padded(torch.ones_like(values), window, strides, ones, padding)
        output = AVERAGES[axes](padded(values, window, strides, ones, padding), window, strides)
        output = output / AVERAGES[axes](inside, window, strides)
    return case.finish(channels_last(output))


def whole(name, kind, shape, keeps_axes=False):
    case = Case(name)
    values = case.input(*shape)
    axes = tuple(range(1, len(shape) - 1))
    return case.finish(values.amax(axes, keepdim=keeps_axes) if kind == "maximum" else values.mean(axes, keepdim=keeps_axes))


def cases():
    for kind in ("maximum", "average"):
        yield pooling(f"{kind} 1d", kind, (2, 7, 3), (3,), (2,))
        yield pooling(f"{kind} 1d same", kind, (2, 7, 3), (2,), padding="same")
        yield pooling(f"{kind} 2d", kind, (2, 5, 6, 3), (2, 2))
        yield pooling(f"{kind} 2d same", kind, (2, 5, 6, 3), (3, 3), (2, 2), padding="same")
        yield pooling(f"{kind} 2d blocks", kind, (1, 4, 4, 16), (2, 2))
        yield pooling(f"{kind} 3d", kind, (1, 4, 3, 4, 2), (2, 2, 2), (2, 1, 2))
        yield whole(f"{kind} of all 1d", kind, (2, 6, 3))
        yield whole(f"{kind} of all 2d, axes kept", kind, (2, 3, 4, 5), keeps_axes=True)
