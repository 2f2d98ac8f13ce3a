-- Normalisations over a single value, which give the same for every example.

-- The axes that a layer normalises over, counted without the batch axis from 1; Keras counts with it from 0.
local function sizes(layer)
  local shape, found = layer.input_shape, {}
  for index, axis in ipairs(layer.axes or { -1 }) do
    found[index] = axis < 0 and shape[#shape + 1 + axis] or shape[axis]
  end
  return found
end

local function product(list)
  local result = #list > 0 and 1 or nil
  for _, size in ipairs(list) do
    if not size then return nil end
    result = result * size
  end
  return result
end

-- How many values are normalised together.
local function count(layer)
  if layer.kind == "layer_normalization" then return product(sizes(layer)) end
  -- A group has its share of the channels at all places of the picture.
  local shape = layer.input_shape
  local channels, places = shape[#shape], 1
  if #shape == 0 or not channels then return nil end
  for index = 1, #shape - 1 do
    if not shape[index] then return nil end
    places = places * shape[index]
  end
  if layer.groups == -1 then return places end
  return layer.groups and channels / layer.groups * places
end

-- Whether another branch goes past the layer, so that the network learns without it.
local function is_bypassed(layer)
  for _ = 1, 8 do
    if #layer.consumers ~= 1 then return false end
    layer = layer.consumers[1]
    if one_of(layer.kind, { "add", "concatenate", "average" }) then return #layer.inputs > 1 end
    if not one_of(layer.kind, { "dropout", "activation", "identity" }) then return false end
  end
  return false
end

return {
  api = 1,
  id = "normalization/over-one-value",
  summary = "a normalisation over a single value, which gives the same for every example",
  severity = "error",
  cause = 1,
  probe = "gradient_norm",
  kinds = { "layer_normalization", "group_normalization" },
  docs = [[
## What it looks for

A layer normalisation over an axis of size 1, and a group normalisation whose groups have a single value each: as many
groups as channels behind a global pooling. A *warning* where another branch goes past the layer, so that the network learns
without it.

## Why it is bad

A single value less its own mean is 0. The layer gives its learned shift, whatever the example; nothing of the input
gets through, and no gradient gets back. Every layer below stays as it was initialised.

## Example

```python
x = Dense(1)(x)
outputs = LayerNormalization()(x)     # always 0
```

## Use instead

Normalise where there are several values: before the layer that makes one of them. On the output no normalisation is
wanted at all.

## When to ignore it

Never: the layer is a constant.

## References

- Ba, Kiros and Hinton, *Layer Normalization*, 2016, equation 3.
- Wu and He, *Group Normalization*, 2018, section 3.1.
]],

  check = function(experiment, report)
    for _, layer in ipairs(experiment.layers) do
      if one_of(layer.kind, { "layer_normalization", "group_normalization" }) and count(layer) == 1 then
        report {
          at = layer,
          once = true,
          severity = is_bypassed(layer) and "warning" or nil,
          message = ("layer %q normalises single values, so it gives the same for every example"):format(layer.name),
          help = "normalise before the layer that leaves one value, or not at all",
          related = { { at = layer.inputs[1], message = "where the single values come from" } },
          trial = set(layer, "kind", "identity"),
        }
      end
    end
  end,

  examples = {
    {
      bad = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
    - 1️⃣layer_normalization
data: {inputs: {features: 12}}
training: {loss: mse}
]=],
    },
    {
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer",
      "config": {"name": "photo", "batch_shape": [null, 32, 32, 3]}},
    {"module": "keras.layers", "class_name": "Conv2D",
      "config": {"name": "edges", "filters": 16, "kernel_size": [3, 3], "activation": "relu"}},
    {"module": "keras.layers", "class_name": "GlobalAveragePooling2D", "config": {"name": "pool"}},
    {"module": "keras.layers", "class_name": 1️⃣"GroupNormalization",
      "config": {"name": "groups", "groups": 16, "axis": -1}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "sort", "units": 5, "activation": "softmax"}}
  ]}
}
]=],
    },
    {
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - layer_normalization
    - {kind: dense, units: 1}
data: {inputs: {features: 12}}
training: {loss: mse}
]=],
    },
    {
      -- One group for each channel of a picture: instance normalisation.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer",
      "config": {"name": "photo", "batch_shape": [null, 32, 32, 3]}},
    {"module": "keras.layers", "class_name": "Conv2D",
      "config": {"name": "edges", "filters": 16, "kernel_size": [3, 3], "activation": "relu"}},
    {"module": "keras.layers", "class_name": "GroupNormalization",
      "config": {"name": "groups", "groups": 16, "axis": -1}},
    {"module": "keras.layers", "class_name": "GlobalAveragePooling2D", "config": {"name": "pool"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "sort", "units": 5, "activation": "softmax"}}
  ]}
}
]=],
    },
    {
      -- Batch normalisation of one value compares it with other examples.
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
    - batch_normalization
    - {kind: dense, units: 8, activation: relu}
    - {kind: dense, units: 1}
data: {inputs: {features: 12}}
training: {loss: mse}
]=],
    },
    {
      -- In a branch beside a skip connection: a warning.
      bad = [=[
epochzero: 1
model:
  layers:
    - {kind: input, name: wave, shape: [500, 1]}
    - {kind: conv1d, name: peaks, filters: 4, kernel_size: 3, padding: same, activation: relu}
    - {kind: conv1d, name: back, filters: 1, kernel_size: 1}
    - {kind: 1️⃣layer_normalization, name: norm}
    - {kind: add, name: sum, from: [norm, wave]}
    - {kind: flatten, name: flat}
    - {kind: dense, name: kind, units: 2, activation: softmax}
]=],
    },
  },
}
