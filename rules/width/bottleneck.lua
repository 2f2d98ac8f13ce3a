-- A hidden layer so narrow that the outputs cannot be told apart behind it.

-- Returns how many numbers one example of the inputs has; nil where that is not known.
local function input_width(experiment)
  local total = 0
  for _, layer in ipairs(experiment.layers) do
    if #layer.inputs == 0 then
      local count = 1
      if not layer.output_shape then return nil end
      for _, axis in ipairs(layer.output_shape) do
        if not axis then return nil end
        count = count * axis
      end
      total = total + count
    end
  end
  return total > 0 and total or nil
end

-- Returns the layers that every path from an input to a layer passes, by index.
--
-- In topological order a layer is passed by all paths if no connection leads from before it to behind it.
local function passed_by_all(experiment, target)
  local leads, farthest = { [target.index] = true }, {}
  local last_input = 0
  for position = target.index, 1, -1 do
    local layer = experiment.layers[position]
    for _, consumer in ipairs(layer.consumers) do
      if leads[consumer.index] then
        leads[position] = true
        farthest[position] = math.max(farthest[position] or 0, consumer.index)
      end
    end
    if leads[position] and #layer.inputs == 0 then last_input = math.max(last_input, position) end
  end
  local passed, reach = {}, 0
  for position = 1, target.index do
    if leads[position] then
      passed[position] = reach <= position and last_input <= position
      reach = math.max(reach, farthest[position] or 0)
    end
  end
  return passed
end

-- Returns the widest of the hidden layers that stand before a layer.
local function widest_before(experiment, narrow)
  local widest = 0
  for _, layer in ipairs(experiment.layers) do
    if layer.index == narrow.index then break end
    if layer.head == false then widest = math.max(widest, layer.units or layer.filters or 0) end
  end
  return widest
end

local kinds = { dense = true, gru = true, lstm = true, simple_rnn = true }

-- Returns the hidden layers that have fewer units than an output has values.
local function narrow_layers(experiment, needed)
  local narrow = {}
  for _, layer in ipairs(experiment.layers) do
    if kinds[layer.kind] and layer.units < needed and layer.head == false and not layer.bypassed
      and #layer.output_shape == 1 then
      narrow[#narrow + 1] = layer
    end
  end
  return narrow
end

-- What makes no new features of the inputs.
local passing = {
  input = true, embedding = true, concatenate = true, flatten = true, reshape = true, normalization = true,
  rescaling = true, category_encoding = true, dropout = true, gaussian_noise = true, identity = true,
  batch_normalization = true,
}

-- Whether a layer makes no new features of the inputs; Ludwig's encoder "embed" adds up a row for each member of a set.
local function is_passing(layer)
  return passing[layer.kind] or (layer.kind == "operation" and layer.class_name == "embed")
end

-- Returns the layer of one unit that all inputs go into as they are, in a network that has more hidden layers behind it.
local function single_sum(experiment, output)
  local first
  for _, layer in ipairs(experiment.layers) do
    if not is_passing(layer) then
      first = layer
      break
    end
  end
  local is_single = first.kind == "dense" and first.units == 1 and first.head == false and not first.bypassed
  if not is_single then return nil end
  local roots, hidden = 0, 0
  for _, layer in ipairs(experiment.layers) do
    if #layer.inputs == 0 then roots = roots + 1 end
    if layer.head == false and layer.kind ~= "embedding" then hidden = hidden + 1 end
  end
  local has_many = roots > 1 or first.fan_in > 1
  if hidden > 1 and has_many and output.layer and passed_by_all(experiment, output.layer)[first.index] then
    return first
  end
end

return {
  api = 1,
  id = "width/bottleneck",
  summary = "a hidden layer narrower than the outputs need",
  severity = "warning",
  cause = 11,
  probe = "steps_to_half",
  needs = { "outputs.units" },

  options = {
    few = {
      type = "integer", default = 4,
      help = "up to this many units before three or more times as many regression outputs are a warning, not a hint",
    },
    most_outputs = {
      type = "integer", default = 1000,
      help = "with more outputs than this (vocabularies, identities, dense landmarks) the outputs are expected to "
        .. "depend on each other",
    },
  },

  docs = [[
## What it looks for
A dense or recurrent layer that everything must pass on its way to an output, and that has fewer units than the output
has values.

- **One unit** before several outputs, or before three or more classes: *warning*. So are up to four before three or
  more times as many values of a plain regression.
- **One unit** that takes the inputs, with more hidden layers behind it: *warning*, whatever the output.
- More than one unit, but fewer than the outputs and than an earlier hidden layer: *hint*, for plain networks only.

Not reported: autoencoders (as many outputs as inputs), generators (inputs no wider than the layer), layers that other
paths pass by (skip connections, squeeze-and-excite gates, one of several branches), convolutions (a 1x1 convolution is
narrow at each place, not as a whole), vocabularies.

## Why it is bad
Behind a layer of n units everything is a function of n numbers. Behind one unit all outputs move along one line,
whatever the rest of the network knows; with ReLU, one dead unit also ends all learning. With n linear outputs and fewer
hidden units the predictions lie in a subspace of that many dimensions.

## Example
`Dense(128)`, `Dense(1)`, `Dense(6)`.

## Use instead
Two to three times as many units as outputs in regression, five to ten times as many as classes; 256 is a good start.
Too many units hurt far less than too few.

## When to ignore it
Where the code of few numbers is the purpose: a 2-D embedding to be drawn, an information bottleneck, outputs known to
depend on each other.

## References
- Goodfellow, Bengio and Courville (2016): Deep learning, sections 6.4 and 14.1 (autoencoders).
- Yang et al. (2018): Breaking the softmax bottleneck: a high-rank RNN language model.
]],

  check = function(experiment, report, options)
    for _, output in ipairs(experiment.outputs) do
      local single = single_sum(experiment, output)
      if single then
        report {
          at = { single, "units" },
          once = true,
          message = ("%q has 1 unit and takes the inputs, so the network is a function of one weighted sum of them")
            :format(single.name),
          help = "use as many units as in the other hidden layers; 256 is a good start",
          trial = set(single, "units", 64),
        }
        return
      end
      local needed = output.units
      local is_vector = output.layer and #output.layer.output_shape == 1
      local is_asked = needed >= 2 and needed <= options.most_outputs and is_vector
      local narrow = is_asked and narrow_layers(experiment, needed) or {}
      -- What is behind here looks at every layer, which most networks need not.
      local inputs = #narrow > 0 and input_width(experiment) or nil
      local is_autoencoder = inputs and inputs == needed
      if #narrow > 0 and not is_autoencoder then
        local classes = output.task == "multiclass" or output.activation == "softmax"
        local passed = passed_by_all(experiment, output.layer)
        local narrowest
        for _, layer in ipairs(narrow) do
          local units = layer.units
          local is_narrow = passed[layer.index] and not (inputs and inputs <= units)
          if is_narrow and (not narrowest or units < narrowest.units) then narrowest = layer end
        end
        local units, plain = narrowest.units, experiment.plain
        local few = plain and output.task == "regression" and units <= options.few and 3 * units <= needed
        local message
        local name = output.name or output.layer.name
        if units == 1 and not (classes and needed == 2) then
          message = ("%q has 1 unit, so all %d values of output %q depend on one number"):format(
            narrowest.name, needed, name)
        elseif units > 1 and plain and units < widest_before(experiment, narrowest) then
          message = ("%q has %d units, fewer than the %d values of output %q that depend on them"):format(
            narrowest.name, units, needed, name)
        end
        if message then
          report {
            at = { narrowest, "units" },
            severity = (units == 1 or few) and "warning" or "hint",
            message = message,
            help = ("use %d or more units, or leave the layer out"):format((classes and 5 or 2) * needed),
            trial = set(narrowest, "units", (classes and 5 or 2) * needed),
          }
        end
      end
    end
  end,

  examples = {
    {
      -- One output needs one number, but not one weighted sum of the inputs.
      bad = [[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, shape: [13]}
    - {kind: dense, units: 1️⃣1, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
]],
    },
    {
      bad = [[
input_features:
  - {name: area, type: number}
  - {name: rooms, type: number}
output_features:
  - {name: rent, type: number}
combiner: {type: concat, num_fc_layers: 2, output_size: 1️⃣1}
]],
    },
    {
      -- A set adds up the embeddings of its members, which makes no features either.
      bad = [[
input_features:
  - {name: motor_current, type: number}
  - {name: error_codes, type: set}
output_features:
  - {name: fails, type: binary}
combiner: {type: concat, num_fc_layers: 2, output_size: 1️⃣1}
]],
    },
    {
      -- One number behind features of their own is what one output needs.
      good = [[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, shape: [30, 14]}
    - {kind: lstm, units: 64}
    - {kind: dense, units: 1, activation: tanh}
    - {kind: dense, units: 1}
]],
    },
    {
      -- A logistic regression, calibrated.
      good = [[
epochzero: 1
task: binary
model:
  layers:
    - {kind: input, shape: [30]}
    - {kind: dense, units: 1}
    - {kind: dense, units: 1, activation: sigmoid}
]],
    },
    {
      bad = [[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 128, activation: relu}
    - {kind: dense, units: 1️⃣1, activation: relu}
    - {kind: dense, units: 6}
]],
    },
    {
      bad = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 20]}},
      {"class_name": "Dense", "config": {"name": "d1", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d2", "units": 1️⃣1, "activation": "tanh"}},
      {"class_name": "Dense", "config": {"name": "d3", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10, "activation": "softmax"}}
    ]
  }
}
]],
    },
    {
      bad = [[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, shape: [12]}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 1️⃣2, activation: relu}
    - {kind: dense, units: 6}
]],
    },
    {
      -- A neck of 4 units before 10 classes: hint.
      bad = [[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 128, activation: relu}
    - {kind: dense, units: 1️⃣4, activation: relu}
    - {kind: dense, units: 10, activation: softmax}
]],
    },
    {
      -- An autoencoder is narrow on purpose.
      good = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 20]}},
      {"class_name": "Dense", "config": {"name": "d1", "units": 8, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "code", "units": 1, "activation": "linear"}},
      {"class_name": "Dense", "config": {"name": "d3", "units": 8, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 20, "activation": "linear"}}
    ]
  }
}
]],
    },
    {
      -- A generator makes many values out of few.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [16]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 784, activation: sigmoid}
]],
    },
    {
      -- One number tells two classes apart.
      good = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 20]}},
      {"class_name": "Dense", "config": {"name": "d1", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "score", "units": 1, "activation": "linear"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 2, "activation": "softmax"}}
    ]
  }
}
]],
    },
    {
      -- A gate of one unit that the signal passes by.
      good = [==[
{
  "class_name": "Functional",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "name": "in", "config": {"name": "in", "batch_input_shape": [null, 20]}, "inbound_nodes": []},
      {"class_name": "Dense", "name": "d1", "config": {"name": "d1", "units": 64, "activation": "relu"}, "inbound_nodes": [[["in", 0, 0, {}]]]},
      {"class_name": "Dense", "name": "gate", "config": {"name": "gate", "units": 1, "activation": "sigmoid"}, "inbound_nodes": [[["d1", 0, 0, {}]]]},
      {"class_name": "Multiply", "name": "gated", "config": {"name": "gated"}, "inbound_nodes": [[["d1", 0, 0, {}], ["gate", 0, 0, {}]]]},
      {"class_name": "Dense", "name": "out", "config": {"name": "out", "units": 10, "activation": "softmax"}, "inbound_nodes": [[["gated", 0, 0, {}]]]}
    ],
    "input_layers": [["in", 0, 0]],
    "output_layers": [["out", 0, 0]]
  }
}
]==],
    },
    {
      -- Two heads: the value of a state has one unit and feeds nothing.
      good = [==[
{
  "class_name": "Functional",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "name": "in", "config": {"name": "in", "batch_input_shape": [null, 20]}, "inbound_nodes": []},
      {"class_name": "Dense", "name": "d1", "config": {"name": "d1", "units": 64, "activation": "relu"}, "inbound_nodes": [[["in", 0, 0, {}]]]},
      {"class_name": "Dense", "name": "value", "config": {"name": "value", "units": 1, "activation": "linear"}, "inbound_nodes": [[["d1", 0, 0, {}]]]},
      {"class_name": "Dense", "name": "policy", "config": {"name": "policy", "units": 6, "activation": "softmax"}, "inbound_nodes": [[["d1", 0, 0, {}]]]}
    ],
    "input_layers": [["in", 0, 0]],
    "output_layers": [["value", 0, 0], ["policy", 0, 0]]
  }
}
]==],
    },
  },
}
