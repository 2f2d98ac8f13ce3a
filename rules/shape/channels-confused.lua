-- Images whose channels stand where the layer looks for height.

local kinds = {
  "conv2d", "depthwise_conv2d", "separable_conv2d", "max_pooling2d", "average_pooling2d", "zero_padding", "conv_lstm2d",
}
local first_layers = {}
for _, kind in ipairs(kinds) do first_layers[kind] = true end
local passing = {
  rescaling = true, normalization = true, augmentation = true, batch_normalization = true, gaussian_noise = true,
  dropout = true, identity = true,
}

-- Calls `visit` for each layer that takes the images of a layer as they are.
local function visit_takers(layer, visit, depth)
  for _, consumer in ipairs(layer.consumers) do
    if first_layers[consumer.kind] then
      visit(consumer)
    elseif passing[consumer.kind] and depth < 10 then
      visit_takers(consumer, visit, depth + 1)
    end
  end
end

-- Whether the sizes can only be those of square images with the channels at the other end.
local function is_turned(shape, format)
  local channels, height, width = shape[1], shape[2], shape[3]
  if format == "channels_first" then channels, height, width = shape[3], shape[1], shape[2] end
  return one_of(channels, { 1, 3, 4 }) and height and height == width and height >= 16
end

return {
  api = 1,
  id = "shape/channels-confused",
  summary = "images with their channels first where the layers want them last, or the reverse",
  severity = "warning",
  untestable = "what the axes of the images mean is not in the file",
  kinds = kinds,

  docs = [[
## What it looks for
An input of square images with 1, 3 or 4 channels at one end of the shape, and a first layer that looks for the channels
at the other end: `(3, 224, 224)` under `channels_last`, `(224, 224, 3)` under `channels_first`.

## Why it is bad
The network is built without a word: it slides its windows over 3 rows and 224 columns of pictures that have 224
channels. It mixes columns that have nothing to do with each other and shrinks the axis of 3 to nothing. Data that come
from PyTorch have their channels first, those of Keras, Pillow and TensorFlow last.

## Example
```yaml
layers:
  - {kind: input, shape: [3, 224, 224]}
  - {kind: conv2d, filters: 32, kernel_size: 3, padding: same}
```

## Use instead
The shape in the order of the layers, and data in that order; or `data_format: channels_first` in all layers.

## When to ignore it
Where the first axis is no channel: three sensors of 224 steps with 224 features each.

## References
- Keras documentation: `keras.config.image_data_format`; `Conv2D`, "Input shape".
]],

  check = function(experiment, report)
    for _, start in ipairs(experiment.inputs) do
      local input, is_told = start.layer, false
      visit_takers(input, function(layer)
        local shape = layer.input_shape
        -- Old Keras files leave it to the machine.
        local format = layer.data_format or (experiment.dialect ~= "keras" and "channels_last" or nil)
        local applies = #shape == 3 and format and not layer.time_distributed
        if applies and not is_told and is_turned(shape, format) then
          is_told = true
          local is_last = format == "channels_last"
          local height, width, channels = shape[1], shape[2], shape[3]
          if not is_last then channels, height, width = shape[1], shape[2], shape[3] end
          report {
            at = { input, "shape" },
            message = ("%q takes the images of %q for %d rows and %d columns with %d channels"):format(
              layer.name, input.name, height, width, channels),
            help = is_last
              and ('give the images as (%d, %d, %d), or set "data_format" to "channels_first"'):format(
                shape[2], shape[3], shape[1])
              or ('give the images as (%d, %d, %d), or set "data_format" to "channels_last"'):format(
                shape[3], shape[1], shape[2]),
            related = { { at = layer, message = ("it wants %s"):format(format) } },
          }
        end
      end, 0)
    end
  end,

  examples = {
    {
      bad = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: 1️⃣[3, 224, 224]}
    - {kind: conv2d, filters: 32, kernel_size: 3, padding: same, activation: relu}
    - global_average_pooling
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
    {
      bad = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": 1️⃣[null, 84, 84, 4]}},
      {"class_name": "Conv2D", "config": {"name": "c1", "filters": 32, "kernel_size": [3, 3], "padding": "same",
        "data_format": "channels_first", "activation": "relu"}},
      {"class_name": "Flatten", "config": {"name": "flat"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 4, "activation": "linear"}}
    ]
  }
}
]==],
    },
    {
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [3, 224, 224]}
    - {kind: conv2d, filters: 32, kernel_size: 3, padding: same, activation: relu, data_format: channels_first}
    - {kind: global_average_pooling, data_format: channels_first}
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
    {
      -- One channel of a strip of 4 electrodes, and images of any size.
      good = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 4, 512, 1]}},
      {"class_name": "Conv2D", "config": {"name": "c1", "filters": 8, "kernel_size": [1, 64], "padding": "same",
        "data_format": "channels_last", "activation": "relu"}},
      {"class_name": "Flatten", "config": {"name": "flat"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 4, "activation": "softmax"}}
    ]
  }
}
]==],
    },
    {
      -- A file of Keras 1 that leaves the order to the machine it runs on.
      good = [==[
{
  "class_name": "Sequential",
  "config": [
    {"class_name": "Convolution2D", "config": {"name": "c1", "nb_filter": 32, "nb_row": 3, "nb_col": 3,
      "border_mode": "same", "activation": "relu", "dim_ordering": "default", "batch_input_shape": [null, 3, 32, 32]}},
    {"class_name": "Flatten", "config": {"name": "flat"}},
    {"class_name": "Dense", "config": {"name": "out", "output_dim": 10, "activation": "softmax"}}
  ]
}
]==],
    },
    {
      -- A permutation puts the channels last.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [3, 64, 64]}
    - {kind: permute, dims: [2, 3, 1]}
    - {kind: conv2d, filters: 32, kernel_size: 3, padding: same, activation: relu}
    - global_average_pooling
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
  },
}
