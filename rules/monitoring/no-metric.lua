-- A classification without any metric.

return {
  api = 1,
  id = "monitoring/no-metric",
  summary = "a classification without any metric beside its loss",
  severity = "warning",
  cause = 2,
  untestable = "it is about what is looked at, not about how the network learns",
  needs = { "outputs.metrics", "outputs.task" },
  docs = [[
## What it looks for

An experiment file that says in so many words that a classification has no metrics, `metrics: []`, and monitors
nothing but the loss. A Keras file writes the same whether metrics were forgotten or computed elsewhere, and Ludwig
computes all that fit the output: for these nothing is reported.

## Why it is bad

A cross-entropy of 0.45 says little to people. Whether that is 95 % or 70 % right, and better than always saying the
most frequent class, needs a metric. Runs are then compared by figures that nobody can read, and a network that
predicts one class for all is found out after weeks.

## Example

```yaml
training: {loss: categorical_crossentropy, metrics: []}
```

## Use instead

Accuracy where classes are about equally frequent, else the area under the curve, precision and recall, or F1. Compare
them with what always saying the most frequent class reaches.

## When to ignore it

When metrics are computed by other code from saved predictions: name them in the file.

## References

- Zinkevich, *Rules of Machine Learning*, rule 2: first, design and implement metrics.
]],

  check = function(experiment, report)
    for _, name in ipairs(experiment.training.monitor) do
      if not string.find(name:lower(), "loss", 1, true) then return end
    end
    for _, output in ipairs(experiment.outputs) do
      if #output.metrics > 0 then return end
    end
    for _, output in ipairs(experiment.outputs) do
      if output.metrics and one_of(output.task, { "binary", "multiclass", "multilabel" }) then
        report {
          at = { output, "metrics" },
          message = ("output %q is judged by its loss alone, which does not say how often it is right")
            :format(output.name),
          help = "add accuracy, or auc where one class is rare",
          once = true,
        }
      end
    end
  end,

  examples = {
    {
      bad = [=[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 10, activation: softmax}
data: {inputs: {features: 12}}
training: {loss: categorical_crossentropy, metrics: 1️⃣[]}
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
    {
      good = [=[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 10, activation: softmax}
data: {inputs: {features: 12}}
training: {loss: categorical_crossentropy}
]=],
    },
    {
      -- A squared error is a metric of its own.
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
data: {inputs: {features: 12}}
training: {loss: mse, metrics: []}
]=],
    },
    {
      -- Keras writes nothing down for metrics that are computed elsewhere.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "sort", "units": 10, "activation": "softmax"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "categorical_crossentropy", "metrics": null}
}
]=],
    },
  },
}
