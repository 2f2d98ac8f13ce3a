local signed = {
  linear = true, tanh = true, leaky_relu = true, prelu = true, elu = true, selu = true, celu = true, gelu = true,
  silu = true, mish = true, softsign = true, hard_tanh = true,
}

return {
  api = 1,
  id = "final-activation/negative-output-under-poisson",
  summary = "an output that can be negative under the Poisson loss, which takes its logarithm",
  severity = "error",
  cause = 7,
  probe = "non_finite",
  needs = { "outputs.activation", "outputs.loss = poisson" },
  docs = [[
## What it looks for

An output with no activation, or with one that can be negative, under the Poisson loss in the form `output - target *
log(output)`.

## Why it is bad

The output is the expected count, and the loss takes its logarithm. Where it is negative the logarithm is NaN, and one
such example turns all weights into NaN.

## Example

`Dense(1)` with the loss `"poisson"`.

## Use instead

`exponential`, the link of Poisson regression, or `softplus`, which grows more slowly.

## When to ignore it

When the loss is given the logarithm of the expected count, as PyTorch's `PoissonNLLLoss` is by default.

## References

- McCullagh and Nelder, *Generalized Linear Models*, 1989, chapter 6: the logarithm as the link for counts.
- Keras, `keras.losses.Poisson`: `loss = y_pred - y_true * log(y_pred)`.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local layer = output.activation_layer
      local poisson = output.loss == "poisson" and output.loss_expects == "positive"
      if layer and poisson and signed[output.activation] then
        report {
          at = { layer, "activation" },
          message = ("output %q %s and can be negative, but the Poisson loss takes its logarithm")
            :format(
              output.name,
              output.activation == "linear" and "has no activation" or "ends in " .. output.activation
            ),
          help = 'use "exponential" or "softplus"',
          related = { { at = { output, "loss" }, message = "the loss is stated here" } },
          fix = set(layer, "activation", "exponential"),
          -- Softplus would do as well.
          safe = false,
          confirm = true,
        }
      end
    end
  end,

  examples = {
    {
      bad = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, name: visits, units: 1, activation: 1️⃣linear}
data: {inputs: {features: 12}}
training: {loss: poisson}
]=],
      fixed = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, name: visits, units: 1, activation: exponential}
data: {inputs: {features: 12}}
training: {loss: poisson}
]=],
    },
    {
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 32, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "visits", "units": 1, "activation": 1️⃣"tanh"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "poisson"}
}
]=],
      fixed = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 32, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "visits", "units": 1, "activation": "exponential"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "poisson"}
}
]=],
    },
    {
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 32, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "visits", "units": 1, "activation": "softplus"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "poisson"}
}
]=],
    },
    {
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1}
data: {inputs: {features: 12}}
training: {loss: mse}
]=],
    },
  },
}
