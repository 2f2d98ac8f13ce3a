"""Mistakes in a Ludwig config."""

from .base import DIVIDING, LARGEST_KEPT, keep_of, only_with

# Text and pictures are numbers only behind their encoders.
OWN_NETWORKS = {"text", "image", "sequence", "timeseries", "audio"}
# Names that say that a number is none: the order of ids and codes means nothing.
ID_ENDINGS = ("_id", "_code", "zip_code", "postcode")


def encoders(document):
    return [feature.setdefault("encoder", {}) for feature in document["input_features"] if "encoder" in feature]


def stacks(document):
    """Return every mapping that may hold the keys of fully connected layers, with the prefix of its keys."""
    found = [(document.setdefault("combiner", {"type": "concat"}), "")]
    for feature in document["input_features"]:
        if "encoder" in feature:
            is_prefixed = feature["type"] == "image" or feature["encoder"]["type"] == "rnn"
            found.append((feature["encoder"], "fc_" if is_prefixed else ""))
    found += [(output["decoder"], "fc_") for output in document["output_features"] if "decoder" in output]
    for section, _ in list(found):
        found += [(entry, "") for entry in section.get("fc_layers", [])]
    return found


def has_layers(section):
    keys = ("num_layers", "output_size") if section.get("type") == "dense" else ("num_fc_layers",)
    return any(key in section for key in keys) and "embedding_size" not in section


def layered(document):
    """Return the stacks that do have layers."""
    return [(section, prefix) for section, prefix in stacks(document) if has_layers(section)]


def is_fine_tuned(document):
    return any(encoder.get("type") == "bert" for encoder in encoders(document))


def is_normalized(document):
    return any("norm" in section for section, _ in stacks(document))


def takes_numbers(document):
    return not any(feature["type"] in OWN_NETWORKS for feature in document["input_features"])


def keep_as_drop(document):
    changed = False
    for section, prefix in stacks(document):
        for key in sorted({"dropout", "recurrent_dropout", prefix + "dropout"}):
            if 0 < section.get(key, 0) <= LARGEST_KEPT:
                section[key] = keep_of(section[key])
                changed = True
    only_with(changed, "drops nothing")


def set_initializers(document, initializer):
    only_with(not is_fine_tuned(document), "trains little more than its head from scratch")
    for feature in document["input_features"]:
        encoder = feature.get("encoder", {})
        if feature["type"] == "image":
            encoder |= {"conv_weights_initializer": initializer, "fc_weights_initializer": initializer}
        elif encoder and feature["type"] not in ("category", "date"):
            encoder["weights_initializer"] = initializer
    combiner = document.setdefault("combiner", {"type": "concat"})
    if has_layers(combiner) or "fc_layers" in combiner:
        combiner["weights_initializer"] = initializer
    for output in document["output_features"]:
        decoder = output.setdefault("decoder", {})
        decoder["weights_initializer"] = initializer
        if has_layers(decoder):
            decoder["fc_weights_initializer"] = initializer


def zero_weights(document):
    set_initializers(document, "zeros")


def wide_weights(document):
    only_with(not is_normalized(document), "its normalisation makes up for the scale")
    set_initializers(document, {"type": "normal", "mean": 0.0, "std": 1.0})


def relu_output(document):
    outputs = [output for output in document["output_features"] if output["type"] == "vector"]
    only_with(outputs, "only vector and time series outputs take an activation")
    outputs[0].setdefault("decoder", {})["activation"] = "relu"


def wrong_loss(document):
    losses = {
        "number": "softmax_cross_entropy",
        "vector": "softmax_cross_entropy",
        "binary": "mean_squared_error",
        "category": "mean_squared_error",
        "set": "mean_squared_error",
    }
    output = document["output_features"][0]
    only_with(output["type"] != "vector", "a vector of probabilities may be trained so")
    output["loss"] = {"type": losses[output["type"]]}


def rate_times(factor):
    def change(document):
        trainer = document["trainer"]
        trainer["learning_rate"] = float(f"{trainer['learning_rate'] * factor:.6g}")

    return change


def tight_clip(document):
    trainer = document["trainer"]
    kind = trainer.get("optimizer", {}).get("type", "adam")
    only_with(kind not in DIVIDING, "its optimizer divides each gradient by its own size")
    trainer["gradient_clipping"] = {"clipglobalnorm": 0.001}


def forty_layers(document):
    decoder = document["output_features"][0].setdefault("decoder", {})
    decoder |= {"num_fc_layers": 40, "fc_output_size": 128}


def one_unit(document):
    only_with(not is_fine_tuned(document), "one layer behind a pretrained network")
    combiner = document.get("combiner", {})
    single = all(output["type"] in ("number", "binary") for output in document["output_features"])
    only_with(not single or takes_numbers(document), "one number is all that one output needs behind its features")
    sections = [combiner] if has_layers(combiner) else combiner.get("fc_layers", [])[:1]
    sections = sections or [encoder for encoder in encoders(document) if has_layers(encoder)]
    only_with(sections, "has no fully connected layers that all inputs pass")
    sections[0]["output_size"] = 1


def raw_data(document):
    features = document["input_features"] + document["output_features"]
    numbers = [feature for feature in features if feature["type"] == "number"]
    only_with(numbers, "has no numbers")
    only_with(not is_normalized(document), "normalises the batch behind its first layer")
    for feature in numbers:
        feature["preprocessing"] = {**feature.get("preprocessing", {}), "normalization": None}


def no_activation(document):
    only_with(takes_numbers(document), "its encoders have activations of their own")
    for section, prefix in layered(document):
        section[prefix + "activation"] = None
    for section, _ in stacks(document):
        for entry in section.get("fc_layers", []):
            entry["activation"] = None


def id_as_number(document):
    ids = [feature for feature in document["input_features"] if feature["name"].endswith(ID_ENDINGS)]
    only_with(ids, "has no ids")
    for feature in ids:
        for key in ("encoder", "preprocessing"):
            feature.pop(key, None)
        feature["type"] = "number"


def strong_penalty(document):
    document["trainer"] |= {"regularization_lambda": 1.0, "regularization_type": "l2"}


def nothing_held_out(document):
    split = document.setdefault("preprocessing", {}).setdefault("split", {"type": "random"})
    split["probabilities"] = [1.0, 0.0, 0.0]


def accuracy_of_numbers(document):
    outputs = document["output_features"]
    only_with(all(output["type"] in ("number", "vector") for output in outputs), "is no regression")
    document["trainer"] |= {"validation_field": outputs[0]["name"], "validation_metric": "accuracy"}


def misspelt_key(document):
    trainer = document["trainer"]
    trainer["learing_rate"] = trainer.pop("learning_rate")


MISTAKES = {
    "keep probability as drop rate": keep_as_drop,
    "zero weights": zero_weights,
    "weights of deviation 1": wide_weights,
    "relu on the output": relu_output,
    "softmax over one unit": "chooses the final activation itself",
    "final activation twice": "chooses the final activation itself",
    "loss of another task": wrong_loss,
    "rate x 100": rate_times(100),
    "rate / 100,000": rate_times(1e-5),
    "clip at 0.001": tight_clip,
    "batch = all data": "does not say how many examples there are",
    "40 plain layers": forty_layers,
    "width 1": one_unit,
    "no normalisation": raw_data,
    "no activation": no_activation,
    "id as number": id_as_number,
    "penalty of 1": strong_penalty,
    "nothing held out": nothing_held_out,
    "accuracy of numbers": accuracy_of_numbers,
    "misspelt key": misspelt_key,
}
