-- Dropout in layer upon layer, until little of the input is left.

local dropping = { dropout = true, alpha_dropout = true, gaussian_dropout = true }

-- Returns the change that drops a little only.
local function with_less_dropout(experiment)
  local changes = {}
  for _, layer in ipairs(experiment.layers) do
    if dropping[layer.kind] and layer.rate > 0.1 then table.insert(changes, set(layer, "rate", 0.1)) end
  end
  return changes
end

return {
  api = 1,
  id = "regularization/stacked-dropout",
  summary = "so much dropout in a row before a regression output that a few percent of the paths are left",
  severity = "warning",
  cause = 4,
  probe = "steps_to_half",
  needs = { "layers.rate" },
  kinds = { "dropout", "alpha_dropout", "gaussian_dropout" },

  options = {
    hint = {
      type = "number", default = 0.1,
      help = "the share of all paths from input to output that must be left; measured, a network with four hidden "
        .. "layers of 256 had 2.3 times its squared error with 0.25 behind each (32 % of the paths left), 5 times with "
        .. "0.5 (6 %), 9 times with 0.6 (3 %)",
    },
    warning = { type = "number", default = 0.03, help = "the same for a warning" },
    keep = { type = "number", default = 0.75, help = "from this rate on dropout/keep-as-drop says what is wrong" },
  },

  docs = [[
## What it looks for
Two dropout layers or more behind dense layers of a plain network, one after another on the way to a regression output,
that together leave less than a tenth of the paths (*hint*) or less than 3 % (*warning*). The share is the product of
what each layer keeps. Dropout on images and sequences is not counted: their neighbours say nearly the same. Rates of
0.75 and more are left to `dropout/keep-as-drop`.

Classifiers are not reported: they need only the sign of a sum. Measured, one with four hidden layers lost nothing with
0.6 behind each.

## Why it is bad
Each rate may be usual, but they multiply: with 0.6 four times a value of the input reaches the output in one of forty
steps. What is left is mostly noise, the gradient with it, and training stops where the noise is as large as what is to
be learned: the network under-fits, with a training loss far above the held-out loss. A regression output shows it most,
for its value, and not only its sign, takes on the noise.

## Example
Four dense layers of 256 with dropout of 0.6 behind each.

## Use instead
0.1 to 0.25 behind the widest layers only. Regularise more when the held-out loss rises while the training loss falls,
not before.

## When to ignore it
Where layers are so wide that a tenth of them is enough.

## References
- Srivastava et al. (2014): Dropout: a simple way to prevent neural networks from overfitting, section 7.3: what matters
  is units times the share that is kept.
- Measured figures: `scripts/measure-regularization.py` in this project prints them.
]],

  check = function(experiment, report, options)
    if not experiment.plain then return end
    local least = 1
    for _, layer in ipairs(experiment.layers) do
      if dropping[layer.kind] then least = least * (1 - (layer.rate or 0)) end
    end
    if least >= options.hint then return end
    -- By layer: the share of paths left, and the number of dropout layers on the way.
    local left, count, last = {}, {}, {}
    for _, layer in ipairs(experiment.layers) do
      local best
      for _, input in ipairs(layer.inputs) do
        if left[input.index] and (not best or left[input.index] > left[best]) then best = input.index end
      end
      left[layer.index], count[layer.index] = best and left[best] or 1, best and count[best] or 0
      last[layer.index] = best and last[best] or nil
      if layer.rate >= options.keep then return end
      if dropping[layer.kind] and #layer.input_shape == 1 and layer.rate > 0 and layer.rate < 1 then
        left[layer.index] = left[layer.index] * (1 - layer.rate)
        count[layer.index] = count[layer.index] + 1
        last[layer.index] = layer
      end
    end
    for _, output in ipairs(experiment.outputs) do
      local index = output.layer.index
      local share = index and left[index]
      if output.task == "regression" and share and count[index] >= 2 and share < options.hint then
        report {
          at = { last[index], "rate" },
          once = true,
          severity = share < options.warning and "warning" or "hint",
          message = ("the %d dropout layers up to here leave %.2g %% of the paths from input to output: what is "
            .. "left is mostly noise"):format(count[index], share * 100),
          help = "use 0.1 to 0.25, behind the widest layers only",
          trial = with_less_dropout(experiment),
        }
      end
    end
  end,

  examples = {
    {
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dropout, rate: 0.6}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dropout, rate: 0.6}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dropout, rate: 0.6}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dropout, rate: 1️⃣0.6}
    - {kind: dense, units: 1}
training: {loss: mse}
]],
    },
    {
      -- 9 % of the paths: hint.
      bad = [[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "a", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "b", "rate": 0.7}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "c", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "d", "rate": 1️⃣0.7}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "e", "units": 1, "activation": "linear"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "mse"}
}
]],
    },
    {
      -- All dropout layers of the combiner come from one key.
      bad = [[
input_features:
  - {name: age, type: number}
  - {name: weight, type: number}
output_features:
  - {name: price, type: number}
combiner: {type: concat, num_fc_layers: 5, output_size: 64, dropout: 1️⃣0.6}
]],
    },
    {
      -- A classifier needs only the sign of a sum.
      good = [[
input_features:
  - {name: age, type: number}
  - {name: weight, type: number}
output_features:
  - {name: plan, type: category}
combiner: {type: concat, num_fc_layers: 5, output_size: 64, dropout: 0.6}
]],
    },
    {
      -- Two layers of 0.5.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [9216]}
    - {kind: dense, units: 4096, activation: relu}
    - {kind: dropout, rate: 0.5}
    - {kind: dense, units: 4096, activation: relu}
    - {kind: dropout, rate: 0.5}
    - {kind: dense, units: 1}
training: {loss: mse}
]],
    },
    {
      -- Places of an image stand in for one another, and normalisation helps.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [32, 32, 3]}
    - {kind: conv2d, filters: 32, kernel_size: 3, activation: relu}
    - {kind: dropout, rate: 0.4}
    - {kind: conv2d, filters: 32, kernel_size: 3, activation: relu}
    - {kind: dropout, rate: 0.4}
    - {kind: conv2d, filters: 32, kernel_size: 3, activation: relu}
    - {kind: dropout, rate: 0.4}
    - {kind: conv2d, filters: 32, kernel_size: 3, activation: relu}
    - {kind: dropout, rate: 0.4}
    - {kind: flatten}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dropout, rate: 0.5}
    - {kind: dense, units: 1}
training: {loss: mse}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
  - {name: weight, type: number}
output_features:
  - {name: price, type: number}
combiner: {type: concat, num_fc_layers: 5, output_size: 64, dropout: 0.2}
]],
    },
    {
      -- A skip connection passes the dropout by.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, name: x, shape: [64]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dropout, rate: 0.7}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dropout, name: y, rate: 0.7}
    - {kind: add, from: [x, y]}
    - {kind: dense, units: 1}
training: {loss: mse}
]],
    },
  },
}
