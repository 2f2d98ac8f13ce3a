local categorical = {
  "categorical_crossentropy", "sparse_categorical_crossentropy", "categorical_focal_crossentropy",
}

return {
  api = 1,
  id = "loss/one-unit-for-categorical-crossentropy",
  summary = "categorical cross-entropy over a single unit",
  severity = "error",
  cause = 7,
  probe = "gradient_norm",
  needs = {
    "outputs.loss = categorical_crossentropy, sparse_categorical_crossentropy, categorical_focal_crossentropy",
    "outputs.units = 1",
  },
  docs = [[
## What it looks for

An output with one unit under categorical or sparse categorical cross-entropy. Where it also ends in softmax,
`final-activation/softmax-over-one-unit` says so instead.

## Why it is bad

Categorical cross-entropy normalises over the units. Over one unit that always gives probability 1, so the loss is 0
for every example of class 0, and nothing is learned; class 1 has no unit at all.

## Example

`Dense(1, activation="sigmoid")` with `sparse_categorical_crossentropy`.

## Use instead

`binary_crossentropy` for one unit; or one unit for each class with `softmax`.

## When to ignore it

Never: the loss does not depend on the weights.

## References

- Keras, `keras.losses.CategoricalCrossentropy`: for two or more label classes; `keras.losses.BinaryCrossentropy` for
  two.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      if output.units == 1 and one_of(output.loss, categorical) and output.activation ~= "softmax" and output.layer then
        local sigmoid = output.activation == "sigmoid" and output.from_logits ~= true
        report {
          at = { output, "loss" },
          message = ("output %q has one unit, over which %s is 0 whatever the network computes")
            :format(output.name, output.loss),
          help = 'use "binary_crossentropy", or one unit for each class with "softmax"',
          related = { { at = output.head or output.layer, message = "one unit" } },
          fix = sigmoid and set(output, "loss", "binary_crossentropy") or nil,
          trial = {
            set(output, "loss", "binary_crossentropy"),
            not sigmoid and output.from_logits ~= true and set(output.activation_layer, "activation", "sigmoid") or nil,
          },
        }
      end
    end
  end,

  examples = {
    {
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 32, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "ill", "units": 1, "activation": "sigmoid"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": 1️⃣"sparse_categorical_crossentropy"}
}
]=],
      fixed = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 32, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "ill", "units": 1, "activation": "sigmoid"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "binary_crossentropy"}
}
]=],
    },
    {
      bad = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data: {inputs: {features: 12}}
training: {loss: 1️⃣categorical_crossentropy}
]=],
      fixed = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data: {inputs: {features: 12}}
training: {loss: binary_crossentropy}
]=],
    },
    {
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 32, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "ill", "units": 2, "activation": "softmax"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "sparse_categorical_crossentropy"}
}
]=],
    },
    {
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data: {inputs: {features: 12}}
training: {loss: binary_crossentropy}
]=],
    },
  },
}
