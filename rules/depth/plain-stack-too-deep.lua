-- A stack so deep that the first layers hardly learn.

-- Recurrent layers have limits of their own: depth/recurrent-stack-too-deep.
local not_counted = {
  embedding = true, simple_rnn = true, gru = true, lstm = true, conv_lstm1d = true, conv_lstm2d = true,
  conv_lstm3d = true,
}

-- Whether the signal's gradient passes a kernel here; only weight layers are told whether they are a head.
local function is_weight_layer(layer)
  return layer.head ~= nil and not not_counted[layer.kind]
end

-- Nothing that carries the gradient past layers or holds its scale, nothing pretrained, nothing that is not known.
local function is_plain(experiment)
  if not experiment.plain then return false end
  for _, layer in ipairs(experiment.layers) do
    -- Self-normalising activations hold the scale by themselves.
    if layer.effective_activation == "selu" then return false end
  end
  return true
end

-- Returns how many weight layers the gradient passes on the shortest way from an output, for each layer by index.
local function distances(experiment)
  local is_output, distance = {}, {}
  for _, output in ipairs(experiment.outputs) do
    if output.layer then is_output[output.layer.index] = true end
  end
  for position = #experiment.layers, 1, -1 do
    local layer = experiment.layers[position]
    local shortest = (is_output[layer.index] or #layer.consumers == 0) and 0 or nil
    for _, consumer in ipairs(layer.consumers) do
      local behind = distance[consumer.index]
      if behind and (not shortest or behind < shortest) then shortest = behind end
    end
    if shortest and is_weight_layer(layer) then shortest = shortest + 1 end
    distance[layer.index] = shortest
  end
  return distance
end

-- What passes a signal on, and its gradient back, without holding its scale.
local passing = {
  activation = true, dropout = true, spatial_dropout = true, alpha_dropout = true, gaussian_dropout = true,
  flatten = true, reshape = true, permute = true, identity = true, zero_padding = true, up_sampling = true,
  max_pooling1d = true, max_pooling2d = true, max_pooling3d = true, average_pooling1d = true,
  average_pooling2d = true, average_pooling3d = true, global_max_pooling = true, global_average_pooling = true,
}

-- What ends a run, and has no weights of its own that the signal passes.
local ending = {
  batch_normalization = true, layer_normalization = true, group_normalization = true, rms_normalization = true, add = true,
  multiply = true, concatenate = true, average = true, input = true,
}

-- Returns the most weight layers in a row with nothing between or beside them, and the first of them: whatever the rest
-- of the network is, the gradient must pass them all.
local function longest_run(experiment)
  local run, first = {}, {}
  local longest, start = 0, nil
  for _, layer in ipairs(experiment.layers) do
    if not ending[layer.kind] then
      local passes = passing[layer.kind]
      local counts = not passes and not layer.bypassed and is_weight_layer(layer) and not layer.pretrained
      local before = (counts or (passes and start)) and #layer.inputs == 1 and layer.inputs[1].index or nil
      if counts and layer.effective_activation ~= "selu" then
        run[layer.index] = (run[before or 0] or 0) + 1
        first[layer.index] = first[before or 0] or layer
        if run[layer.index] > longest then longest, start = run[layer.index], first[layer.index] end
      elseif passes and run[before or 0] and layer.activation ~= "selu" then
        run[layer.index], first[layer.index] = run[before], first[before]
      end
    end
  end
  return longest, start
end

-- Whether all weights may come from an earlier training.
local function may_be_trained(experiment)
  if not experiment.fine_tuned then return false end
  for _, layer in ipairs(experiment.layers) do
    if layer.pretrained then return false end
  end
  return true
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
    if is_weight_layer(layer) and layer.head == false and keeps_shape(layer) then
      table.insert(changes, set(layer, "kind", "identity"))
      excess = excess - 1
    end
    if #layer.consumers ~= 1 then return nil end
    layer = layer.consumers[1]
  end
end

return {
  api = 1,
  id = "depth/plain-stack-too-deep",
  summary = "a plain stack deeper than what trains without skip connections or normalisation",
  severity = "warning",
  cause = 10,
  probe = "gradient_norm",
  untestable = "too few of the layers are as wide as what they take, so none can be taken out",

  options = {
    advised = {
      type = "integer", default = 8,
      help = "start with 3 to 8 layers and add depth only when that works; above it the finding is a hint",
    },
    limit = {
      type = "integer", default = 19,
      help = "VGG-19 has 19 weight layers and trains with care (Simonyan and Zisserman 2015); above it a plain "
        .. "network trains worse than a shallower one: 34 layers had a higher training error than 18 (He et al. "
        .. "2016), 20 fully connected layers a higher one than 10 (Srivastava et al. 2015)",
    },
  },

  docs = [[
## What it looks for
The number of weight layers that the gradient must pass on its shortest way from an output to the layer farthest from
it, in a network without skip connections and without normalisation layers. The shortest way counts, so parallel
branches and auxiliary outputs help, as they do in training. In other networks: more than 19 weight layers in one
unbroken row, such as a deep head behind a residual trunk.

## Why it is bad
Each layer multiplies the gradient by its weights and by the slope of its activation. Over many layers the product
shrinks or grows by orders of magnitude, and the first layers get a gradient that says little. The network then has a
higher error *on its training data* than a shallower one would have. Above 19 weight layers that is the rule
(*warning*); from 9 on it is the first thing to try where a network does not learn (*hint*).

## Example
24 dense layers in a row, ReLU after each.

## Use instead
3 to 8 layers first. Where depth helps: residual connections, batch or layer normalisation between the layers, or SELU
with LeCun initialisation.

## When to ignore it
Where the stack was built layer by layer, each trained before the next was added, or with an initialisation made for
depth (orthogonal with a tuned gain, zero-gain residuals). Layers with a skip connection around them, normalisation
between them, SELU or pretrained weights are never counted.

## References
- He et al. (2016): Deep residual learning for image recognition, figure 4.
- Srivastava, Greff and Schmidhuber (2015): Training very deep networks.
- Simonyan and Zisserman (2015): Very deep convolutional networks for large-scale image recognition.
- Klambauer et al. (2017): Self-normalizing neural networks.
]],

  check = function(experiment, report, options)
    if experiment.weight_depth <= options.advised then return end
    if not is_plain(experiment) then
      local longest, start = longest_run(experiment)
      if longest <= options.limit or may_be_trained(experiment) then return end
      report {
        at = start,
        message = ("%d weight layers follow each other from %q on without a skip connection or normalisation between "
          .. "them"):format(longest, start.name),
        help = ("start with 3 to %d layers, or add residual connections or normalisation between the layers"):format(
          options.advised),
        trial = shortened(start, longest, options.advised),
      }
      return
    end
    local distance = distances(experiment)
    local deepest, first = 0, nil
    for _, layer in ipairs(experiment.layers) do
      if is_weight_layer(layer) and distance[layer.index] > deepest then
        deepest, first = distance[layer.index], layer
      end
    end
    if deepest <= options.advised then return end
    report {
      at = first,
      severity = deepest > options.limit and "warning" or "hint",
      message = ("the gradient passes %d weight layers down to %q without a skip connection or normalisation on the "
        .. "way"):format(
        deepest, first.name),
      help = ("start with 3 to %d layers, or add residual connections or normalisation between the layers"):format(
        options.advised),
      trial = shortened(first, deepest, options.advised),
    }
  end,

  examples = {
    {
      -- 24 weight layers: warning.
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: 1️⃣dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
]],
    },
    {
      -- Ten weight layers: hint.
      bad = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 20]}},
      {"class_name": 1️⃣"Dense", "config": {"name": "d1", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d2", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d3", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d4", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d5", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d6", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d7", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d8", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d9", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]],
    },
    {
      -- A normalised trunk does not help the head behind it.
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64}
    - batch_normalization
    - {kind: activation, activation: relu}
    - {kind: 1️⃣dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
]],
    },
    {
      -- Twenty layers in a row, and a connection around them.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, name: stem, units: 64}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, name: end, units: 64}
    - {kind: add, from: [stem, end]}
    - {kind: dense, units: 1}
]],
    },
    {
      -- Normalisation between the layers holds the scale.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: batch_normalization}
    - {kind: dense, units: 64, activation: relu}
    - {kind: batch_normalization}
    - {kind: dense, units: 64, activation: relu}
    - {kind: batch_normalization}
    - {kind: dense, units: 64, activation: relu}
    - {kind: batch_normalization}
    - {kind: dense, units: 64, activation: relu}
    - {kind: batch_normalization}
    - {kind: dense, units: 64, activation: relu}
    - {kind: batch_normalization}
    - {kind: dense, units: 64, activation: relu}
    - {kind: batch_normalization}
    - {kind: dense, units: 64, activation: relu}
    - {kind: batch_normalization}
    - {kind: dense, units: 64, activation: relu}
    - {kind: batch_normalization}
    - {kind: dense, units: 64, activation: relu}
    - {kind: batch_normalization}
    - {kind: dense, units: 64, activation: relu}
    - {kind: batch_normalization}
    - {kind: dense, units: 1}
]],
    },
    {
      -- SELU normalises by itself.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: selu, init: lecun_normal}
    - {kind: dense, units: 64, activation: selu, init: lecun_normal}
    - {kind: dense, units: 64, activation: selu, init: lecun_normal}
    - {kind: dense, units: 64, activation: selu, init: lecun_normal}
    - {kind: dense, units: 64, activation: selu, init: lecun_normal}
    - {kind: dense, units: 64, activation: selu, init: lecun_normal}
    - {kind: dense, units: 64, activation: selu, init: lecun_normal}
    - {kind: dense, units: 64, activation: selu, init: lecun_normal}
    - {kind: dense, units: 64, activation: selu, init: lecun_normal}
    - {kind: dense, units: 64, activation: selu, init: lecun_normal}
    - {kind: dense, units: 64, activation: selu, init: lecun_normal}
    - {kind: dense, units: 64, activation: selu, init: lecun_normal}
    - {kind: dense, units: 1}
]],
    },
    {
      -- A skip connection carries the gradient past the layers.
      good = [==[
{
  "class_name": "Functional",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "name": "in", "config": {"name": "in", "batch_input_shape": [null, 64]}, "inbound_nodes": []},
      {"class_name": "Dense", "name": "d1", "config": {"name": "d1", "units": 64, "activation": "relu"}, "inbound_nodes": [[["in", 0, 0, {}]]]},
      {"class_name": "Dense", "name": "d2", "config": {"name": "d2", "units": 64, "activation": "relu"}, "inbound_nodes": [[["d1", 0, 0, {}]]]},
      {"class_name": "Dense", "name": "d3", "config": {"name": "d3", "units": 64, "activation": "relu"}, "inbound_nodes": [[["d2", 0, 0, {}]]]},
      {"class_name": "Dense", "name": "d4", "config": {"name": "d4", "units": 64, "activation": "relu"}, "inbound_nodes": [[["d3", 0, 0, {}]]]},
      {"class_name": "Dense", "name": "d5", "config": {"name": "d5", "units": 64, "activation": "relu"}, "inbound_nodes": [[["d4", 0, 0, {}]]]},
      {"class_name": "Dense", "name": "d6", "config": {"name": "d6", "units": 64, "activation": "relu"}, "inbound_nodes": [[["d5", 0, 0, {}]]]},
      {"class_name": "Dense", "name": "d7", "config": {"name": "d7", "units": 64, "activation": "relu"}, "inbound_nodes": [[["d6", 0, 0, {}]]]},
      {"class_name": "Dense", "name": "d8", "config": {"name": "d8", "units": 64, "activation": "relu"}, "inbound_nodes": [[["d7", 0, 0, {}]]]},
      {"class_name": "Dense", "name": "d9", "config": {"name": "d9", "units": 64, "activation": "relu"}, "inbound_nodes": [[["d8", 0, 0, {}]]]},
      {"class_name": "Dense", "name": "d10", "config": {"name": "d10", "units": 64, "activation": "relu"}, "inbound_nodes": [[["d9", 0, 0, {}]]]},
      {"class_name": "Add", "name": "sum", "config": {"name": "sum"}, "inbound_nodes": [[["in", 0, 0, {}], ["d10", 0, 0, {}]]]},
      {"class_name": "Dense", "name": "out", "config": {"name": "out", "units": 1}, "inbound_nodes": [[["sum", 0, 0, {}]]]}
    ],
    "input_layers": [["in", 0, 0]],
    "output_layers": [["out", 0, 0]]
  }
}
]==],
    },
    {
      -- Eight layers are what the advice allows.
      good = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 32, 32, 3]}},
      {"class_name": "Conv2D", "config": {"name": "c1", "filters": 32, "kernel_size": [3, 3], "padding": "same", "activation": "relu"}},
      {"class_name": "Conv2D", "config": {"name": "c2", "filters": 32, "kernel_size": [3, 3], "padding": "same", "activation": "relu"}},
      {"class_name": "Conv2D", "config": {"name": "c3", "filters": 32, "kernel_size": [3, 3], "padding": "same", "activation": "relu"}},
      {"class_name": "Conv2D", "config": {"name": "c4", "filters": 32, "kernel_size": [3, 3], "padding": "same", "activation": "relu"}},
      {"class_name": "Conv2D", "config": {"name": "c5", "filters": 32, "kernel_size": [3, 3], "padding": "same", "activation": "relu"}},
      {"class_name": "Conv2D", "config": {"name": "c6", "filters": 32, "kernel_size": [3, 3], "padding": "same", "activation": "relu"}},
      {"class_name": "Flatten", "config": {"name": "flat"}},
      {"class_name": "Dense", "config": {"name": "d1", "units": 128, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10, "activation": "softmax"}}
    ]
  }
}
]],
    },
    {
      -- What an unknown layer does inside is not known.
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
      {"class_name": "Dense", "config": {"name": "d6", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d7", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d8", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d9", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d10", "units": 64, "activation": "relu"}},
      {"class_name": "MyResidualWrapper", "config": {"name": "custom"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]],
    },
  },
}
