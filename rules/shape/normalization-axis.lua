-- A batch normalisation of rows or columns instead of channels.

local normalizations = { batch_normalization = true, group_normalization = true }

-- Layers that say where the channels of their output are.
local spatial = {
  conv2d = true, conv3d = true, conv_transpose_2d = true, conv_transpose_3d = true, depthwise_conv2d = true,
  separable_conv2d = true, max_pooling2d = true, max_pooling3d = true, average_pooling2d = true,
  average_pooling3d = true, up_sampling = true, zero_padding = true, cropping = true,
}
local passing = {
  activation = true, batch_normalization = true, dropout = true, spatial_dropout = true, gaussian_dropout = true,
  gaussian_noise = true, identity = true,
}

local function earlier_layer(layer)
  for _ = 1, 20 do
    if #layer.inputs ~= 1 then return nil end
    layer = layer.inputs[1]
    if spatial[layer.kind] then return layer end
    if not passing[layer.kind] then return nil end
  end
end

local function has_channels_first(experiment)
  for _, layer in ipairs(experiment.layers) do
    if spatial[layer.kind] and layer.data_format == "channels_first" then return true end
  end
  return false
end

return {
  api = 1,
  id = "shape/normalization-axis",
  summary = "a normalisation along rows or columns where the channels are meant",
  severity = "warning",
  probe = "gradient_norm",
  kinds = { "batch_normalization", "group_normalization" },

  docs = [[
## What it looks for
A batch or group normalisation behind a convolution or pooling over images whose `axis` is not that of the channels: the
last one (Keras' default) behind layers with `channels_first`, or 1 behind layers with `channels_last`.

## Why it is bad
Each column (or row) of the image is then brought to mean 0 and deviation 1 by itself, over all channels together: what
tells left from right is lost, and channels of different scales stay so. Nothing crashes, and the parameter count is the
only thing that looks odd.

## Example
`Conv2D(32, 3, data_format="channels_first")`, `BatchNormalization()`.

## Use instead
`axis=1` with `channels_first`, `axis=-1` with `channels_last`.

## When to ignore it
Where positions are to be normalised on purpose.

## References
- Keras documentation: `BatchNormalization`, argument `axis`.
- Ioffe and Szegedy (2015): Batch normalization, section 3.2: one mean and variance for each feature map.
]],

  check = function(experiment, report)
    -- The last axis, as in nearly all networks, can be wrong only where some channels come first.
    local is_last_right = not has_channels_first(experiment)
    for _, layer in ipairs(experiment.layers) do
      local axes = normalizations[layer.kind] and layer.axes or nil
      local is_told = #axes == 1 and not (is_last_right and axes[1] == -1)
      local rank = is_told and #layer.input_shape or 0
      if rank >= 3 and not layer.time_distributed then
        local axis = axes[1]
        if axis < 0 then axis = rank + 1 + axis end
        local earlier = earlier_layer(layer)
        -- Old Keras files leave it to the machine.
        local format = earlier.data_format or (experiment.dialect ~= "keras" and "channels_last" or nil)
        local wanted = format == "channels_first" and 1 or rank
        if earlier and format and not earlier.time_distributed and axis ~= wanted then
          report {
            at = { layer, "axes" },
            message = ("%q normalises along axis %d, but the channels of %q are axis %d"):format(
              layer.name, axis, earlier.name, wanted),
            help = ('set "axis" to %d'):format(wanted),
            related = { {
              at = earlier.data_format and { earlier, "data_format" } or earlier,
              message = ("%q has its channels %s"):format(earlier.name, format == "channels_first" and "first" or "last"),
            } },
            trial = set(layer, "axes", { wanted }),
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
        "data_format": "channels_first", "activation": "linear"}},
      {"class_name": "BatchNormalization", "config": {"name": "bn", "axis": 1️⃣[3]}},
      {"class_name": "Activation", "config": {"name": "a1", "activation": "relu"}},
      {"class_name": "Flatten", "config": {"name": "flat"}},
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
    - {kind: conv2d, filters: 16, kernel_size: 3}
    - {kind: batch_normalization, axes: 1️⃣1}
    - {kind: activation, activation: relu}
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
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 3, 32, 32]}},
      {"class_name": "Conv2D", "config": {"name": "c1", "filters": 32, "kernel_size": [3, 3],
        "data_format": "channels_first", "activation": "linear"}},
      {"class_name": "BatchNormalization", "config": {"name": "bn", "axis": [1]}},
      {"class_name": "Activation", "config": {"name": "a1", "activation": "relu"}},
      {"class_name": "Flatten", "config": {"name": "flat"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10, "activation": "softmax"}}
    ]
  }
}
]==],
    },
    {
      -- The default axis behind layers with their channels last; sequences and flat features have no rows.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [32, 32, 3]}
    - {kind: conv2d, filters: 16, kernel_size: 3}
    - {kind: batch_normalization, axes: -1}
    - {kind: activation, activation: relu}
    - flatten
    - {kind: dense, units: 64}
    - {kind: batch_normalization, axes: 1}
    - {kind: activation, activation: relu}
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
  },
}
