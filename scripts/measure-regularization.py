#!/usr/bin/env python3
"""Measure how regularisation, optimizer settings and the length of the run decide whether a plain network learns.

    measure-regularization.py

Trains ReLU networks with He initialisation on a random teacher (20 inputs, one target of mean 0 and deviation 1, 3200 examples
unless said otherwise, batches of 32, 1500 steps) and prints the held-out squared error: the median of three seeds. 1.0 is what a
constant prediction reaches. Where the target is its sign, the share of wrong signs is printed: 0.5 is chance. The figures that the rules of `regularization`, `epochs` and `optimizer` cite as measured are
these. Needs NumPy; takes some minutes.
"""

import dataclasses

import numpy as np

HELD_OUT = 800
BATCH = 32
SHALLOW = (20, 128, 128, 1)
DEEP = (20, 256, 256, 256, 256, 1)
WIDE = (20, 256, 256, 1)


@dataclasses.dataclass
class Run:
    """How a network is trained; everything about regularisation is off."""

    kind: str = "adam"
    rate: float = 0.001
    momentum: float = 0.0
    betas: tuple = (0.9, 0.999)
    epsilon: float = 1e-7
    decoupled: float = 0.0
    coupled: float = 0.0
    l2: float = 0.0
    l1: float = 0.0
    dropout: tuple = ()
    widths: tuple = SHALLOW
    steps: int = 1500
    trained: int = 3200
    noise: float = 0.0
    stops_early: bool = False
    is_binary: bool = False


def data(random, run):
    inputs = random.standard_normal((run.trained + HELD_OUT, 20)).astype("f")
    hidden = np.tanh(inputs @ (random.standard_normal((20, 16)) / 4))
    targets = hidden @ (random.standard_normal((16, 1)) / 2)
    targets = (targets - targets.mean()) / targets.std()
    targets[: run.trained] += run.noise * random.standard_normal((run.trained, 1))
    return inputs, (targets > 0 if run.is_binary else targets).astype("f")


def forward(weights, biases, inputs, masks):
    """Return what each layer gives, the inputs first."""
    given = [inputs]
    for index, (weight, bias) in enumerate(zip(weights, biases)):
        sums = given[-1] @ weight + bias
        if index < len(weights) - 1:
            sums = np.maximum(sums, 0)
            if masks:
                sums = sums * masks[index]
        given.append(sums)
    return given


def gradients(weights, biases, inputs, targets, masks, is_binary):
    """Return the gradients of the mean squared error or the binary crossentropy, those of the weights first."""
    given = forward(weights, biases, inputs, masks)
    if is_binary:
        error = (1 / (1 + np.exp(-given[-1])) - targets) / len(inputs)
    else:
        error = 2 * (given[-1] - targets) / len(inputs)
    of_weights, of_biases = [], []
    for index in reversed(range(len(weights))):
        of_weights.insert(0, given[index].T @ error)
        of_biases.insert(0, error.sum(0))
        error = (error @ weights[index].T) * (given[index] > 0)
        if masks and index:
            error = error * masks[index - 1]
    return of_weights + of_biases


class Optimizer:
    def __init__(self, run, parameters):
        self.run, self.steps = run, 0
        self.first = [np.zeros_like(parameter) for parameter in parameters]
        # Adagrad starts its sum of squares at 0.1, as in Keras.
        start = 0.1 if run.kind == "adagrad" else 0
        self.second = [np.full_like(parameter, start) for parameter in parameters]

    def step(self, parameters, gradients):
        run, self.steps = self.run, self.steps + 1
        for index, (parameter, gradient) in enumerate(zip(parameters, gradients)):
            gradient = gradient + run.coupled * parameter
            if run.kind == "sgd":
                self.first[index] = run.momentum * self.first[index] + gradient
                change = run.rate * self.first[index]
            elif run.kind == "adagrad":
                self.second[index] += gradient**2
                change = run.rate * gradient / np.sqrt(self.second[index] + run.epsilon)
            else:
                first, second = run.betas
                self.first[index] = first * self.first[index] + (1 - first) * gradient
                self.second[index] = second * self.second[index] + (1 - second) * gradient**2
                mean = self.first[index] / (1 - first**self.steps)
                square = self.second[index] / (1 - second**self.steps)
                change = run.rate * mean / (np.sqrt(square) + run.epsilon)
            parameter -= change + run.rate * run.decoupled * parameter


def held_out_error(run, seed):
    random = np.random.default_rng(seed)
    inputs, targets = data(random, run)
    weights = [
        (random.standard_normal((m, n)) * np.sqrt(2 / m)).astype("f") for m, n in zip(run.widths, run.widths[1:])
    ]
    biases = [np.zeros(n, "f") for n in run.widths[1:]]
    parameters = weights + biases
    optimizer = Optimizer(run, parameters)
    best = np.inf
    for step in range(run.steps):
        chosen = random.integers(0, run.trained, BATCH)
        masks = [
            (random.random((BATCH, n)) >= rate) / np.float32(1 - rate) for n, rate in zip(run.widths[1:], run.dropout)
        ]
        found = gradients(weights, biases, inputs[chosen], targets[chosen], masks, run.is_binary)
        for index, weight in enumerate(weights):
            found[index] += 2 * run.l2 * weight + run.l1 * np.sign(weight)
        optimizer.step(parameters, found)
        if run.stops_early and step % 10 == 0:
            best = min(best, error_of(weights, biases, inputs, targets, run))
    return best if run.stops_early else error_of(weights, biases, inputs, targets, run)


def error_of(weights, biases, inputs, targets, run):
    prediction = forward(weights, biases, inputs[run.trained :], None)[-1]
    if run.is_binary:
        return float(np.mean((prediction > 0) != (targets[run.trained :] > 0)))
    return float(np.mean((prediction - targets[run.trained :]) ** 2))


def show(title, run, key, values):
    print(title)
    for value in values:
        with np.errstate(all="ignore"):
            errors = [held_out_error(dataclasses.replace(run, **{key: value}), seed) for seed in range(3)]
        print(f"  {value!s:<24} {np.median(errors):.3g}", flush=True)


def main():
    sgd = Run(kind="sgd", rate=0.02, momentum=0.9)
    show("L2 in the loss, Adam", Run(), "l2", [0, 1e-4, 1e-3, 1e-2, 3e-2, 0.1, 0.3])
    show("L2 in the loss, SGD with momentum", sgd, "l2", [0, 1e-3, 1e-2, 3e-2, 0.1, 0.3])
    show("L1 in the loss, Adam", Run(), "l1", [1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 0.03, 0.1])
    show("decoupled decay, AdamW", Run(), "decoupled", [0.01, 0.1, 0.3, 1, 3, 10, 30, 100])
    show("coupled decay, Adam", Run(), "coupled", [1e-4, 1e-3, 1e-2, 0.03, 0.1, 0.3, 1])
    show("coupled decay, SGD with momentum", sgd, "coupled", [5e-4, 5e-3, 0.05, 0.1, 0.3])
    deep = Run(widths=DEEP)
    sign = Run(widths=DEEP, is_binary=True)
    show("L2 in the loss, Adam, four hidden layers", deep, "l2", [0, 1e-3, 1e-2, 3e-2, 0.1, 0.3])
    show("L2 in the loss, Adam, four hidden layers, sign", sign, "l2", [0, 1e-3, 3e-3, 1e-2, 3e-2, 0.1])
    show("L1 in the loss, Adam, four hidden layers, sign", sign, "l1", [1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2])
    show("decoupled decay, AdamW, four hidden layers, sign", sign, "decoupled", [0, 0.1, 1, 3, 10, 30])
    show("coupled decay, Adam, four hidden layers, sign", sign, "coupled", [1e-3, 1e-2, 0.03, 0.1])
    few = Run(widths=WIDE, trained=100, noise=1.0)
    show("100 noisy examples, 71000 weights, dropout", few, "dropout", [(), (0.25, 0.25), (0.5, 0.5)])
    show("the same, L2", few, "l2", [1e-2, 3e-2, 0.1])
    show("the same, stopped at its best", few, "stops_early", [True])
    plenty = dataclasses.replace(few, trained=3200)
    show("3200 noisy examples, 71000 weights, stopped at its best", plenty, "stops_early", [False, True])
    show("dropout behind each of two layers", Run(), "dropout", [(rate,) * 2 for rate in (0, 0.25, 0.5, 0.6, 0.7)])
    rates = [(rate,) * 4 for rate in (0, 0.25, 0.5, 0.6, 0.7)]
    show("dropout behind each of four layers", deep, "dropout", rates)
    show("dropout behind each of four layers, sign", sign, "dropout", rates)
    adagrad = Run(kind="adagrad")
    show("Adagrad, 1500 steps, rate", adagrad, "rate", [0.001, 0.003, 0.01, 0.03, 0.1])
    show("Adam, steps", Run(), "steps", [3, 10, 30, 100, 300, 1000])
    betas = [(0.9, 0.999), (0.5, 0.9), (0.95, 0.95), (0.9, 0.7), (0.9, 0.5), (0.9, 0.1), (0.99, 0.9), (0.999, 0.9)]
    show("Adam, betas", Run(), "betas", betas)
    show("Adam, epsilon", Run(), "epsilon", [1e-7, 1e-3, 1e-2, 0.1, 1, 10])


if __name__ == "__main__":
    main()
