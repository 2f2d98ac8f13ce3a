-- Two layers in a row that do not agree where the channels are.

-- Layers that have a data format, as far as they are common.
local spatial = {
  conv1d = true, conv2d = true, conv3d = true, conv_transpose_1d = true, conv_transpose_2d = true,
  conv_transpose_3d = true, depthwise_conv1d = true, depthwise_conv2d = true, separable_conv1d = true,
  separable_conv2d = true, max_pooling1d = true, max_pooling2d = true, max_pooling3d = true, average_pooling1d = true,
  average_pooling2d = true, average_pooling3d = true, global_max_pooling = true, global_average_pooling = true,
  up_sampling = true, zero_padding = true, cropping = true,
}

-- Layers that leave the axes where they are.
local passing = {
  activation = true, batch_normalization = true, group_normalization = true, layer_normalization = true,
  dropout = true, spatial_dropout = true, gaussian_dropout = true, gaussian_noise = true, alpha_dropout = true,
  identity = true, activity_regularization = true,
}

-- The layer with a data format that the layer's input comes from with its axes as they were.
local function earlier_layer(layer)
  for _ = 1, 20 do
    if #layer.inputs ~= 1 then return nil end
    layer = layer.inputs[1]
    if spatial[layer.kind] then return layer.data_format and layer or nil end
    if not passing[layer.kind] then return nil end
  end
end

local function has_both_formats(experiment)
  local first
  for _, layer in ipairs(experiment.layers) do
    local format = spatial[layer.kind] and layer.data_format or nil
    if format and first and format ~= first then return true end
    first = first or format
  end
  return false
end

return {
  api = 1,
  id = "shape/mixed-data-format",
  summary = "two layers in a row of which one has its channels first and the other last",
  severity = "warning",
  untestable = "what the axes mean is not in the file",
  needs = { "layers.data_format" },

  docs = [[
## What it looks for
A convolution, pooling, padding or up-sampling layer with another `data_format` than the one before it, where nothing
between them moves the axes.

## Why it is bad
The second layer takes the height of an image for its channels. Nothing crashes as long as the sizes are large enough,
and the features are a mixture of rows. A global pooling with the wrong format averages over channels and columns and
keeps one value for each row.

## Example
`Conv2D(32, 3, data_format="channels_first")`, `GlobalAveragePooling2D()`.

## Use instead
One format for all layers, or a `Permute` between the two.

## When to ignore it
Where an operation that is not in the file moves the axes.

## References
- Keras documentation: `keras.config.set_image_data_format`, and the argument `data_format`.
]],

  check = function(experiment, report)
    if not has_both_formats(experiment) then return end
    for _, layer in ipairs(experiment.layers) do
      if spatial[layer.kind] and layer.data_format and not layer.shared then
        local earlier = earlier_layer(layer)
        if earlier and earlier.data_format ~= layer.data_format then
          report {
            at = { layer, "data_format" },
            message = ("%q wants its channels %s, but %q gives them %s"):format(
              layer.name, layer.data_format == "channels_first" and "first" or "last", earlier.name,
              earlier.data_format == "channels_first" and "first" or "last"),
            help = ("use %q in both, or put a permute between them"):format(earlier.data_format),
            related = { { at = { earlier, "data_format" }, message = ("%q is here"):format(earlier.name) } },
            fix = set(layer, "data_format", earlier.data_format),
            -- The other layer may be the one that is wrong.
            safe = false,
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
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 3, 32, 32]}},
      {"class_name": "Conv2D", "config": {"name": "c1", "filters": 32, "kernel_size": [3, 3],
        "data_format": "channels_first", "activation": "relu"}},
      {"class_name": "GlobalAveragePooling2D", "config": {"name": "pool", "data_format": 1️⃣"channels_last"}},
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
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 3, 32, 32]}},
      {"class_name": "Conv2D", "config": {"name": "c1", "filters": 32, "kernel_size": [3, 3],
        "data_format": "channels_first", "activation": "relu"}},
      {"class_name": "GlobalAveragePooling2D", "config": {"name": "pool", "data_format": "channels_first"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10, "activation": "softmax"}}
    ]
  }
}
]==],
    },
    {
      bad = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [32, 32, 3]}
    - {kind: conv2d, filters: 16, kernel_size: 3, data_format: channels_last, activation: relu}
    - {kind: dropout, rate: 0.1}
    - {kind: conv2d, filters: 16, kernel_size: 3, data_format: 1️⃣channels_first, activation: relu}
    - flatten
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
    {
      -- A permutation between the two.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [32, 32, 3]}
    - {kind: conv2d, filters: 16, kernel_size: 3, data_format: channels_last, activation: relu}
    - {kind: permute, dims: [3, 1, 2]}
    - {kind: conv2d, filters: 16, kernel_size: 3, data_format: channels_first, activation: relu}
    - flatten
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
    {
      good = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 32, 32, 3]}},
      {"class_name": "Conv2D", "config": {"name": "c1", "filters": 32, "kernel_size": [3, 3],
        "data_format": "channels_last", "activation": "relu"}},
      {"class_name": "GlobalAveragePooling2D", "config": {"name": "pool", "data_format": "channels_last"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10, "activation": "softmax"}}
    ]
  }
}
]==],
    },
  },
}
