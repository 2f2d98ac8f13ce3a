local dropouts = { dropout = true, spatial_dropout = true, alpha_dropout = true, gaussian_dropout = true }
local passing = { activation = true, flatten = true, reshape = true, identity = true }

-- Whether so much dropout lies one behind the other up to this layer that regularization/stacked-dropout speaks of it.
local function is_stacked(layer)
  local left, count = 1, 0
  for _ = 1, 64 do
    if not layer or #layer.inputs > 1 then break end
    if one_of(layer.kind, { "dropout", "alpha_dropout", "gaussian_dropout" }) and layer.rate > 0 then
      left, count = left * (1 - layer.rate), count + 1
    end
    layer = layer.inputs[1]
  end
  return count >= 2 and left < 0.1
end

return {
  api = 1,
  id = "dropout/before-regression-output",
  summary = "dropout right before the weights of a regression output",
  severity = "hint",
  cause = 4,
  probe = "generalization_gap",
  needs = { "layers.rate", "outputs.task = regression" },
  options = {
    from = {
      type = "number",
      default = 0.25,
      help = "the drop rate from which on it is reported; 0.25, where the added variance, rate / (1 - rate), is a third of "
        .. "the signal's power",
    },
  },
  docs = [[
## What it looks for

A dropout layer of rate 0.25 or more right before the last weight layer of a regression output, in a plain network.
Before a classifier that is usual and right, and not reported.

## Why it is bad

The output of a regression is a sum over the last hidden layer. Dropping values there adds noise of variance rate / (1
- rate) times their mean square to the prediction itself, which squared error counts in full: in training the network
is pushed to be insensitive to each unit, towards predictions of too little range. A classifier only has to keep the
order of its outputs.

## Example

`Dense(64, relu)`, `Dropout(0.5)`, `Dense(1)` with squared error.

## Use instead

Dropout in earlier layers only, a smaller rate, or weight decay.

## When to ignore it

When the spread of the prediction is wanted, as in Monte Carlo dropout, or when the network works.

## References

- Wager, Wang and Liang, *Dropout Training as Adaptive Regularization*, 2013: in a linear regression dropout is a penalty
  of rate / (1 - rate) times the squared weights and inputs.
- Gal and Ghahramani, *Dropout as a Bayesian Approximation*, 2016, where the noise is wanted.
]],

  check = function(experiment, report, options)
    if not experiment.plain then return end
    for _, output in ipairs(experiment.outputs) do
      local head = output.head
      local layer = head.inputs[1]
      -- A softmax tells classes apart, whatever the loss.
      if output.task == "regression" and output.activation ~= "softmax" and layer and #head.inputs == 1 then
        for _ = 1, 20 do
          if dropouts[layer.kind] then
            -- Of higher rates keep-as-drop speaks.
            if layer.rate >= options.from and layer.rate < 0.75 and not is_stacked(layer) then
              report {
                at = { layer, "rate" },
                message = ("dropout right before regression output %q adds noise of %.2g times the signal's power")
                  :format(output.name, layer.rate / (1 - layer.rate)),
                help = "use dropout in earlier layers only, or a smaller rate",
                related = { { at = head, message = "the weights of the output" } },
                fix = set(layer, "rate", 0),
                safe = false,
                confirm = true,
              }
            end
            break
          end
          if not passing[layer.kind] then break end
          layer = layer.inputs[1]
          if layer == nil then break end
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
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "dropout", "rate": 1️⃣0.5}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "price", "units": 1, "activation": "linear"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "mean_squared_error"}
}
]=],
      fixed = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "dropout", "rate": 0}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "price", "units": 1, "activation": "linear"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "mean_squared_error"}
}
]=],
    },
    {
      bad = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dropout, rate: 1️⃣0.3}
    - {kind: dense, units: 1}
data: {inputs: {features: 24}}
training: {loss: mae}
]=],
      fixed = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dropout, rate: 0}
    - {kind: dense, units: 1}
data: {inputs: {features: 24}}
training: {loss: mae}
]=],
    },
    {
      -- Before a classifier.
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
      -- A small rate; and a larger one in an earlier layer.
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dropout, rate: 0.3}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dropout, rate: 0.1}
    - {kind: dense, units: 1}
data: {inputs: {features: 24}}
training: {loss: mae}
]=],
    },
    {
      -- A classifier under squared error.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dropout, rate: 0.5}
    - {kind: dense, units: 3, activation: softmax}
data: {inputs: {features: 12}}
training: {loss: mse}
]=],
    },
  },
}
