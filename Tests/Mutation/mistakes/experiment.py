"""Mistakes in the data and the run of a native file; a Keras model has one beside it."""

from .base import DIVIDING, only_with


def batch_of_all(document):
    data, training = document.get("data", {}), document["training"]
    only_with("samples" in data, "does not say how many examples there are")
    training["batch_size"] = int(data["samples"] * (1 - training.get("validation_split", 0)))


def nothing_held_out(document):
    document["training"]["validation_split"] = 0


def misspelt_key(document):
    training = document["training"]
    training["bacth_size"] = training.pop("batch_size")


def raw_inputs(document, mean, std):
    """Feed the numbers as they were measured."""
    inputs = document["data"].get("inputs", {})
    only_with(inputs.get("normalization") == "zscore", "its inputs are not standardised")
    inputs.pop("range", None)
    inputs |= {"mean": mean, "std": std, "normalization": "none"}


def rate_times(factor):
    def change(document):
        optimizer = document["training"]["optimizer"]
        optimizer["learning_rate"] = float(f"{optimizer['learning_rate'] * factor:.6g}")

    return change


def tight_clip(document):
    optimizer = document["training"]["optimizer"]
    only_with(optimizer["name"] not in DIVIDING, "its optimizer divides each gradient by its own size")
    only_with_short_way(document, optimizer["learning_rate"], optimizer["momentum"])
    optimizer["clip"] = {"global_norm": 0.001}


def only_with_short_way(document, rate, momentum):
    """Raise NotHere where steps of length 0.001 times the rate still go far in the whole run.

    A network of a few layers has weights of a total length of about 20; one that could go 13 or more learned as well as
    without clipping, one that could go 4 had one and a half times the loss (scripts/measure-rates.py).
    """
    data, training = document["data"], document["training"]
    steps = data["samples"] * (1 - training["validation_split"]) / training["batch_size"] * training["epochs"]
    only_with(0.001 * rate / (1 - momentum) * steps < 10, "its rate is so high and its run so long that it still gets there")


def strong_penalty(document):
    document["training"] |= {"regularization": 1.0, "regularization_type": "l2"}


def wrong_loss(document):
    losses = {
        "regression": "binary_crossentropy",
        "binary": "categorical_crossentropy",
        "multiclass": "mse",
        "multilabel": "categorical_crossentropy",
    }
    document["training"]["loss"] = losses[document["task"]]


def accuracy_of_numbers(document):
    only_with(document["task"] == "regression", "is no regression")
    document["training"]["metrics"] = ["accuracy"]
