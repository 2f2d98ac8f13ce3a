"""What moves numbers, and upsampling."""

import torch
from torch.nn import functional

from .cases import Case
from .padding import channels_first, channels_last


def one(name, shape, function):
    case = Case(name)
    return case.finish(function(case.input(*shape)))


def cases():
    yield one("reshape", (2, 3, 4), lambda x: x.reshape(2, 12))
    yield one("permute", (2, 3, 4, 5), lambda x: x.permute(0, 3, 1, 2))
    yield one("zero padding 1d", (2, 3, 4), lambda x: functional.pad(x, (0, 0, 2, 1)))
    yield one("zero padding 2d", (2, 3, 4, 2), lambda x: functional.pad(x, (0, 0, 1, 3, 2, 0)))
    yield one("cropping 1d", (2, 6, 3), lambda x: x[:, 2:-1])
    yield one("cropping 2d", (2, 5, 6, 3), lambda x: x[:, 1:-2, 0:-3])
    yield one("repeat vector", (2, 5), lambda x: x[:, None].repeat(1, 3, 1))
    yield one("reverse", (2, 4, 3), lambda x: x.flip(1))
    yield one("slice", (2, 6, 3), lambda x: x[:, 2:5])
    yield one("upsampling 1d", (2, 3, 4), lambda x: x.repeat_interleave(3, 1))
    yield one("upsampling 2d", (2, 2, 3, 4), lambda x: x.repeat_interleave(2, 1).repeat_interleave(3, 2))
    yield one(
        "upsampling 2d, linear",
        (2, 3, 4, 2),
        lambda x: channels_last(
            functional.interpolate(channels_first(x), scale_factor=(2, 3), mode="bilinear", align_corners=False)
        ),
    )
    yield one("rescaling", (2, 3), lambda x: 0.25 * x - 0.5)
    for name, axis, shapes in [
        ("concatenate last", 2, [(2, 3, 4), (2, 3, 1), (2, 3, 2)]),
        ("concatenate first", 1, [(2, 3, 4), (2, 1, 4)]),
    ]:
        case = Case(name)
        yield case.finish(torch.cat([case.input(*shape) for shape in shapes], axis))
    case = Case("concatenate one with itself")
    values = case.input(2, 3)
    yield case.finish(torch.cat([values, values], 1))
