-- Two layers that do no more than one.

-- Layers that keep a linear map linear.
local linear_kinds = {
  input = true, dense = true, dropout = true, alpha_dropout = true, gaussian_dropout = true, gaussian_noise = true,
  flatten = true, reshape = true, identity = true, normalization = true, rescaling = true,
  activity_regularization = true,
}

-- Layers that stand between two dense ones without making them less of one.
local between = {
  "dropout", "alpha_dropout", "gaussian_dropout", "gaussian_noise", "flatten", "reshape", "identity",
  "activity_regularization",
}

-- Returns the dense layer that takes this one's sums as they are.
local function next_dense(layer)
  local current = layer
  while #current.consumers == 1 do
    current = current.consumers[1]
    if #current.inputs ~= 1 then return nil end
    if current.kind == "dense" then return current end
    local passes = one_of(current.kind, between) or (current.kind == "activation" and current.activation == "linear")
    if not passes then return nil end
  end
  return nil
end

local function is_linear_network(experiment)
  for _, layer in ipairs(experiment.layers) do
    local linear = linear_kinds[layer.kind] or (layer.kind == "activation" and layer.activation == "linear")
    if not linear then return false end
    if layer.kind == "dense" and not layer.head and layer.activation ~= "linear" then return false end
  end
  return true
end

-- Whether no hidden layer has an activation, of two or more: gradients/no-activation says so once for the network.
local function is_told_as_a_whole(experiment)
  local hidden = 0
  for _, layer in ipairs(experiment.layers) do
    local is_hidden = layer.head == false or (layer.kind == "activation" and #layer.consumers > 0)
    if is_hidden and layer.activation and layer.activation ~= "linear" then return false end
    if layer.head == false and layer.activation then hidden = hidden + 1 end
  end
  return hidden >= 2
end

return {
  api = 1,
  id = "depth/linear-stack",
  summary = "dense layers without an activation between them, which are together one layer",
  severity = "warning",
  cause = 10,
  probe = "steps_to_half",
  kinds = { "dense" },

  docs = [[
## What it looks for
A dense layer without an activation that feeds another dense layer, with nothing between but dropout or reshaping. A
layer that is narrower than both its input and the next layer is meant to be a factor of a low-rank matrix and is not
reported.

## Why it is bad
Two linear maps in a row are one linear map: the second layer adds parameters and depth, but nothing that the network
can say. Where no layer of the network has an activation, the whole is a linear model however deep it looks (*warning*).
Most often the activation was forgotten: Keras' `Dense` has none unless told. A pair inside a network that has
activations elsewhere is a *hint*.

## Example
`Dense(64)`, `Dense(64)`, `Dense(1)`.

## Use instead
`relu` on the hidden layers, or one layer instead of two.

## When to ignore it
Where the factorisation is meant: low-rank layers, matrix factorisation, studies of deep linear networks.

## References
- Goodfellow, Bengio and Courville (2016): Deep learning, section 6.1.
- Saxe, McClelland and Ganguli (2014): Exact solutions to the nonlinear dynamics of learning in deep linear neural
  networks.
]],

  check = function(experiment, report)
    if experiment.has_skips ~= false or experiment.fine_tuned then return end
    local all_linear = is_linear_network(experiment)
    if not all_linear and (experiment.has_normalization ~= false or is_told_as_a_whole(experiment)) then return end
    for _, layer in ipairs(experiment.layers) do
      if layer.kind == "dense" and layer.activation == "linear" and layer.head == false and not layer.pretrained then
        local after = next_dense(layer)
        local is_factor = after and layer.units < after.units and (layer.fan_in == nil or layer.units < layer.fan_in)
        if after and layer.units and after.units and not is_factor then
          local message = ("%q has no activation, so that it and %q are together one linear layer"):format(
            layer.name, after.name)
          if all_linear then
            message = ("%q has no activation, and no other layer has one: all of them are one linear layer"):format(
              layer.name)
          end
          report {
            at = { layer, "activation" },
            severity = all_linear and "warning" or "hint",
            message = message,
            help = "give it an activation such as \"relu\", or leave it out",
            fix = set(layer, "activation", "relu"),
            safe = false,
            confirm = true,
          }
        end
      end
    end
  end,

  examples = {
    {
      bad = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 20]}},
      {"class_name": "Dense", "config": {"name": "d1", "units": 64, "activation": 1️⃣"linear"}},
      {"class_name": "Dense", "config": {"name": "d2", "units": 64, "activation": 1️⃣"linear"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]],
      fixed = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 20]}},
      {"class_name": "Dense", "config": {"name": "d1", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d2", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]],
    },
    {
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 32, activation: 1️⃣linear}
    - {kind: dropout, rate: 0.1}
    - {kind: dense, units: 3, activation: softmax}
]],
      fixed = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 32, activation: relu}
    - {kind: dropout, rate: 0.1}
    - {kind: dense, units: 3, activation: softmax}
]],
    },
    {
      -- The activation is a layer of its own.
      good = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 20]}},
      {"class_name": "Dense", "config": {"name": "d1", "units": 64, "activation": "linear"}},
      {"class_name": "Activation", "config": {"name": "a1", "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]],
    },
    {
      -- A linear model says what it is.
      good = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 20]}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]],
    },
    {
      -- A narrow layer between two wide ones: the factors of a low-rank matrix.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [784]}
    - {kind: dense, units: 32, activation: linear}
    - {kind: dense, units: 784, activation: linear}
]],
    },
    {
      -- Max pooling is not linear.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [16, 20]}
    - {kind: dense, units: 64, activation: linear}
    - {kind: global_max_pooling}
    - {kind: dense, units: 10, activation: softmax}
]],
    },
  },
}
