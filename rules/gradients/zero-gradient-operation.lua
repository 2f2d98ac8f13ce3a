-- An operation that is flat wherever it is defined, between the weights and the loss.

-- What each operation does, for the message. Named as in `keras.ops`; comparisons stand below.
local verbs = {
  round = "rounds", floor = "rounds down", ceil = "rounds up", trunc = "rounds towards 0",
  floor_divide = "divides and rounds down", sign = "keeps only the sign", signbit = "keeps only the sign",
  argmax = "gives the place of the largest value", argmin = "gives the place of the smallest value",
  nanargmax = "gives the place of the largest value", nanargmin = "gives the place of the smallest value",
  argsort = "gives places in an order", argpartition = "gives places in an order", one_hot = "looks up a unit vector",
  multi_hot = "looks up unit vectors", digitize = "sorts into bins", search_sorted = "sorts into bins",
  bincount = "counts", count_nonzero = "counts", cast_to_integer = "cuts off the fraction",
  heaviside = "jumps from 0 to 1", in_top_k = "compares ranks",
}
local comparisons = {
  "equal", "not_equal", "greater", "greater_equal", "less", "less_equal", "logical_and", "logical_or", "logical_not",
  "logical_xor", "isclose", "isfinite", "isnan", "isinf", "all", "any",
}

-- Layers that take ids, words or bins: their output jumps.
local encoders = {
  discretization = "sorts into bins", category_encoding = "looks up unit vectors", hashing = "hashes",
  integer_lookup = "looks up ids", string_lookup = "looks up words", embedding = "looks up a row for an id",
}

-- What the layer does, where no gradient passes it by mistake.
local function verb_of(layer)
  if layer.kind == "operation" then
    if one_of(layer.operation, comparisons) then return "gives true or false" end
    return verbs[layer.operation or ""]
  end
  return encoders[layer.kind]
end

local function help_for(layer)
  if one_of(layer.operation, { "argmax", "one_hot", "argmin" }) then
    return "give the loss the probabilities (softmax is the soft form) and pick the class of predictions afterwards"
  elseif one_of(layer.operation, comparisons) or layer.operation == "heaviside" then
    return "use a steep sigmoid of the difference, and compare predictions afterwards"
  elseif layer.kind ~= "operation" then
    return "put it before the first weights"
  end
  return "leave it to predictions, or pass the gradient by: x + stop_gradient(f(x) - x)"
end

-- Whether the layer learns from scratch, so that it needs a gradient.
local function learns(layer)
  return layer.head ~= nil and layer.trainable ~= false and not layer.pretrained
end

-- The layers that the loss's gradient reaches, by index; and by the index of their first use those that share weights.
local function reached_layers(experiment)
  local has_loss = false
  for _, output in ipairs(experiment.outputs) do has_loss = has_loss or output.loss ~= nil end
  local reached, weights = {}, {}
  for _, output in ipairs(experiment.outputs) do
    if output.layer and (output.loss or not has_loss) then reached[output.layer.index] = true end
  end
  for position = #experiment.layers, 1, -1 do
    local layer = experiment.layers[position]
    for _, consumer in ipairs(layer.consumers) do
      local blocks = consumer.operation == "stop_gradient" or verb_of(consumer)
      if reached[consumer.index] and not blocks then reached[layer.index] = true end
    end
    if reached[layer.index] then weights[(layer.shared or layer).index] = true end
  end
  return reached, weights, has_loss
end

-- The weight layers behind which the operation stands and which nothing else trains: the nearest one and their number.
local function starved_layers(layer, weights)
  local seen, todo, nearest, count = {}, { layer }, nil, 0
  while #todo > 0 do
    local current = table.remove(todo)
    for _, input in ipairs(current.inputs) do
      if not seen[input.index] then
        seen[input.index] = true
        if learns(input) and not weights[(input.shared or input).index] then
          count = count + 1
          if not nearest or input.index > nearest.index then nearest = input end
        end
        if input.operation ~= "stop_gradient" then table.insert(todo, input) end
      end
    end
  end
  return nearest, count
end

-- Whether some layer that learns takes what this one gives: then it is no step after the predictions.
local function leads_to_weights(layer)
  local seen, todo = {}, { layer }
  while #todo > 0 do
    for _, consumer in ipairs(table.remove(todo).consumers) do
      if not seen[consumer.index] then
        seen[consumer.index] = true
        if learns(consumer) then return true end
        table.insert(todo, consumer)
      end
    end
  end
  return false
end

-- Whether the layer gives as many values as it takes, so that the network is one without it too.
local function keeps_shape(layer)
  local before, behind = layer.input_shape, layer.output_shape
  if #before == 0 or #before ~= #behind then return false end
  for axis, size in ipairs(before) do
    if not size or size ~= behind[axis] then return false end
  end
  return true
end

return {
  api = 1,
  id = "gradients/zero-gradient-operation",
  summary = "an operation without a gradient between the weights and the loss",
  severity = "error",
  cause = 8,
  probe = "gradient_norm",
  untestable = "what could stand in its place is not known",
  kinds = {
    "operation", "discretization", "category_encoding", "hashing", "integer_lookup", "string_lookup", "embedding",
  },

  docs = [[
## What it looks for
Rounding, sign, argmax, one-hot vectors, comparisons, casts to integers, bins, hashes and look-ups through which alone
weight layers could learn from the loss. Where the gradient has another way, as with masks and straight-through
estimators, nothing is reported; nor where the operation stands behind an output that has no loss, as in a model that
was exported for predictions.

## Why it is bad
Such an operation is flat wherever it is defined: a small change of the weights does not change what it gives. Its
gradient is 0, and all weights before it stay as they were drawn. Nothing crashes, and the layers behind it may even
learn a little from random features. Where a loss is stated the finding is an *error*, else a *warning*.

## Example
`ops.round(x)` before a dense layer, or `ops.argmax(probabilities)` as the output that the loss gets.

## Use instead
A soft form while training: softmax for argmax, a sigmoid for a threshold, the value itself for a rounded one. Round,
compare and pick predictions after the model. Where the network must live with the hard form, a straight-through
estimator: `x + stop_gradient(round(x) - x)`.

## When to ignore it
Where the layers before the operation are trained in another way, by an evolution strategy or a policy gradient.

## References
- Bengio, Leonard and Courville (2013): Estimating or propagating gradients through stochastic neurons for conditional
  computation.
- Goodfellow, Bengio and Courville (2016): Deep learning, section 6.2.
]],

  check = function(experiment, report)
    local reached, weights, has_loss
    for _, layer in ipairs(experiment.layers) do
      local verb = verb_of(layer)
      if verb then
        if not reached then reached, weights, has_loss = reached_layers(experiment) end
        local nearest, count = nil, 0
        if reached[layer.index] then nearest, count = starved_layers(layer, weights) end
        if nearest and (has_loss or leads_to_weights(layer)) then
          local starved = ("%q"):format(nearest.name)
          if count > 1 then starved = ("%s and %d more before it"):format(starved, count - 1) end
          report {
            at = layer.operation and { layer, "operation" } or layer,
            severity = not has_loss and "warning" or nil,
            message = ("%q %s, which has no gradient, so %s never %s"):format(
              layer.name, verb, starved, count > 1 and "learn" or "learns"),
            help = help_for(layer),
            related = { { at = nearest, message = "the loss cannot reach this layer" } },
            trial = keeps_shape(layer) and set(layer, "kind", "identity") or nil,
          }
        end
      end
    end
  end,

  examples = {
    {
      bad = [==[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, shape: [12]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 16}
    - {kind: operation, operation: 1️⃣round}
    - {kind: dense, units: 1}
training: {loss: mse}
]==],
    },
    {
      -- The loss gets the class, not the probabilities.
      bad = [==[
{
  "module": "keras", "class_name": "Functional",
  "config": {
    "name": "net",
    "layers": [
      {"module": "keras.layers", "class_name": "InputLayer", "name": "in", "config": {"name": "in", "batch_shape": [null, 20]}, "inbound_nodes": []},
      {"module": "keras.layers", "class_name": "Dense", "name": "classes", "config": {"name": "classes", "units": 10, "activation": "softmax"},
        "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"shape": [null, 20], "dtype": "float32", "keras_history": ["in", 0, 0]}}], "kwargs": {}}]},
      {"module": "keras.src.ops.numpy", "class_name": 1️⃣"Argmax", "name": "choice", "config": {"name": "choice", "axis": -1, "keepdims": false},
        "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"shape": [null, 10], "dtype": "float32", "keras_history": ["classes", 0, 0]}}], "kwargs": {}}]}
    ],
    "input_layers": [["in", 0, 0]],
    "output_layers": [["choice", 0, 0]]
  },
  "compile_config": {"optimizer": "adam", "loss": "mean_squared_error"}
}
]==],
    },
    {
      -- Bins behind the weights that should learn where to put values.
      bad = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 8]}},
      {"class_name": "Dense", "config": {"name": "scores", "units": 4, "activation": "relu"}},
      {"class_name": 1️⃣"Discretization", "config": {"name": "bins", "bin_boundaries": [0.0, 1.0, 2.0], "output_mode": "int"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]==],
    },
    {
      -- A gate that picks one expert: two operations in a row, of which the one next to the loss is named.
      bad = [==[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, name: in, shape: [12]}
    - {kind: dense, name: gate, units: 4, from: in}
    - {kind: operation, name: best, operation: argmax, output_shape: [], from: gate}
    - {kind: operation, name: choice, operation: 1️⃣one_hot, output_shape: [4], from: best}
    - {kind: dense, name: experts, units: 4, activation: relu, from: in}
    - {kind: multiply, name: chosen, from: [experts, choice]}
    - {kind: dense, name: out, units: 1, from: chosen}
training: {loss: mse}
]==],
    },
    {
      -- The class of a prediction, in a model that is not trained as it stands.
      good = [==[
{
  "module": "keras", "class_name": "Functional",
  "config": {
    "name": "net",
    "layers": [
      {"module": "keras.layers", "class_name": "InputLayer", "name": "in", "config": {"name": "in", "batch_shape": [null, 20]}, "inbound_nodes": []},
      {"module": "keras.layers", "class_name": "Dense", "name": "classes", "config": {"name": "classes", "units": 10, "activation": "softmax"},
        "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"shape": [null, 20], "dtype": "float32", "keras_history": ["in", 0, 0]}}], "kwargs": {}}]},
      {"module": "keras.src.ops.numpy", "class_name": "Argmax", "name": "choice", "config": {"name": "choice", "axis": -1, "keepdims": false},
        "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"shape": [null, 10], "dtype": "float32", "keras_history": ["classes", 0, 0]}}], "kwargs": {}}]}
    ],
    "input_layers": [["in", 0, 0]],
    "output_layers": [["choice", 0, 0]]
  }
}
]==],
    },
    {
      -- A straight-through estimator: the gradient passes the rounding by.
      good = [==[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, name: in, shape: [12]}
    - {kind: dense, name: code, units: 16, from: in}
    - {kind: operation, name: hard, operation: round, from: code}
    - {kind: subtract, name: gap, from: [hard, code]}
    - {kind: operation, name: still, operation: stop_gradient, from: gap}
    - {kind: add, name: through, from: [code, still]}
    - {kind: dense, name: out, units: 1, from: through}
training: {loss: mse}
]==],
    },
    {
      -- A mask: what is masked keeps its gradient.
      good = [==[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, name: in, shape: [12]}
    - {kind: dense, name: hidden, units: 16, from: in}
    - {kind: operation, name: large, operation: greater, from: hidden}
    - {kind: multiply, name: kept, from: [hidden, large]}
    - {kind: dense, name: out, units: 1, from: kept}
training: {loss: mse}
]==],
    },
    {
      -- Bins before the weights, and ids before an embedding.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [4]}
    - {kind: discretization, vocabulary_size: 8, output_mode: int}
    - {kind: embedding, vocabulary_size: 8, output_dim: 4}
    - flatten
    - {kind: dense, units: 1}
training: {loss: mse}
]==],
    },
    {
      -- One output is trained; the other says which class it is.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, name: in, shape: [12]}
    - {kind: dense, name: classes, units: 4, activation: softmax, from: in}
    - {kind: operation, name: choice, operation: argmax, from: classes}
    - {kind: identity, name: probabilities, from: classes}
outputs:
  probabilities: {loss: categorical_crossentropy}
]==],
    },
  },
}
