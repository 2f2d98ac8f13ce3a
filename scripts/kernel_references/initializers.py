"""Mean, deviation, least, greatest and kurtosis of a large draw of Keras's initialisers."""

import torch

from .cases import Case
from .keras_backend import keras

DENSE = (300, 500)
CONVOLUTION = (3, 3, 64, 256)

initializers = keras.initializers


def cases():
    named = {}
    for name in "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal":
        for shape in DENSE, CONVOLUTION:
            named[f"{name} of {len(shape)} axes"] = (initializers.get({"class_name": name, "config": {"seed": 7}}), shape)
    scaling = {"scale": 1.7, "mode": "fan_out", "distribution": "untruncated_normal", "seed": 7}
    named["variance_scaling"] = (initializers.VarianceScaling(**scaling), CONVOLUTION)
    named["random_uniform"] = (initializers.RandomUniform(-0.2, 0.5, seed=7), DENSE)
    named["random_normal"] = (initializers.RandomNormal(0.3, 0.2, seed=7), DENSE)
    named["truncated_normal"] = (initializers.TruncatedNormal(0.3, 0.2, seed=7), DENSE)
    named["orthogonal tall"] = (initializers.Orthogonal(1.5, seed=7), (3, 3, 64, 180))
    named["orthogonal wide"] = (initializers.Orthogonal(1.5, seed=7), (180, 576))
    for name, (initializer, shape) in named.items():
        values = torch.as_tensor(initializer(shape, dtype="float64")).detach()
        mean, deviation = values.mean(), values.std()
        kurtosis = (((values - mean) / deviation) ** 4).mean()
        case = Case(name)
        case.keep("shape", torch.tensor(shape))
        case.keep("moments", torch.stack([mean, deviation, values.min(), values.max(), kurtosis]))
        yield case
