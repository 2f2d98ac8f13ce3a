-- A learning rate too low for as many steps as the run has.

-- Schedules that multiply the rate by steps and widths of their own: it is no learning rate then.
local multiplying = { noam = true, inverse_sqrt = true, rsqrt = true }

-- Optimizers that divide a gradient by its own size: a weight moves by about the rate in a step.
local normalizing = {
  adam = true, adamw = true, amsgrad = true, nadam = true, radam = true, adamax = true, rmsprop = true, lion = true,
}

-- Returns the smallest deviation that a hidden kernel starts with, and its layer.
local function smallest_deviation(experiment)
  local smallest, at
  for _, layer in ipairs(experiment.layers) do
    local deviation = layer.initial_stddev
    if deviation and deviation > 0 and not layer.head and layer.kind ~= "embedding" and layer.trainable ~= false then
      if not smallest or deviation < smallest then smallest, at = deviation, layer end
    end
  end
  return smallest, at
end

local sgd_like = { sgd = true, momentum = true, nesterov = true }
local crossentropies = {
  categorical_crossentropy = true, sparse_categorical_crossentropy = true, binary_crossentropy = true,
}
local normalized = { zscore = true, minmax = true, robust = true, iq = true, log1p = true }

-- Whether targets and inputs are known to be of ordinary size, so that gradients are.
local function has_ordinary_gradients(experiment)
  local data = experiment.data
  for _, output in ipairs(experiment.outputs) do
    local target = output.target or data.targets
    if not crossentropies[output.loss] and not normalized[target.normalization] then return false end
  end
  if #experiment.outputs == 0 then return false end
  if normalized[data.inputs.normalization] or (data.inputs.min >= -10 and data.inputs.max <= 10) then return true end
  for _, layer in ipairs(experiment.layers) do
    if one_of(layer.kind, { "normalization", "rescaling", "embedding", "batch_normalization" }) then return true end
  end
  return false
end

-- Returns how long all weights together are at least at the start: kernels of unknown deviation count for nothing.
local function initial_length(experiment)
  local square = 0
  for _, layer in ipairs(experiment.layers) do
    if layer.head ~= nil and layer.kind ~= "embedding" and layer.trainable ~= false and layer.initial_stddev and
      layer.parameters
    then
      square = square + layer.parameters * layer.initial_stddev ^ 2
    end
  end
  return math.sqrt(square)
end

return {
  api = 1,
  id = "learning-rate/too-low-for-run",
  summary = "the run ends before the weights have moved",
  severity = "warning",
  cause = 6,
  probe = "update_ratio",
  needs = { "training.optimizer.learning_rate", "total_steps" },

  options = {
    share = {
      type = "number", default = 0.1,
      help = "the share of its initial deviation that a weight must be able to move; measured, a network with two "
        .. "hidden layers of 128 had six times the loss of a well-chosen rate at 0.12, and had not begun to learn at "
        .. "0.012",
    },
    way = {
      type = "number", default = 0.05,
      help = "SGD: the share of their initial length that the weights must be able to go; measured (as clipped steps), a "
        .. "network with two hidden layers of 128 had three times the loss at 0.07",
    },
    gradient = {
      type = "number", default = 10,
      help = "SGD: the length of a gradient that is assumed where inputs and targets are of ordinary size; healthy "
        .. "networks have 0.1 to 10",
    },
    deviation = {
      type = "number", default = 0.05,
      help = "the initial deviation to assume where the layers do not tell: that of a layer with 400 inputs",
    },
  },

  docs = [[
## What it looks for
Adam and its kin, RMSprop or Lion with so low a rate, or so few steps, that rate times steps stays below a tenth of the
deviation that the weights start with. Such optimizers move a weight by about the rate in each step, so the product
bounds how far it can get.

SGD with known steps goes rate / (1 - momentum) times the gradients' length. It is reported where inputs and targets are
known to be of ordinary size, and even gradients of length 10 in every step would move the weights by less than a
twentieth of their initial length.

## Why it is bad
The network that is judged at the end is, but for a few percent, the random one of the start. It looks like a network
that cannot learn.

## Example
100 examples in batches of 32, 10 epochs: 40 steps. At a rate of 0.00001 no weight gets further than 0.0004.

## Use instead
A higher rate (0.001 to start), more epochs, or smaller batches: they make more steps of the same epoch.

## When to ignore it
In fine-tuning, where a short way is the point (not reported where the file says so), and for a smoke test.

## References
- Kingma and Ba (2015): Adam: A method for stochastic optimization, section 2.1.
- Measured figures: `scripts/measure-rates.py` in this project prints them.
]],

  check = function(experiment, report, options)
    local optimizer = experiment.training.optimizer
    local rate, steps = optimizer.learning_rate, experiment.total_steps
    if not (rate > 0) or not steps or experiment.model_type == "trees" then return end
    if experiment.fine_tuned or experiment.model_type == "language_model" then return end
    if multiplying[experiment.training.schedule.name] then return end
    -- The Trainer is used for fine-tuning, mostly, and its arguments do not name the model.
    if experiment.framework == "Hugging Face Trainer" and experiment.fine_tuned == nil then return end
    for _, layer in ipairs(experiment.layers) do
      if layer.pretrained or layer.kind == "backbone" then return end
    end

    if sgd_like[optimizer.name] then
      local length = initial_length(experiment)
      local step = rate / (1 - math.min(optimizer.momentum or 0, 0.99))
      if not (step * steps * options.gradient < options.way * length) or not has_ordinary_gradients(experiment) then
        return
      end
      local needed = 2 * options.way * length / (steps * options.gradient)
      report {
        at = { optimizer, "learning_rate" },
        message = ("%d steps at learning rate %g move the weights by %.2g at most, even with gradients of length %g, but "
          .. "they start with a length of %.2g: the run ends before they have moved"):format(
          steps, rate, step * steps * options.gradient, options.gradient, length),
        help = "raise the learning rate (0.01 and momentum 0.9 to start)",
        trial = set(optimizer, "learning_rate", tonumber(("%.3g"):format(
          math.min(0.5, math.max(0.1, needed)) * (1 - math.min(optimizer.momentum or 0, 0.99))))),
      }
      return
    end
    if not normalizing[optimizer.name] then return end

    local deviation = smallest_deviation(experiment) or options.deviation
    local reach = rate * steps
    if not (reach < options.share * deviation) then return end
    local needed = 2 * options.share * deviation / steps
    report {
      at = { optimizer, "learning_rate" },
      message = ("%d steps at learning rate %g move a weight by about %.2g at most, but the weights start with a "
        .. "deviation of %.2g: the run ends before they have moved"):format(steps, rate, reach, deviation),
      help = "raise the learning rate (0.001 to start), train for more epochs, or use smaller batches",
      trial = set(optimizer, "learning_rate", tonumber(("%.3g"):format(math.min(0.01, math.max(0.001, needed))))),
    }
  end,

  examples = {
    {
      -- SGD, 32000 steps of at most 0.00001.
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [64]}
    - {kind: dense, units: 256, activation: relu, init: he_normal}
    - {kind: dense, units: 12, activation: softmax}
data:
  samples: 64000
  inputs: {normalization: zscore}
training:
  batch_size: 64
  epochs: 32
  loss: categorical_crossentropy
  optimizer: {name: sgd, learning_rate: 1️⃣1.0e-7, momentum: 0.9}
]],
    },
    {
      -- Prices as they are have gradients to match.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [64]}
    - {kind: dense, units: 256, activation: relu, init: he_normal}
    - {kind: dense, units: 1}
data:
  samples: 64000
  inputs: {normalization: zscore}
  targets: {range: [20000, 900000]}
training:
  batch_size: 64
  epochs: 32
  loss: mse
  optimizer: {name: sgd, learning_rate: 1.0e-7, momentum: 0.9}
]],
    },
    {
      -- 40 steps at 0.00001.
      bad = [[
epochzero: 1
data: {samples: 100}
training:
  batch_size: 32
  epochs: 10
  optimizer: {name: adam, learning_rate: 1️⃣0.00001}
]],
    },
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  train_steps: 200
  learning_rate: 1️⃣0.000001
]],
    },
    {
      good = [[
epochzero: 1
data: {samples: 60000}
training:
  batch_size: 32
  epochs: 10
  optimizer: {name: adam, learning_rate: 0.00001}
]],
    },
    {
      -- The number of steps is not known.
      good = [[
epochzero: 1
training:
  batch_size: 32
  epochs: 10
  optimizer: {name: adam, learning_rate: 0.00001}
]],
    },
    {
      -- Fine-tuning goes a short way on purpose.
      good = [[
model_type: llm
base_model: facebook/opt-350m
input_features:
  - {name: question, type: text}
output_features:
  - {name: answer, type: text}
adapter: {type: lora}
trainer:
  type: finetune
  train_steps: 100
  learning_rate: 5.0e-7
]],
    },
    {
      -- One full-batch step of L-BFGS is many steps inside.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  train_steps: 1
  learning_rate: 1
  optimizer: {type: lbfgs}
]],
    },
  },
}
