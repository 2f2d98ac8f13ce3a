-- ReLU upon ReLU at a rate that throws units beyond the reach of every example.

-- Optimizers that divide a gradient by its own size, so that a step moves each weight by about the rate.
local normalizing = {
  adam = true, adamw = true, amsgrad = true, nadam = true, radam = true, adam_8bit = true, adamw_8bit = true,
  paged_adam = true, paged_adamw = true, rmsprop = true,
}

-- Schedules that multiply the rate by steps and widths of their own: it is no learning rate then.
local multiplying = { noam = true, inverse_sqrt = true, rsqrt = true }

-- The rate from which on learning-rate/too-high speaks, and the share of the initial deviation that allows more.
local too_high, share = 0.03, 0.33

local function is_relu(layer)
  return layer.head == false and one_of(layer.effective_activation, { "relu", "relu6" }) and not layer.pretrained
end

-- Returns the number of hidden ReLU layers one behind the other, how far a step moves their weights in deviations that
-- they start with, summed up, the first of them, and the smallest deviation. Of layers side by side the one that moves least counts.
local function chain(experiment, rate)
  local moves, first, smallest = {}, nil, nil
  for _, layer in ipairs(experiment.layers) do
    if is_relu(layer) then
      local depth, deviation = layer.weight_depth, layer.initial_stddev
      if not depth or not (deviation > 0) then return nil end
      first = first or layer
      smallest = math.min(smallest or deviation, deviation)
      local move = rate / deviation
      if not moves[depth] or move < moves[depth] then moves[depth] = move end
    end
  end
  local count, sum = 0, 0
  for _, move in pairs(moves) do
    count, sum = count + 1, sum + move
  end
  return count, sum, first, smallest
end

return {
  api = 1,
  id = "gradients/dying-relu-chain",
  summary = "a plain chain of ReLU layers whose units die at the learning rate",
  severity = "warning",
  cause = 8,
  probe = "dead_units",
  needs = { "training.optimizer.learning_rate", "layers.initial_stddev" },

  options = {
    least_layers = {
      type = "integer", default = 4,
      help = "the fewest hidden ReLU layers that are reported; measured, 2 lose next to no unit at rates that are usual",
    },
    least_move = {
      type = "number", default = 0.03,
      help = "learning rate / initial deviation from which on a rate counts as high; measured, 8 layers lost 4 % of their "
        .. "units at 0.006",
    },
    advised = {
      type = "number", default = 0.3,
      help = "learning rate / initial deviation of the weights, summed over the chain; measured, from 0.3 on a "
        .. "sixth of the units or more was dead after 400 steps of Adam; above it the finding is a hint",
    },
    limit = {
      type = "number", default = 0.9,
      help = "the same for a warning; measured, from 0.9 on more than half of the units were dead",
    },
  },

  docs = [[
## What it looks for
Four or more hidden ReLU layers, without normalisation and skip connections, under Adam or its kin at a rate that is
large beside the deviation that the weights start with. Other optimizers are not reported: under SGD the loss explodes
before units die, which `learning-rate/too-high` judges.

## Why it is bad
A ReLU unit whose sum is below 0 for every example gives 0 and gets no gradient: it is dead, and nothing wakes it. Under
Adam each step moves every weight by about the learning rate. Wide layers start with small weights and have many of
them, so that a few steps carry a unit's sum below 0 for good; in a chain each layer that moves shifts the inputs of the
next. Measured after 400 steps with He initialisation, width 64: 8 % of the units dead with four layers at 0.01, 28 %
with four at 0.02, 64 % with six at 0.03; with width 256 58 % with four at 0.01. The network is then narrower than it
was built.

## Example
Six dense layers of 256 with ReLU, Adam at 0.01.

## Use instead
A third or a tenth of the rate. Or leaky ReLU or ELU, whose gradient is not 0 below 0; or batch or layer normalisation,
which brings the sums back to 0.

## When to ignore it
Where the network is much wider than it need be.

## References
- Lu, Shin, Su and Karniadakis (2020): Dying ReLU and initialization: theory and numerical examples.
- Maas, Hannun and Ng (2013): Rectifier nonlinearities improve neural network acoustic models.
- Clevert, Unterthiner and Hochreiter (2016): Fast and accurate deep network learning by exponential linear units.
- Measured figures: `scripts/measure-dead-units.py` in this project prints them.
]],

  check = function(experiment, report, options)
    local training = experiment.training
    local optimizer = training.optimizer
    local rate = optimizer.learning_rate
    if not experiment.plain or not (rate > 0) or not normalizing[optimizer.name] then return end
    if multiplying[training.schedule.name] or optimizer.epsilon >= 0.001 then return end
    local count, sum, first, smallest = chain(experiment, rate)
    -- Of a rate that is too high for any chain learning-rate/too-high speaks.
    if rate > math.max(too_high, smallest * share) then return end
    if not first or count < options.least_layers or not (sum >= options.advised) then return end
    if sum / count < options.least_move then return end
    report {
      at = { first, "activation" },
      severity = sum < options.limit and "hint" or nil,
      message = ("%d ReLU layers in a row from %q on, and a step of %s moves each weight by %.2g of what it starts with: "
        .. "%s of the units may die"):format(
        count, first.name, optimizer.name, sum / count, sum < options.limit and "a sixth or more" or "half or more"),
      help = 'use a lower learning rate, or "leaky_relu" or "elu" in the hidden layers, or normalisation between them',
      related = { { at = { optimizer, "learning_rate" }, message = ("the learning rate is %g"):format(rate) } },
      trial = set(optimizer, "learning_rate",
        tonumber(("%.3g"):format(rate * math.min(0.1, 0.9 * options.advised / sum)))),
    }
  end,

  examples = {
    {
      -- Hint.
      bad = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: 1️⃣relu, init: he_normal}
    - {kind: dense, units: 64, activation: relu, init: he_normal}
    - {kind: dense, units: 64, activation: relu, init: he_normal}
    - {kind: dense, units: 64, activation: relu, init: he_normal}
    - {kind: dense, units: 1}
training: {loss: mse, optimizer: {name: adam, learning_rate: 0.02}}
]==],
    },
    {
      -- Warning.
      bad = [==[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "d1", "units": 256, "activation": 1️⃣"relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "d2", "units": 256, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "d3", "units": 256, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "d4", "units": 256, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "d5", "units": 256, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "d6", "units": 256, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
  ]},
  "compile_config": {
    "optimizer": {"module": "keras.optimizers", "class_name": "Adam", "config": {"name": "adam", "learning_rate": 0.02}},
    "loss": "mean_squared_error"
  }
}
]==],
    },
    {
      bad = [==[
input_features:
  - {name: x, type: number}
output_features:
  - {name: y, type: number}
combiner: {type: concat, num_fc_layers: 6, output_size: 256, activation: 1️⃣relu}
trainer: {learning_rate: 0.01, optimizer: {type: adam}}
]==],
    },
    {
      -- The usual rate.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu, init: he_normal}
    - {kind: dense, units: 64, activation: relu, init: he_normal}
    - {kind: dense, units: 64, activation: relu, init: he_normal}
    - {kind: dense, units: 64, activation: relu, init: he_normal}
    - {kind: dense, units: 64, activation: relu, init: he_normal}
    - {kind: dense, units: 64, activation: relu, init: he_normal}
    - {kind: dense, units: 1}
training: {loss: mse, optimizer: {name: adam, learning_rate: 0.001}}
]==],
    },
    {
      -- A deep stack at the usual rate: that it is deep is depth/plain-stack-too-deep's to say.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 1}
training: {loss: mse, optimizer: {name: adam, learning_rate: 0.001}}
]==],
    },
    {
      -- Leaky ReLU has a gradient below 0.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: leaky_relu, init: he_normal}
    - {kind: dense, units: 64, activation: leaky_relu, init: he_normal}
    - {kind: dense, units: 64, activation: leaky_relu, init: he_normal}
    - {kind: dense, units: 64, activation: leaky_relu, init: he_normal}
    - {kind: dense, units: 1}
training: {loss: mse, optimizer: {name: adam, learning_rate: 0.02}}
]==],
    },
    {
      -- Batch normalisation brings the sums back to 0.
      good = [==[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "d1", "units": 256, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "BatchNormalization", "config": {"name": "b1", "axis": -1}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "d2", "units": 256, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "d3", "units": 256, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "d4", "units": 256, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
  ]},
  "compile_config": {
    "optimizer": {"module": "keras.optimizers", "class_name": "Adam", "config": {"name": "adam", "learning_rate": 0.02}},
    "loss": "mean_squared_error"
  }
}
]==],
    },
    {
      -- A wide and shallow network.
      good = [==[
input_features:
  - {name: x, type: number}
output_features:
  - {name: y, type: number}
combiner: {type: concat, num_fc_layers: 2, output_size: 256}
trainer: {learning_rate: 0.003, optimizer: {type: adam}}
]==],
    },
    {
      -- A rate that no network takes: another rule says so.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 1}
training: {loss: mse, optimizer: {name: adam, learning_rate: 0.1}}
]],
    },
  },
}
