local categorical = {
  categorical_crossentropy = true, sparse_categorical_crossentropy = true, categorical_focal_crossentropy = true,
  negative_log_likelihood = true,
}
local binary = { "binary_crossentropy", "binary_focal_crossentropy" }

-- What is known of the output's targets. Of several outputs, what is said of all targets together tells of none.
local function target_of(experiment, output)
  local all = experiment.data.targets
  if #experiment.outputs == 1 then return output.target or all end
  if not all then return output.target end
end

-- Returns the change that makes the output one of numbers.
local function plain_regression(output)
  return {
    set(output, "loss", "mean_squared_error"),
    output.activation ~= "linear" and set(output.activation_layer, "activation", "linear") or nil,
  }
end

return {
  api = 1,
  id = "loss/crossentropy-for-regression",
  summary = "cross-entropy on targets that are no probabilities",
  severity = "error",
  cause = 7,
  probe = "unreachable_targets",
  needs = {
    "outputs.loss = categorical_crossentropy, sparse_categorical_crossentropy, "
      .. "categorical_focal_crossentropy, negative_log_likelihood, binary_crossentropy, "
      .. "binary_focal_crossentropy",
  },
  docs = [[
## What it looks for

Cross-entropy where the task is said to be regression, and binary cross-entropy where the targets are known to leave
the range from 0 to 1. Binary cross-entropy on targets within 0 to 1 is legal.

## Why it is bad

Cross-entropy compares probabilities. With a target of 5 binary cross-entropy becomes `-5 log(p) + 4 log(1 - p)`: it
has no lower bound and drives the output to 1 for every target above 1. Categorical cross-entropy takes the targets
for classes.

## Example

House prices with `binary_crossentropy`.

## Use instead

`mean_squared_error`, or `huber` or `mean_absolute_error` where outliers are to count less, with no final activation.

## When to ignore it

When the targets are scaled into 0 to 1 and binary cross-entropy is meant, as for pixels. Say so with
`data.targets.range` in an experiment file.

## References

- Goodfellow, Bengio and Courville, *Deep Learning*, 2016, section 6.2.2: each output distribution has its loss.
- Keras, `keras.losses.BinaryCrossentropy`: targets are 0 or 1.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local target = target_of(experiment, output)
      local said = output.task == "regression" and origin(output, "task").kind ~= "inferred"
      local raw = target.normalization == nil or target.normalization == "none"
      local inside = (raw and target.min >= 0 and target.max <= 1) or target.normalization == "minmax"
      local outside = raw and (target.min < 0 or target.max > 1)
      -- Labels that are normalised are another finding.
      local centred = one_of(target.normalization, { "zscore", "iq", "robust" })
        and not one_of(output.task, { "binary", "multiclass", "multilabel" })
      if categorical[output.loss] and said then
        report {
          at = { output, "loss" },
          message = ("output %q is a regression, but %s takes its targets for classes")
            :format(output.name, output.loss),
          help = 'use "mean_squared_error"',
          related = { { at = { output, "task" }, message = "the task is said to be regression" } },
          trial = plain_regression(output),
        }
      elseif one_of(output.loss, binary) and (outside or centred) and not (target.classes or output.classes) then
        local range = centred and "are centred on 0"
          or target.min < 0 and ("reach down to %g"):format(target.min)
          or ("reach up to %g"):format(target.max)
        report {
          at = { output, "loss" },
          message = ("the targets of output %q %s, but %s is made for 0 to 1 and has no minimum outside it")
            :format(output.name, range, output.loss),
          help = 'use "mean_squared_error" with no final activation, or labels 0 and 1',
          related = {
            {
              at = { target, centred and "normalization" or target.min < 0 and "min" or "max" },
              message = ("the targets %s"):format(range),
            },
          },
          trial = plain_regression(output),
        }
      elseif one_of(output.loss, binary) and said and not inside then
        report {
          at = { output, "loss" },
          severity = "warning",
          message = ("output %q is a regression, but %s has a minimum only for targets from 0 to 1")
            :format(output.name, output.loss),
          help = 'use "mean_squared_error", or state the range of the targets if they are scaled to 0 to 1',
          related = { { at = { output, "task" }, message = "the task is said to be regression" } },
          trial = plain_regression(output),
        }
      end
    end
  end,

  examples = {
    {
      bad = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, name: price, units: 1}
data:
  inputs: {features: 12}
  targets: {range: [0, 500]}
training: {loss: 1️⃣binary_crossentropy, from_logits: true}
]=],
    },
    {
      bad = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 4, activation: softmax}
data: {inputs: {features: 12}}
training: {loss: 1️⃣categorical_crossentropy}
]=],
    },
    {
      -- The experiment file knows the targets, the model file the loss.
      bad = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data: {inputs: {features: 12}}
training: {loss: 1️⃣binary_crossentropy}
]=],
    },
    {
      -- Pixels as probabilities.
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 64, activation: sigmoid}
data:
  inputs: {features: 64}
  targets: {range: [0, 1]}
training: {loss: binary_crossentropy}
]=],
    },
    {
      -- Class ids from 0 to 9.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 10, activation: softmax}
data:
  inputs: {features: 20}
  targets: {range: [0, 9], classes: 10}
training: {loss: sparse_categorical_crossentropy}
]=],
    },
    {
      -- An autoencoder: nothing says that it is a regression.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "autoencoder", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 784]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "code", "units": 32, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "out", "units": 784, "activation": "sigmoid"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "binary_crossentropy"}
}
]=],
    },
  },
}
