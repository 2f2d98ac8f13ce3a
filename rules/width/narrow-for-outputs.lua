-- A regression network with fewer hidden units than inputs or outputs.

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
  id = "width/narrow-for-outputs",
  summary = "a regression network whose widest hidden layer is narrower than its inputs or outputs",
  severity = "hint",
  cause = 11,
  probe = "steps_to_half",
  needs = { "outputs.task = regression" },

  options = {
    ratio = {
      type = "number", default = 1,
      help = "hidden units for each input or output, whichever are more; the advice is 2 to 3, the finding leaves a "
        .. "margin",
    },
    enough = {
      type = "integer", default = 64,
      help = "a hidden layer of this width is seldom what keeps a network from learning; the advice to start with is "
        .. "256",
    },
  },

  docs = [[
## What it looks for
A plain network of dense layers for regression whose widest hidden layer has fewer units than there are inputs or
outputs. Two to three times as many is the advice, and 256 a good start; from 64 units on nothing is reported.
Autoencoders are not reported.

## Why it is bad
With few hidden units the network cannot hold what the inputs tell apart, and with ReLU some of them are dead from the
start. Too few units hurt far more than too many.

## Example
Twelve inputs, one hidden layer of 4, one output.

## Use instead
Two to three times as many units as inputs or outputs; 256 to start.

## When to ignore it
Where the network works, must fit a small device, or has very few examples.

## References
- Goodfellow, Bengio and Courville (2016): Deep learning, section 6.4.1: universal approximation asks for width.
- Zhang et al. (2017): Understanding deep learning requires rethinking generalization: too wide networks still
  generalise.
]],

  check = function(experiment, report, options)
    if not experiment.plain then return end
    local widest = widest_hidden(experiment)
    if not widest then return end
    local inputs, outputs = input_width(experiment), 0
    for _, output in ipairs(experiment.outputs) do
      if output.task ~= "regression" then return end
      local values = 1
      for _, axis in ipairs(output.layer.output_shape) do values = values * (axis or 0) end
      outputs = outputs + values
    end
    if outputs == 0 or not inputs or inputs == outputs then return end
    local most = math.max(inputs, outputs)
    if not (widest.units < math.min(options.enough, options.ratio * most)) then return end
    -- A single unit is width/bottleneck's.
    if widest.units == 1 then return end
    report {
      at = { widest, "units" },
      message = ("the widest hidden layer has %d units for %d %s and %d %s"):format(
        widest.units, inputs, inputs == 1 and "input" or "inputs", outputs, outputs == 1 and "output" or "outputs"),
      help = 3 * most > 256 and "start with 256"
        or ("start with 2 to 3 times as many as the larger of the two, here %d to %d, or with 256"):format(
          2 * most, 3 * most),
      trial = set(widest, "units", math.min(256, 3 * most)),
    }
  end,

  examples = {
    {
      bad = [[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, shape: [12]}
    - {kind: dense, units: 1️⃣4, activation: relu}
    - {kind: dense, units: 1}
training: {loss: mse}
]],
    },
    {
      bad = [[
{
  "module": "keras",
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 5]}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "hidden", "units": 1️⃣8, "activation": "relu"}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 30, "activation": "linear"}}
    ]
  },
  "compile_config": {
    "optimizer": {"module": "keras.optimizers", "class_name": "Adam", "config": {"learning_rate": 0.001}},
    "loss": "mse"
  }
}
]],
    },
    {
      good = [[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, shape: [12]}
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1}
training: {loss: mse}
]],
    },
    {
      -- Wide enough, however many inputs there are.
      good = [[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, shape: [2000]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
training: {loss: mse}
]],
    },
    {
      -- A linear model has no hidden layer.
      good = [[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, shape: [12]}
    - {kind: dense, units: 1}
training: {loss: mse}
]],
    },
    {
      -- An autoencoder.
      good = [[
{
  "module": "keras",
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 6, 5]}},
      {"module": "keras.layers", "class_name": "Flatten", "config": {"name": "flat"}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "code", "units": 8, "activation": "relu"}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "all", "units": 30, "activation": "linear"}},
      {"module": "keras.layers", "class_name": "Reshape", "config": {"name": "out", "target_shape": [6, 5]}}
    ]
  },
  "compile_config": {
    "optimizer": {"module": "keras.optimizers", "class_name": "Adam", "config": {"learning_rate": 0.001}},
    "loss": "mse"
  }
}
]],
    },
  },
}
