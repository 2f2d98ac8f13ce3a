-- A large image that goes into dense layers as a row of pixels.

local function set_of(names)
  local set = {}
  for _, name in ipairs(names) do set[name] = true end
  return set
end

-- Layers that leave an image a row of single pixels, or an image.
local passing = set_of {
  "flatten", "reshape", "rescaling", "normalization", "dropout", "gaussian_noise", "identity", "augmentation",
  "batch_normalization",
}

-- The dense layer that takes single pixels; nil where something else looks at the image first.
local function dense_taker(input)
  local layer, flattened = input, false
  for _ = 1, 16 do
    layer = #layer.consumers == 1 and layer.consumers[1] or nil
    if not layer then return nil end
    flattened = flattened or layer.kind == "flatten" or layer.kind == "reshape"
    if layer.kind == "dense" then return flattened and layer or nil end
    if not passing[layer.kind] then return nil end
  end
end

return {
  api = 1,
  id = "preprocessing/flattened-image",
  summary = "a large image that goes into a dense layer pixel by pixel",
  severity = "hint",
  cause = 3,
  kinds = { "flatten", "reshape" },
  options = {
    pixels = {
      type = "integer", default = 4096,
      help = "the pixels from which on an image is large: 64 x 64, four times those of CIFAR; digits of 28 x 28 are "
        .. "learned well from flattened pixels (LeCun et al. 1998: 1.5 % errors)",
    },
  },
  docs = [[
## What it looks for

An image of 64 x 64 pixels or more that is flattened and goes straight into a dense layer. A hint, for plain networks
only; small images, as of digits, are learned well that way.

## Why it is bad

A dense layer has weights of its own for each pixel. What it learns of an edge at one place it does not know one pixel
to the right, so it needs examples of everything at every place, and there are millions of weights to learn by heart
with: 224 x 224 pixels in three colours into 128 units are 19 million.

## Example

`Input((128, 128, 3))`, `Flatten()`, `Dense(256, activation="relu")`

## Use instead

Convolutions with pooling before the first dense layer, or a pretrained network without its head.

## When to ignore it

When the pixels are no picture (a table of sensors), or when every picture shows the same place.

## References

- LeCun, Bottou, Bengio and Haffner, *Gradient-Based Learning Applied to Document Recognition*, 1998, sections II and
  III.
]],

  check = function(experiment, report, options)
    if not experiment.plain then return end
    for _, input in ipairs(experiment.inputs) do
      local shape = input.shape
      local channels = shape[3]
      local picture = #shape == 3 and (channels == 1 or channels == 3 or channels == 4)
      local pixels = picture and (shape[1] or nil) and (shape[2] or nil) and shape[1] * shape[2]
      local taker = pixels and pixels >= options.pixels and dense_taker(input.layer)
      if taker then
        report {
          at = taker,
          message = ("layer %q has weights of its own for each of the %d values of "
            .. "an image, so it learns each place anew")
            :format(taker.name, pixels * channels),
          help = "begin with convolutions and pooling, or with a pretrained network",
          related = { { at = input, message = ("the image, %d x %d pixels"):format(shape[1], shape[2]) } },
        }
      end
    end
  end,

  examples = {
    {
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer",
      "config": {"name": "photo", "batch_shape": [null, 128, 128, 3]}},
    {"module": "keras.layers", "class_name": "Rescaling", "config": {"name": "scale", "scale": 0.0039, "offset": 0.0}},
    {"module": "keras.layers", "class_name": "Flatten", "config": {"name": "row"}},
    {"module": "keras.layers", "class_name": 1️⃣"Dense",
      "config": {"name": "hidden", "units": 256, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "sort", "units": 5, "activation": "softmax"}}
  ]}
}
]=],
    },
    {
      bad = [=[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: input, shape: [96, 96, 1]}
    - flatten
    - {kind: 1️⃣dense, units: 128, activation: relu}
    - {kind: dense, units: 5, activation: softmax}
training: {loss: categorical_crossentropy}
]=],
    },
    {
      -- Digits are small enough.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer",
      "config": {"name": "digit", "batch_shape": [null, 28, 28, 1]}},
    {"module": "keras.layers", "class_name": "Flatten", "config": {"name": "row"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 128, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "sort", "units": 10, "activation": "softmax"}}
  ]}
}
]=],
    },
    {
      good = [=[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: input, shape: [96, 96, 1]}
    - {kind: conv2d, filters: 16, kernel_size: 3, activation: relu}
    - max_pooling2d
    - flatten
    - {kind: dense, units: 128, activation: relu}
    - {kind: dense, units: 5, activation: softmax}
training: {loss: categorical_crossentropy}
]=],
    },
    {
      good = [=[
input_features:
  - {name: photo, type: image, preprocessing: {height: 128, width: 128, num_channels: 3}}
output_features:
  - {name: sort, type: category}
]=],
    },
  },
}
