"""Recurrent layers, step by step as Keras's cells define them; PyTorch's own layers vouch for the ones that it has."""

import torch
from torch.nn import functional

from .cases import Case

GATES = {"simple": 1, "lstm": 4, "gru": 3, "gru before": 3}


def step(cell, inputs, state, weights, biases, activation, gate):
    """One step from the input's part of the gates and the state: the new state."""
    h = state[0]
    if cell == "simple":
        return [activation(inputs + h @ weights)]
    if cell == "lstm":
        i, f, g, o = (inputs + h @ weights).chunk(4, -1)
        c = gate(f) * state[1] + gate(i) * activation(g)
        return [gate(o) * activation(c), c]
    z, r, g = inputs.chunk(3, -1)
    if cell == "gru":
        uz, ur, ug = (h @ weights + biases).chunk(3, -1)
        z, r = gate(z + uz), gate(r + ur)
        g = activation(g + r * ug)
    else:
        uz, ur, ug = weights.chunk(3, -1)
        z, r = gate(z + h @ uz), gate(r + h @ ur)
        g = activation(g + (r * h) @ ug)
    return [z * h + (1 - z) * g]


def run(case, cell, values, units, bias=True, activation=torch.tanh, gate=torch.sigmoid, backwards=False, initial=None):
    """The states of all steps in the order in which they were reached, and the last ones."""
    width = GATES[cell] * units
    kernel = case.parameter("kernel", values.shape[-1], width)
    recurrent = case.parameter("recurrent_kernel", units, width)
    offsets, products = torch.zeros(width), torch.zeros(width)
    if bias and cell == "gru":
        offsets, products = case.parameter("bias", 2, width)
    elif bias:
        offsets = case.parameter("bias", width)
    gates = values @ kernel + offsets
    state = initial or [torch.zeros(values.shape[0], units)] * (2 if cell == "lstm" else 1)
    sequence = []
    times = range(values.shape[1])
    for time in reversed(times) if backwards else times:
        state = step(cell, gates[:, time], state, recurrent, products, activation, gate)
        sequence.append(state[0])
    return torch.stack(sequence, 1), state


def layer(name, cell, shape, units, sequences=False, states=False, given=False, **options):
    case = Case(name)
    values = case.input(*shape)
    initial = [case.input(shape[0], units) for _ in range(2 if cell == "lstm" else 1)] if given else None
    sequence, state = run(case, cell, values, units, initial=initial, **options)
    return case.finish(sequence if sequences else sequence[:, -1], *(state if states else []))


def bidirectional(name, cell, shape, units, merge, sequences=False):
    case = Case(name)
    values = case.input(*shape)
    there, _ = run(case, cell, values, units)
    back, _ = run(case, cell, values, units, backwards=True)
    pair = (there, back.flip(1)) if sequences else (there[:, -1], back[:, -1])
    return case.finish(merge(*pair))


def check_steps():
    """Hold the steps above to PyTorch's own layers; their gates stand in other orders."""
    case = Case("check")
    values, units = case.draw(2, 4, 3), 3
    for cell, layer, order in [("lstm", torch.nn.LSTM(3, 3, batch_first=True), (0, 1, 2, 3)), ("gru", torch.nn.GRU(3, 3, batch_first=True), (1, 0, 2))]:
        fresh = Case(cell)
        ours, _ = run(fresh, cell, values, units)
        def turned(tensor):
            return torch.cat([tensor.chunk(len(order), -1)[index] for index in order], -1)
        kernel, recurrent, bias = (fresh.tensors[f"parameter.{name}"] for name in ("0.kernel", "1.recurrent_kernel", "2.bias"))
        with torch.no_grad():
            layer.weight_ih_l0.copy_(turned(kernel).T)
            layer.weight_hh_l0.copy_(turned(recurrent).T)
            layer.bias_ih_l0.copy_(turned(bias[0] if cell == "gru" else bias))
            layer.bias_hh_l0.copy_(turned(bias[1]) if cell == "gru" else torch.zeros(4 * units))
        torch.testing.assert_close(layer(values)[0], ours)


def cases():
    check_steps()
    concatenate = lambda x, y: torch.cat([x, y], -1)
    for cell in GATES:
        yield layer(f"{cell}", cell, (2, 4, 3), 5)
        yield layer(f"{cell}, sequences", cell, (2, 4, 3), 5, sequences=True)
        yield layer(f"{cell}, backwards", cell, (2, 4, 3), 2, sequences=True, backwards=True)
        yield layer(f"{cell}, no bias", cell, (2, 3, 3), 2, bias=False)
        yield layer(f"{cell}, states", cell, (2, 3, 2), 3, sequences=True, states=True, given=True)
        yield bidirectional(f"{cell}, both ways", cell, (2, 4, 3), 2, concatenate, sequences=True)
        yield layer(f"{cell}, relu", cell, (2, 3, 3), 4, activation=torch.relu, gate=functional.hardsigmoid)
    yield layer("lstm, softsign", "lstm", (2, 3, 3), 4, activation=functional.softsign)
    yield layer("simple, linear", "simple", (2, 3, 3), 4, activation=lambda x: x)
    yield layer("lstm, wide", "lstm", (3, 5, 4), 17, sequences=True)
    yield bidirectional("lstm, both ways, last", "lstm", (2, 4, 3), 3, concatenate)
    yield bidirectional("both ways, add", "simple", (2, 4, 3), 3, torch.add, sequences=True)
    yield bidirectional("both ways, multiply", "simple", (2, 4, 3), 3, torch.mul, sequences=True)
    yield bidirectional("both ways, average", "simple", (2, 4, 3), 3, lambda x, y: (x + y) / 2)
