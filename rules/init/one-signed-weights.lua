local kinds = { dense = true, einsum_dense = true, conv1d = true, conv2d = true, conv3d = true }
local opaque = { unknown = true, operation = true, backbone = true }

-- The mean and deviation of weights that all, or nearly all, have one sign; nil where both signs occur.
local function one_signed(initializer)
  local name = initializer.name
  local low, high = initializer.min, initializer.max
  if name == "random_uniform" and low < high and (low >= 0 or high <= 0) then
    return (low + high) / 2, (high - low) / math.sqrt(12)
  end
  local is_normal = name == "random_normal" or name == "truncated_normal"
  if is_normal and initializer.stddev > 0 and math.abs(initializer.mean or 0) >= 2 * initializer.stddev then
    return initializer.mean, initializer.stddev
  end
end

local function fitting(activation)
  if one_of(activation, { "relu", "relu6", "leaky_relu", "elu", "gelu", "silu" }) then return "he_normal" end
  if activation == "selu" then return "lecun_normal" end
  return "glorot_uniform"
end

local function may_normalize(experiment)
  if experiment.has_normalization ~= false then return true end
  for _, layer in ipairs(experiment.layers) do
    if opaque[layer.kind] then return true end
  end
  return false
end

return {
  api = 1,
  id = "init/one-signed-weights",
  summary = "random weights that all have the same sign",
  severity = "warning",
  cause = 9,
  probe = "symmetric_units",
  needs = { "layers.kernel_initializer.name = random_uniform, random_normal, truncated_normal" },
  options = {
    shared = {
      type = "number",
      default = 2,
      help = "from which size on it is a warning rather than a hint: the part that the sums share, |mean| * sqrt(fan_in), in "
        .. "deviations of the inputs; 2, where the loss was measured to be twice as large (scripts/measure-starts.py)",
    },
    fan_in = {
      type = "integer",
      default = 3,
      help = "from how many inputs on a layer is looked at; 3, because two weights of one sign are nothing unusual",
    },
  },
  docs = [[
## What it looks for

A hidden layer whose weights are drawn from a range on one side of 0, such as `random_uniform` from 0 to 1, or from a
normal distribution whose mean is two deviations or more from 0. Only in networks without normalisation, which takes
the mean out.

## Why it is bad

All units then measure nearly the same thing, the sum of the inputs: with weights uniform from 0 to 1 the sums of any
two units are correlated by 0.75. The signal grows with the number of inputs instead of its root, and the units under
ReLU are all on, or all off, together.

## Example

`RandomUniform(minval=0, maxval=1)` in a hidden layer.

## Use instead

`he_normal` before ReLU and its relatives, `glorot_uniform` before tanh and sigmoid: symmetric around 0.

## When to ignore it

Where weights must not be negative, as in monotonic networks or non-negative factorisations.

## References

- LeCun, Bottou, Orr and Müller, *Efficient BackProp*, 1998, sections 4.3 and 4.6: why means should be 0.
- Glorot and Bengio, 2010; He et al., 2015.
]],

  check = function(experiment, report, options)
    if experiment.fine_tuned or may_normalize(experiment) then return end
    for _, layer in ipairs(experiment.layers) do
      local initializer = kinds[layer.kind] and layer.kernel_initializer or nil
      local mean, deviation = one_signed(initializer)
      local hidden = mean and layer.head == false and not layer.shared
        and not layer.pretrained and layer.trainable ~= false
      local several = hidden and (layer.units > 1 or layer.filters > 1)
      local applies = several and layer.fan_in >= options.fan_in
      if applies then
        report {
          at = { initializer, "name" },
          once = true,
          severity = not (math.abs(mean) * math.sqrt(layer.fan_in) >= options.shared) and "hint" or nil,
          message = ("all weights of layer %q start %s, so any two of its units are correlated by %.2f")
            :format(
              layer.name,
              mean > 0 and "positive" or "negative",
              mean * mean / (mean * mean + deviation * deviation)
            ),
          help = ("use %q, which is symmetric around 0"):format(fitting(layer.effective_activation)),
          fix = set(initializer, "name", fitting(layer.effective_activation)),
          safe = false,
          confirm = true,
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
      "config": {"name": "hidden", "units": 64, "activation": "relu",
        "kernel_initializer": 1️⃣{"module": "keras.initializers", "class_name": "RandomUniform",
          "config": {"minval": 0.0, "maxval": 0.5}}}},
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
        "kernel_initializer": "he_normal"}},
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
    - {kind: dense, units: 64, activation: tanh, init: {name: 1️⃣random_normal, mean: 0.2, stddev: 0.05}}
    - {kind: dense, units: 1}
data: {inputs: {features: 24}}
training: {loss: mse}
]=],
      fixed = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: tanh, init: glorot_uniform}
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
      "config": {"name": "hidden", "units": 64, "activation": "relu",
        "kernel_initializer": {"module": "keras.initializers", "class_name": "RandomUniform",
          "config": {"minval": -0.5, "maxval": 0.5}}}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "softmax"}}
  ]}
}
]=],
    },
    {
      -- Orthogonal matrices and the identity keep the signal as it is.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 24, activation: relu, init: identity}
    - {kind: dense, units: 24, activation: tanh, init: orthogonal}
    - {kind: dense, units: 1}
data: {inputs: {features: 24}}
training: {loss: mse}
]=],
    },
  },
}
