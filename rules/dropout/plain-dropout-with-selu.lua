local kinds = { dropout = true, gaussian_dropout = true }

return {
  api = 1,
  id = "dropout/plain-dropout-with-selu",
  summary = "dropout that breaks the self-normalisation of SELU",
  severity = "hint",
  cause = 4,
  needs = { "layers.rate > 0", "layers.effective_activation = selu|layers.activation = selu" },
  docs = [[
## What it looks for

A plain or Gaussian dropout layer right behind a layer that ends in SELU, in a plain network.

## Why it is bad

SELU keeps the signal at mean 0 and variance 1 by itself. Setting values to 0 and scaling up the rest raises the
variance to 1 / (1 - rate) in training, and the layers behind are pushed off the fixed point that SELU was chosen for.
Alpha dropout sets them to the negative saturation value -1.76 instead and keeps both mean and variance.

## Example

`Dense(64, activation="selu")`, `Dropout(0.2)`.

## Use instead

`AlphaDropout` with the same rate.

## When to ignore it

When SELU is used as just another activation and the network works.

## References

- Klambauer et al., *Self-Normalizing Neural Networks*, 2017, section "New Dropout Technique".
- Keras, `keras.layers.AlphaDropout`.
]],

  check = function(experiment, report)
    if not experiment.plain then return end
    for _, layer in ipairs(experiment.layers) do
      local before = kinds[layer.kind] and layer.inputs[1] or nil
      local selu = before.effective_activation == "selu"
        or (before.kind == "activation" and before.activation == "selu")
      if selu and #layer.inputs == 1 and layer.rate > 0
          and layer.rate < 1 then
        report {
          at = layer,
          once = true,
          message = ("dropout layer %q behind SELU raises the variance %.2g times in training"):format(
            layer.name,
            1 / (1 - layer.rate)
          ),
          help = "use alpha dropout, which keeps mean and variance",
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
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "selu"}},
    {"module": "keras.layers", "class_name": 1️⃣"Dropout", "config": {"name": "dropout", "rate": 0.2}},
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
    - {kind: dense, units: 64, activation: selu}
    - {kind: 1️⃣dropout, rate: 0.2}
    - {kind: dense, units: 10}
data: {inputs: {features: 24}}
]=],
    },
    {
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "selu"}},
    {"module": "keras.layers", "class_name": "AlphaDropout", "config": {"name": "dropout", "rate": 0.2}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "softmax"}}
  ]}
}
]=],
    },
    {
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dropout, rate: 0.2}
    - {kind: dense, units: 10}
data: {inputs: {features: 24}}
]=],
    },
  },
}
