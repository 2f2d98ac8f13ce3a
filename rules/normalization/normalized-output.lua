-- A normalisation behind the head, on the predictions themselves.

local normalizing = {
  batch_normalization = true, layer_normalization = true, group_normalization = true, rms_normalization = true,
}
local passing = { flatten = true, reshape = true, dropout = true, identity = true, permute = true }

-- The normalisation between an output and its head; nil where there is none.
local function normalizer(output)
  local layer = output.layer
  for _ = 1, 16 do
    if not layer or #layer.inputs ~= 1 then return nil end
    if normalizing[layer.kind] then return layer end
    local linear = layer.kind == "activation" and (layer.activation or "linear") == "linear"
    if not linear and not passing[layer.kind] then return nil end
    layer = layer.inputs[1]
  end
end

return {
  api = 1,
  id = "normalization/normalized-output",
  summary = "a normalisation layer on the predictions of a regression",
  severity = "warning",
  cause = 1,
  probe = "unreachable_targets",
  needs = { "outputs.task" },
  kinds = { "batch_normalization", "layer_normalization", "group_normalization", "rms_normalization" },
  docs = [[
## What it looks for

A regression output that ends in a normalisation layer.

## Why it is bad

A normalisation forces what it gets to a fixed mean and deviation: layer and group normalisation within each example,
so that the network cannot predict that all of an example's values are large; batch normalisation within each batch,
so that an example's prediction depends on which others it happens to stand with in training, and follows moving
averages of another time when it predicts. Targets are to be normalised, before training, with fixed figures;
predictions are not.

## Example

`Dense(3)` and `BatchNormalization()` at the end of a regression network.

## Use instead

End with the linear layer. Normalise the targets in the data.

## When to ignore it

For embeddings that are compared with one another (the network of a face recogniser, with a loss in code) a last
normalisation is usual; nothing is reported where the task is not known to be a regression.

## References

- Ioffe and Szegedy, *Batch Normalization*, 2015, section 3: what it does to a layer's inputs, and the moving
  averages.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local layer = output.task == "regression" and output.head and normalizer(output)
      -- Layer normalisation of a single value is worse, which normalization/over-one-value says.
      local is_constant = layer and layer.kind == "layer_normalization" and #layer.input_shape == 1
        and layer.input_shape[1] == 1
      if layer and not is_constant then
        report {
          at = layer,
          message = ("output %q ends in %s, which forces the predictions to a mean and deviation of its own"):format(
            output.name, string.gsub(layer.kind, "_", " ")),
          help = ("end with layer %q, and normalise the targets in the data"):format(output.head.name),
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
    - {kind: dense, units: 3}
    - 1️⃣batch_normalization
data: {inputs: {features: 12}}
training: {loss: mse}
]=],
    },
    {
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "pose", "units": 6, "activation": "linear"}},
    {"module": "keras.layers", "class_name": 1️⃣"LayerNormalization", "config": {"name": "last", "axis": [-1]}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "mean_squared_error"}
}
]=],
    },
    {
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64}
    - batch_normalization
    - {kind: activation, activation: relu}
    - {kind: dense, units: 3}
data: {inputs: {features: 12}}
training: {loss: mse}
]=],
    },
    {
      -- The embedding of a network that compares pictures; its loss is in code.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "vector", "units": 64}},
    {"module": "keras.layers", "class_name": "BatchNormalization", "config": {"name": "last", "axis": -1}}
  ]}
}
]=],
    },
    {
      good = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: days, type: number}
combiner: {type: concat, num_fc_layers: 2, output_size: 64, norm: batch}
]=],
    },
  },
}
