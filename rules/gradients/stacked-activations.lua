-- An activation that gets what another activation has left.

-- Layers whose own activation is the last thing they do.
local weighted = {
  dense = true, einsum_dense = true, conv1d = true, conv2d = true, conv3d = true, conv_transpose_1d = true,
  conv_transpose_2d = true, conv_transpose_3d = true, depthwise_conv1d = true, depthwise_conv2d = true,
  separable_conv1d = true, separable_conv2d = true, activation = true,
}

-- Layers that leave each value what it is, or pick some.
local passing = {
  dropout = true, spatial_dropout = true, gaussian_dropout = true, activity_regularization = true, identity = true,
  masking = true, flatten = true, reshape = true, permute = true, cropping = true, max_pooling1d = true,
  max_pooling2d = true, max_pooling3d = true, global_max_pooling = true,
}

local cut = { "relu", "relu6" }

-- What is left for the second activation behind the first: the text, and whether it is harmful or merely idle.
local function what_is_left(first, second)
  if one_of(first, cut) then
    if one_of(second, { "sigmoid", "hard_sigmoid" }) then return "gets nothing below 0, so it never says less than 0.5", true end
    if second == "softmax" then
      return "gets nothing below 0: the scores of classes that are ruled out are all 0 and have no gradient", true
    end
    if one_of(second, { "tanh", "softsign", "hard_tanh" }) then return "gets nothing below 0, so half of its range is lost", true end
    if one_of(second, { "softplus", "exponential" }) then return "gets nothing below 0, so it cannot come near 0", true end
    if one_of(second, { "relu", "leaky_relu", "prelu", "elu", "celu" }) then return "gets nothing below 0, so it changes nothing" end
  end
  if one_of(second, { "relu", "leaky_relu", "prelu", "elu", "celu" }) then
    if one_of(first, { "sigmoid", "hard_sigmoid", "softmax", "softplus", "exponential" }) then
      return "gets nothing below 0, so it changes nothing"
    end
  end
  if first == second and one_of(first, { "tanh", "sigmoid" }) then
    return "squashes what is squashed already, which shrinks the gradient twice", true
  end
end

-- The layer whose activation an activation layer gets, with nothing but harmless layers between.
local function earlier_activation(layer)
  for _ = 1, 20 do
    local inputs = layer.inputs
    layer = #inputs == 1 and inputs[1] or nil
    local is_weighted = weighted[layer.kind or ""]
    if is_weighted and layer.activation ~= "linear" then return #layer.consumers == 1 and layer or nil end
    local passes = layer and (passing[layer.kind] or layer.kind == "activation")
    if not passes or #layer.consumers ~= 1 then return nil end
  end
end

-- Whether the second activation is an output's: probabilities that are squashed again are final-activation/activation-twice.
local function is_final(experiment, layer)
  for _, output in ipairs(experiment.outputs) do
    if output.activation_layer == layer then return true end
  end
  return false
end

return {
  api = 1,
  id = "gradients/stacked-activations",
  summary = "an activation right behind another, with no weights between",
  severity = "warning",
  cause = 8,
  probe = "dead_units",
  kinds = { "activation" },

  docs = [[
## What it looks for
Two activations in a row with nothing between but dropout, reshaping or max pooling: ReLU and then sigmoid, softmax,
tanh or softplus (*warning*); ReLU twice, or ReLU behind sigmoid or softmax, where the second does nothing (*hint*).
Softmax or sigmoid twice at an output is `final-activation/activation-twice`.

## Why it is bad
The second activation gets only what the first has left. Behind ReLU there is nothing below 0: a sigmoid then never
says less than 0.5, a softmax cannot rule a class out, and wherever ReLU has cut, the gradient of both is 0. Mostly one
of the two was left over, such as `activation="relu"` in a layer that got an `Activation("softmax")` later.

## Example
`Dense(10, activation="relu")`, `Activation("softmax")`.

## Use instead
One activation behind each layer with weights: the one that the output needs, or the one that the next layer wants.

## When to ignore it
Where scores are cut at 0 on purpose before they are normalised.

## References
- Goodfellow, Bengio and Courville (2016): Deep learning, sections 6.2.2 and 6.3.
]],

  check = function(experiment, report)
    for _, second in ipairs(experiment.layers) do
      if second.kind == "activation" and second.activation ~= "linear" then
        local layer = earlier_activation(second)
        local first = layer.activation
        local left, is_harmful = nil, nil
        local is_told = first == "sigmoid" and is_final(experiment, second)
        if first and not is_told and not (layer.negative_slope > 0) then
          left, is_harmful = what_is_left(first, second.activation)
        end
        if left then
          local is_repeated = not is_harmful
          report {
            at = { is_repeated and second or layer, "activation" },
            severity = is_repeated and "hint" or nil,
            once = true,
            message = ("%s of %q comes right behind %s of %q: it %s"):format(
              second.activation, second.name, first, layer.name, left),
            help = is_repeated and ("leave out %q"):format(second.name) or 'use "linear" here',
            related = { {
              at = { is_repeated and layer or second, "activation" },
              message = is_repeated and "the first activation is here" or "the second activation is here",
            } },
            fix = set(is_repeated and second or layer, "activation", "linear"),
            safe = false,
            confirm = is_harmful,
          }
        end
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
      {"class_name": "Dense", "config": {"name": "hidden", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "scores", "units": 10, "activation": 1️⃣"relu"}},
      {"class_name": "Activation", "config": {"name": "classes", "activation": "softmax"}}
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
      {"class_name": "Dense", "config": {"name": "hidden", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "scores", "units": 10, "activation": "linear"}},
      {"class_name": "Activation", "config": {"name": "classes", "activation": "softmax"}}
    ]
  }
}
]==],
    },
    {
      -- One ReLU in the layer, one behind it.
      bad = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dropout, rate: 0.1}
    - {kind: activation, activation: 1️⃣relu}
    - {kind: dense, units: 1}
]==],
      fixed = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dropout, rate: 0.1}
    - {kind: activation, activation: linear}
    - {kind: dense, units: 1}
]==],
    },
    {
      bad = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1, activation: 1️⃣relu}
    - {kind: activation, activation: sigmoid}
training: {loss: binary_crossentropy}
]==],
      fixed = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1, activation: linear}
    - {kind: activation, activation: sigmoid}
training: {loss: binary_crossentropy}
]==],
    },
    {
      -- A normalisation between two activations brings back what is below 0.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: batch_normalization}
    - {kind: activation, activation: relu}
    - {kind: dense, units: 1, activation: linear}
]==],
    },
    {
      -- Squeeze and excitation: weights stand between ReLU and sigmoid.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, name: in, shape: [32, 32, 16]}
    - {kind: global_average_pooling, name: squeeze, from: in}
    - {kind: dense, name: narrow, units: 4, activation: relu, from: squeeze}
    - {kind: dense, name: gate, units: 16, activation: sigmoid, from: narrow}
    - {kind: multiply, name: scaled, from: [in, gate]}
    - {kind: global_average_pooling, name: pool, from: scaled}
    - {kind: dense, name: out, units: 10, activation: softmax, from: pool}
]==],
    },
    {
      -- tanh and softmax: the scores of additive attention.
      good = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 30, 16]}},
      {"class_name": "Dense", "config": {"name": "score", "units": 1, "activation": "tanh"}},
      {"class_name": "Flatten", "config": {"name": "flat"}},
      {"class_name": "Activation", "config": {"name": "weights", "activation": "softmax"}}
    ]
  }
}
]==],
    },
    {
      -- What ReLU gives is used by itself too.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, name: in, shape: [20]}
    - {kind: dense, name: signal, units: 16, activation: relu, from: in}
    - {kind: activation, name: gate, activation: sigmoid, from: signal}
    - {kind: multiply, name: gated, from: [signal, gate]}
    - {kind: dense, name: out, units: 1, from: gated}
]==],
    },
  },
}
