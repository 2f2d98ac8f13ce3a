-- Recurrent layers upon recurrent layers.

local recurrent = { "simple_rnn", "gru", "lstm", "conv_lstm1d", "conv_lstm2d", "conv_lstm3d" }

-- Returns the most recurrent layers that the gradient passes on the shortest way from an output, and the layer it ends
-- at.
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
    if shortest and one_of(layer.kind, recurrent) then
      shortest = shortest + 1
      if shortest > deepest then deepest, first = shortest, layer end
    end
    distance[layer.index] = shortest
  end
  return deepest, first
end

local function keeps_shape(layer)
  local before, behind = layer.input_shape, layer.output_shape
  if #before == 0 or #before ~= #behind then return false end
  for axis, size in ipairs(before) do
    if not size or size ~= behind[axis] then return false end
  end
  return true
end

-- Returns the change that takes layers out from one on, as wide as what they take, until so many are left of a row; nil where
-- there are too few of them.
local function shortened(layer, length, left)
  local changes, excess = {}, length - left
  for _ = 1, 10000 do
    if excess <= 0 then return changes end
    if one_of(layer.kind, recurrent) and keeps_shape(layer) then
      table.insert(changes, set(layer, "kind", "identity"))
      excess = excess - 1
    end
    if #layer.consumers ~= 1 then return nil end
    layer = layer.consumers[1]
  end
end

return {
  api = 1,
  id = "depth/recurrent-stack-too-deep",
  summary = "more stacked recurrent layers than train without skip connections",
  severity = "warning",
  cause = 10,
  probe = "gradient_norm",
  untestable = "too few of the layers are as wide as what they take, so none can be taken out",
  kinds = recurrent,

  options = {
    advised = {
      type = "integer", default = 4,
      help = "plain stacks of LSTM layers work well up to 4 layers (Wu et al. 2016, section 3.1); above it the "
        .. "finding is a hint",
    },
    limit = {
      type = "integer", default = 8,
      help = "and very poorly beyond 8 (same place); above it the finding is a warning",
    },
  },

  docs = [[
## What it looks for
Recurrent layers (LSTM, GRU, simple RNN) stacked on each other without skip connections or normalisation.

## Why it is bad
A recurrent layer is already as deep as its sequence is long, and each further layer multiplies that. On large
translation tasks plain stacks of LSTM layers worked well up to 4 layers, barely with 6, and very poorly beyond 8.

## Example
Ten LSTM layers in a row.

## Use instead
One to four layers. Beyond that, residual connections between the layers (from the third layer on in Google's
translation system), or layer normalisation.

## When to ignore it
Where the layers were added and trained one by one. Networks with skip connections or normalisation are never reported.

## References
- Wu et al. (2016): Google's neural machine translation system, section 3.1.
- Sutskever, Vinyals and Le (2014): Sequence to sequence learning with neural networks: four layers.
]],

  check = function(experiment, report, options)
    if experiment.has_skips ~= false or experiment.has_normalization ~= false or experiment.fine_tuned then return end
    local deepest, first = deepest_stack(experiment)
    if deepest <= options.advised then return end
    report {
      at = first,
      severity = deepest > options.limit and "warning" or "hint",
      message = ("%d recurrent layers are stacked on %q without a skip connection or normalisation: such stacks work "
        .. "well up to 4 layers and very poorly beyond 8"):format(deepest, first.name),
      help = ("use 1 to %d recurrent layers, or add residual connections between them"):format(options.advised),
      trial = shortened(first, deepest, options.advised),
    }
  end,

  examples = {
    {
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [50, 16]}
    - {kind: 1️⃣lstm, units: 64, return_sequences: true}
    - {kind: lstm, units: 64, return_sequences: true}
    - {kind: lstm, units: 64, return_sequences: true}
    - {kind: lstm, units: 64, return_sequences: true}
    - {kind: lstm, units: 64, return_sequences: true}
    - {kind: lstm, units: 64, return_sequences: true}
    - {kind: lstm, units: 64, return_sequences: true}
    - {kind: lstm, units: 64, return_sequences: true}
    - {kind: lstm, units: 64, return_sequences: true}
    - {kind: lstm, units: 64}
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
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 50, 16]}},
      {"class_name": 1️⃣"LSTM", "config": {"name": "r1", "units": 64, "return_sequences": true}},
      {"class_name": "LSTM", "config": {"name": "r2", "units": 64, "return_sequences": true}},
      {"class_name": "LSTM", "config": {"name": "r3", "units": 64, "return_sequences": true}},
      {"class_name": "LSTM", "config": {"name": "r4", "units": 64, "return_sequences": true}},
      {"class_name": "LSTM", "config": {"name": "r5", "units": 64, "return_sequences": true}},
      {"class_name": "LSTM", "config": {"name": "r6", "units": 64, "return_sequences": false}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]],
    },
    {
      good = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 50, 16]}},
      {"class_name": "LSTM", "config": {"name": "r1", "units": 64, "return_sequences": true}},
      {"class_name": "LSTM", "config": {"name": "r2", "units": 64, "return_sequences": true}},
      {"class_name": "LSTM", "config": {"name": "r3", "units": 64, "return_sequences": true}},
      {"class_name": "LSTM", "config": {"name": "r4", "units": 64, "return_sequences": false}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]],
    },
    {
      -- Layer normalisation between the layers.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [50, 16]}
    - {kind: gru, units: 64, return_sequences: true}
    - {kind: layer_normalization}
    - {kind: gru, units: 64, return_sequences: true}
    - {kind: layer_normalization}
    - {kind: gru, units: 64, return_sequences: true}
    - {kind: layer_normalization}
    - {kind: gru, units: 64, return_sequences: true}
    - {kind: layer_normalization}
    - {kind: gru, units: 64, return_sequences: true}
    - {kind: layer_normalization}
    - {kind: gru, units: 64}
    - {kind: dense, units: 1}
]],
    },
  },
}
