-- Pixels from 0 to 255 that reach the first weight layer so.

local function set_of(names)
  local set = {}
  for _, name in ipairs(names) do set[name] = true end
  return set
end

-- Layers that hand pixels on at the scale they came in.
local passing = set_of {
  "flatten", "reshape", "permute", "cropping", "center_crop", "zero_padding", "resizing", "up_sampling", "dropout",
  "spatial_dropout", "gaussian_noise", "identity", "augmentation", "max_pooling2d", "average_pooling2d",
}

local weighing = set_of { "dense", "conv2d", "depthwise_conv2d", "separable_conv2d", "conv_lstm2d" }

local blind = set_of { "batch_normalization", "layer_normalization", "group_normalization", "rms_normalization" }

local function is_settled_behind(layer)
  local next = layer.consumers[1]
  return #layer.consumers == 1 and next and blind[next.kind] and (layer.activation or "linear") == "linear"
end

-- The first weight layer that gets the pixels as they came in; nil where something may have scaled them.
local function raw_taker(input)
  local queue, taker = { input }, nil
  for position = 1, 64 do
    for _, layer in ipairs(queue[position] and queue[position].consumers) do
      if passing[layer.kind] then
        queue[#queue + 1] = layer
      elseif not weighing[layer.kind] or is_settled_behind(layer) or layer.pretrained or layer.trainable == false
          or string.find(layer.name, "block1_conv1", 1, true) then
        -- "block1_conv1" is VGG's first layer, which Keras's weights take unscaled.
        return nil
      else
        taker = taker or layer
      end
    end
  end
  return taker
end

local function is_image(input)
  local shape = input.shape
  local function counts_colours(axis) return axis == 1 or axis == 3 or axis == 4 end
  return input.type == "image" or (#shape == 3 and (counts_colours(shape[3]) or counts_colours(shape[1])))
end

return {
  api = 1,
  id = "normalization/raw-pixels",
  summary = "pixels from 0 to 255 that nothing rescales",
  severity = "warning",
  cause = 1,
  probe = "initial_loss",
  needs = { "data.inputs|inputs.dtype" },
  kinds = { "conv2d", "depthwise_conv2d", "separable_conv2d", "conv_lstm2d", "flatten", "reshape" },
  options = {
    largest = {
      type = "number", default = 200,
      help = "from this largest value on a range that starts at 0 is one of bytes; "
        .. "pictures may not use the last of 255",
    },
  },
  docs = [[
## What it looks for

Images that are known to hold bytes, by their stated range from 0 to 255 or by an input of type `uint8`, and that
reach the first convolution or dense layer without a rescaling or normalisation. A batch normalisation right behind
that layer takes the scale out again and counts as one. Where the range is not known nothing is said: most people
rescale in code.

Ludwig divides pixels by 255 by itself.

## Why it is bad

Pixels have a mean near 120 and a deviation near 60, where the initial weights expect 0 and 1: the first sums, and the
gradients of the first weights, are a hundred times too large. The loss starts in the hundreds, ReLU units die in the
first steps, and with SGD the loss is soon NaN. Since all pixels are positive, the gradients of all weights of a unit
have one sign, so that they can only move together.

## Example

```python
Sequential([Input((64, 64, 3), dtype="uint8"), Conv2D(32, 3, activation="relu"), ...])
```

## Use instead

`Rescaling(1 / 127.5, offset=-1)` as the first layer, which gives -1 to 1, or `Rescaling(1 / 255)`; or a
`Normalization` layer adapted to the training images. A pretrained network wants the preprocessing it was trained
with.

## When to ignore it

When the images are rescaled before they get to the network: state `normalization: rescaled`, or their range as the
network gets it.

## References

- LeCun, Bottou, Orr and Müller, *Efficient BackProp*, 1998, section 4.3: why inputs of one sign slow learning down.
- Measured on vectors: inputs of deviation 100 ended at 2000 times the loss (`scripts/measure-scales.py`).
]],

  check = function(experiment, report, options)
    if experiment.fine_tuned or experiment.dialect == "ludwig" then return end
    local data = experiment.data.inputs
    local raw = data.normalization == nil or data.normalization == "none"
    local bytes = raw and data.min == 0 and data.max >= options.largest and data.max <= 256
    for _, input in ipairs(experiment.inputs) do
      local typed = input.dtype == "uint8" and raw and not (data.max <= 1) and (input.normalization or "none") == "none"
      local taker = is_image(input) and (bytes or typed) and raw_taker(input.layer)
      if taker then
        report {
          at = bytes and { data, "max" } or { input.layer, "dtype" },
          message = ("pixels from 0 to 255 reach layer %q as they are: %s"):format(
            taker.name,
            bytes and "nothing rescales them" or "the input takes bytes, and nothing rescales them"
          ),
          help = experiment.dialect == "caffe"
              and "take their mean away and scale them: transform_param { mean_value: 127.5 scale: 0.0078125 }"
            or "rescale them to -1 to 1 first: Rescaling(1 / 127.5, offset=-1)",
          related = { { at = taker, message = "the first layer that weighs them" } },
          once = true,
          trial = data and set(data, "normalization", "minmax") or set(input, "normalization", "minmax"),
        }
      end
    end
  end,

  examples = {
    {
      bad = [=[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: conv2d, filters: 32, kernel_size: 3, activation: relu}
    - global_average_pooling
    - {kind: dense, units: 10, activation: softmax}
data:
  inputs: {shape: [32, 32, 3], range: [0, 1️⃣255], mean: 121, std: 64}
training: {loss: categorical_crossentropy}
]=],
    },
    {
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer",
      "config": {"name": "photo", "batch_shape": [null, 64, 64, 3], "dtype": 1️⃣"uint8"}},
    {"module": "keras.layers", "class_name": "RandomFlip", "config": {"name": "flip", "mode": "horizontal"}},
    {"module": "keras.layers", "class_name": "Conv2D",
      "config": {"name": "edges", "filters": 32, "kernel_size": [3, 3], "activation": "relu"}},
    {"module": "keras.layers", "class_name": "GlobalAveragePooling2D", "config": {"name": "pool"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "sort", "units": 5, "activation": "softmax"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "sparse_categorical_crossentropy"}
}
]=],
    },
    {
      good = [=[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: rescaling, input_scale: 0.00392156862745098}
    - {kind: conv2d, filters: 32, kernel_size: 3, activation: relu}
    - global_average_pooling
    - {kind: dense, units: 10, activation: softmax}
data:
  inputs: {shape: [32, 32, 3], range: [0, 255]}
training: {loss: categorical_crossentropy}
]=],
    },
    {
      good = [=[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: conv2d, filters: 32, kernel_size: 3, activation: relu}
    - global_average_pooling
    - {kind: dense, units: 10, activation: softmax}
data:
  inputs: {shape: [32, 32, 3], range: [0, 255], normalization: rescaled}
training: {loss: categorical_crossentropy}
]=],
    },
    {
      -- The convolution's sums are normalised, as in a residual network.
      good = [=[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: conv2d, filters: 32, kernel_size: 3, use_bias: false}
    - batch_normalization
    - {kind: activation, activation: relu}
    - global_average_pooling
    - {kind: dense, units: 10, activation: softmax}
data:
  inputs: {shape: [32, 32, 3], range: [0, 255]}
training: {loss: categorical_crossentropy}
]=],
    },
    {
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer",
      "config": {"name": "photo", "batch_shape": [null, 64, 64, 3], "dtype": "uint8"}},
    {"module": "keras.layers", "class_name": "Rescaling",
      "config": {"name": "scale", "scale": 0.00392156862745098, "offset": 0.0}},
    {"module": "keras.layers", "class_name": "Conv2D",
      "config": {"name": "edges", "filters": 32, "kernel_size": [3, 3], "activation": "relu"}},
    {"module": "keras.layers", "class_name": "GlobalAveragePooling2D", "config": {"name": "pool"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "sort", "units": 5, "activation": "softmax"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "sparse_categorical_crossentropy"}
}
]=],
    },
    {
      -- The range is not known: floating-point images are mostly rescaled before.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer",
      "config": {"name": "photo", "batch_shape": [null, 64, 64, 3], "dtype": "float32"}},
    {"module": "keras.layers", "class_name": "Conv2D",
      "config": {"name": "edges", "filters": 32, "kernel_size": [3, 3], "activation": "relu"}},
    {"module": "keras.layers", "class_name": "GlobalAveragePooling2D", "config": {"name": "pool"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "sort", "units": 5, "activation": "softmax"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "sparse_categorical_crossentropy"}
}
]=],
    },
    {
      good = [=[
input_features:
  - {name: photo, type: image, preprocessing: {height: 64, width: 64, num_channels: 3}}
output_features:
  - {name: sort, type: category}
]=],
    },
  },
}
