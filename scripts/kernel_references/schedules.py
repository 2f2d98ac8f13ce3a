"""The rate at each of 60 steps, from Keras's schedules, or from PyTorch's where Keras has none."""

import types

import numpy
import torch

from .cases import Case
from .keras_backend import keras

schedules = keras.optimizers.schedules
STEPS = 60


def in_torch(kind, rate, **options):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate)
    scheduler = kind(optimizer, **options)
    rates = []
    for _ in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def plateau(figures, **options):
    callback = keras.callbacks.ReduceLROnPlateau(monitor="loss", mode="min", **options)
    optimizer = types.SimpleNamespace(learning_rate=torch.tensor(0.1))
    callback.set_model(types.SimpleNamespace(optimizer=optimizer))
    callback.on_train_begin()
    rates = []
    for epoch, figure in enumerate(figures):
        callback.on_epoch_end(epoch, {"loss": figure})
        optimizer.learning_rate = torch.as_tensor(optimizer.learning_rate)
        rates.append(float(optimizer.learning_rate))
    return rates


def cases():
    for name, schedule in {
        "exponential": schedules.ExponentialDecay(0.1, 10, 0.5),
        "exponential staircase": schedules.ExponentialDecay(0.1, 10, 0.5, staircase=True),
        "polynomial": schedules.PolynomialDecay(0.1, 40, 0.01, power=2.0),
        "polynomial cyclic": schedules.PolynomialDecay(0.1, 15, 0.01, power=0.5, cycle=True),
        "inverse time": schedules.InverseTimeDecay(0.1, 10, 0.7),
        "inverse time staircase": schedules.InverseTimeDecay(0.1, 10, 0.7, staircase=True),
        "cosine": schedules.CosineDecay(0.1, 40, alpha=0.05),
        "cosine with warm-up": schedules.CosineDecay(0.01, 30, alpha=0.05, warmup_target=0.1, warmup_steps=12),
        "restarts": schedules.CosineDecayRestarts(0.1, 9, t_mul=2.0, m_mul=0.8, alpha=0.02),
        "restarts of one length": schedules.CosineDecayRestarts(0.1, 10, t_mul=1.0, m_mul=0.5),
        "piecewise": schedules.PiecewiseConstantDecay([10, 25], [0.1, 0.05, 0.01]),
    }.items():
        case = Case(name)
        case.keep("rates", torch.tensor([float(schedule(step)) for step in range(STEPS)]))
        yield case
    scheduler = torch.optim.lr_scheduler
    for name, rates in {
        "one cycle": in_torch(scheduler.OneCycleLR, 1.0, max_lr=0.1, total_steps=STEPS),
        "one cycle of lines": in_torch(
            scheduler.OneCycleLR, 1.0, max_lr=0.1, total_steps=STEPS, pct_start=0.4, anneal_strategy="linear",
            three_phase=True, div_factor=10.0, final_div_factor=100.0,
        ),
        "linear with warm-up": in_torch(
            scheduler.LambdaLR, 0.1, lr_lambda=lambda step: step / 12 if step < 12 else max(0, (50 - step) / 38)
        ),
    }.items():
        case = Case(name)
        case.keep("rates", torch.tensor(rates))
        yield case
    for name, options in {
        "plateau": {"factor": 0.5, "patience": 3, "min_delta": 0.01},
        "plateau with cooldown": {"factor": 0.1, "patience": 2, "cooldown": 4, "min_lr": 0.002},
    }.items():
        case = Case(name)
        figures = numpy.maximum(1 - 0.05 * numpy.arange(STEPS), 0.4) + case.random.normal(0, 0.02, STEPS)
        case.keep("figures", torch.from_numpy(figures.astype(numpy.float32).astype(float)))
        case.keep("rates", torch.tensor(plateau(case.tensors["figures"].tolist(), **options)))
        yield case
