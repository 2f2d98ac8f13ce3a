local distances = {
  mean_squared_error = true, mean_absolute_error = true, root_mean_squared_error = true, huber = true, log_cosh = true,
}

return {
  api = 1,
  id = "loss/squared-error-for-classes",
  summary = "squared or absolute error on class probabilities",
  severity = "warning",
  cause = 7,
  probe = "gradient_norm",
  needs = {
    "outputs.loss = mean_squared_error, mean_absolute_error, root_mean_squared_error, huber, log_cosh",
    "outputs.activation = softmax, sigmoid, hard_sigmoid",
  },
  docs = [[
## What it looks for

Squared or absolute error on an output that ends in softmax, or in sigmoid where the task is said to be a
classification. Without a stated task, a softmax gives a hint, and only for a plain network; a sigmoid gives none,
since scaled targets and pixels are regression.

## Why it is bad

The gradient of squared error goes through the slope of softmax or sigmoid, which is nearly 0 when the output is
nearly 0 or 1. An example that is wrong with confidence 0.99 gets about 1 % of the gradient that cross-entropy would
give, just where it is needed most. Absolute error on probabilities does not even have the true probabilities as its
optimum.

## Example

`Dense(10, activation="softmax")` with the loss `"mse"`.

## Use instead

`categorical_crossentropy` with softmax, `binary_crossentropy` with sigmoid.

## When to ignore it

Where squared error on probabilities is meant: the Brier score, distillation from a teacher, a least-squares GAN.
Squared error on a *linear* output with one-hot targets works well and is never reported.

## References

- Solla, Levin and Fleisher, *Accelerated Learning in Layered Neural Networks*, 1988: cross-entropy against squared
  error.
- Glorot and Bengio, *Understanding the difficulty of training deep feedforward neural networks*, 2010, section 4.1:
  plateaus.
- Hui and Belkin, *Evaluation of Neural Architectures Trained with Square Loss vs Cross-Entropy*, 2021: linear
  outputs.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local classification = one_of(output.task, { "binary", "multiclass", "multilabel" })
      local said = classification and origin(output, "task").kind ~= "inferred"
      local softmax = output.activation == "softmax" and output.units ~= 1
      local sigmoid = one_of(output.activation, { "sigmoid", "hard_sigmoid" })
      if distances[output.loss] and ((softmax and (said or experiment.plain)) or (sigmoid and said)) then
        local instead = softmax and "categorical_crossentropy" or "binary_crossentropy"
        report {
          at = { output, "loss" },
          severity = not said and "hint" or nil,
          message = ("output %q ends in %s, through which %s has almost no gradient where it is surely wrong")
            :format(output.name, output.activation, output.loss),
          help = ("use %q"):format(instead),
          related = { { at = { output.activation_layer, "activation" }, message = "the final activation" } },
          fix = set(output, "loss", instead),
          -- Squared error wants one-hot targets, and so does the cross-entropy; yet the loss is a choice, not a slip.
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
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "softmax"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": 1️⃣"mean_squared_error"}
}
]=],
      fixed = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "softmax"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "categorical_crossentropy"}
}
]=],
    },
    {
      bad = [=[
epochzero: 1
task: binary
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data: {inputs: {features: 12}}
training: {loss: 1️⃣mse}
]=],
      fixed = [=[
epochzero: 1
task: binary
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data: {inputs: {features: 12}}
training: {loss: binary_crossentropy}
]=],
    },
    {
      -- Least squares on a linear output with one-hot targets.
      good = [=[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 10}
data: {inputs: {features: 20}}
training: {loss: mse}
]=],
    },
    {
      -- An autoencoder of pixels in [0, 1].
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
  "compile_config": {"optimizer": "adam", "loss": "mean_squared_error"}
}
]=],
    },
    {
      good = [=[
epochzero: 1
task: binary
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data: {inputs: {features: 12}}
training: {loss: binary_crossentropy}
]=],
    },
  },
}
