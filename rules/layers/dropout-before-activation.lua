-- Dropped values that the activation behind the dropout brings back.

local dropouts = { dropout = true, spatial_dropout = true, gaussian_dropout = true }

-- What each activation makes of a value that was dropped, where that is not 0.
local at_zero = { sigmoid = 0.5, hard_sigmoid = 0.5, softplus = 0.69, exponential = 1 }

return {
  api = 1,
  id = "layers/dropout-before-activation",
  summary = "dropout before an activation that makes something of 0",
  severity = "hint",
  default = false,
  needs = { "layers.rate" },
  kinds = { "activation" },

  docs = [[
## What it looks for
Dropout right before an activation layer that does not give 0 for 0: sigmoid, softplus, exponential.

## Why it is bad
Dropout puts 0 in the place of a value, so that the next layer gets nothing from the unit. A sigmoid makes 0.5 of it: the
unit is not silent but undecided, and the scaling of the values that are kept moves the sigmoid into saturation.

## Example
`Dense(64)`, `Dropout(0.3)`, `Activation("sigmoid")`.

## Use instead
The activation first, then dropout. Before ReLU and tanh the order makes next to no difference.

## When to ignore it
Where the noise is meant for the sums.

## References
- Srivastava et al. (2014): Dropout: a simple way to prevent neural networks from overfitting, section 4: the outputs of a
  layer are dropped.
]],

  check = function(experiment, report)
    for _, layer in ipairs(experiment.layers) do
      local after = layer.consumers[1]
      local left = at_zero[after.activation or ""]
      if dropouts[layer.kind] and layer.rate > 0 and #layer.consumers == 1 and after.kind == "activation"
          and left and #after.consumers > 0 then
        report {
          at = layer,
          message = ("%q drops values before %s of %q, which makes %g of each 0"):format(
            layer.name, after.activation, after.name, left),
          help = "put the dropout behind the activation",
          related = { { at = { after, "activation" }, message = "the activation is here" } },
        }
      end
    end
  end,

  examples = {
    {
      bad = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 20]}},
      {"class_name": "Dense", "config": {"name": "hidden", "units": 64, "activation": "linear"}},
      {"class_name": 1️⃣"Dropout", "config": {"name": "drop", "rate": 0.3}},
      {"class_name": "Activation", "config": {"name": "a1", "activation": "sigmoid"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10, "activation": "softmax"}}
    ]
  }
}
]==],
    },
    {
      bad = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - flatten
    - {kind: dense, units: 64}
    - {kind: 1️⃣dropout, rate: 0.3}
    - {kind: activation, activation: softplus}
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
    {
      -- ReLU makes 0 of 0.
      good = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 20]}},
      {"class_name": "Dense", "config": {"name": "hidden", "units": 64, "activation": "linear"}},
      {"class_name": "Dropout", "config": {"name": "drop", "rate": 0.3}},
      {"class_name": "Activation", "config": {"name": "a1", "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10, "activation": "softmax"}}
    ]
  }
}
]==],
    },
    {
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - {kind: conv2d, filters: 8, kernel_size: 3}
    - {kind: activation, activation: sigmoid}
    - {kind: dropout, rate: 0.3}
    - flatten
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
  },
}
