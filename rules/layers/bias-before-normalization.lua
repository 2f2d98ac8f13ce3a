-- A bias that the normalisation behind it takes away again.

local weighted = {
  dense = true, conv1d = true, conv2d = true, conv3d = true, conv_transpose_1d = true, conv_transpose_2d = true,
  conv_transpose_3d = true, depthwise_conv1d = true, depthwise_conv2d = true, separable_conv1d = true,
  separable_conv2d = true,
}

return {
  api = 1,
  id = "layers/bias-before-normalization",
  summary = "a bias right before a batch normalisation, which takes it away",
  severity = "hint",
  default = false,
  needs = { "layers.use_bias" },
  kinds = { "batch_normalization" },

  docs = [[
## What it looks for
A dense or convolution layer with a bias and no activation right before a batch normalisation that learns an offset.

## Why it is bad
The normalisation subtracts the mean, and with it every constant: the bias has no effect and its gradient is 0. It is not
harmful, only idle: parameters, memory and optimizer state for nothing. The offset of the normalisation does its work.

## Example
`Conv2D(64, 3)`, `BatchNormalization()`.

## Use instead
`use_bias=False` in the layer.

## When to ignore it
Where weights of a trained model are loaded that have the bias, or where the normalisation is folded into the layer
later.

## References
- Ioffe and Szegedy (2015): Batch normalization, section 3.2: "the bias b can be ignored".
]],

  check = function(experiment, report)
    for _, layer in ipairs(experiment.layers) do
      local after = layer.consumers[1]
      if layer.use_bias and weighted[layer.kind] and layer.activation == "linear" and #layer.consumers == 1
          and after.kind == "batch_normalization" and after.center ~= false and not layer.pretrained
          and not layer.shared and layer.trainable ~= false then
        report {
          at = { layer, "use_bias" },
          once = true,
          message = ("the bias of %q has no effect: %q subtracts the mean"):format(layer.name, after.name),
          help = 'set "use_bias" to false',
          related = { { at = after, message = "the normalisation is here" } },
          fix = set(layer, "use_bias", false),
          -- Stored weights have the bias.
          safe = false,
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
      {"class_name": "Dense", "config": {"name": "d1", "units": 64, "activation": "linear", "use_bias": 1️⃣true}},
      {"class_name": "BatchNormalization", "config": {"name": "bn", "axis": [1]}},
      {"class_name": "Activation", "config": {"name": "a1", "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear", "use_bias": true}}
    ]
  }
}
]==],
      fixed = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 20]}},
      {"class_name": "Dense", "config": {"name": "d1", "units": 64, "activation": "linear", "use_bias": false}},
      {"class_name": "BatchNormalization", "config": {"name": "bn", "axis": [1]}},
      {"class_name": "Activation", "config": {"name": "a1", "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear", "use_bias": true}}
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
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, use_bias: 1️⃣true}
    - batch_normalization
    - {kind: activation, activation: relu}
    - {kind: dense, units: 1}
]==],
    },
    {
      bad = [==[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
combiner: {type: concat, num_fc_layers: 2, use_bias: 1️⃣true, norm: batch}
]==],
    },
    {
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, use_bias: false}
    - batch_normalization
    - {kind: activation, activation: relu}
    - {kind: dense, units: 1}
]==],
    },
    {
      -- An activation between them: the bias shifts what it bends.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu}
    - batch_normalization
    - {kind: dense, units: 1}
]==],
    },
    {
      -- Layer normalisation takes one mean over units whose biases differ.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64}
    - layer_normalization
    - {kind: activation, activation: relu}
    - {kind: dense, units: 1}
]==],
    },
  },
}
