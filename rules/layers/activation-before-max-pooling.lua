-- An activation of values that the pooling behind it throws away.

local monotone = {
  "relu", "relu6", "leaky_relu", "elu", "selu", "celu", "sigmoid", "hard_sigmoid", "tanh", "softplus", "softsign",
}
local poolings = { max_pooling1d = true, max_pooling2d = true, max_pooling3d = true, global_max_pooling = true }

return {
  api = 1,
  id = "layers/activation-before-max-pooling",
  summary = "a monotone activation as a layer of its own before max pooling, which could as well stand behind it",
  severity = "hint",
  default = false,
  kinds = { "max_pooling1d", "max_pooling2d", "max_pooling3d", "global_max_pooling" },

  docs = [[
## What it looks for
An activation layer that never falls (ReLU, leaky ReLU, ELU, tanh, sigmoid) right before a max pooling.

## Why it is bad
The largest value stays the largest behind such an activation, so both orders give the same numbers. The other one
computes a quarter of the activations for a pooling of 2 x 2, and keeps a quarter in memory for the gradient. That is all:
the network learns the same.

## Example
`Activation("relu")`, `MaxPooling2D()`.

## Use instead
`MaxPooling2D()`, `Activation("relu")`.

## When to ignore it
Where the order is a convention of the code, or the framework fuses the activation with the convolution.

## References
- Goodfellow, Bengio and Courville (2016): Deep learning, section 9.3: the usual order is convolution, activation, pooling.
]],

  check = function(experiment, report)
    for _, layer in ipairs(experiment.layers) do
      local after = layer.consumers[1]
      if layer.kind == "activation" and one_of(layer.activation, monotone) and #layer.consumers == 1
          and poolings[after.kind] then
        report {
          at = layer,
          message = ("%q works on values that %q throws away: behind it, it would give the same"):format(
            layer.name, after.name),
          help = "put the activation behind the pooling",
          related = { { at = after, message = "the pooling is here" } },
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
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 28, 28, 1]}},
      {"class_name": "Conv2D", "config": {"name": "c1", "filters": 32, "kernel_size": [3, 3], "activation": "linear"}},
      {"class_name": 1️⃣"Activation", "config": {"name": "a1", "activation": "relu"}},
      {"class_name": "MaxPooling2D", "config": {"name": "pool", "pool_size": [2, 2]}},
      {"class_name": "Flatten", "config": {"name": "flat"}},
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
    - {kind: conv2d, filters: 32, kernel_size: 3}
    - {kind: 1️⃣activation, activation: relu}
    - max_pooling2d
    - flatten
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
    {
      good = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 28, 28, 1]}},
      {"class_name": "Conv2D", "config": {"name": "c1", "filters": 32, "kernel_size": [3, 3], "activation": "linear"}},
      {"class_name": "MaxPooling2D", "config": {"name": "pool", "pool_size": [2, 2]}},
      {"class_name": "Activation", "config": {"name": "a1", "activation": "relu"}},
      {"class_name": "Flatten", "config": {"name": "flat"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10, "activation": "softmax"}}
    ]
  }
}
]==],
    },
    {
      -- The mean of activations is not the activation of the mean.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - {kind: conv2d, filters: 32, kernel_size: 3}
    - {kind: activation, activation: relu}
    - average_pooling2d
    - flatten
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
    {
      -- GELU falls before it rises.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - {kind: conv2d, filters: 32, kernel_size: 3}
    - {kind: activation, activation: gelu}
    - max_pooling2d
    - flatten
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
  },
}
