#!/usr/bin/env python3
"""Measure how many ReLU units a high learning rate kills in plain stacks, and what a slope below zero saves.

    measure-dead-units.py

Trains plain networks with He initialisation on the teacher of measure-rates.py for 400 steps of 32 examples, and prints, for each
optimizer, rate, depth and width, the sum over the hidden layers of rate / initial deviation, and for ReLU and leaky ReLU the share of
hidden units whose sum is below 0 for all held-out examples and the held-out squared error: medians of three seeds. 1.0 is what a
constant prediction reaches. The figures that `gradients/dying-relu-chain` cites as measured are these. Needs NumPy; takes minutes.
"""

import numpy as np

TRAINED = 3200
HELD_OUT = 800
BATCH = 32
STEPS = 400


def data(random):
    inputs = random.standard_normal((TRAINED + HELD_OUT, 20)).astype("f")
    hidden = np.tanh(inputs @ (random.standard_normal((20, 16)) / 4))
    targets = hidden @ (random.standard_normal((16, 1)) / 2)
    return inputs, ((targets - targets.mean()) / targets.std()).astype("f")


def forward(weights, biases, inputs, slope):
    """Return what each layer gives, the inputs first."""
    given = [inputs]
    for index, (weight, bias) in enumerate(zip(weights, biases)):
        sums = given[-1] @ weight + bias
        given.append(sums if index == len(weights) - 1 else np.where(sums > 0, sums, slope * sums))
    return given


def gradients(weights, biases, inputs, targets, slope):
    """Return the gradients of the mean squared error, those of the weights first."""
    given = forward(weights, biases, inputs, slope)
    error = 2 * (given[-1] - targets) / len(inputs)
    of_weights, of_biases = [], []
    for index in reversed(range(len(weights))):
        of_weights.insert(0, given[index].T @ error)
        of_biases.insert(0, error.sum(0))
        error = (error @ weights[index].T) * np.where(given[index] > 0, 1, slope)
    return of_weights + of_biases


def train(seed, depth, width, optimizer, rate, slope):
    """Return the share of dead hidden units and the held-out error."""
    random = np.random.default_rng(seed)
    inputs, targets = data(random)
    sizes = [20] + [width] * depth + [1]
    weights = [random.standard_normal((a, b)) * np.sqrt(2 / a) for a, b in zip(sizes, sizes[1:])]
    biases = [np.zeros(size) for size in sizes[1:]]
    parameters = weights + biases
    mean = [np.zeros_like(parameter) for parameter in parameters]
    square = [np.zeros_like(parameter) for parameter in parameters]
    for step in range(1, STEPS + 1):
        rows = random.integers(0, TRAINED, BATCH)
        for index, gradient in enumerate(gradients(weights, biases, inputs[rows], targets[rows], slope)):
            if optimizer == "adam":
                mean[index] = 0.9 * mean[index] + 0.1 * gradient
                square[index] = 0.999 * square[index] + 0.001 * gradient**2
                change = mean[index] / (1 - 0.9**step) / (np.sqrt(square[index] / (1 - 0.999**step)) + 1e-7)
            else:
                mean[index] = change = 0.9 * mean[index] + gradient
            parameters[index] -= rate * change
    given = forward(weights, biases, inputs[TRAINED:], slope)
    dead = [~(layer > 0).any(0) for layer in given[1:-1]]
    error = float(np.mean((given[-1] - targets[TRAINED:]) ** 2))
    return float(np.mean(dead)), error if np.isfinite(error) else np.inf


def moves(depth, width, rate):
    """Return how far a step moves the hidden weights, in deviations that they start with, summed over the layers."""
    return sum(rate / np.sqrt(2 / size) for size in [20] + [width] * (depth - 1))


def main():
    np.seterr(all="ignore")
    print(f"{'':<6}{'rate':>7}{'layers':>8}{'width':>7}{'moves':>7}{'below 0, relu':>15}{'error':>7}{'leaky':>8}{'error':>7}")
    cases = [("adam", rate, width) for width in [16, 64, 256] for rate in [0.001, 0.01, 0.02, 0.03]]
    for optimizer, rate, width in cases + [("sgd", rate, 64) for rate in [0.01, 0.03, 0.1]]:
        for depth in [4, 6, 8]:
            row = f"{optimizer:<6}{rate:>7}{depth:>8}{width:>7}{moves(depth, width, rate):>7.2f}"
            for slope in [0, 0.1]:
                dead, error = np.median([train(seed, depth, width, optimizer, rate, slope) for seed in range(3)], axis=0)
                row += f"{dead:>{15 if slope == 0 else 8}.0%}{error:>7.2f}"
            print(row)


if __name__ == "__main__":
    main()
