-- The values that each activation can give.
local bounds = {
  sigmoid = { 0, 1 }, hard_sigmoid = { 0, 1 }, softmax = { 0, 1 }, relu6 = { 0, 6 },
  tanh = { -1, 1 }, hard_tanh = { -1, 1 }, softsign = { -1, 1 },
}

-- What is known of the output's targets. Of several outputs, what is said of all targets together tells of none.
local function target_of(experiment, output)
  local all = experiment.data.targets
  if #experiment.outputs == 1 then return output.target or all end
  if not all then return output.target end
end

local function bounds_of(activation, layer)
  if one_of(activation, { "relu", "relu6" }) and layer.max_value then return 0, layer.max_value end
  local pair = bounds[activation or ""]
  if pair then return pair[1], pair[2] end
end

-- Metrics of classifiers: their targets are 0 and 1, or the shares of classes.
local of_classes = {
  "accuracy", "acc", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy", "auc", "precision",
  "recall", "f1_score", "BinaryAccuracy", "CategoricalAccuracy", "AUC", "Precision", "Recall", "F1Score",
}

local function is_judged_as_classifier(output)
  for _, metric in ipairs(output.metrics) do
    if one_of(metric, of_classes) then return true end
  end
  return false
end

-- Whether the output has the shape of an input, as in an autoencoder, whose inputs are mostly scaled to fit its output.
local function mirrors_an_input(experiment, output)
  local shape = output.layer.output_shape
  if #shape == 0 then return false end
  for _, input in ipairs(experiment.inputs) do
    local other, same = input.shape or input.layer.output_shape, true
    if #other == #shape then
      for axis = 1, #shape do same = same and shape[axis] == other[axis] end
      if same then return true end
    end
  end
  return false
end

return {
  api = 1,
  id = "final-activation/bounded-regression-output",
  summary = "a regression output whose bounds are narrower than its targets",
  severity = "error",
  cause = 7,
  probe = "unreachable_targets",
  needs = {
    "outputs.activation = sigmoid, hard_sigmoid, softmax, relu, relu6, tanh, hard_tanh, softsign",
    "outputs.task = regression",
  },
  options = {
    allow = { type = "list", default = {}, help = "names of outputs that are bounded on purpose" },
    slack = {
      type = "number",
      default = 0.01,
      help = "how far beyond a bound the targets may reach, as a share of their range; 0.01 forgives rounding",
    },
    least_reach = {
      type = "number",
      default = 0.5,
      help = "the share of the targets' range that must be in reach for a warning rather than an error; 0.5,"
        .. " because below it the network is wrong about most of the range",
    },
  },
  docs = [[
## What it looks for

A regression output that ends in tanh, sigmoid, hard sigmoid, softsign, a clipped ReLU or another activation with two
bounds, while the targets are known to reach beyond them, by their range or because they are z-scored. Where the range
of the targets is not known, it is a hint, and only for a plain network that is no autoencoder: targets scaled to [0,
1] or [-1, 1] are common.

## Why it is bad

What lies beyond a bound is out of reach. The gradient shrinks near the bound as well: at an output of 0.99 that of
tanh is 0.02 and that of sigmoid 0.01 of the error, so targets on the bound are learned slowly. A hard clip has no
gradient at all beyond it.

## Example

Prices from 0 to 500 under `sigmoid`: 0.2 % of the range is in reach.

## Use instead

No activation (`linear`), with targets normalised to mean 0 and deviation 1. If the bound is wanted, scale the targets
well inside it and state that with `data.targets.range` or `data.targets.normalization: minmax`.

## When to ignore it

When the targets are scaled into the bounds by code that the linter cannot see; stating their range silences the
finding. Actions of a controller that are bounded by nature are another case.

## References

- LeCun, Bottou, Orr and Müller, *Efficient BackProp*, 1998, section 4.5: targets at the asymptotes of a sigmoid.
- Goodfellow, Bengio and Courville, *Deep Learning*, 2016, section 6.2.2.
]],

  check = function(experiment, report, options)
    for _, output in ipairs(experiment.outputs) do
      local layer = output.activation_layer
      local activation = output.activation
      local low, high = bounds_of(activation, layer)
      -- A softmax over one unit is another finding.
      local is_constant = activation == "softmax" and output.units == 1
      if output.task == "regression" and low and layer and not is_constant and not one_of(output.name, options.allow) then
        local target = target_of(experiment, output)
        local normalization = target.normalization
        local raw = normalization == nil or normalization == "none"
        local what = ("output %q ends in %s, so it stays between %g and %g")
          :format(output.name, activation, low, high)
        if raw and target.min and target.max then
          local width = target.max - target.min
          local slack = options.slack * width
          if width > 0 and (target.max > high + slack or (target.min < low - slack and activation ~= "relu")) then
            local reach = math.max(0, math.min(target.max, high) - math.max(target.min, low)) / width
            report {
              at = { layer, "activation" },
              severity = reach >= options.least_reach and "warning" or nil,
              message = ("%s, but the targets range from %g to %g: %.2g %% of that is in reach")
                :format(what, target.min, target.max, 100 * reach),
              help = 'use "linear" and normalise the targets',
              related = {
                { at = { target, "max" }, message = ("targets range from %g to %g"):format(target.min, target.max) },
              },
              fix = set(layer, "activation", "linear"),
              confirm = true,
            }
          end
        elseif normalization == "zscore" and activation ~= "relu" and high <= 1 then
          -- Z-scored values have mean 0 and deviation 1, so some of them lie at 1 or beyond and some below 0.
          report {
            at = { layer, "activation" },
            severity = "warning",
            message = ("%s, but the targets are z-scored, so %s"):format(
              what,
              low < 0 and "those beyond one deviation are out of reach" or "about half of them are negative"
            ),
            help = 'use "linear"',
            related = { { at = { target, "normalization" }, message = "the targets are z-scored" } },
            fix = set(layer, "activation", "linear"),
            confirm = true,
          }
        elseif raw and one_of(activation, { "tanh", "sigmoid", "hard_sigmoid", "hard_tanh", "softsign" })
            and experiment.plain and not mirrors_an_input(experiment, output)
            and not is_judged_as_classifier(output)
            and output.loss_expects ~= "probabilities" and output.loss_expects ~= "positive" then
          report {
            at = { layer, "activation" },
            severity = "hint",
            message = ("%s, and nothing says that the targets do"):format(what),
            help = 'use "linear", or state the range of the targets if they are scaled to fit',
            fix = set(layer, "activation", "linear"),
            safe = false,
            confirm = true,
          }
        end
      end
    end
  end,

  examples = {
    {
      bad = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, name: price, units: 1, activation: 1️⃣sigmoid}
data:
  inputs: {features: 12}
  targets: {range: [0, 500]}
training: {loss: mse}
]=],
      fixed = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, name: price, units: 1, activation: linear}
data:
  inputs: {features: 12}
  targets: {range: [0, 500]}
training: {loss: mse}
]=],
    },
    {
      bad = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 3}
    - {kind: activation, activation: 1️⃣tanh}
data:
  inputs: {features: 12}
  targets: {normalization: zscore}
training: {loss: huber}
]=],
      fixed = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 3}
    - {kind: activation, activation: linear}
data:
  inputs: {features: 12}
  targets: {normalization: zscore}
training: {loss: huber}
]=],
    },
    {
      -- A hint: the targets may well be scaled.
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 32, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "torque", "units": 2, "activation": 1️⃣"tanh"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "mean_absolute_error"}
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
      "config": {"name": "torque", "units": 2, "activation": "linear"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "mean_absolute_error"}
}
]=],
    },
    {
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 2, activation: tanh}
data:
  inputs: {features: 12}
  targets: {range: [-1, 1]}
training: {loss: mse}
]=],
    },
    {
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data:
  inputs: {features: 12}
  targets: {range: [0, 500], normalization: minmax}
training: {loss: mse}
]=],
    },
    {
      -- An autoencoder of pixels in [0, 1].
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "autoencoder", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 784]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "code", "units": 32, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "out", "units": 784, "activation": "sigmoid"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "mean_squared_error"}
}
]=],
    },
    {
      -- The generator of a GAN: its loss lives in code.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "generator", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "noise", "batch_shape": [null, 100]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 256, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "image", "units": 784, "activation": "tanh"}}
  ]}
}
]=],
    },
    {
      -- Multi-label classification, not regression.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 6, activation: sigmoid}
data: {inputs: {features: 20}}
training: {loss: binary_crossentropy}
]=],
    },
    {
      -- A softmax over one unit is always 1, which another rule says.
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: softmax}
data: {inputs: {features: 12}, targets: {normalization: zscore}}
]=],
    },
    {
      -- A classifier under squared error, as its metric tells.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "parity", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 2]}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "hidden", "units": 8, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "odd", "units": 1, "activation": "sigmoid"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "mse", "metrics": ["binary_accuracy"]}
}
]=],
    },
  },
}
