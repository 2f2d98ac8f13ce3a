#!/usr/bin/env python3
"""Measure how the weights and biases that a plain network starts with decide whether it learns.

    measure-starts.py

Trains networks with 64 units a layer on a yes-or-no question that a random teacher answers (16 inputs, 600 batches of 32 new
examples, rate 0.001 for Adam and 0.01 for SGD with momentum 0.9) and prints the cross-entropy on 2000 other examples: the median
of three seeds. 0.69 is what a constant prediction reaches. The figures that the rules of `init` cite as measured are these. Needs NumPy;
takes a minute.
"""

import numpy as np

INPUTS, WIDTH, HELD_OUT, BATCH, STEPS = 16, 64, 2000, 32, 600
RELU = (lambda sums: np.maximum(sums, 0), lambda given: given > 0, 2)
TANH = (np.tanh, lambda given: 1 - given**2, 1)


def examples(random, count):
    teacher = np.random.default_rng(123)
    inputs = random.standard_normal((count, INPUTS))
    hidden = np.tanh(inputs @ teacher.standard_normal((INPUTS, 6)) / 4)
    return inputs, (hidden @ teacher.standard_normal(6) > 0).astype(float)[:, None]


def start(random, depth, activation, gain, change):
    """Return weights and biases: normal with the deviation that keeps the variance, times the gain; then changed."""
    sizes = [INPUTS] + [WIDTH] * (depth - 1) + [1]
    deviations = [gain * np.sqrt(activation[2] / size) for size in sizes]
    weights = [random.standard_normal(pair) * scale for pair, scale in zip(zip(sizes, sizes[1:]), deviations)]
    biases = [np.zeros(size) for size in sizes[1:]]
    change(random, weights, biases)
    return weights + biases


def gradients(parameters, activation, inputs, labels):
    """Return the loss and the gradient of the cross-entropy on logits for each parameter."""
    count = len(parameters) // 2
    weights, biases = parameters[:count], parameters[count:]
    given = [inputs]
    for index in range(count):
        sums = given[-1] @ weights[index] + biases[index]
        given.append(activation[0](sums) if index < count - 1 else sums)
    logits = given.pop()
    loss = np.mean(np.logaddexp(0, logits) - labels * logits)
    error = (1 / (1 + np.exp(-np.clip(logits, -500, 500))) - labels) / len(inputs)
    of_weights, of_biases = [], []
    for index in reversed(range(count)):
        of_weights.insert(0, given[index].T @ error)
        of_biases.insert(0, error.sum(0))
        error = (error @ weights[index].T) * activation[1](given[index])
    return loss, of_weights + of_biases


def train(seed, adam, depth, activation, gain=1.0, change=lambda random, weights, biases: None):
    """Return the held-out loss after training."""
    random = np.random.default_rng(seed)
    parameters = start(random, depth, activation, gain, change)
    mean = [np.zeros_like(parameter) for parameter in parameters]
    square = [np.zeros_like(parameter) for parameter in parameters]
    for step in range(1, STEPS + 1):
        batch = examples(random, BATCH)
        for index, gradient in enumerate(gradients(parameters, activation, *batch)[1]):
            if adam:
                mean[index] = 0.9 * mean[index] + 0.1 * gradient
                square[index] = 0.999 * square[index] + 0.001 * gradient**2
                root = np.sqrt(square[index] / (1 - 0.999**step)) + 1e-7
                parameters[index] -= 0.001 * mean[index] / (1 - 0.9**step) / root
            else:
                mean[index] = 0.9 * mean[index] - 0.01 * gradient
                parameters[index] += mean[index]
    return gradients(parameters, activation, *examples(random, HELD_OUT))[0]


def show(label, *arguments, **settings):
    cells = []
    for adam in (True, False):
        loss = np.median([train(seed, adam, *arguments, **settings) for seed in range(3)])
        cells.append(f"{'Adam' if adam else 'SGD'} {loss:8.2f}")
    print(f"{label:44}", *cells, sep="   ", flush=True)


def first_weights(draw):
    def change(random, weights, biases):
        weights[0] = draw(random, weights[0].shape)

    return change


def first_biases(value):
    def change(random, weights, biases):
        biases[0][:] = value

    return change


if __name__ == "__main__":
    np.seterr(all="ignore")
    for depth in (3, 5, 8):
        for gain in (1, 0.2, 0.05, 5, 20):
            total = gain ** (depth - 1)
            show(f"{depth} layers, gain {gain:g}, hidden layers {total:.1e}", depth, RELU, gain)
    for name, activation in (("relu", RELU), ("tanh", TANH)):
        for value in (0.0, 0.1, 0.5, 1.0):
            constant = first_weights(lambda random, shape, value=value: np.full(shape, value))
            show(f"{name}, all first weights {value:g}", 3, activation, change=constant)
        for high in (0.1, 0.5, 1.0, 2.0):
            positive = first_weights(lambda random, shape, high=high: random.uniform(0, high, shape))
            show(f"{name}, first weights from 0 to {high:g}", 3, activation, change=positive)
        for bias in (0, 1, 3, 5, -1, -3, -5):
            show(f"{name}, first biases {bias:g}", 3, activation, change=first_biases(bias))
