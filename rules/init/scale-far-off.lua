-- Initialisers whose scale is the writer's own; the others compute it from the fan-in.
local home_made = { random_normal = true, random_uniform = true, truncated_normal = true, variance_scaling = true }
local feed_forward = { dense = true, einsum_dense = true, conv1d = true, conv2d = true, conv3d = true }
-- Optimizers that divide each step by the size of the gradient, and so leave a small start behind.
local adaptive = {
  adam = true, adamw = true, adamax = true, nadam = true, radam = true, rmsprop = true, adagrad = true, adadelta = true,
  adafactor = true, lamb = true, lion = true, ftrl = true,
}
-- Quantised layers keep the sign of a weight and little else; their scale is another matter.
local function is_quantised(layer)
  local name = layer.class_name or ""
  return name:find("^Q[A-Z]") ~= nil or name:find("^Binary") ~= nil or name:find("^Ternary") ~= nil
end

-- What passes a signal on to the next weight layer at its scale.
local passing = {
  activation = true, dropout = true, spatial_dropout = true, alpha_dropout = true, gaussian_dropout = true,
  flatten = true, reshape = true, permute = true, identity = true, max_pooling1d = true, max_pooling2d = true,
  max_pooling3d = true, global_max_pooling = true, concatenate = true,
}

-- Whether nothing but a weight layer or an output takes the layer's values: no normalisation, sum or unknown operation.
local function goes_on_unchanged(layer, visited)
  for _, consumer in ipairs(layer.consumers) do
    if not visited[consumer.index] and consumer.head == nil then
      visited[consumer.index] = true
      if not passing[consumer.kind] or not goes_on_unchanged(consumer, visited) then return false end
    end
  end
  return true
end

-- Whether all weights have one sign, of which one-signed-weights speaks.
local function is_one_signed(initializer)
  return initializer.name == "random_uniform" and (initializer.min >= 0 or initializer.max <= 0)
end

-- The factor by which the hidden layers together change the signal. Of layers side by side the largest gain counts.
local function total_gain(experiment)
  local gains = {}
  for _, layer in ipairs(experiment.layers) do
    local depth, gain = layer.weight_depth, layer.initial_gain
    if depth and gain > 0 and layer.head == false and not (gains[depth] > gain) then gains[depth] = gain end
  end
  local product = 1
  for _, gain in pairs(gains) do product = product * gain end
  return product
end

local function fitting(activation)
  if one_of(activation, { "relu", "relu6", "leaky_relu", "elu", "gelu", "silu" }) then return "he_normal" end
  if activation == "selu" then return "lecun_normal" end
  return "glorot_uniform"
end

return {
  api = 1,
  id = "init/scale-far-off",
  summary = "home-made random weights far too small or too large for their fan-in",
  severity = "warning",
  cause = 9,
  probe = "gradient_norm",
  needs = {
    "layers.kernel_initializer.name = random_normal, random_uniform, truncated_normal, variance_scaling",
    "layers.initial_gain",
  },
  options = {
    factor = {
      type = "number",
      default = 5,
      help = "how many times the deviation may differ from the one that keeps the signal's variance; 5, because the "
        .. "fixed deviations of well-known networks (0.01 in most layers of VGG, 0.02 in GPT-2) stay within it, and "
        .. "three layers that are each 5 times off change the signal by more than 100",
    },
    signal = {
      type = "number",
      default = 0.01,
      help = "too small weights are a hint only where the hidden layers together leave this share of the signal or more; "
        .. "0.01, because SGD learned with 0.04 left and not with 0.0025 (scripts/measure-starts.py)",
    },
    adaptive_signal = {
      type = "number",
      default = 1e-7,
      help = "the same for Adam and its relatives, and where the optimizer is not known; 0.0000001, the epsilon below which "
        .. "Adam's steps shrink with the gradient: it learned with 0.000006 left and not with 0.0000000008",
    },
    depth = {
      type = "integer",
      default = 3,
      help = "from how many weight layers on too small weights are reported; 3, because with two a small start only "
        .. "costs a few steps",
    },
  },
  docs = [[
## What it looks for

A layer with a random distribution of a fixed width (`random_normal`, `random_uniform`, `truncated_normal`, or
`variance_scaling` with a scale of one's own) whose standard deviation is more than 5 times larger or smaller than the
one that keeps the variance of the signal: `sqrt(2 / fan_in)` before ReLU and its relatives, `sqrt(1 / fan_in)`
otherwise. Only in networks with neither normalisation nor skip connections, which repair the scale; where parts of the
network are not known, only too large weights whose sums go straight to the next layer. Too small weights
are a warning where the hidden layers together leave less than 1 % of the signal and the optimizer is known to be SGD,
and a hint otherwise. Small heads are left alone, and large ones are a hint up to 25 times.

## Why it is bad

Each layer multiplies the signal, and on the way back the gradient, by the ratio of the two deviations. Three layers
that are 8 times too large make it 500 times too large: sigmoid and tanh saturate, softmax starts out sure and wrong,
the loss explodes. Too small by the same ratio, SGD gets next to no gradient and stands still; Adam makes up for much
of it.

Measured with `scripts/measure-starts.py` (networks of 64 ReLU units a layer, cross-entropy after 600 steps, 0.69 for
nothing learned): with He's deviation 0.12 to 0.15 at 3 to 8 layers; 5 times larger 5.5 with Adam at 3 layers and 80
at 5; 5 times smaller 0.12 with Adam, but 0.69 with SGD from 5 layers on.

## Example

`random_normal` with deviation 1 in a layer with 256 inputs: 11 times too large.

## Use instead

`he_normal` before ReLU and its relatives, `glorot_uniform` before tanh and sigmoid, `lecun_normal` before SELU.

## When to ignore it

Where the scale belongs to a scheme of its own, such as quantised weights, or when the inputs are so large or small
that the first layer has to make up for it (better: normalise them).

## References

- Glorot and Bengio, *Understanding the difficulty of training deep feedforward neural networks*, 2010, equation 16.
- He et al., *Delving Deep into Rectifiers*, 2015, section 2.2.
- LeCun, Bottou, Orr and Müller, *Efficient BackProp*, 1998, section 4.6.
]],

  check = function(experiment, report, options)
    if experiment.has_skips == true or experiment.has_normalization == true or experiment.fine_tuned then return end
    local suspects = {}
    for _, layer in ipairs(experiment.layers) do
      local initializer = feed_forward[layer.kind] and layer.kernel_initializer or nil
      if home_made[initializer.name or ""] and not is_one_signed(initializer) then suspects[#suspects + 1] = layer end
    end
    if #suspects == 0 then return end
    local total = experiment.plain and total_gain(experiment) or nil
    local optimizer = experiment.training.optimizer.name
    local least = optimizer and not adaptive[optimizer] and options.signal or options.adaptive_signal
    for _, layer in ipairs(suspects) do
      local initializer = layer.kernel_initializer
      local gain, stddev = layer.initial_gain, layer.initial_stddev
      local applies = layer.trainable ~= false and not layer.shared and not is_quantised(layer)
      -- Where parts of the network are not known, only what is surely not repaired counts.
      if applies and gain > 0 and (experiment.plain or gain > options.factor and goes_on_unchanged(layer, {})) then
        local large = gain > options.factor
        -- A share of the limit, as the deviation of a file and the one that fits are rounded.
        local small = gain < 0.999 / options.factor and experiment.weight_depth >= options.depth
        local hidden = layer.head == false
        -- A small head is a known good start; a large one, unless it is huge, costs the first steps only.
        local mild = hidden and small and total >= least or not hidden and gain <= options.factor ^ 2
        if (large or (small and hidden)) then
          report {
            at = { initializer, "name" },
            once = true,
            severity = mild and "hint" or nil,
            message = ("the weights of layer %q start with deviation %.2g%s, %.0f times too %s for %d inputs and %s")
              :format(
                layer.name,
                stddev,
                origin(initializer, "stddev").kind == "default"
                  and (" (%s's default)"):format(origin(initializer, "stddev").framework) or "",
                large and gain or 1 / gain,
                large and "large" or "small",
                layer.fan_in,
                layer.effective_activation == "linear" and "no activation" or layer.effective_activation
              ),
            help = ("use %q, which gives %.2g"):format(fitting(layer.effective_activation), stddev / gain),
            fix = set(initializer, "name", fitting(layer.effective_activation)),
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
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 256]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu",
        "kernel_initializer": 1️⃣{"module": "keras.initializers", "class_name": "RandomNormal",
          "config": {"mean": 0.0, "stddev": 1.0}}}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "softmax"}}
  ]}
}
]=],
      fixed = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 256]}},
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
    - {kind: dense, units: 64, activation: tanh, init: {name: 1️⃣random_normal, stddev: 0.001}}
    - {kind: dense, units: 64, activation: tanh, init: {name: 1️⃣random_normal, stddev: 0.001}}
    - {kind: dense, units: 1, init: {name: random_normal, stddev: 0.001}}
data: {inputs: {features: 24}}
training: {loss: mse, optimizer: {name: sgd, learning_rate: 0.01}}
]=],
      fixed = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: tanh, init: glorot_uniform}
    - {kind: dense, units: 64, activation: tanh, init: glorot_uniform}
    - {kind: dense, units: 1, init: {name: random_normal, stddev: 0.001}}
data: {inputs: {features: 24}}
training: {loss: mse, optimizer: {name: sgd, learning_rate: 0.01}}
]=],
    },
    {
      -- 0.02 for 768 inputs, as in GPT-2, is 2 times too small, no more.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 768, activation: gelu, init: {name: random_normal, stddev: 0.02}}
    - {kind: dense, units: 768, activation: gelu, init: {name: random_normal, stddev: 0.02}}
    - {kind: dense, units: 100, init: {name: random_normal, stddev: 0.02}}
data: {inputs: {features: 768}}
training: {loss: mse}
]=],
    },
    {
      -- DCGAN: 0.02 with batch normalisation behind.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "discriminator", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 16]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "a", "units": 64, "activation": "linear",
        "kernel_initializer": {"module": "keras.initializers", "class_name": "RandomNormal",
          "config": {"mean": 0.0, "stddev": 0.02}}}},
    {"module": "keras.layers", "class_name": "BatchNormalization", "config": {"name": "bn", "axis": -1}},
    {"module": "keras.layers", "class_name": "LeakyReLU", "config": {"name": "leaky", "negative_slope": 0.2}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "b", "units": 32, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "out", "units": 1, "activation": "sigmoid"}}
  ]}
}
]=],
    },
    {
      -- A head whose logits start 32 times too large.
      bad = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 10, activation: softmax, init: {name: 1️⃣random_normal, stddev: 4}}
data: {inputs: {features: 24}}
training: {loss: categorical_crossentropy}
]=],
      fixed = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 10, activation: softmax, init: glorot_uniform}
data: {inputs: {features: 24}}
training: {loss: categorical_crossentropy}
]=],
    },
    {
      -- A small head: the policy starts out undecided.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: tanh}
    - {kind: dense, units: 64, activation: tanh}
    - {kind: dense, units: 4, init: {name: random_uniform, min: -0.003, max: 0.003}}
data: {inputs: {features: 24}}
training: {loss: mse}
]=],
    },
    {
      -- Embeddings look up; nothing is summed.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Embedding",
      "config": {"name": "words", "input_dim": 5000, "output_dim": 32,
        "embeddings_initializer": {"module": "keras.initializers", "class_name": "RandomUniform",
          "config": {"minval": -0.05, "maxval": 0.05}}}},
    {"module": "keras.layers", "class_name": "GlobalAveragePooling1D", "config": {"name": "pool"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 16, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "out", "units": 1, "activation": "sigmoid"}}
  ]}
}
]=],
    },
  },
}
