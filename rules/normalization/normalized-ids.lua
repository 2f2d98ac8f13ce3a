-- Category numbers or ids that are normalised as if they were quantities.

local scaling = { normalization = true, rescaling = true, batch_normalization = true, layer_normalization = true }
local passing = {
  reshape = true, flatten = true, permute = true, identity = true, dropout = true, masking = true, concatenate = true,
}

-- The layer before an embedding that takes whole numbers for quantities; nil where there is none.
local function scaler_before(embedding)
  local layer = embedding.inputs[1]
  for _ = 1, 16 do
    if not layer then return nil end
    if scaling[layer.kind] then return layer end
    if not passing[layer.kind] or #layer.inputs ~= 1 then return nil end
    layer = layer.inputs[1]
  end
end

return {
  api = 1,
  id = "normalization/normalized-ids",
  summary = "ids or category numbers that are normalised like quantities",
  severity = "error",
  cause = 1,
  probe = "steps_to_half",
  untestable = "what the column holds is not in the file, and made-up rows would show only what they are made to show",
  needs = { "data.columns|layers.vocabulary_size" },
  options = {
    allow = { type = "list", default = {}, help = "names of columns that are normalised on purpose" },
  },
  docs = [[
## What it looks for

A normalisation or rescaling before an embedding; and a column of an experiment file that is said to be a category or
an id, and is standardised or scaled.

## Why it is bad

An embedding looks its input up in a table: it needs whole numbers from 0 to the size of the vocabulary. Standardised
ids are fractions around 0, half of them negative, so that all examples get one of a few rows, or the lookup fails. A
category that is no embedding's input and is standardised remains what it was, a number in an order that means
nothing: district 17 is not more than district 3.

## Example

```python
Sequential([Normalization(), Embedding(20000, 32), LSTM(32), Dense(1)])
```

## Use instead

Give ids to the embedding as they are; encode categories one-hot, or with an embedding. An embedding's output needs no
normalisation: it starts small and is learned.

## When to ignore it

Where a column's numbers have an order that means something (stars, grades): call it `ordinal` or `number`.

## References

- Guo and Berkhahn, *Entity Embeddings of Categorical Variables*, 2016.
]],

  check = function(experiment, report, options)
    for _, layer in ipairs(experiment.layers) do
      local scaler = layer.kind == "embedding" and scaler_before(layer)
      if scaler then
        report {
          at = scaler,
          message = ("layer %q scales the ids that embedding %q looks up: it needs whole numbers from 0 on"):format(
            scaler.name, layer.name),
          help = ("take layer %q out"):format(scaler.name),
          related = { { at = layer, message = "looked up here" } },
          once = true,
          trial = set(scaler, "kind", "identity"),
        }
      end
    end
    for name, column in pairs(experiment.data.columns or {}) do
      local encoded = column.encoding and column.encoding ~= "none"
      if one_of(column.kind, { "category", "id" }) and not encoded and column.normalization
          and column.normalization ~= "none" and not one_of(name, options.allow) then
        report {
          at = { column, "normalization" },
          severity = "warning",
          message = ("column %q is %s, whose numbers mean no quantity, but it is normalised (%s)"):format(
            name, column.kind == "id" and "an id" or "a category", column.normalization),
          help = column.kind == "id" and "leave ids out, or give them an embedding"
            or "encode it one-hot, or with an embedding",
          related = { { at = { column, "kind" }, message = "what it is" } },
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
      "config": {"name": "words", "batch_shape": [null, 100], "dtype": "int32"}},
    {"module": "keras.layers", "class_name": 1️⃣"Normalization", "config": {"name": "scale", "axis": [-1]}},
    {"module": "keras.layers", "class_name": "Embedding",
      "config": {"name": "vectors", "input_dim": 20000, "output_dim": 32}},
    {"module": "keras.layers", "class_name": "LSTM", "config": {"name": "reader", "units": 32}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "mood", "units": 1, "activation": "sigmoid"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "binary_crossentropy"}
}
]=],
    },
    {
      bad = [=[
epochzero: 1
data:
  columns:
    district: {kind: category, classes: 40, normalization: 1️⃣zscore}
    user: {kind: id, normalization: 1️⃣minmax}
    stars: {kind: ordinal, normalization: zscore}
]=],
    },
    {
      good = [=[
epochzero: 1
task: binary
model:
  layers:
    - {kind: embedding, vocabulary_size: 20000, output_dim: 32}
    - layer_normalization
    - {kind: lstm, units: 32}
    - {kind: dense, units: 1, activation: sigmoid}
data: {inputs: {shape: [100], kind: tokens}}
training: {loss: binary_crossentropy}
]=],
    },
    {
      good = [=[
epochzero: 1
data:
  columns:
    district: {kind: category, classes: 40, encoding: one_hot, normalization: zscore}
    user: {kind: id, encoding: embedding}
    area: {kind: number, normalization: zscore}
]=],
    },
    {
      good = [=[
input_features:
  - {name: district, type: category}
  - {name: area, type: number, preprocessing: {normalization: zscore}}
output_features:
  - {name: sold, type: binary}
]=],
    },
  },
}
