-- Layers with one kernel and one bias. The gates of LSTM and GRU have biases with a purpose of their own.
local kinds = {
  dense = true, einsum_dense = true, conv1d = true, conv2d = true, conv3d = true, conv_transpose_1d = true,
  conv_transpose_2d = true, conv_transpose_3d = true,
}
-- Activations of gates, whose bias says whether they start open or closed.
local gates = { "sigmoid", "hard_sigmoid", "softmax" }

-- The mean that the biases start with; nil where it is not known.
local function mean_of(initializer)
  local name = initializer.name
  if name == "ones" then return 1 end
  if name == "constant" and type(initializer.value) == "number" then return initializer.value end
  if one_of(name, { "random_normal", "truncated_normal" }) then return initializer.mean end
  if name == "random_uniform" then return (initializer.min + initializer.max) / 2 end
end

return {
  api = 1,
  id = "init/nonzero-bias",
  summary = "biases of hidden units that start far from 0",
  severity = "warning",
  cause = 9,
  probe = "dead_units",
  needs = { "layers.bias_initializer.name = ones, constant, random_normal, truncated_normal, random_uniform" },
  options = {
    largest = {
      type = "number",
      default = 0.1,
      help = "the largest size that is left alone; 0.1, as biases of 0.01 to 0.1 are a known remedy for dead ReLUs",
    },
    dead = {
      type = "number",
      default = 3,
      help = "from which size on negative biases before ReLU are a warning rather than a hint; 3, because sums of normalised "
        .. "inputs have a deviation near 1, so that 99.9 % of them are then negative; measured loss 0.40 instead of 0.12",
    },
    saturated = {
      type = "number",
      default = 5,
      help = "from which size on biases before tanh are a warning rather than a hint; 5, where the slope is 0.0002; measured "
        .. "loss 0.46 with Adam and 0.70 with SGD instead of 0.11 (scripts/measure-starts.py)",
    },
  },
  docs = [[
## What it looks for

Biases of a hidden dense or convolutional layer that start at a constant above 0.1 or below -0.1: a hint in plain
networks, a warning where they are -3 or less before ReLU, or 5 or more in size before tanh. Gates that end in
sigmoid, recurrent layers with their forget bias, and heads, whose bias may state a prior, are left alone, and so are
networks that normalise.

## Why it is bad

With inputs and weights of the usual scale the sums of a layer have a deviation near 1. A bias of -3 makes nearly all
of them negative, so that the units start dead under ReLU; a bias of 5 saturates tanh, whose slope there is 0.0002.
Positive biases before ReLU do little harm: the layer starts as a straight line.

## Example

`Dense(64, activation="relu", bias_initializer=Constant(-5))`.

## Use instead

`zeros`.

## When to ignore it

Where the inputs are so large that the bias is small beside them, or the bias belongs to a known recipe (AlexNet had
ones before ReLU).

## References

- Goodfellow, Bengio and Courville, *Deep Learning*, 2016, section 8.4, on biases: zero, and three cases where not.
- Krizhevsky, Sutskever and Hinton, *ImageNet Classification with Deep Convolutional Neural Networks*, 2012, section
  5.
- Jozefowicz, Zaremba and Sutskever, 2015, on the forget gate's bias.
]],

  check = function(experiment, report, options)
    if experiment.fine_tuned or experiment.has_normalization ~= false then return end
    for _, layer in ipairs(experiment.layers) do
      local initializer = kinds[layer.kind] and layer.bias_initializer or nil
      local mean = initializer and layer.use_bias ~= false and mean_of(initializer) or nil
      local activation = mean and layer.effective_activation
      local hidden = mean and layer.head == false and not layer.shared and not layer.pretrained and layer.trainable ~= false
      if activation and hidden and not one_of(activation, gates) then
        local size = math.abs(mean)
        local dead = one_of(activation, { "relu", "relu6" }) and mean <= -options.dead
        local saturated = one_of(activation, { "tanh", "softsign", "hard_tanh" }) and size >= options.saturated
        local far = dead or saturated
        local told = far or (size > options.largest and experiment.has_skips == false)
        if told then
          local why = dead and "so nearly all of its units start dead"
            or saturated and "so all of its units start saturated"
            or "which shifts all of its sums the same way"
          report {
            at = { initializer, "name" },
            once = true,
            severity = not far and "hint" or nil,
            message = ("the biases of layer %q start at %g, %s"):format(layer.name, mean, why),
            help = 'use "zeros"',
            fix = set(initializer, "name", "zeros"),
            safe = false,
            confirm = true,
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
      "config": {"name": "hidden", "units": 64, "activation": "relu",
        "bias_initializer": 1️⃣{"module": "keras.initializers", "class_name": "Constant", "config": {"value": -5.0}}}},
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
      "config": {"name": "hidden", "units": 64, "activation": "relu",
        "bias_initializer": "zeros"}},
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
    - {kind: dense, units: 64, activation: tanh, bias_init: 1️⃣ones}
    - {kind: dense, units: 1}
data: {inputs: {features: 24}}
training: {loss: mse}
]=],
      fixed = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: tanh, bias_init: zeros}
    - {kind: dense, units: 1}
data: {inputs: {features: 24}}
training: {loss: mse}
]=],
    },
    {
      -- A small positive bias against dead ReLUs, and a head that starts at the share of the rare class.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu, bias_init: {name: constant, value: 0.1}}
    - {kind: dense, units: 1, activation: sigmoid, bias_init: {name: constant, value: -4.6}}
data: {inputs: {features: 24}}
training: {loss: binary_crossentropy}
]=],
    },
    {
      -- The forget gate of an LSTM.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20, 8]}},
    {"module": "keras.layers", "class_name": "LSTM",
      "config": {"name": "lstm", "units": 32, "unit_forget_bias": true,
        "bias_initializer": {"module": "keras.initializers", "class_name": "Zeros", "config": {}}}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
  ]}
}
]=],
    },
    {
      -- A gate that starts nearly closed, as in highway networks.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: sigmoid, bias_init: {name: constant, value: -3}}
    - {kind: dense, units: 1}
data: {inputs: {features: 24}}
training: {loss: mse}
]=],
    },
  },
}
