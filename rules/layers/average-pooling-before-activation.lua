-- A mean in which what is above and what is below 0 cancel out.

local poolings = {
  average_pooling1d = true, average_pooling2d = true, average_pooling3d = true, global_average_pooling = true,
}
local cutting = { relu = true, relu6 = true, leaky_relu = true, elu = true, gelu = true, silu = true }
local weighted = {
  conv1d = true, conv2d = true, conv3d = true, depthwise_conv1d = true, depthwise_conv2d = true,
  separable_conv1d = true, separable_conv2d = true,
}

return {
  api = 1,
  id = "layers/average-pooling-before-activation",
  summary = "an average pooling of sums that have not met their activation",
  severity = "hint",
  default = false,
  kinds = { "average_pooling1d", "average_pooling2d", "average_pooling3d", "global_average_pooling" },

  docs = [[
## What it looks for
A convolution without an activation, an average pooling, and behind it a rectifier.

## Why it is bad
A feature that is found at one place and clearly absent at its neighbours is averaged away before the ReLU sees it. With
the activation first, what is absent counts 0 and not below.

## Example
`Conv2D(64, 3)`, `AveragePooling2D()`, `Activation("relu")`.

## Use instead
`Conv2D(64, 3, activation="relu")`, `AveragePooling2D()`.

## When to ignore it
Where the pooling is a blur before a step of 2, as against aliasing.

## References
- Goodfellow, Bengio and Courville (2016): Deep learning, section 9.3: convolution, activation, pooling.
- Zhang (2019): Making convolutional networks shift-invariant again, for the other side.
]],

  check = function(experiment, report)
    for _, layer in ipairs(experiment.layers) do
      local before, after = layer.inputs[1], layer.consumers[1]
      if after.kind == "batch_normalization" and #after.consumers == 1 then after = after.consumers[1] end
      if poolings[layer.kind] and #layer.consumers == 1 and after.kind == "activation"
          and cutting[after.activation] and weighted[before.kind] and before.activation == "linear" then
        report {
          at = layer,
          message = ("%q averages sums before %s of %q cuts them: values above and below 0 cancel out"):format(
            layer.name, after.activation, after.name),
          help = "put the activation before the pooling",
          related = { { at = after, message = "the activation is here" } },
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
      {"class_name": 1️⃣"AveragePooling2D", "config": {"name": "pool", "pool_size": [2, 2]}},
      {"class_name": "Activation", "config": {"name": "a1", "activation": "relu"}},
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
    - 1️⃣average_pooling2d
    - {kind: activation, activation: relu}
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
      {"class_name": "Conv2D", "config": {"name": "c1", "filters": 32, "kernel_size": [3, 3], "activation": "relu"}},
      {"class_name": "AveragePooling2D", "config": {"name": "pool", "pool_size": [2, 2]}},
      {"class_name": "Flatten", "config": {"name": "flat"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10, "activation": "softmax"}}
    ]
  }
}
]==],
    },
    {
      -- Max pooling and the activation can change places.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - {kind: conv2d, filters: 32, kernel_size: 3}
    - max_pooling2d
    - {kind: activation, activation: relu}
    - flatten
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
  },
}
