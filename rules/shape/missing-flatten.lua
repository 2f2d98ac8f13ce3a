-- A dense output for each place of a feature map, where one for the whole image is meant.

local upsampling = { "up_sampling", "conv_transpose_1d", "conv_transpose_2d", "conv_transpose_3d", "resizing" }
local one_answer = {
  categorical_crossentropy = true, sparse_categorical_crossentropy = true, binary_crossentropy = true,
  categorical_focal_crossentropy = true, binary_focal_crossentropy = true, categorical_hinge = true,
}

local function has_kind(experiment, kinds)
  for _, layer in ipairs(experiment.layers) do
    if one_of(layer.kind, kinds) then return true end
  end
  return false
end

-- The size of the only image input's first axis and whether it is an image at all.
local function image_height(experiment)
  local height = nil
  for _, layer in ipairs(experiment.layers) do
    if layer.kind == "input" then
      if height or #layer.output_shape ~= 3 then return nil end
      height = layer.output_shape[1]
    end
  end
  return height
end

return {
  api = 1,
  id = "shape/missing-flatten",
  summary = "a dense output at every place of a shrunk feature map: flatten or global pooling is missing",
  severity = "warning",
  untestable = "a layer would have to be put in, and which one is not known",
  needs = {
    "outputs.loss = categorical_crossentropy, sparse_categorical_crossentropy, binary_crossentropy, "
      .. "categorical_focal_crossentropy, binary_focal_crossentropy, categorical_hinge",
  },
  kinds = { "dense" },

  docs = [[
## What it looks for
A classification output that is a dense layer on the feature maps of an image, smaller than the image, without a flatten
or global pooling before it: it gives an answer for each of, say, 7 x 7 places. Networks that enlarge their maps again,
as for segmentation, are not reported.

## Why it is bad
A dense layer works on the last axis only. On maps of 7 x 7 x 64 it gives 7 x 7 answers where the targets have one. The
framework stops at the first batch with a message about shapes, or it broadcasts the target over all places.

## Example
`Conv2D(64, 3)`, `MaxPooling2D()`, `Dense(10, activation="softmax")`.

## Use instead
`Flatten()` or `GlobalAveragePooling2D()` before the first dense layer.

## When to ignore it
Where the targets have a label for each place of the small map.

## References
- Keras documentation: `Dense`: for inputs of rank above 2 the product is taken along the last axis.
- Lin, Chen and Yan (2014): Network in network, section 3.2: global average pooling.
]],

  check = function(experiment, report)
    local height = image_height(experiment)
    if not height or has_kind(experiment, upsampling) then return end
    for _, output in ipairs(experiment.outputs) do
      local head = output.head
      local shape = output.layer.output_shape
      local places = shape[1] and shape[2] and shape[1] * shape[2]
      if head.kind == "dense" and #head.input_shape == 3 and #shape == 3 and places > 1 and shape[1] < height
          and one_answer[output.loss] and not head.time_distributed then
        report {
          at = head,
          message = ("output %q gives %d x %d answers for each image: %q works on each place by itself"):format(
            output.name, shape[1], shape[2], head.name),
          help = "put a flatten or a global pooling layer before the first dense layer",
        }
      end
    end
  end,

  examples = {
    {
      bad = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - {kind: conv2d, filters: 32, kernel_size: 3, activation: relu}
    - max_pooling2d
    - {kind: dense, units: 64, activation: relu}
    - {kind: 1️⃣dense, units: 10, activation: softmax}
training: {loss: sparse_categorical_crossentropy}
]==],
    },
    {
      bad = [==[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 32, 32, 3]}},
    {"module": "keras.layers", "class_name": "Conv2D",
      "config": {"name": "c1", "filters": 32, "kernel_size": [3, 3], "strides": [2, 2], "activation": "relu"}},
    {"module": "keras.layers", "class_name": 1️⃣"Dense",
      "config": {"name": "out", "units": 1, "activation": "sigmoid"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "binary_crossentropy"}
}
]==],
    },
    {
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - {kind: conv2d, filters: 32, kernel_size: 3, activation: relu}
    - max_pooling2d
    - flatten
    - {kind: dense, units: 10, activation: softmax}
training: {loss: sparse_categorical_crossentropy}
]==],
    },
    {
      -- A label for each pixel.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [64, 64, 3]}
    - {kind: conv2d, filters: 32, kernel_size: 3, padding: same, activation: relu}
    - {kind: dense, units: 5, activation: softmax}
training: {loss: sparse_categorical_crossentropy}
]==],
    },
    {
      -- A label for each step of a sequence.
      good = [==[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 32, 8]}},
    {"module": "keras.layers", "class_name": "LSTM", "config": {"name": "l1", "units": 32, "return_sequences": true}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "out", "units": 4, "activation": "softmax"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "sparse_categorical_crossentropy"}
}
]==],
    },
  },
}
