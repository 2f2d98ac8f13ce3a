local dropouts = { dropout = true, spatial_dropout = true, alpha_dropout = true, gaussian_dropout = true }
local passing = { activation = true, flatten = true, reshape = true, identity = true }

-- The batch normalisation that takes what the layer gives without weights in between.
local function next_normalization(layer)
  for _ = 1, 20 do
    if #layer.consumers ~= 1 then return nil end
    layer = layer.consumers[1]
    if layer.kind == "batch_normalization" then return layer end
    if not passing[layer.kind] then return nil end
  end
end

return {
  api = 1,
  id = "dropout/before-batch-normalization",
  summary = "batch normalisation that measures what dropout leaves",
  severity = "hint",
  cause = 4,
  needs = { "layers.rate" },
  kinds = { "batch_normalization" },
  options = {
    from = {
      type = "number",
      default = 0.2,
      help = "the drop rate from which on it is reported; 0.2, where the measured variance is 1.25 times that in use",
    },
  },
  docs = [[
## What it looks for

A dropout layer of rate 0.2 or more right before a batch normalisation, without weights in between, in a network
without skip connections that is trained from scratch.

## Why it is bad

Dropout scales what it keeps, so that the mean stays but the variance grows by 1 / (1 - rate) in training. Batch
normalisation measures that larger variance, and divides by it in use as well, where nothing is dropped: its output
then has too small a scale, and the network is worse in use than in training.

## Example

`Dropout(0.5)`, `BatchNormalization()`.

## Use instead

Batch normalisation first, then the activation, then dropout.

## When to ignore it

When the held-out figures do not differ from the training figures by more than over-fitting explains.

## References

- Li, Chen, Hu and Yang, *Understanding the Disharmony between Dropout and Batch Normalization by Variance Shift*,
  2019.
]],

  check = function(experiment, report, options)
    if experiment.has_skips ~= false or experiment.fine_tuned then return end
    for _, layer in ipairs(experiment.layers) do
      if dropouts[layer.kind] and layer.rate >= options.from and layer.rate < 1 then
        local normalization = next_normalization(layer)
        if normalization then
          report {
            at = { layer, "rate" },
            message = ("batch normalisation %q measures a variance that dropout makes %.2g times larger than in use")
              :format(normalization.name, 1 / (1 - layer.rate)),
            help = "put the dropout behind the normalisation",
            related = { { at = normalization, message = "the batch normalisation" } },
          }
        end
      end
    end
  end,

  examples = {
    {
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "dropout", "rate": 1️⃣0.5}},
    {"module": "keras.layers", "class_name": "BatchNormalization", "config": {"name": "norm", "axis": -1}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "softmax"}}
  ]}
}
]=],
    },
    {
      bad = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64}
    - {kind: dropout, rate: 1️⃣0.4}
    - {kind: activation, activation: relu}
    - {kind: batch_normalization}
    - {kind: dense, units: 10}
data: {inputs: {features: 24}}
]=],
    },
    {
      -- Normalisation, activation, dropout; weights stand before the next normalisation.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64}
    - {kind: batch_normalization}
    - {kind: activation, activation: relu}
    - {kind: dropout, rate: 0.5}
    - {kind: dense, units: 64}
    - {kind: batch_normalization}
    - {kind: activation, activation: relu}
    - {kind: dense, units: 10}
data: {inputs: {features: 24}}
]=],
    },
    {
      -- Layer normalisation measures each example by itself, in use as in training.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "dropout", "rate": 0.5}},
    {"module": "keras.layers", "class_name": "LayerNormalization", "config": {"name": "norm", "axis": -1}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "softmax"}}
  ]}
}
]=],
    },
  },
}
