return {
  api = 1,
  id = "final-activation/sigmoid-for-exclusive-classes",
  summary = "sigmoid outputs under a loss for classes that exclude each other",
  severity = "warning",
  cause = 7,
  probe = "initial_loss",
  needs = {
    "outputs.activation = sigmoid, hard_sigmoid",
    "outputs.loss = categorical_crossentropy, sparse_categorical_crossentropy",
  },
  docs = [[
## What it looks for

Several units that end in sigmoid (or hard sigmoid) under categorical or sparse categorical cross-entropy that takes
probabilities.

## Why it is bad

Categorical cross-entropy only looks at the probability of the true class and relies on the softmax to push the others
down. Sigmoids do not sum to 1. Some frameworks then divide by the sum, so that nine units at 1 and one at 0 still
cost only log 9 = 2.2, and units that are all at 0.999 look as undecided as units at 0.1 while their gradient has
vanished; others do not divide, and then all units at 1 has loss 0 and nothing is learned.

## Example

`Dense(10, activation="sigmoid")` with `categorical_crossentropy`.

## Use instead

`softmax` if exactly one class holds; `binary_crossentropy` as the loss if several labels may hold at once.

## When to ignore it

Where the layer after the sigmoid normalises the values in a way that the linter cannot see.

## References

- Bishop, *Pattern Recognition and Machine Learning*, 2006, section 4.3.4: softmax and cross-entropy belong together.
- Keras, `keras.losses.CategoricalCrossentropy`: the outputs are expected to be a probability distribution.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local layer = output.activation_layer
      if layer and one_of(output.activation, { "sigmoid", "hard_sigmoid" }) and output.units > 1
          and one_of(output.loss, { "categorical_crossentropy", "sparse_categorical_crossentropy" })
          and output.loss_expects == "probabilities" and output.task ~= "multilabel" then
        local said = output.task == "multiclass" and origin(output, "task").kind ~= "inferred"
        report {
          at = { layer, "activation" },
          message = ("output %q ends in %s, whose %d values need not sum to 1, but %s is for exclusive classes")
            :format(output.name, output.activation, output.units, output.loss),
          help = said and 'use "softmax"'
            or 'use "softmax", or the loss "binary_crossentropy" if several labels may hold at once',
          related = { { at = { output, "loss" }, message = "the loss is stated here" } },
          fix = set(layer, "activation", "softmax"),
          safe = said,
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
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": 1️⃣"sigmoid"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "categorical_crossentropy"}
}
]=],
      fixed = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "softmax"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "categorical_crossentropy"}
}
]=],
    },
    {
      bad = [=[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 10, activation: 1️⃣sigmoid}
data: {inputs: {features: 20}}
training: {loss: sparse_categorical_crossentropy, from_logits: false}
]=],
      fixed = [=[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 10, activation: softmax}
data: {inputs: {features: 20}}
training: {loss: sparse_categorical_crossentropy, from_logits: false}
]=],
    },
    {
      -- Multi-label.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "tags", "units": 10, "activation": "sigmoid"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "binary_crossentropy"}
}
]=],
    },
    {
      -- One-against-the-rest training of exclusive classes is legal too.
      good = [=[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 10, activation: sigmoid}
data: {inputs: {features: 20}}
training: {loss: binary_crossentropy}
]=],
    },
    {
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 10, activation: softmax}
data: {inputs: {features: 20}}
training: {loss: sparse_categorical_crossentropy}
]=],
    },
  },
}
