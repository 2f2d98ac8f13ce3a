-- Accuracy as the metric of numbers.

local accuracies = {}
for _, name in ipairs {
  "accuracy", "acc", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy", "balanced_accuracy",
  "binaryaccuracy", "categoricalaccuracy", "sparsecategoricalaccuracy",
} do accuracies[name] = true end

local function is_accuracy(name)
  return accuracies[name:lower()] == true
end

local bounded = { softmax = true, sigmoid = true, hard_sigmoid = true, log_softmax = true }

return {
  api = 1,
  id = "monitoring/accuracy-in-regression",
  summary = "accuracy as the metric of a regression",
  severity = "warning",
  cause = 2,
  untestable = "it is about what is looked at, not about how the network learns",
  needs = { "outputs.metrics", "outputs.task" },
  docs = [[
## What it looks for

Accuracy among the metrics of a regression. Where only the loss says that it is one, the output must be a single
number without a sigmoid: squared error on one-hot classes has an accuracy.

## Why it is bad

Accuracy counts predictions that equal their target. A number hardly ever does to the last digit, so accuracy stays
near 0 for the best of networks, and what is above 0 is chance: predictions that round to a target of 0 or 1. A run
that is judged by it is judged by noise.

## Example

```python
model.compile(loss="mse", metrics=["accuracy"])
```

## Use instead

The mean absolute error, which is in the targets' own units; R2, which says how much better than the mean the network
is.

## When to ignore it

Where classes are learned by squared error on purpose: state `task: multiclass` or `binary`.

## References

- Keras, `Accuracy`: "calculates how often predictions equal labels".
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local said = output.task == "regression" and origin(output, "task").kind ~= "inferred"
      local single = output.units == 1 and not bounded[output.activation]
      if output.task == "regression" and output.metrics and (said or single) then
        local instead, named = {}, nil
        for _, metric in ipairs(output.metrics) do
          if is_accuracy(metric) then named = named or metric else instead[#instead + 1] = metric end
        end
        if #instead == 0 then instead[1] = "mae" end
        if named then
          report {
            at = { output, "metrics" },
            message = ("%q counts predictions that equal their target, and the numbers of "
              .. "output %q hardly ever do"):format(
              named, output.name),
            -- Caffe has no metric for numbers.
            help = experiment.framework == "Caffe" and "watch the loss, which is an error already"
              or "judge numbers by their error: mae, or r2",
            fix = set(output, "metrics", instead),
            once = true,
          }
        end
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
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 3}
data: {inputs: {features: 12}}
training: {loss: mse, metrics: 1️⃣[accuracy, r2]}
]=],
      fixed = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 3}
data: {inputs: {features: 12}}
training: {loss: mse, metrics: [r2]}
]=],
    },
    {
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "price", "units": 1, "activation": "linear"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "mean_squared_error", "metrics": 1️⃣["accuracy"]}
}
]=],
    },
    {
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "price", "units": 1, "activation": "linear"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "mean_squared_error", "metrics": ["mean_absolute_error"]}
}
]=],
    },
    {
      -- Least squares on one-hot classes has an accuracy.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 10}
data: {inputs: {features: 12}}
training: {loss: mse, metrics: [accuracy]}
]=],
    },
    {
      -- A least-squares GAN's discriminator tells two classes apart.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data: {inputs: {features: 12}}
training: {loss: mse, metrics: [accuracy]}
]=],
    },
    {
      good = [=[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 10, activation: softmax}
data: {inputs: {features: 12}}
training: {loss: categorical_crossentropy, metrics: [accuracy]}
]=],
    },
  },
}
