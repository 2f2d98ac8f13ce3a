-- A network of several layers in which nothing bends. Where all layers are linear: depth/linear-stack and
-- gradients/linear-convolutions.

local weighted = {
  dense = true, einsum_dense = true, conv1d = true, conv2d = true, conv3d = true, conv_transpose_1d = true,
  conv_transpose_2d = true, conv_transpose_3d = true, separable_conv1d = true, separable_conv2d = true,
  depthwise_conv1d = true, depthwise_conv2d = true,
}

-- Layers that are no activation: linear ones, and those that select, normalise or look up.
local straight = {
  input = true, embedding = true, dropout = true, spatial_dropout = true, alpha_dropout = true, gaussian_dropout = true,
  gaussian_noise = true, activity_regularization = true, stochastic_depth = true, identity = true, masking = true,
  flatten = true, reshape = true, permute = true, cropping = true, center_crop = true, zero_padding = true,
  up_sampling = true, repeat_vector = true, resizing = true, rescaling = true, normalization = true,
  augmentation = true, batch_normalization = true, layer_normalization = true, group_normalization = true,
  rms_normalization = true, layer_scale = true, add = true, subtract = true, average = true, concatenate = true,
  category_encoding = true, integer_lookup = true, string_lookup = true, hashing = true, discretization = true,
  text_vectorization = true, max_pooling1d = true, max_pooling2d = true, max_pooling3d = true, average_pooling1d = true,
  average_pooling2d = true, average_pooling3d = true, global_max_pooling = true, global_average_pooling = true,
  adaptive_pooling = true, sequence_pooling = true,
}

-- Of these, what a network of dense or convolution layers can have and still be one linear map, as the rules of single
-- layers see it.
local bending = {
  batch_normalization = true, layer_normalization = true, group_normalization = true, rms_normalization = true,
  layer_scale = true, add = true, subtract = true, average = true, concatenate = true, max_pooling1d = true,
  max_pooling2d = true, max_pooling3d = true, global_max_pooling = true, embedding = true, sequence_pooling = true,
  category_encoding = true,
}

-- Returns the hidden layers with weights, if none of them and nothing between has an activation; nil where one has, or
-- where something is not known.
local function linear_layers(experiment)
  local leads, hidden, bends = {}, {}, false
  for position = #experiment.layers, 1, -1 do
    local layer = experiment.layers[position]
    for _, consumer in ipairs(layer.consumers) do
      if consumer.head ~= nil or leads[consumer.index] then leads[layer.index] = true end
    end
    if layer.pretrained then return nil end
    if weighted[layer.kind] then
      if leads[layer.index] then
        if layer.activation ~= "linear" then return nil end
        if not layer.shared then table.insert(hidden, 1, layer) end
      end
    elseif layer.kind == "activation" then
      if leads[layer.index] and layer.activation ~= "linear" then return nil end
    elseif not straight[layer.kind] then
      return nil
    end
    bends = bends or bending[layer.kind]
  end
  return hidden, bends
end

return {
  api = 1,
  id = "gradients/no-activation",
  summary = "a network of several layers without an activation in any of them",
  severity = "warning",
  cause = 8,
  probe = "steps_to_half",
  needs = { "layers.activation" },

  options = {
    least_layers = {
      type = "integer", default = 2,
      help = "the fewest hidden layers that are reported; one alone may be a projection or a factor of a low-rank matrix",
    },
  },

  docs = [[
## What it looks for
Two or more hidden dense or convolution layers of which none has an activation, in a network that has none elsewhere
either. Normalisation, skip connections, max pooling and embeddings do not count as one. Networks that are one linear map
from end to end are told by `depth/linear-stack` and `gradients/linear-convolutions`.

## Why it is bad
Each layer passes its sums on as they are. Layers in a row, whatever normalises or adds them, are then little more than
one linear layer: the network cannot learn what a linear model cannot, however deep it is. Most often the activation was
forgotten or lost: Keras' layers have none unless told.

## Example
`Dense(64)`, `BatchNormalization()`, `Dense(64)`, `BatchNormalization()`, `Dense(1)`.

## Use instead
`relu` in the hidden layers, or behind the normalisation that follows each.

## When to ignore it
Where a linear model is meant.

## References
- Goodfellow, Bengio and Courville (2016): Deep learning, section 6.1.
]],

  check = function(experiment, report, options)
    if experiment.fine_tuned then return end
    local hidden, bends = linear_layers(experiment)
    if not hidden or not bends or #hidden < options.least_layers then return end
    local fixes = {}
    for _, layer in ipairs(hidden) do
      if not one_of(layer.kind, { "depthwise_conv1d", "depthwise_conv2d" }) then
        table.insert(fixes, set(layer, "activation", "relu"))
      end
    end
    report {
      at = { hidden[1], "activation" },
      message = ("none of the %d hidden layers from %q on has an activation, so the network is little more than a linear model")
        :format(#hidden, hidden[1].name),
      help = 'give the hidden layers an activation such as "relu"',
      fix = fixes,
      safe = false,
      confirm = #fixes > 0,
    }
  end,

  examples = {
    {
      bad = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 20]}},
      {"class_name": "Dense", "config": {"name": "d1", "units": 64, "activation": 1️⃣"linear"}},
      {"class_name": "BatchNormalization", "config": {"name": "b1", "axis": [1]}},
      {"class_name": "Dense", "config": {"name": "d2", "units": 64, "activation": "linear"}},
      {"class_name": "BatchNormalization", "config": {"name": "b2", "axis": [1]}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]==],
      fixed = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 20]}},
      {"class_name": "Dense", "config": {"name": "d1", "units": 64, "activation": "relu"}},
      {"class_name": "BatchNormalization", "config": {"name": "b1", "axis": [1]}},
      {"class_name": "Dense", "config": {"name": "d2", "units": 64, "activation": "relu"}},
      {"class_name": "BatchNormalization", "config": {"name": "b2", "axis": [1]}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]==],
    },
    {
      -- Max pooling alone makes no network.
      bad = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - {kind: 1️⃣conv2d, filters: 16, kernel_size: 3}
    - max_pooling2d
    - {kind: conv2d, filters: 32, kernel_size: 3}
    - max_pooling2d
    - flatten
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
    {
      bad = [==[
input_features:
  - {name: age, type: number}
  - {name: town, type: category}
output_features:
  - {name: price, type: number}
combiner: {type: concat, num_fc_layers: 2, output_size: 64, activation: 1️⃣null}
]==],
    },
    {
      -- The activation stands behind the normalisation.
      good = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 20]}},
      {"class_name": "Dense", "config": {"name": "d1", "units": 64, "activation": "linear"}},
      {"class_name": "BatchNormalization", "config": {"name": "b1", "axis": [1]}},
      {"class_name": "Activation", "config": {"name": "a1", "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d2", "units": 64, "activation": "linear"}},
      {"class_name": "BatchNormalization", "config": {"name": "b2", "axis": [1]}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]==],
    },
    {
      -- A forecast from a trend and what is left of it: two linear heads, as in DLinear.
      good = [==[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, name: in, shape: [96]}
    - {kind: input, name: smooth, shape: [96]}
    - {kind: subtract, name: rest, from: [in, smooth]}
    - {kind: dense, name: trend, units: 24, from: smooth}
    - {kind: dense, name: season, units: 24, from: rest}
    - {kind: add, name: forecast, from: [trend, season]}
]==],
    },
    {
      -- A recurrent layer has activations of its own.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20, 8]}
    - {kind: dense, units: 16}
    - layer_normalization
    - {kind: lstm, units: 32}
    - {kind: dense, units: 16}
    - {kind: dense, units: 1}
]==],
    },
    {
      -- Factors of a product: what is multiplied is not linear.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, name: in, shape: [20]}
    - {kind: dense, name: left, units: 16, from: in}
    - {kind: dense, name: right, units: 16, from: in}
    - {kind: batch_normalization, name: scaled, from: right}
    - {kind: multiply, name: product, from: [left, scaled]}
    - {kind: dense, name: out, units: 1, from: product}
]==],
    },
    {
      -- One projection behind an embedding.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [50]}
    - {kind: embedding, vocabulary_size: 1000, output_dim: 64}
    - sequence_pooling
    - {kind: dense, units: 32}
    - {kind: dense, units: 5, activation: softmax}
]==],
    },
  },
}
