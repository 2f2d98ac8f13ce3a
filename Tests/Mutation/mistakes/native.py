"""Mistakes in a native experiment file with its layers."""

from . import experiment
from .base import LARGEST_KEPT, keep_of, only_with

NORMALIZATIONS = {"batch_normalization", "layer_normalization", "group_normalization"}
RECURRENT = {"lstm", "gru", "simple_rnn"}
WEIGHTED = {"dense", "conv1d", "conv2d"} | RECURRENT
DROPOUTS = {"dropout", "spatial_dropout"} | RECURRENT


def layers_of(document):
    """Return the layers, bare names written out."""
    layers = document["model"]["layers"]
    layers[:] = [{"kind": layer} if isinstance(layer, str) else layer for layer in layers]
    return layers


def weighted(document):
    return [layer for layer in layers_of(document) if layer["kind"] in WEIGHTED]


def head(document):
    return weighted(document)[-1]


def has(document, kinds):
    return any(layer["kind"] in kinds for layer in layers_of(document))


def is_plain(document):
    return not has(document, NORMALIZATIONS | {"add", "backbone", "concatenate"})


def keep_as_drop(document):
    rated = [layer for layer in layers_of(document) if layer["kind"] in DROPOUTS and 0 < layer.get("rate", 0) <= LARGEST_KEPT]
    only_with(rated, "drops nothing, or so much that the rest is a drop rate too")
    for layer in rated:
        layer["rate"] = keep_of(layer["rate"])


def zero_weights(document):
    only_with(not has(document, {"backbone"}), "trains only its head from scratch, which may start at zero")
    for layer in weighted(document):
        layer["init"] = "zeros"


def wide_weights(document):
    only_with(is_plain(document), "its normalisation or skip connections make up for the scale")
    for layer in weighted(document):
        layer["init"] = {"name": "random_normal", "mean": 0.0, "stddev": 1.0}


def relu_output(document):
    head(document)["activation"] = "relu"


def softmax_over_one(document):
    layer = head(document)
    only_with(layer.get("units", layer.get("filters")) == 1, "its output has several units")
    layer["activation"] = "softmax"


def second_activation(document):
    activation = head(document).get("activation")
    only_with(activation in ("softmax", "sigmoid"), "its output has no activation")
    layers_of(document).append({"kind": "activation", "activation": activation})


def forty_layers(document):
    layers = layers_of(document)
    last = head(document)
    only_with(last["kind"] == "dense", "its output is a picture")
    place = next(index for index, layer in enumerate(layers) if layer is last)
    layers[place:place] = [{"kind": "dense", "units": 128, "activation": "relu", "init": "he_normal"} for _ in range(40)]


def one_unit(document):
    layers = weighted(document)
    only_with(not has(document, {"add"}), "its hidden layers are bypassed")
    hidden = [layer for layer in layers[:-1] if layer["kind"] == "dense"]
    only_with(hidden, "has no hidden dense layer")
    only_with(
        layers[-1].get("units") != 1 or hidden[0] is layers[0], "one number is all that one output needs behind its features"
    )
    hidden[0]["units"] = 1


def raw_data(document):
    layers = layers_of(document)
    only_with(not has(document, {"batch_normalization"}), "normalises the batch right behind its first layer")
    only_with(not has(document, {"backbone"}), "its pretrained part may scale by itself")
    rescaling = [layer for layer in layers if layer["kind"] == "rescaling"]
    if rescaling:
        layers.remove(rescaling[0])
    else:
        experiment.raw_inputs(document, mean=217.0, std=341.0)


def no_activation(document):
    only_with(not has(document, RECURRENT), "its recurrent layers have activations of their own")
    hidden = [layer for layer in weighted(document)[:-1] if layer["kind"] in WEIGHTED]
    only_with(len(hidden) > 1, "has no two hidden layers")
    for layer in hidden:
        layer.pop("activation", None)
    layers = layers_of(document)
    layers[:] = [layer for layer in layers if layer["kind"] != "activation"]


MISTAKES = {
    "keep probability as drop rate": keep_as_drop,
    "zero weights": zero_weights,
    "weights of deviation 1": wide_weights,
    "relu on the output": relu_output,
    "softmax over one unit": softmax_over_one,
    "final activation twice": second_activation,
    "loss of another task": experiment.wrong_loss,
    "rate x 100": experiment.rate_times(100),
    "rate / 100,000": experiment.rate_times(1e-5),
    "clip at 0.001": experiment.tight_clip,
    "batch = all data": experiment.batch_of_all,
    "40 plain layers": forty_layers,
    "width 1": one_unit,
    "no normalisation": raw_data,
    "no activation": no_activation,
    "id as number": "does not say what a number means",
    "penalty of 1": experiment.strong_penalty,
    "nothing held out": experiment.nothing_held_out,
    "accuracy of numbers": experiment.accuracy_of_numbers,
    "misspelt key": experiment.misspelt_key,
}
