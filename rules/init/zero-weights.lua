-- Layers whose kernel sums over its inputs. Embeddings look up, and each depthwise filter sees a channel of its own.
local kinds = {
  dense = true, einsum_dense = true, conv1d = true, conv2d = true, conv3d = true, conv_transpose_1d = true,
  conv_transpose_2d = true, conv_transpose_3d = true, simple_rnn = true, gru = true, lstm = true,
}
local normal_names = { random_normal = true, truncated_normal = true }
-- Their gradient at 0 is 0.
local dead_at_zero = { relu = true, relu6 = true }

-- The value that all weights of a kernel start with; nil where they differ or it is not known.
local function constant_of(initializer)
  local name = initializer.name
  if name == "zeros" then return 0 end
  if name == "ones" then return 1 end
  if name == "constant" and type(initializer.value) == "number" then return initializer.value end
  if normal_names[name] and initializer.stddev == 0 then return initializer.mean or 0 end
  if name == "random_uniform" and initializer.min and initializer.min == initializer.max then return initializer.min end
end

-- Calls `visit` for each weight layer that takes what the layer gives. Gives false where something else takes it.
local function visit_next_weight_layers(layer, visit, seen)
  for _, consumer in ipairs(layer.consumers) do
    if not seen[consumer.index] then
      seen[consumer.index] = true
      if kinds[consumer.kind] then
        visit(consumer)
      else
        visit_next_weight_layers(consumer, visit, seen)
      end
    end
  end
end

-- Whether all weight layers behind start constant, so that nothing tells the units of the layer apart.
local function is_followed_by_constants(layer)
  local found, all = false, true
  visit_next_weight_layers(layer, function(next)
    found = true
    all = all and constant_of(next.kernel_initializer) ~= nil
  end, {})
  return found and all
end

-- Whether a layer inside a residual branch starts at zero together with the next layer of the branch: then neither gets
-- a gradient. One of them alone is a known good start.
local function is_in_dead_branch(layer, value)
  if value ~= 0 or not layer.bypassed then return false end
  local found, all = false, true
  visit_next_weight_layers(layer, function(next)
    found = true
    all = all and next.bypassed and next.head == false and constant_of(next.kernel_initializer) == 0
  end, {})
  return found and all
end

local function has_zero_bias(layer)
  if layer.use_bias == false then return true end
  return constant_of(layer.bias_initializer) == 0
end

-- Whether some output is trained: a file without a loss may be for weights that are there.
local function is_trained(experiment)
  for _, output in ipairs(experiment.outputs) do
    if output.loss then return true end
  end
  return false
end

local function fitting(activation)
  if one_of(activation, { "relu", "relu6", "leaky_relu", "elu", "gelu", "silu" }) then return "he_normal" end
  if activation == "selu" then return "lecun_normal" end
  return "glorot_uniform"
end

return {
  api = 1,
  id = "init/zero-weights",
  summary = "hidden units that all start the same, or start dead",
  severity = "error",
  cause = 9,
  probe = "symmetric_units",
  needs = { "layers.kernel_initializer.name = zeros, ones, constant, random_normal, truncated_normal, random_uniform" },
  options = {
    shared = {
      type = "number",
      default = 2,
      help = "from which size on equal weights that are not beyond repair are a warning rather than a hint: the part that the sums "
        .. "share, |value| * sqrt(fan_in), in deviations of the inputs; 2, where the loss was measured to be two to three times "
        .. "larger (scripts/measure-starts.py)",
    },
  },
  docs = [[
## What it looks for

A hidden layer with several units whose weights all start at one value: zeros, ones, another constant, or a random
distribution of width 0. It is an error where the units cannot leave that state: under ReLU with zero weights and
biases, or when the next weight layers start constant too. Otherwise it is a warning for large values, and a hint for
small ones in plain networks.

## Why it is bad

Units with equal weights compute the same and, if the next layer weighs them equally, get the same gradient: they stay
equal for good, and a layer of 256 is worth one unit. With all-zero weights under ReLU the sums are 0, where the
gradient of ReLU is 0 as well: neither this layer nor the next one gets any gradient.

## Example

`Dense(256, activation="relu", kernel_initializer="zeros")` in the middle of a network.

## Use instead

`he_normal` before ReLU and its relatives, `glorot_uniform` before tanh and sigmoid, `lecun_normal` before SELU. Zeros
are right for *biases*. In frameworks whose default is zero, as Caffe's `weight_filler` is, each layer must state its start.

## When to ignore it

Zero weights are a known good start for the last layer before an output and for the last layer of a residual branch
(Fixup, ReZero, adapters, ControlNet), for fixed kernels and for linear layers of low-rank updates; the rule is silent
on these. It is silent too where zero is the framework's default and the file has no loss or layers share their weights: such
a net gets its weights from elsewhere. A residual branch of which all layers start at zero is another matter: it never gets a gradient.

## References

- Goodfellow, Bengio and Courville, *Deep Learning*, 2016, section 8.4: breaking symmetry between units.
- He et al., *Delving Deep into Rectifiers*, 2015; Glorot and Bengio, 2010.
- Zhang, Dauphin and Ma, *Fixup Initialization*, 2019, on where zeros are right.
]],

  check = function(experiment, report, options)
    if experiment.fine_tuned then return end
    local trained = is_trained(experiment)
    for _, layer in ipairs(experiment.layers) do
      -- Most weights are known to differ without a look at how they are drawn.
      local may_be_constant = kinds[layer.kind] and not (layer.initial_stddev > 0)
      local initializer = may_be_constant and layer.kernel_initializer or nil
      local value = constant_of(initializer)
      local units = value and (layer.units or layer.filters)
      local hidden = value and layer.head == false and not layer.shared
        and (not layer.bypassed or is_in_dead_branch(layer, value))
      if hidden and units > 1 and layer.trainable ~= false and not layer.pretrained then
        local activation = layer.effective_activation
        local dead = value == 0 and dead_at_zero[activation] and has_zero_bias(layer)
        local symmetric = is_followed_by_constants(layer)
        -- A zero kernel without activation, as in low-rank updates, does get gradients.
        local harmless = value == 0 and activation == "linear" and not symmetric
        local large = math.abs(value) * math.sqrt(layer.fan_in or 0) >= options.shared
        local plain = experiment.has_skips == false and experiment.has_normalization == false
        local told = dead or symmetric or large or plain
        local from = origin(initializer, "name")
        local absent = from.kind == "default"
        if not harmless and told and (trained or not absent) then
          local default = absent and (", as %s lets them where nothing is stated"):format(from.framework) or ""
          local what = ("all weights of layer %q start at %g%s"):format(layer.name, value, default)
          local why = dead
              and ("under %s with zero biases its %d units get no gradient and stay dead"):format(activation, units)
            or symmetric and ("its %d units compute the same, get the same gradient and stay equal"):format(units)
            or ("its %d units start as %d copies of one"):format(units, units)
          report {
            at = { initializer, "name" },
            once = true,
            severity = not (dead or symmetric) and (large and "warning" or "hint") or nil,
            message = ("%s: %s"):format(what, why),
            help = (absent and "state %q" or "use %q"):format(fitting(activation)),
            fix = set(initializer, "name", fitting(activation)),
            safe = initializer.name == "zeros" and (dead or symmetric),
            confirm = true,
          }
        end
      end
    end
  end,

  examples = {
    {
      bad = [==[
name: "stamps"
layer {
  name: "rows"
  type: "Data"
  top: "data"
  top: "label"
  transform_param { scale: 0.00390625 }
  data_param { source: "stamps_lmdb" batch_size: 32 }
}
layer {
  name: "hidden"
  type: "InnerProduct"
  bottom: "data"
  top: "hidden"
  inner_product_param { num_output: 64 weight_filler { type: "xavier" } }
}
layer { name: "act" type: "ReLU" bottom: "hidden" top: "hidden" }
layer {
  name: "between"
  type: 1️⃣"InnerProduct"
  bottom: "hidden"
  top: "between"
  inner_product_param { num_output: 32 }
}
layer { name: "act2" type: "ReLU" bottom: "between" top: "between" }
layer {
  name: "out"
  type: "InnerProduct"
  bottom: "between"
  top: "out"
  inner_product_param { num_output: 10 weight_filler { type: "xavier" } }
}
layer { name: "loss" type: "SoftmaxWithLoss" bottom: "out" bottom: "label" top: "loss" }
]==],
    },
    {
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu",
        "kernel_initializer": 1️⃣{"module": "keras.initializers", "class_name": "Zeros", "config": {}}}},
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
      -- Both layers constant: the units of the first stay equal.
      bad = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: tanh, init: 1️⃣ones}
    - {kind: dense, units: 1, init: zeros}
data: {inputs: {features: 12}}
training: {loss: mse}
]=],
      fixed = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: tanh, init: glorot_uniform}
    - {kind: dense, units: 1, init: zeros}
data: {inputs: {features: 12}}
training: {loss: mse}
]=],
    },
    {
      -- A hint: the random head tells the units apart before long.
      bad = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: tanh, init: {name: 1️⃣constant, value: 0.1}}
    - {kind: dense, units: 1}
data: {inputs: {features: 12}}
training: {loss: mse}
]=],
      fixed = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: tanh, init: glorot_uniform}
    - {kind: dense, units: 1}
data: {inputs: {features: 12}}
training: {loss: mse}
]=],
    },
    {
      -- A zero head: the first step moves the head alone, the second one everything.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 4, init: zeros}
data: {inputs: {features: 12}}
training: {loss: mse}
]=],
    },
    {
      -- Logistic regression.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 10, activation: softmax, init: zeros}
data: {inputs: {features: 12}}
training: {loss: categorical_crossentropy}
]=],
    },
    {
      -- The last layer of a residual branch starts at zero, so that the block starts as the identity.
      good = [=[
{
  "module": "keras", "class_name": "Functional",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "name": "in",
      "config": {"name": "in", "batch_shape": [null, 16]}, "inbound_nodes": []},
    {"module": "keras.layers", "class_name": "Dense", "name": "a",
      "config": {"name": "a", "units": 64, "activation": "relu"},
      "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__",
        "config": {"shape": [null, 16], "dtype": "float32", "keras_history": ["in", 0, 0]}}], "kwargs": {}}]},
    {"module": "keras.layers", "class_name": "Dense", "name": "b",
      "config": {"name": "b", "units": 16, "activation": "linear",
        "kernel_initializer": {"module": "keras.initializers", "class_name": "Zeros", "config": {}}},
      "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__",
        "config": {"shape": [null, 64], "dtype": "float32", "keras_history": ["a", 0, 0]}}], "kwargs": {}}]},
    {"module": "keras.layers", "class_name": "Add", "name": "add", "config": {"name": "add"},
      "inbound_nodes": [{"args": [[
        {"class_name": "__keras_tensor__",
          "config": {"shape": [null, 16], "dtype": "float32", "keras_history": ["in", 0, 0]}},
        {"class_name": "__keras_tensor__",
          "config": {"shape": [null, 16], "dtype": "float32", "keras_history": ["b", 0, 0]}}]], "kwargs": {}}]},
    {"module": "keras.layers", "class_name": "Dense", "name": "out",
      "config": {"name": "out", "units": 4, "activation": "linear"},
      "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__",
        "config": {"shape": [null, 16], "dtype": "float32", "keras_history": ["add", 0, 0]}}], "kwargs": {}}]}
  ], "input_layers": [["in", 0, 0]], "output_layers": [["out", 0, 0]]}
}
]=],
    },
    {
      -- A fixed averaging kernel, and zeros where they belong: in the biases.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer",
      "config": {"name": "in", "batch_shape": [null, 32, 32, 3]}},
    {"module": "keras.layers", "class_name": "Conv2D",
      "config": {"name": "blur", "filters": 3, "kernel_size": [3, 3], "trainable": false,
        "kernel_initializer": {"module": "keras.initializers", "class_name": "Constant", "config": {"value": 0.037}}}},
    {"module": "keras.layers", "class_name": "Conv2D",
      "config": {"name": "conv", "filters": 16, "kernel_size": [3, 3], "activation": "relu",
        "bias_initializer": {"module": "keras.initializers", "class_name": "Zeros", "config": {}}}},
    {"module": "keras.layers", "class_name": "GlobalAveragePooling2D", "config": {"name": "pool"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "softmax"}}
  ]}
}
]=],
    },
  },
}
