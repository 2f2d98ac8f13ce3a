#!/usr/bin/env python3
"""Export every model of `keras.applications` as architecture JSON, with Keras's own shapes and parameter counts.

    export-keras-applications.py FOLDER [NAME ...]

For each model it writes `FOLDER/NAME.json`, what `model.to_json()` gives, and `FOLDER/NAME.expected.json`, a list with one entry
for each layer as the network applies it: name, class, output shape without the batch axis, and parameter count. Nested models are
laid out flat (`outer/inner`). Variants without their top carry the suffix `.notop`. No weights are loaded.
"""

import inspect
import json
import os
import pathlib
import sys

# JAX builds every model; the torch backend refuses NASNet.
os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402


def model_functions():
    """Return the model-building functions of keras.applications by name."""
    functions = {}
    for name in sorted(dir(keras.applications)):
        value = getattr(keras.applications, name)
        if inspect.isfunction(value) and "include_top" in inspect.signature(value).parameters:
            functions[name] = value
    return functions


def without_batch(shape):
    return list(shape[1:]) if shape is not None else None


def first_tensor(value):
    return first_tensor(value[0]) if isinstance(value, (list, tuple)) else value


def described(layer, prefix=""):
    """Return the entries of a layer, or of the layers of a nested model but its inputs."""
    if isinstance(layer, (keras.Sequential, keras.Model)):
        entries = []
        for inner in layer.layers:
            if not isinstance(inner, keras.layers.InputLayer):
                entries += described(inner, prefix + layer.name + "/")
        return entries
    count = layer.count_params() if isinstance(layer, keras.layers.Layer) and layer.built else 0
    return [
        {
            "name": prefix + layer.name,
            "class": type(layer).__name__,
            "output_shape": without_batch(first_tensor(layer.output).shape),
            "parameters": count,
        }
    ]


def operations(model):
    """Return the layers of a model and the operations between them, in the order of its file."""
    names = [entry["name"] for entry in model.get_config()["layers"]]
    by_name = {operation.name: operation for operation in model.operations}
    return [by_name[name] for name in names]


def export(name, function, folder, include_top):
    model = function(weights=None, include_top=include_top)
    stem = name if include_top else f"{name}.notop"
    entries = [entry for operation in operations(model) for entry in described(operation)]
    expected = {
        "model": name,
        "include_top": include_top,
        "keras": keras.__version__,
        "parameters": model.count_params(),
        "layers": entries,
    }
    (folder / f"{stem}.json").write_text(model.to_json())
    (folder / f"{stem}.expected.json").write_text(json.dumps(expected, indent=1))
    print(f"{stem}: {len(entries)} layers, {model.count_params()} parameters", flush=True)


def main(arguments):
    if not arguments or arguments[0].startswith("-"):
        print(__doc__)
        return 2
    folder = pathlib.Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    functions = model_functions()
    unknown = [name for name in arguments[1:] if name not in functions]
    if unknown:
        print(f"no such model: {', '.join(unknown)}", file=sys.stderr)
        return 2
    for name in arguments[1:] or functions:
        for include_top in (True, False):
            export(name, functions[name], folder, include_top)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
