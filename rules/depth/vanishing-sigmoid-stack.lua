-- Sigmoid upon sigmoid: the gradient is a quarter of itself at each.

local sigmoids = { sigmoid = true, hard_sigmoid = true }

-- Weights that start so large make up for the slope, which is a quarter at most; and so may those of which nobody can say
-- how large a stated initialiser draws them.
local function is_sigmoid_layer(layer)
  if layer.head ~= false or not sigmoids[layer.effective_activation] or layer.initial_gain >= 4 then return false end
  return layer.initial_stddev or not layer.fan_in or not layer.kernel_initializer.name
end

-- Returns the most hidden sigmoid layers that the gradient passes on the shortest way from an output, and the layer it
-- ends at.
local function deepest_stack(experiment)
  local is_output, distance = {}, {}
  for _, output in ipairs(experiment.outputs) do
    if output.layer then is_output[output.layer.index] = true end
  end
  local deepest, first = 0, nil
  for position = #experiment.layers, 1, -1 do
    local layer = experiment.layers[position]
    local shortest = (is_output[layer.index] or #layer.consumers == 0) and 0 or nil
    for _, consumer in ipairs(layer.consumers) do
      local behind = distance[consumer.index]
      if behind and (not shortest or behind < shortest) then shortest = behind end
    end
    if shortest and is_sigmoid_layer(layer) then
      shortest = shortest + 1
      if shortest > deepest then deepest, first = shortest, layer end
    end
    distance[layer.index] = shortest
  end
  return deepest, first
end

-- Returns the change that gives the hidden layers ReLU.
local function without_sigmoids(experiment)
  local is_final = {}
  for _, output in ipairs(experiment.outputs) do
    if output.activation_layer then is_final[output.activation_layer.index] = true end
  end
  local changes = {}
  for _, layer in ipairs(experiment.layers) do
    local is_hidden = layer.head == false or layer.kind == "activation"
    if is_hidden and sigmoids[layer.activation] and not is_final[layer.index] then
      table.insert(changes, set(layer, "activation", "relu"))
    end
  end
  return changes
end

return {
  api = 1,
  id = "depth/vanishing-sigmoid-stack",
  summary = "so many hidden sigmoid layers in a row that the gradient vanishes",
  severity = "warning",
  cause = 10,
  probe = "gradient_norm",
  needs = { "layers.effective_activation = sigmoid, hard_sigmoid" },

  options = {
    advised = {
      type = "integer", default = 3,
      help = "with 4 hidden sigmoid layers the top one stays saturated for long (Glorot and Bengio 2010, section "
        .. "3.1); above this the finding is a hint",
    },
    limit = {
      type = "integer", default = 4,
      help = "with 5 it never came out of saturation (same place); above this the finding is a warning",
    },
  },

  docs = [[
## What it looks for
Hidden layers with a sigmoid activation, counted on the gradient's shortest way from an output, in a network without
skip connections and normalisation. The gates of recurrent layers do not count, nor does the output's own sigmoid.

## Why it is bad
The slope of the sigmoid is 1/4 at its steepest, so n of them in a row shrink the gradient at least 4^n times: 1024
times for five. Besides, a sigmoid's mean is 1/2 and not 0, which drives the layers above into saturation, where the
slope is near 0.

## Example
Six dense layers with sigmoid.

## Use instead
ReLU, leaky ReLU or ELU in the hidden layers; tanh where the values must be bounded. Keep the sigmoid for an output that
is a probability, and for gates.

## When to ignore it
Where the layers were pretrained one by one, as deep belief networks are.

## References
- Glorot and Bengio (2010): Understanding the difficulty of training deep feedforward neural networks, section 3.1.
- LeCun et al. (1998): Efficient BackProp, section 4.4.
]],

  check = function(experiment, report, options)
    if experiment.has_skips ~= false or experiment.has_normalization ~= false or experiment.fine_tuned then return end
    if experiment.weight_depth <= options.advised then return end
    local deepest, first = deepest_stack(experiment)
    if deepest <= options.advised then return end
    report {
      at = { first, "activation" },
      severity = deepest > options.limit and "warning" or "hint",
      message = ("%d hidden layers with sigmoid in a row from %q on: each has a slope of at most 1/4, so the gradient "
        .. "shrinks at least %.0f times"):format(deepest, first.name, 4 ^ deepest),
      help = "use \"relu\", \"leaky_relu\" or \"elu\" in the hidden layers",
      trial = without_sigmoids(experiment),
    }
  end,

  examples = {
    {
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: 1️⃣sigmoid}
    - {kind: dense, units: 64, activation: sigmoid}
    - {kind: dense, units: 64, activation: sigmoid}
    - {kind: dense, units: 64, activation: sigmoid}
    - {kind: dense, units: 64, activation: sigmoid}
    - {kind: dense, units: 64, activation: sigmoid}
    - {kind: dense, units: 1}
]],
    },
    {
      bad = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 20]}},
      {"class_name": "Dense", "config": {"name": "d1", "units": 64, "activation": 1️⃣"sigmoid"}},
      {"class_name": "Dense", "config": {"name": "d2", "units": 64, "activation": "sigmoid"}},
      {"class_name": "Dense", "config": {"name": "d3", "units": 64, "activation": "sigmoid"}},
      {"class_name": "Dense", "config": {"name": "d4", "units": 64, "activation": "sigmoid"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]],
    },
    {
      -- Autoencoders of 2006 start with few weights of deviation 1 for each unit.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [64]}
    - {kind: dense, units: 64, activation: sigmoid, init: {name: random_normal, stddev: 1}}
    - {kind: dense, units: 64, activation: sigmoid, init: {name: random_normal, stddev: 1}}
    - {kind: dense, units: 64, activation: sigmoid, init: {name: random_normal, stddev: 1}}
    - {kind: dense, units: 64, activation: sigmoid, init: {name: random_normal, stddev: 1}}
    - {kind: dense, units: 64, activation: sigmoid, init: {name: random_normal, stddev: 1}}
    - {kind: dense, units: 64, activation: sigmoid, init: {name: random_normal, stddev: 1}}
    - {kind: dense, units: 64}
]],
    },
    {
      -- One sigmoid at the output is a probability.
      good = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 20]}},
      {"class_name": "Dense", "config": {"name": "d1", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d2", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d3", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d4", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d5", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "sigmoid"}}
    ]
  }
}
]],
    },
    {
      -- The gates of recurrent layers are no stack.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [50, 16]}
    - {kind: lstm, units: 64, return_sequences: true}
    - {kind: lstm, units: 64, return_sequences: true}
    - {kind: lstm, units: 64}
    - {kind: dense, units: 64, activation: sigmoid}
    - {kind: dense, units: 1, activation: sigmoid}
]],
    },
    {
      -- Batch normalisation keeps the sums near 0, where the slope is.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64}
    - {kind: batch_normalization}
    - {kind: activation, activation: sigmoid}
    - {kind: dense, units: 64}
    - {kind: batch_normalization}
    - {kind: activation, activation: sigmoid}
    - {kind: dense, units: 64}
    - {kind: batch_normalization}
    - {kind: activation, activation: sigmoid}
    - {kind: dense, units: 64}
    - {kind: batch_normalization}
    - {kind: activation, activation: sigmoid}
    - {kind: dense, units: 64}
    - {kind: batch_normalization}
    - {kind: activation, activation: sigmoid}
    - {kind: dense, units: 64}
    - {kind: batch_normalization}
    - {kind: activation, activation: sigmoid}
    - {kind: dense, units: 1}
]],
    },
  },
}
