local probabilities = { "sigmoid", "hard_sigmoid", "softmax" }

return {
  api = 1,
  id = "loss/hinge-on-probabilities",
  summary = "a hinge loss on an output that cannot be negative",
  severity = "warning",
  cause = 7,
  probe = "unreachable_targets",
  needs = { "outputs.loss = hinge, squared_hinge", "outputs.activation = sigmoid, hard_sigmoid, softmax" },
  docs = [[
## What it looks for

Hinge or squared hinge on an output that ends in sigmoid or softmax.

## Why it is bad

The hinge loss is `max(0, 1 - y * output)` with labels -1 and 1: it wants outputs of at most -1 for the one class and
at least 1 for the other. A sigmoid never goes below 0, so each example of the negative class keeps a loss of 1 or
more and pushes its output into the flat part of the sigmoid.

## Example

`Dense(1, activation="sigmoid")` with the loss `"hinge"`.

## Use instead

`tanh` or no activation with `hinge`; or `binary_crossentropy` with the sigmoid.

## When to ignore it

Where a custom loss named hinge maps probabilities to margins itself.

## References

- Cortes and Vapnik, *Support-Vector Networks*, 1995.
- Keras, `keras.losses.Hinge`: labels are expected to be -1 or 1.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      if one_of(output.loss, { "hinge", "squared_hinge" }) and one_of(output.activation, probabilities) then
        report {
          at = { output.activation_layer, "activation" },
          message = ("output %q ends in %s, which is never negative, but %s wants -1 or less for one of the classes")
            :format(output.name, output.activation, output.loss),
          help = 'use "linear", or the loss "binary_crossentropy"',
          related = { { at = { output, "loss" }, message = "the loss is stated here" } },
          fix = set(output.activation_layer, "activation", "linear"),
          safe = false,
          confirm = true,
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
      "config": {"name": "ill", "units": 1, "activation": 1️⃣"sigmoid"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "hinge"}
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
      "config": {"name": "ill", "units": 1, "activation": "linear"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "hinge"}
}
]=],
    },
    {
      bad = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: 1️⃣sigmoid}
data: {inputs: {features: 12}}
training: {loss: squared_hinge}
]=],
      fixed = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: linear}
data: {inputs: {features: 12}}
training: {loss: squared_hinge}
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
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "ill", "units": 1, "activation": "tanh"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "hinge"}
}
]=],
    },
    {
      -- The categorical hinge compares the true class with the best other one, which works on probabilities.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 10, activation: softmax}
data: {inputs: {features: 20}}
training: {loss: categorical_hinge}
]=],
    },
  },
}
