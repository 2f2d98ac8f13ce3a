return {
  api = 1,
  id = "dropout/rate-one",
  summary = "a dropout that drops everything",
  severity = "error",
  cause = 4,
  probe = "gradient_norm",
  untestable = "nothing can be trained at such a rate",
  needs = { "layers.rate >= 1|layers.recurrent_rate >= 1" },
  docs = [[
## What it looks for

A drop rate of 1 or more.

## Why it is bad

Rate 1 drops every value: the layers behind see only zeros in training, and no gradient reaches the layers before.
Rates above 1 are no shares; most often they are percentages. Frameworks refuse them, some only when training starts.

## Example

`Dropout(1.0)`, meant as "keep everything", or `Dropout(20)`, meant as 20 %.

## Use instead

Rate 0, or no dropout layer, to keep everything; 0.2 for 20 %.

## When to ignore it

Never.

## References

- Srivastava et al., *Dropout: A Simple Way to Prevent Neural Networks from Overfitting*, 2014: keep probability 1 is
  no dropout.
- Keras, `keras.layers.Dropout`: `rate` is a float from 0 to 1, the fraction of the input units to drop.
]],

  check = function(experiment, report)
    local function look_at(layer, key, rate)
      local is_percentage = rate > 1 and rate <= 100
      report {
        at = { layer, key },
        once = true,
        message = rate == 1
          and ("layer %q drops all of its values, so nothing passes it in training"):format(layer.name)
          or ("layer %q has the drop rate %g, but rates are shares from 0 to 1"):format(layer.name, rate),
        help = rate == 1 and "use 0 to keep everything: a keep probability of 1 is a drop rate of 0"
          or is_percentage and ("use %g if %g %% are meant"):format(rate / 100, rate)
          or "use a rate from 0 to 1",
        fix = rate == 1 and set(layer, key, 0) or is_percentage and set(layer, key, rate / 100) or nil,
        safe = false,
        confirm = rate == 1,
      }
    end
    for _, layer in ipairs(experiment.layers) do
      local rate, recurrent = layer.rate, layer.recurrent_rate
      if rate and rate >= 1 then look_at(layer, "rate", rate) end
      if recurrent and recurrent >= 1 then look_at(layer, "recurrent_rate", recurrent) end
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
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "dropout", "rate": 1️⃣1.0}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "softmax"}}
  ]}
}
]=],
      fixed = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "dropout", "rate": 0}},
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
    - {kind: dense, units: 64, activation: relu}
    - {kind: dropout, rate: 1️⃣1}
    - {kind: dense, units: 1}
data: {inputs: {features: 24}}
training: {loss: mse}
]=],
      fixed = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dropout, rate: 0}
    - {kind: dense, units: 1}
data: {inputs: {features: 24}}
training: {loss: mse}
]=],
    },
    {
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "dropout", "rate": 0.5}},
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
    - {kind: dropout, rate: 0.01}
    - {kind: dense, units: 1}
data: {inputs: {features: 24}}
training: {loss: mse}
]=],
    },
  },
}
