-- Targets in units of their own under a squared loss.

local function set_of(names)
  local set = {}
  for _, name in ipairs(names) do set[name] = true end
  return set
end

local squared = set_of { "mean_squared_error", "root_mean_squared_error" }

-- Optimizers that divide a gradient by its own size.
local dividing = set_of {
  "adam", "adamw", "amsgrad", "nadam", "radam", "adamax", "rmsprop", "adagrad", "adadelta", "adafactor", "lion", "lamb",
}

-- Names of what is counted in money, which is rarely near 1.
local money = set_of {
  "price", "rent", "salary", "wage", "income", "revenue", "turnover", "cost", "costs", "amount", "sales", "budget",
  "payment", "premium", "fee", "usd", "eur", "gbp", "dollars", "euros",
}
local scaled_words = set_of { "log", "ln", "norm", "scaled", "zscore", "ratio", "share", "change", "rate", "pct" }

-- Layers between the head and the output that leave values as they are.
local passing = set_of { "flatten", "reshape", "dropout", "identity", "permute", "cropping" }

-- What is known of an output's targets; with several outputs what is said of all together tells of none.
local function target_of(experiment, output)
  local all = experiment.data.targets
  if #experiment.outputs == 1 then return output.target or all end
  if not all then return output.target end
end

-- Whether the head's sums are the predictions, not scaled up again behind it.
local function is_bare(output)
  local layer, head = output.layer, output.head
  for _ = 1, 16 do
    if not layer or not head then return head ~= nil or output.layer == nil end
    if layer.index == head.index then return true end
    local linear = layer.kind == "activation" and (layer.activation or "linear") == "linear"
    if not passing[layer.kind] and not linear then return false end
    layer = layer.inputs[1]
  end
  return false
end

-- The value that the head's bias starts with.
local function start_of(output)
  local bias = output.head.bias_initializer
  return bias.name == "constant" and bias.value or 0
end

local function statistics(target)
  if target.mean or target.std then return target.mean, target.std, "" end
  if target.min and target.max then
    return (target.min + target.max) / 2, (target.max - target.min) / math.sqrt(12), " if they spread evenly"
  end
end

local function says_money(name)
  local found = false
  for word in string.gmatch(name or "", "%a+") do
    word = word:lower()
    if scaled_words[word] then return false end
    found = found or money[word] == true
  end
  return found
end

-- A figure as people write it: 224722, not 2.247e+05.
local function short(figure)
  local size = math.abs(figure)
  return (size >= 1000 and size < 1e15) and ("%.0f"):format(figure) or ("%.4g"):format(figure)
end

return {
  api = 1,
  id = "normalization/raw-targets",
  summary = "targets in their own units under a squared loss",
  severity = "warning",
  cause = 1,
  probe = "initial_loss",
  needs = { "outputs.loss", "outputs.task = regression" },
  options = {
    offset = {
      type = "number", default = 10,
      help = "how many deviations the targets' mean may lie from 0; measured, a network that had 1,000 steps of "
        .. "Adam ended worse than a constant from 10 on",
    },
    size = {
      type = "number", default = 30000,
      help = "the size from which on targets are too large for Adam and its kin; measured, 30,000 cost half "
        .. "of the loss more after 1,000 steps, and at 100,000 the network was worse than a constant",
    },
    size_under_sgd = {
      type = "number", default = 60,
      help = "the same for other optimizers, unless gradients are clipped; measured, SGD "
        .. "at a rate of 0.01 took 30 and diverged at 67",
    },
    least = {
      type = "number", default = 0.03,
      help = "the size below which the output of an untrained network drowns the targets; measured, at 0.1 the loss "
        .. "after 1,000 steps was twice that of a constant, at 0.01 250 times",
    },
  },
  docs = [[
## What it looks for

A regression with squared error whose targets are not said to be normalised, and whose mean, deviation or range is far
from mean 0 and deviation 1: so far away, so large or so small that a run of usual length does not get there. What it
takes differs by optimizer: SGD diverges where Adam is only slow. In Ludwig configs, which say no ranges, a hint where
the output's name says that it is an amount of money; Ludwig leaves numbers that are predicted as they are, in every
release, unless told otherwise.

## Why it is bad

The untrained network predicts values near 0, with a deviation near 1. The gradient of squared error is the error
itself: for targets of 200,000 it starts 200,000 times too large, so SGD leaves for infinity with its first step. Adam
does not, but it moves each weight by about the learning rate in each step and has to get to 200,000 that way; until
then all examples look alike to it. Targets far smaller than 1 are drowned: the network spends its time on unlearning
its own noise. Weight decay, clipping thresholds and the loss of other outputs are all meant for values near 1.

Measured on a plain network with two hidden layers of 128, 1,000 steps, in units of the targets' variance (1.0 is a
constant prediction): Adam 0.12 for a mean of 0, 1.3 for 10 deviations, 149 for 100.

## Example

House prices of 200,000 on average with a deviation of 80,000, `Dense(1)` and `loss="mse"`.

## Use instead

Take the mean of the training targets away and divide by their deviation, and undo that for predictions; or the
logarithm, for amounts that span powers of ten. In Ludwig `preprocessing: {normalization: zscore}` on the output does
both ways.

## When to ignore it

When code normalises the targets: state `normalization: zscore`. When the last layer's bias starts at the targets'
mean and that is all there is.

## References

- LeCun, Bottou, Orr and Müller, *Efficient BackProp*, 1998, sections 4.3 and 4.5.
- Goodfellow, Bengio and Courville, *Deep Learning*, 2016, section 6.2.2.1: linear units under squared error.
- Measured figures: `scripts/measure-scales.py` in this project prints them.
]],

  check = function(experiment, report, options)
    if experiment.model_type == "trees" then return end
    local training = experiment.training
    local optimizer = training.optimizer
    local divides = optimizer.name == nil or dividing[optimizer.name]
    local clipped = one_of(training.clip.kind, { "norm", "global_norm", "value" })
    local largest = (divides or clipped) and options.size or options.size_under_sgd
    for _, output in ipairs(experiment.outputs) do
      local target = target_of(experiment, output)
      local normalization = target.normalization
      local raw = target and (normalization == nil or normalization == "none")
      if output.task == "regression" and squared[output.loss or ""] and raw and is_bare(output)
          and output.activation ~= "exponential" then
        local mean, std, assumed = statistics(target)
        local start = start_of(output)
        local away = math.abs((mean or 0) - start)
        local size = math.sqrt(away * away + (std or 0) * (std or 0))
        local why
        if mean and std > 0 and away >= options.offset * std and away >= 1 then
          why = ("lie %.3g deviations from %g, which the untrained network predicts"):format(away / std, start)
        elseif (mean or std) and size >= largest then
          why = ("are as large as %s"):format(short(size))
            .. (divides and ", which takes many steps to reach" or ", and so are the first gradients")
        elseif std and std > 0 and size <= options.least then
          why = ("are as small as %.2g, where the untrained network's predictions are near 1"):format(size)
        end
        if why then
          report {
            at = { target, target.mean and "mean" or target.std and "std" or "max" },
            message = ("the targets of output %q %s%s"):format(output.name, why, assumed),
            help = "take their mean away and divide by their deviation, and undo that for predictions",
            related = { { at = { output, "loss" }, message = ("under %s"):format(output.loss) } },
            trial = set(target, "normalization", "zscore"),
          }
        elseif experiment.dialect == "ludwig" and normalization == "none" and says_money(output.name) then
          report {
            at = { target, "normalization" },
            severity = "hint",
            message = ("output %q is trained with %s in its own units, and amounts of money are rarely near 1")
              :format(output.name, output.loss),
            help = 'write "preprocessing: {normalization: zscore}" on the output; Ludwig undoes it for predictions',
            fix = set(target, "normalization", "zscore"),
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
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, name: price, units: 1}
data:
  inputs: {features: 12, normalization: zscore}
  targets: {mean: 1️⃣210000, std: 80000}
training: {loss: mse, optimizer: {name: adam, learning_rate: 0.001}}
]=],
    },
    {
      -- Kelvin: far from 0, though not large.
      bad = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, name: temperature, units: 1}
data:
  inputs: {features: 12, normalization: zscore}
  targets: {mean: 1️⃣288, std: 6.5}
training: {loss: mse, optimizer: adam}
]=],
    },
    {
      -- Daily returns: a hundred times smaller than what the network predicts untrained.
      bad = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, name: return, units: 1}
data:
  inputs: {features: 12, normalization: zscore}
  targets: {mean: 1️⃣0.0002, std: 0.011}
training: {loss: mse, optimizer: adam}
]=],
    },
    {
      bad = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, name: power, units: 1}
data:
  inputs: {features: 12, normalization: zscore}
  targets: {range: [0, 1️⃣3000]}
training: {loss: mse, optimizer: {name: sgd, learning_rate: 0.01}}
]=],
    },
    {
      -- A hint: only the name tells.
      bad = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sale_price, type: number, preprocessing: {normalization: 1️⃣null}}
]=],
      fixed = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sale_price, type: number, preprocessing: {normalization: zscore}}
]=],
    },
    {
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, name: price, units: 1}
data:
  inputs: {features: 12, normalization: zscore}
  targets: {mean: 210000, std: 80000, normalization: zscore}
training: {loss: mse, optimizer: adam}
]=],
    },
    {
      -- Adam copes with targets of a few hundred; and stars from 1 to 5 are near enough.
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, name: power, units: 1}
data:
  inputs: {features: 12, normalization: zscore}
  targets: {range: [0, 3000]}
training: {loss: mse, optimizer: adam}
]=],
    },
    {
      -- The bias starts at the mean, and the deviation is small.
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, name: temperature, units: 1, bias_init: {name: constant, value: 288}}
data:
  inputs: {features: 12, normalization: zscore}
  targets: {mean: 288, std: 6.5}
training: {loss: mse, optimizer: adam}
]=],
    },
    {
      -- The network scales its output up itself.
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, name: price, units: 1}
    - {kind: rescaling, input_scale: 80000, input_offset: 210000}
data:
  inputs: {features: 12, normalization: zscore}
  targets: {mean: 210000, std: 80000}
training: {loss: mse, optimizer: adam}
]=],
    },
    {
      -- Nothing is known of the targets.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "price", "units": 1, "activation": "linear"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "mean_squared_error"}
}
]=],
    },
    {
      good = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sale_price, type: number, preprocessing: {normalization: log1p}}
  - {name: log_rent, type: number}
  - {name: stars, type: number}
]=],
    },
  },
}
