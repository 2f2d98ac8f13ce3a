#!/usr/bin/env python3
"""Measure how learning rate, optimizer and clipping decide whether a plain network learns.

    measure-rates.py

Trains ReLU networks with He initialisation on a random teacher (20 inputs, one target of mean 0 and deviation 1, 3200 examples,
batches of 32) and prints the held-out squared error for each rate: the median of three seeds. 1.0 is what a constant prediction
reaches. The figures that the rules of `learning-rate` and `clipping` cite as measured are these. Needs NumPy; takes a minute.
"""

import numpy as np

TRAINED = 3200
HELD_OUT = 800
BATCH = 32
SHALLOW = (20, 128, 128, 1)
DEEP = (20, 256, 256, 256, 256, 1)


def data(random):
    inputs = random.standard_normal((TRAINED + HELD_OUT, 20)).astype("f")
    hidden = np.tanh(inputs @ (random.standard_normal((20, 16)) / 4))
    targets = hidden @ (random.standard_normal((16, 1)) / 2)
    return inputs, ((targets - targets.mean()) / targets.std()).astype("f")


def forward(weights, biases, inputs):
    """Return what each layer gives, the inputs first."""
    given = [inputs]
    for index, (weight, bias) in enumerate(zip(weights, biases)):
        sums = given[-1] @ weight + bias
        given.append(sums if index == len(weights) - 1 else np.maximum(sums, 0))
    return given


def gradients(weights, biases, inputs, targets):
    """Return the gradients of the mean squared error, those of the weights first."""
    given = forward(weights, biases, inputs)
    error = 2 * (given[-1] - targets) / len(inputs)
    of_weights, of_biases = [], []
    for index in reversed(range(len(weights))):
        of_weights.insert(0, given[index].T @ error)
        of_biases.insert(0, error.sum(0))
        error = (error @ weights[index].T) * (given[index] > 0)
    return of_weights + of_biases


class Adam:
    def __init__(self, parameters, rate, epsilon=1e-7):
        self.rate, self.epsilon, self.steps = rate, epsilon, 0
        self.mean = [np.zeros_like(parameter) for parameter in parameters]
        self.square = [np.zeros_like(parameter) for parameter in parameters]

    def change(self, index, gradient):
        if index == 0:
            self.steps += 1
        self.mean[index] = 0.9 * self.mean[index] + 0.1 * gradient
        self.square[index] = 0.999 * self.square[index] + 0.001 * gradient**2
        mean = self.mean[index] / (1 - 0.9**self.steps)
        square = self.square[index] / (1 - 0.999**self.steps)
        return self.rate * mean / (np.sqrt(square) + self.epsilon)


class Adadelta:
    def __init__(self, parameters, rate):
        self.rate = rate
        self.square = [np.zeros_like(parameter) for parameter in parameters]
        self.change_square = [np.zeros_like(parameter) for parameter in parameters]

    def change(self, index, gradient):
        self.square[index] = 0.95 * self.square[index] + 0.05 * gradient**2
        change = np.sqrt(self.change_square[index] + 1e-7) / np.sqrt(self.square[index] + 1e-7) * gradient
        self.change_square[index] = 0.95 * self.change_square[index] + 0.05 * change**2
        return self.rate * change


class SGD:
    def __init__(self, parameters, rate):
        self.rate = rate

    def change(self, index, gradient):
        return self.rate * gradient


def held_out_error(optimizer, rate, seed, widths, steps, clip):
    random = np.random.default_rng(seed)
    inputs, targets = data(random)
    shapes = list(zip(widths, widths[1:]))
    weights = [(random.standard_normal(shape) * np.sqrt(2 / shape[0])).astype("f") for shape in shapes]
    biases = [np.zeros(shape[1], "f") for shape in shapes]
    parameters = weights + biases
    state = optimizer(parameters, rate)
    for _ in range(steps):
        rows = random.integers(0, TRAINED, BATCH)
        gradient = gradients(weights, biases, inputs[rows], targets[rows])
        length = np.sqrt(sum((part**2).sum() for part in gradient))
        if not np.isfinite(length):
            return np.inf
        scale = min(1, clip / length) if clip else 1
        for index, part in enumerate(gradient):
            parameters[index] -= state.change(index, part * scale)
    error = forward(weights, biases, inputs[TRAINED:])[-1] - targets[TRAINED:]
    return float((error**2).mean())


def show(title, optimizer, rates, widths=SHALLOW, steps=1500, clip=None):
    print(title)
    for rate in rates:
        errors = [held_out_error(optimizer, rate, seed, widths, steps, clip) for seed in range(3)]
        print(f"  {rate:<8g} {np.median(errors):.3g}", flush=True)


def main():
    np.seterr(all="ignore")
    show("Adam, two hidden layers of 128", Adam, [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.03, 0.1, 0.3, 1])
    show("Adam, four hidden layers of 256, 800 steps", Adam, [1e-3, 1e-2, 0.03, 0.1], DEEP, 800)
    show("Adam, clipped at a global norm of 0.5", Adam, [0.1, 1], clip=0.5)
    show("Adam, clipped at a global norm of 0.001", Adam, [1e-3], clip=0.001)
    show("Adadelta", Adadelta, [1e-3, 1e-2, 0.1, 1])
    show("SGD", SGD, [1e-5, 1e-3, 1e-2, 0.1, 0.3, 1])
    show("SGD, clipped at a global norm of 0.5", SGD, [0.1, 1, 3, 10], clip=0.5)
    show("SGD, clipped at a global norm of 0.001", SGD, [0.01, 0.1, 1, 10, 100], clip=0.001)


if __name__ == "__main__":
    main()
