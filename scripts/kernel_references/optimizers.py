"""Paths of 20 steps along given gradients at a rate that changes, with each optimiser of Keras and PyTorch."""

import numpy
import torch

from .cases import Case
from .keras_backend import keras

STEPS = 20
SHAPES = {"kernel": (3, 5), "bias": (4,)}


def given():
    case = Case("given")
    for name, shape in SHAPES.items():
        case.keep(f"start.{name}", case.draw(*shape))
        # Of different sizes, as epsilons show in small ones.
        sizes = torch.from_numpy(10.0 ** case.random.uniform(-4, 0.5, shape))
        case.keep(f"gradients.{name}", (case.draw(STEPS, *shape) * sizes).float().double())
    case.keep("rates", torch.tensor([0.05 * 0.93**step for step in range(STEPS)]).float().double())
    return case


def in_torch(name, kind, clip=None, **options):
    def run(start, gradients, rates):
        parameters = [torch.nn.Parameter(values.clone()) for values in start]
        optimizer = kind(parameters, lr=1.0, **options)
        for step, rate in enumerate(rates):
            optimizer.param_groups[0]["lr"] = rate
            for parameter, gradient in zip(parameters, gradients):
                parameter.grad = gradient[step].clone()
            if clip:
                clip(parameters)
            optimizer.step()
            yield [parameter.detach().clone() for parameter in parameters]

    return name, run


def in_keras(name, kind, **options):
    def run(start, gradients, rates):
        optimizer = kind(learning_rate=1.0, **options)
        variables = [keras.Variable(values.numpy()) for values in start]
        optimizer.build(variables)
        for step, rate in enumerate(rates):
            optimizer.learning_rate = rate
            optimizer.apply([gradient[step].clone() for gradient in gradients], variables)
            yield [torch.from_numpy(numpy.array(variable.numpy())) for variable in variables]

    return name, run


def runs():
    optim = torch.optim
    yield in_torch("torch sgd", optim.SGD)
    yield in_torch("torch momentum", optim.SGD, momentum=0.9)
    yield in_torch("torch dampened", optim.SGD, momentum=0.8, dampening=0.3)
    yield in_torch("torch nesterov", optim.SGD, momentum=0.9, nesterov=True, weight_decay=0.1)
    yield in_torch("torch rmsprop", optim.RMSprop, alpha=0.9, eps=1e-3)
    yield in_torch("torch rmsprop centered", optim.RMSprop, alpha=0.9, eps=1e-3, centered=True, momentum=0.7)
    yield in_torch("torch adagrad", optim.Adagrad, eps=1e-3)
    yield in_torch("torch adadelta", optim.Adadelta, rho=0.9, eps=1e-4)
    yield in_torch("torch adam", optim.Adam, betas=(0.8, 0.95), eps=1e-3)
    yield in_torch("torch adam decaying", optim.Adam, weight_decay=0.1)
    yield in_torch("torch amsgrad", optim.Adam, betas=(0.8, 0.9), eps=1e-3, amsgrad=True)
    yield in_torch("torch adamw", optim.AdamW, weight_decay=0.1)
    yield in_torch("torch nadam", optim.NAdam, betas=(0.8, 0.95), eps=1e-3)
    yield in_torch("torch adamax", optim.Adamax, betas=(0.8, 0.95), eps=1e-3)
    yield in_torch("torch radam", optim.RAdam, betas=(0.8, 0.95), eps=1e-3)
    clip = torch.nn.utils
    yield in_torch("torch value", optim.SGD, clip=lambda all: clip.clip_grad_value_(all, 0.3), momentum=0.9)
    yield in_torch("torch global norm", optim.SGD, clip=lambda all: clip.clip_grad_norm_(all, 0.9), momentum=0.9)

    optimizers = keras.optimizers
    yield in_keras("keras sgd", optimizers.SGD)
    yield in_keras("keras momentum", optimizers.SGD, momentum=0.9)
    yield in_keras("keras nesterov", optimizers.SGD, momentum=0.9, nesterov=True, weight_decay=0.1)
    yield in_keras("keras rmsprop", optimizers.RMSprop, rho=0.9, epsilon=1e-3)
    yield in_keras("keras rmsprop centered", optimizers.RMSprop, rho=0.9, epsilon=1e-3, centered=True, momentum=0.7)
    yield in_keras("keras adagrad", optimizers.Adagrad, initial_accumulator_value=0.1, epsilon=1e-3)
    yield in_keras("keras adadelta", optimizers.Adadelta, rho=0.9, epsilon=1e-4)
    yield in_keras("keras adam", optimizers.Adam, beta_1=0.8, beta_2=0.95, epsilon=1e-3)
    yield in_keras("keras amsgrad", optimizers.Adam, beta_1=0.8, beta_2=0.9, epsilon=1e-3, amsgrad=True)
    yield in_keras("keras adamw", optimizers.AdamW, weight_decay=0.1)
    yield in_keras("keras nadam", optimizers.Nadam, beta_1=0.8, beta_2=0.95, epsilon=1e-3)
    yield in_keras("keras adamax", optimizers.Adamax, beta_1=0.8, beta_2=0.95, epsilon=1e-3)
    yield in_keras("keras lamb", optimizers.Lamb, beta_1=0.8, beta_2=0.95, epsilon=1e-3, weight_decay=0.1)
    yield in_keras("keras lion", optimizers.Lion, beta_1=0.9, beta_2=0.95)
    ftrl = {"l1_regularization_strength": 0.01, "l2_regularization_strength": 0.02}
    yield in_keras("keras ftrl", optimizers.Ftrl)
    yield in_keras("keras ftrl with all options", optimizers.Ftrl, **ftrl, l2_shrinkage_regularization_strength=0.03, beta=0.1)
    yield in_keras("keras ftrl of another power", optimizers.Ftrl, learning_rate_power=-0.4)
    yield in_keras("keras adafactor", optimizers.Adafactor)
    yield in_keras("keras adafactor decaying", optimizers.Adafactor, weight_decay=0.1, clip_threshold=0.5)
    yield in_keras("keras value", optimizers.SGD, clipvalue=0.3)
    yield in_keras("keras norm", optimizers.SGD, clipnorm=0.9)
    yield in_keras("keras global norm", optimizers.SGD, global_clipnorm=0.9)


def cases():
    shared = given()
    yield shared
    start = [shared.tensors[f"start.{name}"] for name in SHAPES]
    gradients = [shared.tensors[f"gradients.{name}"] for name in SHAPES]
    rates = shared.tensors["rates"].tolist()
    for name, run in runs():
        case = Case(name)
        path = list(run(start, gradients, rates))
        for index, parameter in enumerate(SHAPES):
            case.keep(f"path.{parameter}", torch.stack([values[index] for values in path]))
        yield case
