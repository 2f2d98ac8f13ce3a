return {
  api = 1,
  id = "final-activation/softmax-for-independent-labels",
  summary = "a softmax makes labels compete that may hold together",
  severity = "error",
  cause = 7,
  probe = "unreachable_targets",
  needs = { "outputs.activation = softmax", "outputs.task" },
  docs = [[
## What it looks for

An output that ends in softmax although its labels are independent: the task is said to be multi-label (error), or the
loss is binary cross-entropy over more than two units, which treats each unit as a yes-or-no question of its own
(warning).

## Why it is bad

The outputs of a softmax sum to 1. With three labels that are all true, none can get more than 1/3 without taking from
the others, so the network cannot say "all three", nor "none". With exclusive classes, binary cross-entropy over a
softmax does learn, but its "no" terms pull twice at what the softmax already pushes down.

## Example

Tags of a photograph (beach, people, sunset) under `softmax`.

## Use instead

`sigmoid` with `binary_crossentropy` for labels that may hold together; `softmax` with `categorical_crossentropy` for
classes of which exactly one holds.

## When to ignore it

Where targets are shares that sum to 1. Two units under softmax with binary cross-entropy are left alone: for two
exclusive classes that equals categorical cross-entropy.

## References

- Bishop, *Pattern Recognition and Machine Learning*, 2006, section 4.3 and section 5.2: which output goes with which
  loss.
- Nam et al., *Large-scale Multi-label Text Classification: Revisiting Neural Networks*, 2014.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local layer = output.activation_layer
      if layer and output.activation == "softmax" and output.units ~= 1 then
        local said = output.task == "multilabel" and origin(output, "task").kind ~= "inferred"
        if said then
          report {
            at = { layer, "activation" },
            message = ("output %q ends in softmax, whose values sum to 1, but several of its labels may hold at once")
              :format(output.name),
            help = 'use "sigmoid"',
            fix = set(layer, "activation", "sigmoid"),
            confirm = true,
          }
        elseif output.loss == "binary_crossentropy" and output.units > 2 and output.from_logits ~= true then
          report {
            at = { layer, "activation" },
            severity = "warning",
            message = ("output %q ends in softmax, whose %d values sum to 1, but the loss takes each by itself")
              :format(output.name, output.units),
            help = 'use "sigmoid" if several labels may hold at once, else the loss "categorical_crossentropy"',
            related = { { at = { output, "loss" }, message = "the loss is stated here" } },
            trial = set(layer, "activation", "sigmoid"),
          }
        end
      end
    end
  end,

  examples = {
    {
      bad = [=[
epochzero: 1
task: multilabel
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 6, activation: 1️⃣softmax}
data: {inputs: {features: 20}}
training: {loss: binary_crossentropy}
]=],
      fixed = [=[
epochzero: 1
task: multilabel
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 6, activation: sigmoid}
data: {inputs: {features: 20}}
training: {loss: binary_crossentropy}
]=],
    },
    {
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "tags", "units": 6, "activation": 1️⃣"softmax"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "binary_crossentropy"}
}
]=],
    },
    {
      -- Sigmoid with n units and binary cross-entropy: multi-label, and right.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "tags", "units": 6, "activation": "sigmoid"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "binary_crossentropy"}
}
]=],
    },
    {
      -- Two exclusive classes: the same as categorical cross-entropy.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 2, activation: softmax}
data: {inputs: {features: 20}}
training: {loss: binary_crossentropy}
]=],
    },
    {
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 6, activation: softmax}
data: {inputs: {features: 20}}
training: {loss: categorical_crossentropy}
]=],
    },
  },
}
