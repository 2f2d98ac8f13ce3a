local dropouts = { dropout = true, spatial_dropout = true, alpha_dropout = true, gaussian_dropout = true }

return {
  api = 1,
  id = "dropout/zero-rate",
  summary = "a dropout layer that drops nothing",
  severity = "hint",
  cause = 4,
  needs = { "layers.rate = 0", "dialect = keras, native" },
  docs = [[
## What it looks for

A dropout layer of its own whose rate is stated as 0, in a plain network. Rates of 0 that are a framework's default,
or one key among many of a config such as Ludwig's, are left alone.

## Why it is bad

It does no harm by itself: the layer is there and does nothing. Either regularisation was meant and is missing, or 0
was read as "keep nothing back" by someone who thinks in keep probabilities.

## Example

`Dropout(0.0)`.

## Use instead

A drop rate from 0.1 to 0.25, or 0.01 where over-fitting is unlikely; or take the layer out.

## When to ignore it

When the layer is a place-holder that a search over hyperparameters fills in.

## References

- Srivastava et al., *Dropout: A Simple Way to Prevent Neural Networks from Overfitting*, 2014.
]],

  check = function(experiment, report)
    if experiment.dialect == "ludwig" or not experiment.plain then return end
    for _, layer in ipairs(experiment.layers) do
      if dropouts[layer.kind] and layer.rate == 0 and origin(layer, "rate").kind == "stated" then
        report {
          at = { layer, "rate" },
          message = ("dropout layer %q drops nothing, so it does not regularise"):format(layer.name),
          help = "use a rate from 0.1 to 0.25, or take the layer out",
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
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "dropout", "rate": 1️⃣0.0}},
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
    - {kind: dropout, rate: 1️⃣0}
    - {kind: dense, units: 1}
data: {inputs: {features: 24}}
training: {loss: mse}
]=],
    },
    {
      -- Ludwig's configs state a dropout of 0 where they mean none.
      good = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: price, type: number}
combiner: {type: concat, num_fc_layers: 2, output_size: 128, dropout: 0.0}
trainer: {epochs: 10}
]=],
    },
    {
      -- The dropout inside a recurrent layer is off.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20, 8]}},
    {"module": "keras.layers", "class_name": "LSTM",
      "config": {"name": "lstm", "units": 32, "dropout": 0.0, "recurrent_dropout": 0.0}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
  ]}
}
]=],
    },
  },
}
