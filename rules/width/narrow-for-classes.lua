-- A classifier with hardly more hidden units than classes.

-- Returns the widest hidden layer of a network whose hidden layers are all dense; nil for any other.
local function widest_hidden(experiment)
  local widest
  for _, layer in ipairs(experiment.layers) do
    if layer.head ~= nil and layer.kind ~= "dense" then return nil end
    if layer.head == false then
      if not layer.units then return nil end
      if not widest or layer.units > widest.units then widest = layer end
    end
  end
  return widest
end

return {
  api = 1,
  id = "width/narrow-for-classes",
  summary = "a classifier whose widest hidden layer has hardly more units than there are classes",
  severity = "hint",
  cause = 11,
  probe = "steps_to_half",
  needs = { "outputs.task = multiclass|outputs.activation = softmax" },

  options = {
    ratio = {
      type = "number", default = 2,
      help = "hidden units for each class; the advice is 5 to 10, the finding leaves a margin",
    },
    enough = {
      type = "integer", default = 64,
      help = "a hidden layer of this width is seldom what keeps a network from learning; the advice to start with is "
        .. "256",
    },
    most_classes = {
      type = "integer", default = 1000,
      help = "more classes than this are a vocabulary or identities, which share what tells them apart",
    },
  },

  docs = [[
## What it looks for
A plain network of dense layers for three or more classes whose widest hidden layer has fewer than two units for each
class. Five to ten times as many is the advice, and 256 a good start; from 64 units on nothing is reported. Vocabularies
are not reported.

## Why it is bad
The hidden units are the features that the classes are told apart by. With hardly more features than classes there is
none to spare for a second way to recognise a class, and each dead unit costs one. Too few units hurt far more than too
many.

## Example
Ten classes behind one hidden layer of 12 units.

## Use instead
50 to 100 units for ten classes; 256 to start.

## When to ignore it
Where the network works, or must fit a small device.

## References
- Goodfellow, Bengio and Courville (2016): Deep learning, section 6.4.1.
- Zhang et al. (2017): Understanding deep learning requires rethinking generalization.
]],

  check = function(experiment, report, options)
    if not experiment.plain then return end
    local widest = widest_hidden(experiment)
    if not widest then return end
    for _, output in ipairs(experiment.outputs) do
      local is_classifier = output.task == "multiclass" or (output.task == nil and output.activation == "softmax")
      local classes = is_classifier and (output.classes or output.units) or nil
      if classes >= 3 and classes <= options.most_classes
        and widest.units < math.min(options.enough, options.ratio * classes) then
        report {
          at = { widest, "units" },
          message = ("the widest hidden layer has %d units for %d classes"):format(widest.units, classes),
          help = ("start with 5 to 10 times as many as classes, here %d to %d, or with 256"):format(
            5 * classes, 10 * classes),
          trial = set(widest, "units", math.min(256, 10 * classes)),
        }
        return
      end
    end
  end,

  examples = {
    {
      bad = [[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: input, shape: [784]}
    - {kind: dense, units: 1️⃣12, activation: relu}
    - {kind: dense, units: 10, activation: softmax}
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
      {"class_name": "Dense", "config": {"name": "d1", "units": 1️⃣24, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d2", "units": 24, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 15, "activation": "softmax"}}
    ]
  }
}
]],
    },
    {
      good = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 784]}},
      {"class_name": "Dense", "config": {"name": "d1", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10, "activation": "softmax"}}
    ]
  }
}
]],
    },
    {
      -- Convolutions have as many features as filters and places.
      good = [[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - {kind: conv2d, filters: 8, kernel_size: [3, 3], activation: relu}
    - {kind: flatten}
    - {kind: dense, units: 10, activation: softmax}
]],
    },
    {
      -- A vocabulary is no list of classes.
      good = [[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: input, shape: [64]}
    - {kind: dense, units: 128, activation: relu}
    - {kind: dense, units: 20000, activation: softmax}
]],
    },
  },
}
