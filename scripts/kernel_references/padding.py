"""What both sides of a window are padded with, and the order of axes: PyTorch has the channels first."""

from torch.nn import functional


def channels_first(values):
    return values.movedim(-1, 1)


def channels_last(values):
    return values.movedim(1, -1)


def amounts(size, kernel, stride, dilation, padding):
    """How much Keras adds before and after one axis."""
    reach = (kernel - 1) * dilation + 1
    if padding == "valid":
        return 0, 0
    if padding == "causal":
        return reach - 1, 0
    missing = max((-(-size // stride) - 1) * stride + reach - size, 0)
    return missing // 2, missing - missing // 2


def padded(values, kernel, strides, dilations, padding, value=0.0):
    """Pad the spatial axes of values with channels first."""
    sides = [
        amounts(size, *rest, padding)
        for size, *rest in zip(values.shape[2:], kernel, strides, dilations)
    ]
    # PyTorch lists the last axis first.
    flat = [amount for pair in reversed(sides) for amount in pair]
    return functional.pad(values, flat, value=value)
