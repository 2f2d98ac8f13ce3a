"""Whole networks that train for 50 steps: the loss before each of them, from given weights and rows."""

import torch
from torch.nn import functional

from .cases import Case
from .padding import channels_first, channels_last

STEPS = 50


def train(case, rows, batch, optimizer, loss, targets, clip=None):
    """`rows(values)` gives the network's output; the batches are taken in turn, from the start again at the end."""
    values = case.tensors["rows"]
    case.keep("targets", targets)
    parameters = [tensor for name, tensor in case.tensors.items() if name.startswith("parameter.")]
    starts = {name: tensor.detach().clone() for name, tensor in case.tensors.items() if name.startswith("parameter.")}
    optimizer = optimizer(parameters)
    losses = []
    for step in range(STEPS):
        first = step * batch % len(values)
        optimizer.zero_grad()
        value = loss(rows(values[first : first + batch]), targets[first : first + batch])
        value.backward()
        if clip:
            torch.nn.utils.clip_grad_norm_(parameters, clip)
        optimizer.step()
        losses.append(value.detach())
    case.tensors.update(starts)
    case.keep("losses", torch.stack(losses))
    return case


def perceptron():
    case = Case("perceptron with adam")
    case.keep("rows", case.draw(48, 11))
    first, offsets = case.parameter("kernel", 11, 19), case.parameter("bias", 19)
    second, last = case.parameter("kernel", 19, 5), case.parameter("bias", 5)
    classes = torch.from_numpy(case.random.integers(0, 5, 48))
    return train(
        case,
        lambda values: torch.relu(values @ first + offsets) @ second + last,
        16,
        lambda parameters: torch.optim.Adam(parameters, lr=0.01),
        lambda output, target: functional.cross_entropy(output, target.long()),
        classes,
    )


def convolution():
    case = Case("convolution with clipped nesterov momentum")
    case.keep("rows", case.draw(24, 8, 8, 3))
    kernel, offsets = case.parameter("kernel", 3, 3, 3, 6, low=-0.3, high=0.3), case.parameter("bias", 6)
    dense, last = case.parameter("kernel", 54, 4, low=-0.2, high=0.2), case.parameter("bias", 4)

    def network(values):
        maps = torch.relu(functional.conv2d(channels_first(values), kernel.permute(3, 2, 0, 1), offsets))
        return channels_last(functional.max_pool2d(maps, 2)).flatten(1) @ dense + last

    return train(
        case,
        network,
        8,
        lambda parameters: torch.optim.SGD(parameters, lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.001),
        lambda output, target: functional.cross_entropy(output, target.long()),
        torch.from_numpy(case.random.integers(0, 4, 24)),
        clip=0.5,
    )


def recurrence():
    case = Case("lstm with rmsprop")
    case.keep("rows", case.draw(24, 9, 4))
    kernel, recurrent = case.parameter("kernel", 4, 28), case.parameter("recurrent_kernel", 7, 28)
    offsets = case.parameter("bias", 28)
    dense, last = case.parameter("kernel", 7, 1), case.parameter("bias", 1)

    def network(values):
        h = c = torch.zeros(len(values), 7)
        for step in range(values.shape[1]):
            i, f, g, o = (values[:, step] @ kernel + h @ recurrent + offsets).chunk(4, -1)
            c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
            h = torch.sigmoid(o) * torch.tanh(c)
        return h @ dense + last

    return train(
        case,
        network,
        8,
        lambda parameters: torch.optim.RMSprop(parameters, lr=0.01, alpha=0.9, eps=1e-4),
        functional.mse_loss,
        case.tensors["rows"][:, -3:, 0].sum(1, keepdim=True).float().double(),
    )


def transformer():
    """One block with normalisation before each part, and the mean over time."""
    case = Case("transformer with momentum")
    case.keep("rows", case.draw(24, 5, 8))

    def norm(size):
        return case.parameter("gamma", size, low=0.5, high=1.5), case.parameter("beta", size)

    def dense(inputs, outputs):
        return case.parameter("kernel", inputs, outputs, low=-0.5, high=0.5), case.parameter("bias", outputs)

    def through(values, layer):
        return values @ layer[0] + layer[1]

    def split(values):
        return values.unflatten(-1, (2, 4)).transpose(1, 2)

    before_attention, (query, key, value, joined) = norm(8), [dense(8, 8) for _ in range(4)]
    before_wide, wide, narrow, last = norm(8), dense(8, 16), dense(16, 8), dense(8, 3)

    def network(rows):
        values = functional.layer_norm(rows, (8,), *before_attention, 1e-5)
        scores = split(through(values, query)) @ split(through(values, key)).mT / 2
        scores = scores.masked_fill(torch.ones_like(scores).triu(1).bool(), float("-inf"))
        context = torch.softmax(scores, -1) @ split(through(values, value))
        rows = rows + through(context.transpose(1, 2).flatten(2), joined)
        values = functional.layer_norm(rows, (8,), *before_wide, 1e-5)
        rows = rows + through(functional.gelu(through(values, wide)), narrow)
        return through(rows.mean(1), last)

    return train(
        case,
        network,
        8,
        lambda parameters: torch.optim.SGD(parameters, lr=0.05, momentum=0.9),
        lambda output, target: functional.cross_entropy(output, target.long()),
        torch.from_numpy(case.random.integers(0, 3, 24)),
    )


def cases():
    yield perceptron()
    yield convolution()
    yield recurrence()
    yield transformer()
