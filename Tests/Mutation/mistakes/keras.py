"""Mistakes in a Keras 3 model and its compile settings, and in the experiment file beside it."""

import copy

from . import experiment
from .base import DIVIDING, LARGEST_KEPT, keep_of, only_with

NORMALIZATIONS = {"BatchNormalization", "LayerNormalization", "GroupNormalization"}
WEIGHTED = {"Dense", "Conv1D", "Conv2D", "LSTM", "GRU"}
# The keys in which layers keep rates, by class.
RATES = {"Dropout": ["rate"], "LSTM": ["dropout", "recurrent_dropout"], "MultiHeadAttention": ["dropout"]}


# MARK: - The model


def layers_of(model):
    return model["config"]["layers"]


def inner(layer):
    """Return the layers that do the work: those inside a wrapper, else the layer itself."""
    if layer["class_name"] == "Bidirectional":
        return [layer["config"]["layer"], layer["config"]["backward_layer"]]
    return [layer]


def all_layers(model):
    return [one for layer in layers_of(model) for one in inner(layer)]


def weighted(model):
    return [layer for layer in all_layers(model) if layer["class_name"] in WEIGHTED]


def head(model):
    return weighted(model)[-1]


def has(model, classes):
    return any(layer["class_name"] in classes for layer in all_layers(model))


def is_plain(model):
    return not has(model, NORMALIZATIONS | {"Add"})


def optimizer(model):
    return model["compile_config"]["optimizer"]


def tensor(name, shape):
    config = {"shape": shape, "dtype": "float32", "keras_history": [name, 0, 0]}
    return {"class_name": "__keras_tensor__", "config": config}


def made_after(pattern, name, changes):
    """Return a layer like another one under a name of its own."""
    layer = copy.deepcopy(pattern)
    layer["config"] |= {"name": name, **changes}
    if "name" in layer:
        layer["name"] = name
    return layer


def insert_before(model, target, new):
    """Put layers between a layer with one input and what it takes."""
    layers = layers_of(model)
    place = next(index for index, layer in enumerate(layers) if layer is target)
    layers[place:place] = new
    if model["class_name"] == "Functional":
        new[0]["inbound_nodes"] = target["inbound_nodes"]
        for layer, after in zip(new, new[1:] + [target]):
            after["inbound_nodes"] = [{"args": [tensor(layer["config"]["name"], [None, 64])], "kwargs": {}}]


def append(model, layer):
    """Put a layer behind the output."""
    last = layers_of(model)[-1]
    name = layer["config"]["name"]
    layers_of(model).append(layer)
    if model["class_name"] == "Functional":
        units = last["config"]["units"]
        layer |= {"name": name, "inbound_nodes": [{"args": [tensor(last["name"], [None, units])], "kwargs": {}}]}
        model["config"]["output_layers"] = [name, 0, 0]


def remove(model, layer):
    """Take a layer with one input out; what took from it takes its input."""
    layers_of(model).remove(layer)
    if model["class_name"] != "Functional":
        return
    source = layer["inbound_nodes"][0]["args"][0]["config"]["keras_history"]

    def rewire(value):
        if isinstance(value, dict):
            if value.get("keras_history", [None])[0] == layer["name"]:
                value["keras_history"] = source
            value = list(value.values())
        if isinstance(value, list):
            for one in value:
                rewire(one)

    for other in layers_of(model):
        rewire(other.get("inbound_nodes", []))


# MARK: - Its mistakes


def keep_as_drop(model):
    changed = False
    for layer in all_layers(model):
        for key in RATES.get(layer["class_name"], []):
            if 0 < layer["config"][key] <= LARGEST_KEPT:
                layer["config"][key] = keep_of(layer["config"][key])
                changed = True
    only_with(changed, "drops nothing")


def set_initializers(model, class_name, config):
    made = {"module": "keras.initializers", "class_name": class_name, "config": config, "registered_name": None}
    for layer in weighted(model):
        layer["config"]["kernel_initializer"] = made


def zero_weights(model):
    set_initializers(model, "Zeros", {})


def wide_weights(model):
    only_with(is_plain(model), "its normalisation or skip connections make up for the scale")
    set_initializers(model, "RandomNormal", {"mean": 0.0, "stddev": 1.0, "seed": None})


def relu_output(model):
    head(model)["config"]["activation"] = "relu"


def softmax_over_one(model):
    config = head(model)["config"]
    only_with(config["units"] == 1, "its output has several units")
    config["activation"] = "softmax"


def second_activation(model):
    activation = head(model)["config"]["activation"]
    only_with(activation in ("softmax", "sigmoid"), "its output has no activation")
    config = {"name": "probabilities", "trainable": True, "dtype": "float32", "activation": activation}
    append(model, {"module": "keras.layers", "class_name": "Activation", "config": config, "registered_name": None})


def wrong_loss(model):
    activation = head(model)["config"]["activation"]
    losses = {"linear": "binary_crossentropy", "softmax": "mse", "sigmoid": "categorical_crossentropy"}
    model["compile_config"]["loss"] = losses[activation]


def rate_times(factor):
    def change(model):
        config = optimizer(model)["config"]
        key = "learning_rate"
        if isinstance(config[key], dict):
            config, key = config[key]["config"], "initial_learning_rate"
        config[key] = float(f"{config[key] * factor:.6g}")

    return change


def tight_clip(model, document):
    config = optimizer(model)["config"]
    only_with(
        optimizer(model)["class_name"].lower() not in DIVIDING, "its optimizer divides each gradient by its own size"
    )
    rate = config["learning_rate"]
    rate = rate["config"]["initial_learning_rate"] if isinstance(rate, dict) else rate
    experiment.only_with_short_way(document, rate, config["momentum"])
    config |= {"clipnorm": None, "global_clipnorm": 0.001}


def forty_layers(model):
    pattern = next(layer for layer in reversed(layers_of(model)) if layer["class_name"] == "Dense")
    changes = {"units": 128, "activation": "relu"}
    new = [made_after(pattern, f"deep_{index}", changes) for index in range(1, 41)]
    for layer in new:
        layer.pop("build_config", None)
    insert_before(model, layers_of(model)[-1], new)


def one_unit(model):
    only_with(not has(model, {"Add"}), "its hidden layers are bypassed, or it has none")
    hidden = [layer for layer in weighted(model)[:-1] if layer["class_name"] == "Dense"]
    first = weighted(model)[0]
    only_with(
        head(model)["config"]["units"] != 1 or hidden[0] is first, "one number is all that one output needs behind its features"
    )
    hidden[0]["config"]["units"] = 1


def no_activation(model):
    only_with(not has(model, {"LSTM", "GRU", "MultiHeadAttention"}), "its other layers have activations of their own")
    for layer in weighted(model)[:-1]:
        layer["config"]["activation"] = "linear"
    for layer in [layer for layer in layers_of(model) if layer["class_name"] in ("Activation", "ReLU")]:
        remove(model, layer)


def strong_penalty(model):
    penalty = {"module": "keras.regularizers", "class_name": "L2", "config": {"l2": 1.0}, "registered_name": None}
    for layer in weighted(model):
        layer["config"]["kernel_regularizer"] = penalty


def accuracy_of_numbers(model):
    only_with(head(model)["config"]["activation"] == "linear", "is no regression")
    model["compile_config"]["metrics"] = ["accuracy"]


def raw_data(model, document):
    only_with(not has(model, {"BatchNormalization"}), "normalises the batch right behind its first layer")
    scaling = [layer for layer in layers_of(model) if layer["class_name"] in ("Normalization", "Rescaling")]
    if scaling:
        remove(model, scaling[0])
    else:
        experiment.raw_inputs(document, mean=217.0, std=341.0)


# MARK: - The table


def in_model(mistake):
    return lambda config: mistake(config.document(".json"))


def in_both(mistake):
    return lambda config: mistake(config.document(".json"), config.document(".yaml"))


def in_experiment(mistake):
    return lambda config: mistake(config.document(".yaml"))


MISTAKES = {
    "keep probability as drop rate": in_model(keep_as_drop),
    "zero weights": in_model(zero_weights),
    "weights of deviation 1": in_model(wide_weights),
    "relu on the output": in_model(relu_output),
    "softmax over one unit": in_model(softmax_over_one),
    "final activation twice": in_model(second_activation),
    "loss of another task": in_model(wrong_loss),
    "rate x 100": in_model(rate_times(100)),
    "rate / 100,000": in_model(rate_times(1e-5)),
    "clip at 0.001": in_both(tight_clip),
    "batch = all data": in_experiment(experiment.batch_of_all),
    "40 plain layers": in_model(forty_layers),
    "width 1": in_model(one_unit),
    "no normalisation": in_both(raw_data),
    "no activation": in_model(no_activation),
    "id as number": "does not say what a number means",
    "penalty of 1": in_model(strong_penalty),
    "nothing held out": in_experiment(experiment.nothing_held_out),
    "accuracy of numbers": in_model(accuracy_of_numbers),
    "misspelt key": in_experiment(experiment.misspelt_key),
}
