local glorot_or_lecun = { glorot_uniform = true, glorot_normal = true, lecun_uniform = true, lecun_normal = true }

-- Returns the change that gives the layers with ReLU weights of the right size.
local function fitted(experiment)
  local changes = {}
  for _, layer in ipairs(experiment.layers) do
    local is_small = layer.effective_activation == "relu" and glorot_or_lecun[layer.kernel_initializer.name]
    if is_small then table.insert(changes, set(layer.kernel_initializer, "name", "he_normal")) end
  end
  return changes
end

-- The factor by which the signal of the stack of ReLU layers with Glorot or LeCun weights shrinks, the number of these
-- layers, and the first one. Of layers side by side the one with the largest gain counts.
local function shrinkage(experiment)
  local gains, first = {}, nil
  for _, layer in ipairs(experiment.layers) do
    local depth, gain = layer.weight_depth, layer.initial_gain
    local fits = layer.effective_activation ~= "relu" or not glorot_or_lecun[layer.kernel_initializer.name]
    if depth and gain > 0 and not fits then
      first = first or layer
      if not gains[depth] or gains[depth] < gain then gains[depth] = gain end
    end
  end
  local product, count = 1, 0
  for _, gain in pairs(gains) do
    product, count = product * gain, count + 1
  end
  return product, count, first
end

return {
  api = 1,
  id = "init/unfit-for-activation",
  summary = "an initialiser made for another activation, in a plain network",
  severity = "hint",
  cause = 9,
  probe = "gradient_norm",
  needs = { "layers.kernel_initializer" },
  options = {
    least_signal = {
      type = "number",
      default = 0.0001,
      help = "the share of the signal's deviation that must reach the end of a plain ReLU stack with Glorot or LeCun "
        .. "weights; 0.0001, because He et al. 2015 saw 22 such layers (0.0005) converge and 30 (0.00003) stall",
    },
  },
  docs = [[
## What it looks for

He initialisation before SELU; and Glorot or LeCun initialisation in a stack of ReLU layers so deep that the signal
almost vanishes. Only in networks with neither normalisation nor skip connections.

## Why it is bad

ReLU cuts half of the signal's variance, for which He initialisation makes up with a factor 2. Glorot and LeCun do
not, so each layer multiplies the deviation by about 0.7: after 20 layers 0.1 % is left, and the gradients of the
first layers shrink alike. In a network of a few layers that is harmless. SELU brings the signal to variance 1 by
itself, provided that the weights have variance 1 / fan-in; He's are twice that.

## Example

A plain stack of 30 convolutions with ReLU and Keras's default, `glorot_uniform`.

## Use instead

`he_normal` or `he_uniform` before ReLU, `lecun_normal` before SELU. For deep stacks normalisation or skip connections
help more.

## When to ignore it

When the network trains. It is advice for one that does not.

## References

- He et al., *Delving Deep into Rectifiers*, 2015, section 2.2 and figures 2 and 3.
- Klambauer et al., *Self-Normalizing Neural Networks*, 2017.
- Keras, `keras.activations.selu`: to be used with `lecun_normal`.
]],

  check = function(experiment, report, options)
    if not experiment.plain then return end
    for _, layer in ipairs(experiment.layers) do
      local initializer = layer.kernel_initializer
      if layer.effective_activation == "selu" and one_of(initializer.name, { "he_normal", "he_uniform" })
          and not layer.pretrained and not layer.shared then
        local instead = initializer.name == "he_uniform" and "lecun_uniform" or "lecun_normal"
        report {
          at = { initializer, "name" },
          once = true,
          message = ("layer %q starts with %s, which has twice the variance that SELU needs to normalise itself")
            :format(layer.name, initializer.name),
          help = ("use %q"):format(instead),
          fix = set(initializer, "name", instead),
          confirm = true,
        }
      end
    end
    local product, count, first = shrinkage(experiment)
    if first and product < options.least_signal then
      local default = origin(first.kernel_initializer, "name").kind == "default"
      report {
        at = { first.kernel_initializer, "name" },
        message = ("%d layers with ReLU start with weights that %s: %.2g of the signal is left behind the last")
          :format(
            count,
            default and ("%s makes too small for it by default (%s)"):format(
              origin(first.kernel_initializer, "name").framework or "the framework", first.kernel_initializer.name)
              or "are too small for it (" .. first.kernel_initializer.name .. ")",
            product
          ),
        help = 'use "he_normal" in these layers, or normalisation between them',
        trial = fitted(experiment),
      }
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
      "config": {"name": "hidden", "units": 64, "activation": "selu",
        "kernel_initializer": 1️⃣{"module": "keras.initializers", "class_name": "HeNormal", "config": {"seed": null}}}},
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
      "config": {"name": "hidden", "units": 64, "activation": "selu",
        "kernel_initializer": "lecun_normal"}},
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
    - {kind: dense, units: 64, activation: selu, init: 1️⃣he_uniform}
    - {kind: dense, units: 1}
data: {inputs: {features: 24}}
training: {loss: mse}
]=],
      fixed = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: selu, init: lecun_uniform}
    - {kind: dense, units: 1}
data: {inputs: {features: 24}}
training: {loss: mse}
]=],
    },
    {
      -- Glorot before ReLU in a network of a few layers.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu",
        "kernel_initializer": {"module": "keras.initializers", "class_name": "GlorotUniform", "config": {"seed": null}}}},
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
    - {kind: dense, units: 64, activation: selu, init: lecun_normal}
    - {kind: dense, units: 64, activation: relu, init: he_normal}
    - {kind: dense, units: 64, activation: tanh, init: glorot_uniform}
    - {kind: dense, units: 1}
data: {inputs: {features: 24}}
training: {loss: mse}
]=],
    },
  },
}
