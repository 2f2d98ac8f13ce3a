-- A convolution whose sums go straight into the next weights. Pairs of dense layers: depth/linear-stack.

local convolutions = { "conv1d", "conv2d", "conv3d", "conv_transpose_1d", "conv_transpose_2d", "conv_transpose_3d" }

-- Layers that keep a linear map linear.
local linear_kinds = {
  dropout = true, spatial_dropout = true, gaussian_dropout = true, gaussian_noise = true,
  activity_regularization = true, identity = true, flatten = true, reshape = true, permute = true, cropping = true,
  zero_padding = true, up_sampling = true, average_pooling1d = true, average_pooling2d = true, average_pooling3d = true,
  global_average_pooling = true,
}

local function is_linear(layer)
  return linear_kinds[layer.kind] or (layer.kind == "activation" and layer.activation == "linear")
end

-- The convolution or dense layer that takes this one's sums as they are.
local function next_weights(layer)
  for _ = 1, 20 do
    if #layer.consumers ~= 1 then return nil end
    layer = layer.consumers[1]
    if #layer.inputs ~= 1 then return nil end
    if layer.kind == "dense" or one_of(layer.kind, convolutions) then return layer end
    if not is_linear(layer) then return nil end
  end
end

-- Returns whether the kernel is a factor of a larger one along some axis: 1x1, 1x7, 7x1.
local function is_thin(layer)
  local size = layer.kernel_size
  if not size then return layer.kind ~= "dense" end
  for _, width in ipairs(size) do
    if width == 1 then return true end
  end
  return false
end

-- Whether two layers factor one kernel: a thin one among them, or fewer filters than on either side.
local function is_factor(layer, after)
  if is_thin(layer) or is_thin(after) then return true end
  local channels = layer.input_shape[#layer.input_shape]
  local units = after.filters or after.units
  return layer.filters < units and (channels == nil or channels == false or layer.filters < channels)
end

-- Whether the whole network is one linear map; nil-safe only behind `has_skips == false`, where all layers are known.
local function is_linear_network(experiment)
  for _, layer in ipairs(experiment.layers) do
    local has_weights = layer.kind == "dense" or one_of(layer.kind, convolutions)
    if has_weights and not layer.head and layer.activation ~= "linear" then return false end
    if not has_weights and not is_linear(layer)
        and not one_of(layer.kind, { "input", "rescaling", "normalization" }) then
      -- An activation behind the head is the output's own.
      if not (layer.kind == "activation" and #layer.consumers == 0) then return false end
    end
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
  id = "gradients/linear-convolutions",
  summary = "a convolution without an activation before the next weights, which are together one linear map",
  severity = "warning",
  cause = 8,
  probe = "steps_to_half",
  kinds = convolutions,

  docs = [[
## What it looks for
A convolution without an activation that feeds another convolution or a dense layer, with nothing between but dropout,
padding, average pooling or reshaping. For networks without skip connections and normalisation only. Not reported:
factors of one kernel (1x1 beside 3x3, 1x7 beside 7x1, depthwise beside pointwise, fewer filters than on both sides).

## Why it is bad
Two convolutions in a row are one convolution with a larger kernel: the second adds parameters and work, but nothing
that the network can say. Where no layer has an activation, the whole network is a linear model of the pixels
(*warning*). Most often the activation was forgotten: Keras' `Conv2D` has none unless told. One such pair inside a
network that has activations elsewhere is a *hint*.

## Example
`Conv2D(32, 3)`, `Conv2D(64, 3)`, `Flatten()`, `Dense(10)`.

## Use instead
`relu` behind each convolution, or behind the normalisation that follows it.

## When to ignore it
Where the factorisation is meant.

## References
- Goodfellow, Bengio and Courville (2016): Deep learning, sections 6.1 and 9.3.
- Szegedy et al. (2016): Rethinking the Inception architecture for computer vision, section 2.2: a linear activation
  between two factors was always inferior to ReLU.
]],

  check = function(experiment, report)
    if experiment.has_skips ~= false or experiment.has_normalization ~= false or experiment.fine_tuned then return end
    local all_linear, is_told = nil, nil
    for _, layer in ipairs(experiment.layers) do
      if layer.activation == "linear" and one_of(layer.kind, convolutions) and layer.head == false
          and not layer.pretrained then
        local after = next_weights(layer)
        if after and not is_factor(layer, after) then
          if all_linear == nil then
            all_linear = is_linear_network(experiment)
            is_told = not all_linear and is_told_as_a_whole(experiment)
          end
          if is_told then return end
          report {
            at = { layer, "activation" },
            once = true,
            severity = not all_linear and "hint" or nil,
            message = all_linear
              and ("%q has no activation, and no other layer has one: all of them are one linear layer"):format(layer.name)
              or ("%q has no activation, so that it and %q are together one linear layer"):format(layer.name, after.name),
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
      bad = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 28, 28, 1]}},
      {"class_name": "Conv2D", "config": {"name": "c1", "filters": 32, "kernel_size": [3, 3], "activation": 1️⃣"linear"}},
      {"class_name": "Conv2D", "config": {"name": "c2", "filters": 64, "kernel_size": [3, 3], "activation": 1️⃣"linear"}},
      {"class_name": "Flatten", "config": {"name": "flat"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10, "activation": "softmax"}}
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
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 28, 28, 1]}},
      {"class_name": "Conv2D", "config": {"name": "c1", "filters": 32, "kernel_size": [3, 3], "activation": "relu"}},
      {"class_name": "Conv2D", "config": {"name": "c2", "filters": 64, "kernel_size": [3, 3], "activation": "relu"}},
      {"class_name": "Flatten", "config": {"name": "flat"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10, "activation": "softmax"}}
    ]
  }
}
]==],
    },
    {
      -- One activation forgotten: hint.
      bad = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - {kind: conv2d, filters: 32, kernel_size: 3, activation: relu}
    - {kind: 1️⃣conv2d, filters: 64, kernel_size: 3}
    - {kind: average_pooling2d}
    - flatten
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
    {
      -- Max pooling is not linear.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - {kind: conv2d, filters: 32, kernel_size: 3}
    - {kind: max_pooling2d}
    - {kind: conv2d, filters: 64, kernel_size: 3, activation: relu}
    - flatten
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
    {
      -- Normalisation and activation behind the convolution.
      good = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 28, 28, 1]}},
      {"class_name": "Conv2D", "config": {"name": "c1", "filters": 32, "kernel_size": [3, 3], "activation": "linear"}},
      {"class_name": "BatchNormalization", "config": {"name": "bn", "axis": [3]}},
      {"class_name": "Activation", "config": {"name": "a1", "activation": "relu"}},
      {"class_name": "Conv2D", "config": {"name": "c2", "filters": 64, "kernel_size": [3, 3], "activation": "relu"}},
      {"class_name": "Flatten", "config": {"name": "flat"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10, "activation": "softmax"}}
    ]
  }
}
]==],
    },
    {
      -- Depthwise and pointwise, 1x7 and 7x1, and a bottleneck: factors of one kernel.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [28, 28, 3]}
    - {kind: depthwise_conv2d, kernel_size: 3}
    - {kind: conv2d, filters: 32, kernel_size: 1, activation: relu}
    - {kind: conv2d, filters: 32, kernel_size: [1, 7]}
    - {kind: conv2d, filters: 32, kernel_size: [7, 1], activation: relu}
    - {kind: conv2d, filters: 8, kernel_size: 3}
    - {kind: conv2d, filters: 64, kernel_size: 3, activation: relu}
    - {kind: global_average_pooling}
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
    {
      -- The last convolution gives the output.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [32, 32, 3]}
    - {kind: conv2d, filters: 32, kernel_size: 3, padding: same, activation: relu}
    - {kind: conv2d, filters: 3, kernel_size: 3, padding: same}
training: {loss: mse}
]==],
    },
  },
}
