return {
  api = 1,
  id = "loss/categorical-crossentropy-for-independent-labels",
  summary = "a loss for one true class on labels that may hold together",
  severity = "error",
  cause = 7,
  probe = "unreachable_targets",
  needs = { "outputs.loss = categorical_crossentropy, sparse_categorical_crossentropy", "outputs.task = multilabel" },
  docs = [[
## What it looks for

Categorical cross-entropy (warning) or sparse categorical cross-entropy (error) where the task is said to be
multi-label.

## Why it is bad

Sparse categorical cross-entropy takes one class id for each example and cannot be told of a second label. Categorical
cross-entropy only looks at the labels that hold: nothing tells the network which labels do not, except that they
share one whole.

## Example

`task: multilabel` with `categorical_crossentropy`.

## Use instead

`binary_crossentropy` with `sigmoid`.

## When to ignore it

Where targets are shares that sum to 1, as in Mahajan et al. 2018, who spread one whole over the hashtags of an image.

## References

- Nam et al., *Large-scale Multi-label Text Classification: Revisiting Neural Networks*, 2014.
- Mahajan et al., *Exploring the Limits of Weakly Supervised Pretraining*, 2018, section 2.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local said = output.task == "multilabel" and origin(output, "task").kind ~= "inferred"
      local sparse = output.loss == "sparse_categorical_crossentropy"
      if said and (sparse or output.loss == "categorical_crossentropy") then
        report {
          at = { output, "loss" },
          severity = not sparse and "warning" or nil,
          message = sparse
            and ("output %q may have several labels at once, but %s takes one class for each example")
              :format(output.name, output.loss)
            or ("output %q may have several labels at once, but %s says nothing of the labels that do not hold")
              :format(output.name, output.loss),
          help = 'use "binary_crossentropy" with "sigmoid"',
          related = { { at = { output, "task" }, message = "the task is said to be multi-label" } },
          trial = {
            set(output, "loss", "binary_crossentropy"),
            output.activation == "softmax" and set(output.activation_layer, "activation", "sigmoid") or nil,
          },
        }
      end
    end
  end,

  examples = {
    {
      bad = [=[
epochzero: 1
task: multilabel
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 6}
data: {inputs: {features: 20}}
training: {loss: 1️⃣categorical_crossentropy, from_logits: true}
]=],
    },
    {
      bad = [=[
epochzero: 1
task: multilabel
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 6}
data: {inputs: {features: 20}}
training: {loss: 1️⃣sparse_categorical_crossentropy, from_logits: true}
]=],
    },
    {
      good = [=[
epochzero: 1
task: multilabel
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 6, activation: sigmoid}
data: {inputs: {features: 20}}
training: {loss: binary_crossentropy}
]=],
    },
    {
      good = [=[
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
  },
}
