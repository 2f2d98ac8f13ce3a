local dropouts = { dropout = true, spatial_dropout = true, alpha_dropout = true, gaussian_dropout = true }
-- Layers between the last weight layer and the output that leave each value where it is.
local passing = { activation = true, flatten = true, reshape = true, permute = true, identity = true }
local tasks = { regression = true, binary = true, multiclass = true, multilabel = true }

return {
  api = 1,
  id = "dropout/on-output",
  summary = "dropout on the network's own output",
  severity = "warning",
  cause = 4,
  probe = "generalization_gap",
  needs = { "layers.rate > 0" },
  docs = [[
## What it looks for

A dropout layer behind the last weight layer: on the output itself, or between the last weights and the final
activation. Only where the loss, the task or a final softmax tells that it is an output. Dropout *before* the last
weight layer is usual and right.

## Why it is bad

Dropout behind the last weights sets outputs to 0 at random and scales up the others, and no weights follow that could
make up for it. A dropped probability of the true class costs 16.1 in cross-entropy, whatever the network computed,
and a kept one is scaled beyond 1; a regression is told that it gave 0.

## Example

`Dense(10)`, `Dropout(0.5)`, `Softmax()`.

## Use instead

The dropout layer before the last weight layer, or none.

## When to ignore it

Where the model is the front part of another and its output is a hidden layer in truth.

## References

- Srivastava et al., *Dropout: A Simple Way to Prevent Neural Networks from Overfitting*, 2014: input and hidden units
  are dropped.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local is_output = tasks[output.task] or output.activation == "softmax"
      local layer = output.layer
      if is_output and output.head then
        for _ = 1, 20 do
          if layer == nil or layer == output.head then break end
          if dropouts[layer.kind] and layer.rate > 0 and layer.rate < 1 then
            report {
              at = { layer, "rate" },
              message = ("dropout layer %q stands behind the last weights: it sets %g %% of output %q to 0 in training")
                :format(layer.name, math.floor(layer.rate * 1000 + 0.5) / 10, output.name),
              help = ("put it before layer %q, or take it out"):format(output.head.name),
              related = { { at = output.head, message = "the last weights" } },
              fix = set(layer, "rate", 0),
              safe = false,
              confirm = true,
            }
          elseif not passing[layer.kind] then
            break
          end
          layer = layer.inputs[1]
        end
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
      "config": {"name": "digit", "units": 10, "activation": "linear"}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "dropout", "rate": 1️⃣0.5}},
    {"module": "keras.layers", "class_name": "Activation", "config": {"name": "softmax", "activation": "softmax"}}
  ]}
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
      "config": {"name": "digit", "units": 10, "activation": "linear"}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "dropout", "rate": 0}},
    {"module": "keras.layers", "class_name": "Activation", "config": {"name": "softmax", "activation": "softmax"}}
  ]}
}
]=],
    },
    {
      bad = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
    - {kind: dropout, rate: 1️⃣0.2}
data: {inputs: {features: 24}}
training: {loss: mse}
]=],
      fixed = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
    - {kind: dropout, rate: 0}
data: {inputs: {features: 24}}
training: {loss: mse}
]=],
    },
    {
      -- Before the classifier's weights, as in VGG, Inception and EfficientNet.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "dropout", "rate": 0.5}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "softmax"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "categorical_crossentropy"}
}
]=],
    },
    {
      -- A feature extractor: what comes next is in another file.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "features", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "dropout", "rate": 0.5}}
  ]}
}
]=],
    },
  },
}
