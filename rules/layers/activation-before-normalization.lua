-- The order of activation and batch normalisation, about which people argue.

local rectifiers = { relu = true, relu6 = true }
local weighted = {
  dense = true, conv1d = true, conv2d = true, conv3d = true, depthwise_conv1d = true, depthwise_conv2d = true,
  separable_conv1d = true, separable_conv2d = true,
}

-- The activation layer, or the layer with a built-in one, whose values the normalisation gets.
local function activated(normalization)
  local layer = normalization.inputs[1]
  if layer.kind == "activation" or weighted[layer.kind] then
    return rectifiers[layer.activation] and layer or nil
  end
end

return {
  api = 1,
  id = "layers/activation-before-normalization",
  summary = "a batch normalisation behind the activation instead of before it",
  severity = "hint",
  default = false,
  kinds = { "batch_normalization" },

  docs = [[
## What it looks for
A batch normalisation that gets what ReLU gives. For who wants one order in all networks.

## Why it is bad
It is not: both orders train. The paper puts the normalisation before the activation, where the sums are nearly normal;
behind ReLU it sees half a distribution, and the next layer gets values below 0 that ReLU had cut. Many who measured found
the other order as good or better.

## Example
`Conv2D(64, 3, activation="relu")`, `BatchNormalization()`.

## Use instead
`Conv2D(64, 3, use_bias=False)`, `BatchNormalization()`, `Activation("relu")`.

## When to ignore it
Where it was measured to be better.

## References
- Ioffe and Szegedy (2015): Batch normalization, section 3.2.
- Mishkin, Sergievskiy and Matas (2017): Systematic evaluation of convolution neural network advances on the ImageNet:
  behind the activation it was slightly better.
]],

  check = function(experiment, report)
    for _, layer in ipairs(experiment.layers) do
      local before = layer.kind == "batch_normalization" and activated(layer) or nil
      if before then
        report {
          at = layer,
          message = ("%q normalises what %s of %q has cut"):format(layer.name, before.activation, before.name),
          help = "put the normalisation before the activation",
          related = { { at = { before, "activation" }, message = "the activation is here" } },
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
      {"class_name": "Conv2D", "config": {"name": "c1", "filters": 32, "kernel_size": [3, 3], "activation": "relu"}},
      {"class_name": 1️⃣"BatchNormalization", "config": {"name": "bn", "axis": [3]}},
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
    - {kind: activation, activation: relu}
    - 1️⃣batch_normalization
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
      {"class_name": "BatchNormalization", "config": {"name": "bn", "axis": [3]}},
      {"class_name": "Activation", "config": {"name": "a1", "activation": "relu"}},
      {"class_name": "Flatten", "config": {"name": "flat"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10, "activation": "softmax"}}
    ]
  }
}
]==],
    },
    {
      -- The inputs are normalised.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - batch_normalization
    - {kind: conv2d, filters: 32, kernel_size: 3, activation: relu}
    - flatten
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
  },
}
