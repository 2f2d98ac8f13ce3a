-- Activations whose values are not probabilities. Tanh under binary cross-entropy has a rule of its own.
local unfit = {
  linear = true, relu = true, relu6 = true, leaky_relu = true, prelu = true, elu = true, selu = true, celu = true,
  gelu = true, silu = true, mish = true, softplus = true, exponential = true, tanh = true, softsign = true,
  hard_tanh = true,
}
local one_sided = { relu = true, relu6 = true, softplus = true, exponential = true }
local odd = { tanh = true, softsign = true, hard_tanh = true }
local categorical = { categorical_crossentropy = true, sparse_categorical_crossentropy = true }

-- Layers through which the values of the last weight layer pass as they are; behind others, such as a merge or an
-- operation on tensors, the final activation is not what the network gives.
local transparent = {
  activation = true, dropout = true, spatial_dropout = true, alpha_dropout = true, gaussian_dropout = true,
  flatten = true, reshape = true, permute = true, identity = true, batch_normalization = true,
  layer_normalization = true,
}

-- Whether it is the loss that does not fit: loss/crossentropy-for-regression says so of targets that are no probabilities.
local function is_for_numbers(experiment, output)
  local all = experiment.data.targets
  local target = output.target
  if #experiment.outputs == 1 then target = target or all elseif all then target = nil end
  local normalization = target.normalization
  local raw = normalization == nil or normalization == "none"
  if one_of(normalization, { "zscore", "iq", "robust" }) or (raw and (target.min < 0 or target.max > 1)) then
    return not (target.classes or output.classes)
  end
  if output.task ~= "regression" or origin(output, "task").kind == "inferred" then return false end
  return not (normalization == "minmax" or (target.min >= 0 and target.max <= 1))
end

local function ends_plainly(output)
  local layer = output.layer
  for _ = 1, 20 do
    if layer == nil then return false end
    if layer == output.head then return true end
    if not transparent[layer.kind] then return false end
    layer = layer.inputs[1]
  end
  return false
end

return {
  api = 1,
  id = "final-activation/linear-under-probability-loss",
  summary = "an output that is no probability under a loss that wants one",
  severity = "error",
  cause = 7,
  probe = "initial_loss",
  untestable = "the loss itself does not fit one unit",
  needs = {
    "outputs.activation",
    "outputs.loss = binary_crossentropy, categorical_crossentropy, sparse_categorical_crossentropy",
  },
  docs = [[
## What it looks for

An output with no activation, or with one such as ReLU whose values are not probabilities, under a cross-entropy that
takes probabilities. Losses that take logits and apply the activation themselves (`from_logits: true`) are right with
a linear output.

## Why it is bad

The loss takes the logarithm of the output. Frameworks first clip it to a range such as [0.0000001, 0.9999999]; what
lies outside, which is about half of the outputs at the start of training, then has gradient 0 and a loss of 16.1 if
it is the true class. Training stalls, or the loss becomes NaN.

## Example

`Dense(10)` with the loss `"categorical_crossentropy"`, which in Keras means `from_logits=False`.

## Use instead

`softmax` for exclusive classes or `sigmoid` for yes or no; or keep the linear output and give the loss
`from_logits=True`.

## When to ignore it

When custom code applies the activation between the model and the loss.

## References

- Keras, `keras.losses.BinaryCrossentropy` and `CategoricalCrossentropy`: `from_logits` is false unless it is given.
- Goodfellow, Bengio and Courville, *Deep Learning*, 2016, section 6.2.2.2, on linear outputs clipped to
  probabilities.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local activation = output.activation
      local crossentropy = output.loss == "binary_crossentropy" or categorical[output.loss]
      if crossentropy and output.loss_expects == "probabilities" and unfit[activation] and ends_plainly(output)
          and not is_for_numbers(experiment, output)
          and not (odd[activation] and output.loss == "binary_crossentropy") then
        local layer = output.activation_layer or output.head
        local instead = categorical[output.loss] and output.units ~= 1 and "softmax" or "sigmoid"
        local range = one_sided[activation] and "has no upper bound"
          or odd[activation] and "goes down to -1"
          or "has no bounds"
        local one_unit = output.units == 1 and categorical[output.loss]
        local fix = output.activation_layer and not one_unit and set(layer, "activation", instead) or nil
        report {
          at = { layer, "activation" },
          message = ("output %q %s, so it %s, but %s wants probabilities and gives no gradient outside 0 to 1")
            :format(
              output.name,
              activation == "linear" and "has no activation" or ("ends in %s"):format(activation),
              range,
              output.loss
            ),
          help = activation == "linear" and ("use %q, or give the loss from_logits: true"):format(instead)
            or ("use %q"):format(instead),
          related = { { at = { output, "loss" }, message = "the loss is stated here" } },
          fix = fix,
          -- A linear output may be meant as logits, and then the loss is to be told.
          safe = activation ~= "linear",
          trial = fix or (activation == "linear" and not one_unit and set(output, "from_logits", true)) or nil,
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
      "config": {"name": "digit", "units": 10, "activation": 1️⃣"linear"}}
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
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: 1️⃣relu}
data: {inputs: {features: 12}}
training: {loss: binary_crossentropy, from_logits: false}
]=],
      fixed = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data: {inputs: {features: 12}}
training: {loss: binary_crossentropy, from_logits: false}
]=],
    },
    {
      -- A linear output under a loss that takes logits.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "linear"}}
  ]},
  "compile_config": {
    "optimizer": "adam",
    "loss": {"module": "keras.losses", "class_name": "SparseCategoricalCrossentropy",
      "config": {"name": "sparse_categorical_crossentropy", "from_logits": true}}
  }
}
]=],
    },
    {
      -- The activation is a layer of its own.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "logits", "units": 10, "activation": "linear"}},
    {"module": "keras.layers", "class_name": "Activation", "config": {"name": "digit", "activation": "softmax"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "categorical_crossentropy"}
}
]=],
    },
    {
      -- Code that the file does not hold may well apply the softmax.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "logits", "units": 10, "activation": "linear"}},
    {"module": "keras.layers", "class_name": "Lambda", "config": {"name": "temperature"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "categorical_crossentropy"}
}
]=],
    },
    {
      -- A linear output under squared error, and one without any loss.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 4}
data: {inputs: {features: 12}}
training: {loss: mse}
]=],
    },
    {
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 4}
data: {inputs: {features: 12}}
]=],
    },
    {
      -- Ludwig's losses take logits: its category decoder has no activation.
      good = [=[
input_features:
  - {name: review, type: text}
output_features:
  - {name: stars, type: category}
trainer: {epochs: 10}
]=],
    },
    {
      -- It is the loss that does not fit, which another rule says.
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1}
data: {inputs: {features: 12}, targets: {normalization: zscore}}
training: {loss: binary_crossentropy, from_logits: false}
]=],
    },
  },
}
