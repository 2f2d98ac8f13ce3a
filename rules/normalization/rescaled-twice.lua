-- Inputs that are scaled down more than once, so that nothing is left of them.

-- Layers that leave the scale of an image's values as it is.
local passing = {}
for _, kind in ipairs {
  "flatten", "reshape", "permute", "cropping", "center_crop", "zero_padding", "resizing", "up_sampling", "dropout",
  "spatial_dropout", "identity", "masking",
} do passing[kind] = true end

local function is_centred(layer)
  return #layer.mean > 0 and #layer.variance > 0
end

-- The largest distance, in deviations, of a range from what a normalisation takes for its mean.
local function deviations_off(layer, low, high)
  local nearest
  for index, mean in ipairs(layer.mean) do
    local deviation = math.sqrt(layer.variance[math.min(index, #layer.variance)])
    local gap = math.max(low - mean, mean - high, 0) / deviation
    local spread = (high - low) / deviation
    if not nearest or gap < nearest.gap then nearest = { gap = gap, spread = spread } end
  end
  return nearest
end

return {
  api = 1,
  id = "normalization/rescaled-twice",
  summary = "inputs that are scaled down twice",
  severity = "error",
  cause = 1,
  probe = "gradient_norm",
  kinds = { "rescaling" },
  options = {
    smallest = {
      type = "number", default = 0.05,
      help = "the width of a range below which hardly anything is left of the inputs; "
        .. "bytes divided by 255 twice span 0.004",
    },
  },
  docs = [[
## What it looks for

A `Rescaling` by 1/255 or so on inputs that are between 0 and 1 (or -1 and 1) already: because the data are said to be
rescaled, or since another layer before it has done the same. It sees into nested models: EfficientNet, MobileNetV3,
ConvNeXt and others of `keras.applications` bring a rescaling or normalisation of their own.

## Why it is bad

After the second division by 255 the whole picture lies between 0 and 0.004, and what a normalisation inside a
pretrained network makes of it is the same near-constant for every image. The network runs, the loss goes down to that
of a constant prediction, and fine-tuning a good backbone looks as if it could not learn.

It is an *error* where the model itself scales twice, and a *warning* where only what is stated of the data says so.

## Example

```python
x = Rescaling(1 / 255)(inputs)
x = EfficientNetB0(include_top=False)(x)     # which divides by 255 itself
```

## Use instead

Rescale once. Give EfficientNet, EfficientNetV2, MobileNetV3 and ConvNeXt pixels from 0 to 255 (or say
`include_preprocessing=False`, where there is that); ResNet, VGG, DenseNet and MobileNetV2 want their own
`preprocess_input` before.

## When to ignore it

When the range that is stated for the data is that behind the rescaling, not before it: mend the range.

## References

- Keras, `keras.applications`: "each Keras Application expects a specific kind of input preprocessing".
]],

  check = function(experiment, report, options)
    local data = experiment.data.inputs
    local low, high, why
    if data.normalization == "minmax" or data.normalization == "rescaled" then
      low, high, why = -1, 1, { at = { data, "normalization" }, message = "the data are scaled already" }
    elseif (data.normalization == nil or data.normalization == "none") and data.min >= -1 and data.max <= 1 then
      low, high, why = data.min, data.max, { at = { data, "max" }, message = "the data are between these already" }
    end
    for _, input in ipairs(experiment.inputs) do
      -- Bytes have 255 at most; where the range is not known, a first rescaling to about 1 tells that it was larger.
      local layer, from, to, first = input.layer, low, high, why
      for _ = 1, 32 do
        local next = layer.consumers[1]
        if not next or #layer.consumers ~= 1 then break end
        if next.kind == "rescaling" then
          local scale, offset = next.input_scale, next.input_offset or 0
          if not scale then break end
          if from then
            from, to = from * scale + offset, to * scale + offset
            if from > to then from, to = to, from end
            if to - from < options.smallest then
              report {
                at = { next, "input_scale" },
                -- The model proves it; what is said of the data may be meant of what the model makes of them.
                severity = first == why and "warning" or nil,
                message = ("layer %q scales by %.3g what is scaled already, so that "
                  .. "everything lies between %.3g and %.3g")
                  :format(next.name, scale, from, to),
                help = "rescale once: take one of the two out",
                related = { first },
                trial = set(next, "kind", "identity"),
              }
              break
            end
          elseif scale > 0.002 and scale < 0.02 then
            -- From bytes; a smaller step than 1/500 would be one from larger numbers.
            from, to = offset, 255 * scale + offset
            first = { at = next, message = "rescaled here" }
          else
            break
          end
        elseif next.kind == "normalization" and from and is_centred(next) then
          local off = deviations_off(next, from, to)
          if off.spread < options.smallest then
            report {
              at = next,
              severity = first == why and "warning" or nil,
              message = ("layer %q takes a mean of %.4g and a deviation of %.3g away, "
                .. "but gets values between %.3g and %.3g")
                :format(next.name, next.mean[1], math.sqrt(next.variance[1]), from, to),
              help = "give it the values that its figures are of: take the rescaling before it out",
              related = { first },
              trial = set(next, "kind", "identity"),
            }
          end
          break
        elseif not passing[next.kind] then
          break
        end
        layer = next
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
    - {kind: rescaling, input_scale: 1️⃣0.00392156862745098}
    - {kind: conv2d, filters: 32, kernel_size: 3, activation: relu}
    - global_average_pooling
    - {kind: dense, units: 10, activation: softmax}
data:
  inputs: {shape: [32, 32, 3], range: [0, 1]}
training: {loss: categorical_crossentropy}
]=],
    },
    {
      -- The second is inside a nested model, as in EfficientNet.
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer",
      "config": {"name": "photo", "batch_shape": [null, 64, 64, 3]}},
    {"module": "keras.layers", "class_name": "Rescaling",
      "config": {"name": "scale", "scale": 0.00392156862745098, "offset": 0.0}},
    {"module": "keras", "class_name": "Sequential", "config": {"name": "backbone", "layers": [
      {"module": "keras.layers", "class_name": "InputLayer",
        "config": {"name": "inner", "batch_shape": [null, 64, 64, 3]}},
      {"module": "keras.layers", "class_name": "Rescaling",
        "config": {"name": "own_scale", "scale": 1️⃣0.00392156862745098, "offset": 0.0}},
      {"module": "keras.layers", "class_name": "Conv2D",
        "config": {"name": "stem", "filters": 32, "kernel_size": [3, 3], "activation": "relu"}},
      {"module": "keras.layers", "class_name": "GlobalAveragePooling2D", "config": {"name": "pool"}}
    ]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "sort", "units": 5, "activation": "softmax"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "sparse_categorical_crossentropy"}
}
]=],
    },
    {
      -- A normalisation that wants bytes, as in ConvNeXt, behind a rescaling to 1.
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer",
      "config": {"name": "photo", "batch_shape": [null, 64, 64, 3]}},
    {"module": "keras.layers", "class_name": "Rescaling",
      "config": {"name": "scale", "scale": 0.00392156862745098, "offset": 0.0}},
    {"module": "keras.layers", "class_name": 1️⃣"Normalization",
      "config": {"name": "own", "axis": [-1], "mean": [123.675, 116.28, 103.53],
        "variance": [3409.976, 3262.694, 3291.891]}},
    {"module": "keras.layers", "class_name": "Conv2D",
      "config": {"name": "stem", "filters": 32, "kernel_size": [3, 3], "activation": "relu"}},
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
      -- From 0..1 on to -1..1 is no second division.
      good = [=[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: rescaling, input_scale: 2, input_offset: -1}
    - {kind: conv2d, filters: 32, kernel_size: 3, activation: relu}
    - global_average_pooling
    - {kind: dense, units: 10, activation: softmax}
data:
  inputs: {shape: [32, 32, 3], range: [0, 1]}
training: {loss: categorical_crossentropy}
]=],
    },
    {
      -- As in EfficientNet: to 1, then by ImageNet's mean and variance of pixels between 0 and 1.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer",
      "config": {"name": "photo", "batch_shape": [null, 64, 64, 3]}},
    {"module": "keras.layers", "class_name": "Rescaling",
      "config": {"name": "scale", "scale": 0.00392156862745098, "offset": 0.0}},
    {"module": "keras.layers", "class_name": "Normalization",
      "config": {"name": "own", "axis": [-1], "mean": [0.485, 0.456, 0.406], "variance": [0.0524, 0.0502, 0.0506]}},
    {"module": "keras.layers", "class_name": "Rescaling",
      "config": {"name": "more", "scale": [2.0897, 2.1129, 2.1081], "offset": 0.0}},
    {"module": "keras.layers", "class_name": "Conv2D",
      "config": {"name": "stem", "filters": 32, "kernel_size": [3, 3], "activation": "relu"}},
    {"module": "keras.layers", "class_name": "GlobalAveragePooling2D", "config": {"name": "pool"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "sort", "units": 5, "activation": "softmax"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "sparse_categorical_crossentropy"}
}
]=],
    },
  },
}
