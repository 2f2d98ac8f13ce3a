"""The files that scripts/benchmark and scripts/benchmark-server measure with: healthy configs in the style that every YAML rule asks for.

Keys are sorted, texts are quoted, documents have their marks: so no tool spends its time on writing complaints.
"""

import json
import random

SEED = 1789
NAMES = ["area", "age", "floor", "height", "income", "rooms", "speed", "weight", "distance", "pressure", "windows", "yield"]


def small_config(seed=SEED):
    """Return a healthy config of 50 lines: by turns Ludwig's and the experiment file, no two alike."""
    chance = random.Random(seed)
    lines = ludwig(chance) if seed % 2 else native(chance)
    missing = 50 - len(lines)
    lines[1:1] = [f"# Note {index + 1}: run {chance.randrange(10_000)} was {chance.random():.4f}." for index in range(missing)]
    assert len(lines) == 50, len(lines)
    return "\n".join(lines) + "\n"


def ludwig(chance):
    names = chance.sample(NAMES, chance.randint(6, 8))
    lines = ["---", "combiner:", f"  dropout: {chance.choice([0.05, 0.1, 0.15, 0.2])}", f"  num_fc_layers: {chance.randint(1, 3)}"]
    lines += [f"  output_size: {chance.choice([64, 128, 256, 512])}", '  type: "concat"', "input_features:"]
    for name in names[1:]:
        lines += [f'  - name: "{name}"', "    preprocessing:", '      normalization: "zscore"', '    type: "number"']
    lines += ["output_features:", f'  - name: "{names[0]}"', "    preprocessing:", '      normalization: "zscore"']
    lines += ['    type: "number"', "trainer:", f"  batch_size: {chance.choice([16, 32, 64])}"]
    lines += [f"  epochs: {chance.randint(20, 90)}", f"  learning_rate: {chance.choice([0.0005, 0.001, 0.002])}"]
    return lines + ["  optimizer:", '    type: "adam"', "..."]


def native(chance):
    features, width = chance.randint(8, 60), chance.choice([128, 256])
    lines = ["---", "data:", "  inputs:", f"    features: {features}", "    mean: 0.0", '    normalization: "zscore"', "    std: 1.0"]
    lines += [f"  samples: {chance.randint(20_000, 90_000)}", "  targets:", '    normalization: "zscore"', "epochzero: 1"]
    lines += ["model:", "  layers:", '    - kind: "input"', f"      shape: [{features}]"]
    for _ in range(chance.randint(2, 3)):
        lines += ['    - activation: "relu"', '      init: "he_normal"', '      kind: "dense"', f"      units: {width}"]
        lines += ['    - kind: "dropout"', f"      rate: {chance.choice([0.05, 0.1])}"]
    lines += ['    - kind: "dense"', "      units: 1", 'task: "regression"', "training:"]
    lines += [f"  batch_size: {chance.choice([16, 32, 64])}", f"  epochs: {chance.randint(20, 60)}", '  loss: "mse"']
    lines += ["  metrics:", '    - "mae"', "  optimizer:", f"    learning_rate: {chance.choice([0.0005, 0.001])}"]
    return lines + ['    name: "adam"', "  validation_split: 0.2", "..."]


def large_yaml(size):
    """Return one Ludwig config of at least `size` bytes: a table with thousands of columns."""
    head = ["---", "combiner:", "  dropout: 0.1", "  num_fc_layers: 2", "  output_size: 256", '  type: "concat"']
    feature = ['  - name: "column_{}"', "    preprocessing:", '      normalization: "zscore"', '    type: "number"']
    count = size // sum(len(line) + 1 for line in feature)
    lines = head + ["input_features:"] + [line.format(index) for index in range(count) for line in feature]
    lines += ["output_features:", '  - name: "price"', "    preprocessing:", '      normalization: "zscore"', '    type: "number"']
    return "\n".join(lines + ["trainer:", "  batch_size: 32", "  epochs: 50", "  learning_rate: 0.001", "..."]) + "\n"


def long_experiment(length=5_000):
    """Return an experiment file of so many short lines, indented by one: a residual network of dense layers."""
    head = ["---", "data:", " inputs:", "  features: 64", "  mean: 0.0", '  normalization: "zscore"', "  std: 1.0"]
    head += [" samples: 900000", " targets:", '  normalization: "zscore"', "epochzero: 1", "model:", " layers:"]
    head += [' - kind: "input"', '   name: "a0"', "   shape: [64]"]
    tail = [' - kind: "dense"', "   units: 1", 'task: "regression"', "training:", " batch_size: 64", " epochs: 40", ' loss: "mse"']
    tail += [" optimizer:", "  learning_rate: 0.001", '  name: "adam"', "..."]
    lines, index = head, 0
    while len(lines) < length - len(tail) - 14:
        index += 1
        lines += [' - activation: "relu"', '   kind: "dense"', "   units: 64"]
        lines += [' - kind: "dropout"', f'   name: "d{index}"', "   rate: 0.1"]
        lines += [" - from:", f'    - "d{index}"', f'    - "a{index - 1}"', '   kind: "add"', f'   name: "a{index}"']
    lines += [f" # Note {note + 1}." for note in range(length - len(lines) - len(tail))]
    return "\n".join(lines + tail) + "\n"


def python_module(seed, length=50):
    """Return a Python module of about so many lines, for the linter that reads nothing else."""
    chance = random.Random(seed)
    lines = [f'"""Module {seed} of the benchmark."""', "", "import math"]
    while len(lines) < length - 6:
        name = f"scaled_{len(lines)}"
        lines += ["", "", f"def {name}(value: float) -> float:", f'    """Return the value, scaled by {chance.random():.3f}."""']
        lines += [f"    shifted = value + {chance.random():.3f}", "    if shifted > 0:", "        return math.sqrt(shifted)"]
        lines += [f"    return shifted * {chance.random():.3f}"]
    return "\n".join(lines) + "\n"


def large_model(size):
    """Return a residual convolutional network as Keras 3 JSON of at least `size` bytes, written as Keras writes it."""

    def tensor(source, filters):
        history = {"keras_history": [source, 0, 0], "shape": [None, 56, 56, filters], "dtype": "float32"}
        return {"class_name": "__keras_tensor__", "config": history}

    def layer(class_name, name, config, sources):
        arguments = [tensor(source, 64) for source in sources]
        nodes = [{"args": [arguments] if len(arguments) > 1 else arguments, "kwargs": {}}] if sources else []
        return {
            "module": "keras.layers",
            "class_name": class_name,
            "config": {"name": name, "trainable": True, "dtype": "float32", **config},
            "registered_name": None,
            "build_config": {"input_shape": [None, 56, 56, 64]},
            "name": name,
            "inbound_nodes": nodes,
        }

    def initializer(class_name, config):
        return {"module": "keras.initializers", "class_name": class_name, "config": config, "registered_name": None}

    conv = {
        "filters": 64, "kernel_size": [3, 3], "strides": [1, 1], "padding": "same", "data_format": "channels_last",
        "dilation_rate": [1, 1], "groups": 1, "activation": "linear", "use_bias": False,
        "kernel_initializer": initializer("HeNormal", {"seed": None}),
        "bias_initializer": initializer("Zeros", {}),
        "kernel_regularizer": None, "bias_regularizer": None, "activity_regularizer": None,
    }  # fmt: skip
    norm = {"axis": -1, "momentum": 0.99, "epsilon": 0.001, "center": True, "scale": True, "synchronized": False}
    layers = [layer("InputLayer", "image", {"batch_shape": [None, 56, 56, 64], "sparse": False}, [])]
    last = "image"
    written = 0
    while written < size:
        block = len(layers)
        names = [f"{kind}_{block}" for kind in ["conv", "norm", "relu", "add"]]
        layers += [
            layer("Conv2D", names[0], conv, [last]),
            layer("BatchNormalization", names[1], norm, [names[0]]),
            layer("Activation", names[2], {"activation": "relu"}, [names[1]]),
            layer("Add", names[3], {}, [last, names[2]]),
        ]
        written += sum(len(json.dumps(each)) for each in layers[-4:])
        last = names[3]
    dense = {"units": 10, "activation": "softmax", "use_bias": True}
    layers.append(layer("GlobalAveragePooling2D", "pool", {"data_format": "channels_last", "keepdims": False}, [last]))
    layers.append(layer("Dense", "head", dense, ["pool"]))
    config = {"name": "large", "trainable": True, "layers": layers}
    config |= {"input_layers": [["image", 0, 0]], "output_layers": [["head", 0, 0]]}
    model = {"module": "keras.src.models.functional", "class_name": "Functional", "config": config}
    return json.dumps(model | {"registered_name": "Functional", "build_config": {"input_shape": None}})


def older_model(count=1_003):
    """Return a residual convolutional network of so many layers as Keras 2 wrote it."""

    def layer(class_name, name, config, *sources):
        config = {"name": name, "trainable": True, "dtype": "float32", **config}
        nodes = [[[source, 0, 0, {}] for source in sources]] if sources else []
        return {"class_name": class_name, "config": config, "name": name, "inbound_nodes": nodes}

    conv = {
        "filters": 64, "kernel_size": [3, 3], "strides": [1, 1], "padding": "same", "data_format": "channels_last",
        "dilation_rate": [1, 1], "groups": 1, "activation": "linear", "use_bias": False,
        "kernel_initializer": {"class_name": "HeNormal", "config": {"seed": None}},
        "bias_initializer": {"class_name": "Zeros", "config": {}},
        "kernel_regularizer": None, "bias_regularizer": None, "activity_regularizer": None, "kernel_constraint": None,
    }  # fmt: skip
    norm = {"axis": [3], "momentum": 0.99, "epsilon": 0.001, "center": True, "scale": True}
    layers = [layer("InputLayer", "image", {"batch_input_shape": [None, 56, 56, 64], "sparse": False})]
    while len(layers) < count - 2:
        last, block = layers[-1]["name"], len(layers)
        layers += [
            layer("Conv2D", f"conv_{block}", conv, last),
            layer("BatchNormalization", f"norm_{block}", norm, f"conv_{block}"),
            layer("Activation", f"relu_{block}", {"activation": "relu"}, f"norm_{block}"),
            layer("Add", f"add_{block}", {}, last, f"relu_{block}"),
        ]
    layers.append(layer("GlobalAveragePooling2D", "pool", {"data_format": "channels_last"}, layers[-1]["name"]))
    layers.append(layer("Dense", "head", {"units": 10, "activation": "softmax"}, "pool"))
    config = {"name": "older", "layers": layers, "input_layers": [["image", 0, 0]], "output_layers": [["head", 0, 0]]}
    return json.dumps({"class_name": "Functional", "config": config, "keras_version": "2.11.0", "backend": "tensorflow"})


SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "properties": {
        "epochzero": {"const": 1},
        "combiner": {"type": "object", "properties": {"dropout": {"type": "number", "minimum": 0, "maximum": 1}}},
        "input_features": {"type": "array", "items": {"type": "object", "required": ["name", "type"]}},
        "trainer": {"type": "object", "properties": {"learning_rate": {"type": "number", "exclusiveMinimum": 0}}},
        "training": {"type": "object", "properties": {"epochs": {"type": "integer", "minimum": 1}}},
    },
}
