#!/usr/bin/env python3
"""Measure what the scale and the offset of inputs and targets do to a plain network.

    measure-scales.py

Trains the shallow network of `measure-rates.py` (20 inputs, two hidden layers of 128) on its data, whose inputs and targets
have mean 0 and deviation 1, and on the same data multiplied or shifted. Prints the held-out squared error after 10 epochs,
in units of the targets' variance: 1.0 is what a constant prediction reaches. The median of three seeds. The figures that
the rules of `normalization` cite as measured are these. Needs NumPy; takes three minutes.
"""

import importlib.util
import pathlib

import numpy as np

EPOCHS = 10
OPTIMIZERS = {"Adam 0.001": ("Adam", 0.001), "SGD 0.01": ("SGD", 0.01)}


def load_rates():
    path = pathlib.Path(__file__).with_name("measure-rates.py")
    spec = importlib.util.spec_from_file_location("measure_rates", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


rates = load_rates()


def error(seed, optimizer, rate, input_scale=1, input_shift=0, target_scale=1, target_shift=0):
    """Return the held-out squared error over the targets' variance."""
    random = np.random.default_rng(seed)
    inputs, targets = rates.data(random)
    inputs = inputs * np.float32(input_scale) + np.float32(input_shift)
    targets = targets * np.float32(target_scale) + np.float32(target_shift)
    sizes = rates.SHALLOW
    weights = [
        (random.standard_normal((a, b)) * np.sqrt(2 / a)).astype("f") for a, b in zip(sizes, sizes[1:])
    ]
    biases = [np.zeros(b, "f") for b in sizes[1:]]
    parameters = weights + biases
    step = getattr(rates, optimizer)(parameters, rate)
    with np.errstate(all="ignore"):
        for _ in range(EPOCHS):
            order = random.permutation(rates.TRAINED)
            for start in range(0, rates.TRAINED, rates.BATCH):
                rows = order[start : start + rates.BATCH]
                changes = rates.gradients(weights, biases, inputs[rows], targets[rows])
                for index, (parameter, gradient) in enumerate(zip(parameters, changes)):
                    parameter -= step.change(index, gradient)
        held_out = slice(rates.TRAINED, None)
        given = rates.forward(weights, biases, inputs[held_out])[-1]
        found = float(np.mean((given - targets[held_out]) ** 2)) / target_scale**2
    return found if np.isfinite(found) else np.inf


def report(title, changes, values):
    """Print the error for each value; `changes` says what a value does to the data."""
    print(title)
    for name, (optimizer, rate) in OPTIMIZERS.items():
        found = [np.median([error(seed, optimizer, rate, **changes(value)) for seed in range(3)]) for value in values]
        print(f"  {name:<11}", "  ".join(f"{value:g}: {median:.3g}" for value, median in zip(values, found)))


def main():
    report("inputs times", lambda value: {"input_scale": value}, [0.001, 0.01, 0.1, 0.3, 1, 3, 10, 30, 100, 1000])
    report("inputs plus", lambda value: {"input_shift": value}, [0, 1, 3, 5, 10, 30, 100])
    report("targets times", lambda value: {"target_scale": value}, [0.001, 0.01, 0.1, 1, 10, 100, 1000])
    report("targets plus", lambda value: {"target_shift": value}, [0, 1, 3, 10, 30, 100, 1000, 100000])
    report(
        "targets times, with a mean of two deviations",
        lambda value: {"target_scale": value, "target_shift": 2 * value},
        [1, 3, 10, 30, 1000, 10000, 30000, 100000],
    )


if __name__ == "__main__":
    main()
