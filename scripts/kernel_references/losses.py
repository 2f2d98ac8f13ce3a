"""Losses, from Keras where it has them; the gradient is that of the reduced loss."""

import torch
from torch.nn import functional

from .cases import Case
from .keras_backend import keras

losses = keras.losses


def case_of(name, function, predicted, target, weights=None):
    """`predicted` and `target` are how to draw, or tensors."""
    case = Case(name)
    draw = lambda how: how(case) if callable(how) else torch.as_tensor(how, dtype=torch.float64)
    values = draw(predicted).requires_grad_()
    case.tensors["input.0"] = values
    wanted = draw(target)
    case.keep("target", wanted)
    if weights:
        outer = case.draw(*weights, low=0.1, high=2)
        case.keep("weights", outer)
        loss = function(values, wanted, outer)
    else:
        loss = function(values, wanted)
    case.keep("loss", loss)
    case.keep("gradient", torch.autograd.grad(loss, values)[0])
    values.requires_grad_(False)
    return case


def of(loss):
    return lambda predicted, target, weights=None: loss(target, predicted, sample_weight=weights)


def numbers(*shape, low=-2.0, high=2.0):
    return lambda case: case.draw(*shape, low=low, high=high)


def shares(*shape):
    """Rows of positive numbers that sum to 1, up to rounding to 32 bits."""

    def draw(case):
        values = case.draw(*shape, low=0.05, high=1)
        return (values / values.sum(-1, keepdim=True)).float().double()

    return draw


def classes(count, *shape):
    return lambda case: torch.from_numpy(case.random.integers(0, count, shape)).double()


def one_hot(count, *shape):
    return lambda case: functional.one_hot(torch.from_numpy(case.random.integers(0, count, shape)), count).double()


def bits(*shape):
    return classes(2, *shape)


def cases():
    yield case_of("mse", of(losses.MeanSquaredError()), numbers(6, 5), numbers(6, 5))
    yield case_of("mse weighted", of(losses.MeanSquaredError()), numbers(4, 3, 5), numbers(4, 3, 5), (4, 3))
    yield case_of("mse summed", of(losses.MeanSquaredError(reduction="sum")), numbers(6, 5), numbers(6, 5), (6,))
    yield case_of("mse one column", lambda p, t: functional.mse_loss(p, t), numbers(33, 1), numbers(33, 1))
    yield case_of("mae one column", of(losses.MeanAbsoluteError()), numbers(19, 1), numbers(19, 1), (19,))
    yield case_of("mae", of(losses.MeanAbsoluteError()), numbers(6, 5), numbers(6, 5))
    mape = of(losses.MeanAbsolutePercentageError())
    yield case_of("mape", mape, numbers(6, 5), numbers(6, 5, low=0.2, high=3))
    msle = of(losses.MeanSquaredLogarithmicError())
    yield case_of("msle", msle, numbers(6, 5, low=-0.5, high=4), numbers(6, 5, low=-0.2, high=4))
    yield case_of("huber", of(losses.Huber(delta=0.7)), numbers(6, 5), numbers(6, 5))
    yield case_of("log_cosh", of(losses.LogCosh()), numbers(6, 5, low=-3, high=3), numbers(6, 5))
    yield case_of("log_cosh near", of(losses.LogCosh()), numbers(6, 5, low=-0.1, high=0.1), numbers(6, 5, low=-0.1, high=0.1))

    yield case_of("binary", of(losses.BinaryCrossentropy()), numbers(6, 5, low=0.02, high=0.98), bits(6, 5))
    smooth = of(losses.BinaryCrossentropy(label_smoothing=0.1))
    yield case_of("binary smoothed", smooth, numbers(6, 5, low=0.02, high=0.98), bits(6, 5))
    yield case_of("binary clipped", of(losses.BinaryCrossentropy()), [[0.0, 1.0, 0.5, 0.0]], [[1.0, 1.0, 1.0, 0.0]])
    logits = of(losses.BinaryCrossentropy(from_logits=True))
    yield case_of("binary logits", logits, numbers(6, 5, low=-9, high=9), bits(6, 5), (6,))
    yield case_of("binary logits far out", logits, [[200.0, -200.0, 60.0, -60.0]], [[0.0, 1.0, 1.0, 0.0]])

    plain = of(losses.CategoricalCrossentropy())
    yield case_of("categorical", plain, shares(6, 5), one_hot(5, 6), (6,))
    yield case_of("categorical of no shares", plain, numbers(6, 5, low=0.05, high=2), one_hot(5, 6))
    yield case_of("categorical clipped", plain, [[0.0, 1.0, 0.0], [0.25, 0.0, 0.75]], [[1.0, 0.0, 0.0], [0.5, 0.25, 0.25]])
    smooth = of(losses.CategoricalCrossentropy(label_smoothing=0.1))
    yield case_of("categorical smoothed", smooth, shares(6, 5), one_hot(5, 6))
    logits = of(losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.2))
    yield case_of("categorical logits", logits, numbers(6, 33, low=-8, high=8), one_hot(33, 6), (6,))
    yield case_of("categorical logits soft", of(losses.CategoricalCrossentropy(from_logits=True)), numbers(6, 5), shares(6, 5))
    yield case_of("sparse", of(losses.SparseCategoricalCrossentropy()), shares(6, 5), classes(5, 6))
    logits = of(losses.SparseCategoricalCrossentropy(from_logits=True))
    yield case_of("sparse logits", logits, numbers(6, 5, low=-8, high=8), classes(5, 6), (6,))
    yield case_of("sparse logits of a sequence", logits, numbers(3, 4, 20), classes(20, 3, 4))
    yield case_of("sparse logits far out", logits, [[500.0, -500.0, 0.0], [-90.0, 0.0, 90.0]], [1.0, 2.0])
    ignoring = of(losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=1))
    yield case_of("sparse logits ignoring", ignoring, numbers(9, 3), [0.0, 1.0, 2.0, 1.0, 1.0, 0.0, 2.0, 2.0, 1.0])
    smooth = lambda p, t: functional.cross_entropy(p, t.long(), label_smoothing=0.1)
    yield case_of("sparse logits smoothed", smooth, numbers(6, 5), classes(5, 6))
    share_of = torch.tensor([0.5, 2.0, 1.0], dtype=torch.float64)
    case = case_of("sparse logits by class", lambda p, t: functional.cross_entropy(p, t.long(), share_of), numbers(9, 3), classes(3, 9))
    case.keep("weights", share_of[case.tensors["target"].long()])
    yield case
    likelihood = lambda p, t: functional.nll_loss(p, t.long())
    yield case_of("nll", likelihood, numbers(6, 5, low=-4, high=-0.1), classes(5, 6))

    for name, kind in ("hinge", losses.Hinge), ("squared_hinge", losses.SquaredHinge):
        yield case_of(name, of(kind()), numbers(6, 5), lambda case: 2 * bits(6, 5)(case) - 1)
        yield case_of(f"{name} of bits", of(kind()), numbers(6, 5), bits(6, 5))
    yield case_of("categorical_hinge", of(losses.CategoricalHinge()), numbers(8, 5, low=-1, high=1), one_hot(5, 8))
    yield case_of("kl", of(losses.KLDivergence()), shares(6, 5), shares(6, 5))
    logarithms = lambda p, t: functional.kl_div(p, t, reduction="sum") / t.numel()
    yield case_of("kl of logarithms", logarithms, numbers(6, 5, low=-4, high=-0.1), shares(6, 5))
    yield case_of("poisson", of(losses.Poisson()), numbers(6, 5, low=0.1, high=4), numbers(6, 5, low=0, high=5))
    yield case_of("cosine", of(losses.CosineSimilarity()), numbers(6, 5), numbers(6, 5))

    focal = of(losses.BinaryFocalCrossentropy(gamma=2.0))
    yield case_of("focal", focal, numbers(6, 5, low=0.02, high=0.98), bits(6, 5))
    balanced = of(losses.BinaryFocalCrossentropy(apply_class_balancing=True, alpha=0.3, gamma=1.5, label_smoothing=0.1))
    yield case_of("focal balanced", balanced, numbers(6, 5, low=0.02, high=0.98), bits(6, 5))
    logits = of(losses.BinaryFocalCrossentropy(from_logits=True))
    yield case_of("focal logits", logits, numbers(6, 5, low=-6, high=6), bits(6, 5))
    focal = of(losses.CategoricalFocalCrossentropy(alpha=0.3, gamma=1.5))
    yield case_of("categorical focal", focal, numbers(6, 5, low=0.05, high=2), one_hot(5, 6), (6,))
    logits = of(losses.CategoricalFocalCrossentropy(from_logits=True, label_smoothing=0.1))
    yield case_of("categorical focal logits", logits, numbers(6, 5, low=-4, high=4), one_hot(5, 6))
