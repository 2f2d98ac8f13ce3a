-- Targets further away than the run's steps can carry the network.

local function set_of(names)
  local set = {}
  for _, name in ipairs(names) do set[name] = true end
  return set
end

-- Optimizers that move a weight by about the rate in a step, whatever the loss.
local bounded = set_of { "adam", "adamw", "amsgrad", "nadam", "radam", "adamax", "rmsprop", "lion" }

local passing = set_of { "dropout", "gaussian_noise", "gaussian_dropout", "identity", "masking" }

-- Activations that give nothing larger than they get.
local shrinking = set_of {
  "linear", "relu", "relu6", "leaky_relu", "elu", "gelu", "silu", "tanh", "sigmoid", "softplus", "softsign", "mish",
}

-- The deviation that a layer's sums start with, per input: He's, where the initialiser does not say.
local usual_gain = 1.5

-- What is known of an output's targets; with several outputs what is said of all together tells of none.
local function target_of(experiment, output)
  local all = experiment.data.targets
  if #experiment.outputs == 1 then return output.target or all end
  if not all then return output.target end
end

-- The dense layers from the input to the head; nil for anything but a plain stack of them.
local function stack_below(head)
  local stack, layer = {}, head
  for _ = 1, 64 do
    if not layer then return nil end
    if layer.kind == "dense" then
      if not layer.fan_in or not shrinking[layer.activation or "linear"] then return nil end
      stack[#stack + 1] = layer
    elseif layer.kind == "input" then
      return stack
    elseif layer.kind == "activation" then
      if not shrinking[layer.activation or "?"] then return nil end
    elseif layer.kind ~= "flatten" and not passing[layer.kind] then
      return nil
    end
    if #layer.inputs ~= 1 then return nil end
    layer = layer.inputs[1]
  end
end

-- How far from 0 the nearest of the targets lies, or their mean.
local function distance(target)
  if target.mean then return math.abs(target.mean), "mean" end
  if target.min > 0 then return target.min, "min" end
  if target.max < 0 then return -target.max, "max" end
end

-- How far from 0 the network's output can be after so many steps of so much each.
local function reach(stack, size, moved)
  local signal = size
  for position = #stack, 1, -1 do
    local layer = stack[position]
    local start = layer.initial_stddev and layer.initial_stddev * math.sqrt(layer.fan_in) or usual_gain
    signal = signal * (start + layer.fan_in * moved) + moved
  end
  return signal
end

-- A figure as people write it: 224722, not 2.247e+05.
local function short(figure)
  local size = math.abs(figure)
  return (size >= 1000 and size < 1e15) and ("%.0f"):format(figure) or ("%.4g"):format(figure)
end

return {
  api = 1,
  id = "normalization/unreachable-targets",
  summary = "targets further away than the run's steps can carry the network",
  severity = "error",
  cause = 1,
  probe = "initial_loss",
  needs = { "outputs.task", "total_steps", "training.optimizer.learning_rate" },
  options = {
    slack = {
      type = "number", default = 1.5,
      help = "how many times the reach the targets must lie away; measured, 1,000 steps of Adam at 0.001 carried a "
        .. "network with two hidden layers of 128 to half of the bound",
    },
  },
  docs = [[
## What it looks for

A regression network of dense layers under Adam or its kin, whose targets lie so far from 0 that the steps of the run
cannot get the output there. Such an optimizer moves each weight by about the learning rate in a step, so that rate
times steps bounds each weight, and the weights bound the output: with all of a layer's weights moved in one direction
it grows by fan-in times that. Only where normalised inputs, targets, rate and length of the run are all known.

## Why it is bad

It is arithmetic: until the end of the run the network is still on its way to the targets' mean, and has learned
nothing about what tells examples apart. The loss falls all the time, so that it looks like a slow success.

## Example

Prices of 200,000 on average, two hidden layers of 16, Adam at 0.001, 500 steps: no weight moves further than 0.5, and
the output stays below 1,000.

## Use instead

Normalise the targets: mean 0 and deviation 1. Starting the last bias at the targets' mean helps as well; a higher
rate or a longer run reach them too, at the end.

## When to ignore it

When code normalises the targets: state `data.targets.normalization`.

## References

- Kingma and Ba, *Adam: A Method for Stochastic Optimization*, 2015, section 2.1: the step is bounded by the rate.
- Measured: the mean of targets at 200,000 was missed by 60 % after 1,000 steps at 0.001
  (`scripts/measure-scales.py`).
]],

  check = function(experiment, report, options)
    local optimizer = experiment.training.optimizer
    local moved = optimizer.learning_rate * experiment.total_steps
    if not bounded[optimizer.name or ""] then return end
    local data = experiment.data.inputs
    local inputs_normal = one_of(data.normalization, { "zscore", "minmax", "rescaled", "robust" })
    local size
    if inputs_normal then
      size = 1
    elseif data.std and (data.normalization == nil or data.normalization == "none") then
      size = math.max(1, math.sqrt(data.std * data.std + (data.mean or 0) * (data.mean or 0)))
    end
    for _, output in ipairs(experiment.outputs) do
      local target = target_of(experiment, output)
      local raw = target.normalization == nil or target.normalization == "none"
      local head = output.head
      local bare = head and output.layer.index == head.index and (head.activation or "linear") == "linear"
      local bias = head.bias_initializer.name
      if output.task == "regression" and target and raw and bare and size and (bias == nil or bias == "zeros") then
        local away, key = distance(target)
        local stack = stack_below(head)
        local furthest = stack and away and reach(stack, size, moved)
        if furthest and away > options.slack * furthest then
          report {
            at = { target, key },
            message = ("the targets of output %q lie near %s, but %d steps at a rate of %g carry the network to "
              .. "%s at most"):format(
              output.name, short(target[key]), experiment.total_steps, optimizer.learning_rate, short(furthest)),
            help = "normalise the targets to mean 0 and deviation 1",
            related = { { at = { optimizer, "learning_rate" }, message = "each step moves a weight by about this" } },
            trial = set(target, "normalization", "zscore"),
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
    - {kind: dense, units: 16, activation: relu}
    - {kind: dense, units: 16, activation: relu}
    - {kind: dense, name: price, units: 1}
data:
  samples: 1600
  inputs: {features: 12, normalization: zscore}
  targets: {mean: 1️⃣200000, std: 60000}
training: {batch_size: 32, epochs: 10, loss: mae, optimizer: {name: adam, learning_rate: 0.001}}
]=],
    },
    {
      bad = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, name: price, units: 1}
data:
  samples: 1000
  inputs: {features: 12, normalization: zscore}
  targets: {range: [1️⃣900, 1100]}
training: {batch_size: 32, epochs: 20, loss: mse, optimizer: {name: adam, learning_rate: 0.001}}
]=],
    },
    {
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 16, activation: relu}
    - {kind: dense, units: 16, activation: relu}
    - {kind: dense, name: price, units: 1}
data:
  samples: 1600
  inputs: {features: 12, normalization: zscore}
  targets: {mean: 200000, std: 60000, normalization: zscore}
training: {batch_size: 32, epochs: 10, loss: mae, optimizer: {name: adam, learning_rate: 0.001}}
]=],
    },
    {
      -- Wide layers and a longer run get there.
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 128, activation: relu}
    - {kind: dense, units: 128, activation: relu}
    - {kind: dense, name: price, units: 1}
data:
  samples: 16000
  inputs: {features: 12, normalization: zscore}
  targets: {mean: 200000, std: 60000}
training: {batch_size: 32, epochs: 10, loss: mae, optimizer: {name: adam, learning_rate: 0.001}}
]=],
    },
    {
      -- The last bias starts at the mean.
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, name: price, units: 1, bias_init: {name: constant, value: 1000}}
data:
  samples: 1000
  inputs: {features: 12, normalization: zscore}
  targets: {range: [900, 1100]}
training: {batch_size: 32, epochs: 20, loss: mse, optimizer: {name: adam, learning_rate: 0.001}}
]=],
    },
    {
      -- SGD's steps grow with the error.
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, name: price, units: 1}
data:
  samples: 1000
  inputs: {features: 12, normalization: zscore}
  targets: {range: [900, 1100]}
training: {batch_size: 32, epochs: 20, loss: mse, optimizer: {name: sgd, learning_rate: 0.001}}
]=],
    },
  },
}
