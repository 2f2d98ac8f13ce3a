-- Whether the softmax surely runs over the last axis. A softmax layer on a sequence may run over another one, as in
-- attention weights, and some dialects do not tell which.
local function is_over_last_axis(layer, output)
  if layer.kind ~= "activation" then return true end
  local rank = #(output.layer.output_shape or {})
  local axes = layer.axes
  if axes then return #axes == 1 and (axes[1] == -1 or axes[1] == rank) end
  return rank == 1
end

return {
  api = 1,
  id = "final-activation/softmax-over-one-unit",
  summary = "a softmax over a single unit, which is always 1",
  severity = "error",
  cause = 7,
  probe = "gradient_norm",
  untestable = "what is meant instead depends on the loss, which the file does not tell",
  needs = { "outputs.activation = softmax" },
  docs = [[
## What it looks for

An output with one unit that ends in softmax.

## Why it is bad

Softmax divides by the sum over the units, so over one unit it gives 1, whatever the network computes. The output
never changes, every gradient is 0, and nothing is learned. The accuracy stays at the share of the class that is coded
as 1.

## Example

`Dense(1, activation="softmax")` as the last layer of a yes-or-no classifier.

## Use instead

`sigmoid` with one unit for yes or no, `softmax` with one unit for each class, no activation for regression.

## When to ignore it

Never: the output is constant.

## References

- Bridle, *Probabilistic Interpretation of Feedforward Classification Network Outputs*, 1990, where softmax comes
  from.
- Keras, `keras.layers.Softmax` and the warning "You are using a softmax over axis ... of a tensor of shape ...".
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local layer = output.activation_layer
      if layer and output.activation == "softmax" and output.units == 1 and is_over_last_axis(layer, output) then
        local regression = output.task == "regression"
        local binary = output.loss == "binary_crossentropy" or output.task == "binary"
        local instead = regression and "linear" or binary and "sigmoid" or nil
        report {
          at = { layer, "activation" },
          message = ("output %q is a softmax over one unit, so it is always 1 and nothing is learned")
            :format(output.name),
          help = instead and ("use %q"):format(instead)
            or 'use "sigmoid" with "binary_crossentropy", or one unit for each class',
          fix = instead and set(layer, "activation", instead) or nil,
          confirm = instead ~= nil,
        }
      end
    end
  end,

  examples = {
    {
      -- Without a loss nobody can say what is meant instead.
      bad = [=[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [12]}
    - {kind: dense, units: 1, activation: 1️⃣softmax}
]=],
    },
    {
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 32, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "ill", "units": 1, "activation": 1️⃣"softmax"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "binary_crossentropy"}
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
task: binary
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1}
    - {kind: activation, activation: 1️⃣softmax}
data: {inputs: {features: 12}}
]=],
      fixed = [=[
epochzero: 1
task: binary
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1}
    - {kind: activation, activation: sigmoid}
data: {inputs: {features: 12}}
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
task: binary
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data: {inputs: {features: 12}}
training: {loss: binary_crossentropy}
]=],
    },
    {
      -- Attention weights: one number for each step of a sequence, and a softmax over the steps.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "attention_weights", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20, 16]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "score", "units": 1, "activation": "linear"}},
    {"module": "keras.layers", "class_name": "Softmax", "config": {"name": "weights", "axis": 1}}
  ]}
}
]=],
    },
  },
}
