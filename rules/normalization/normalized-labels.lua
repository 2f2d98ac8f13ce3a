-- Class labels that are normalised as if they were quantities.

return {
  api = 1,
  id = "normalization/normalized-labels",
  summary = "class labels that are normalised like quantities",
  severity = "error",
  cause = 1,
  probe = "unreachable_targets",
  needs = { "outputs.target.normalization", "outputs.task = binary, multiclass, multilabel" },
  options = {
    allow = { type = "list", default = {}, help = "names of outputs whose labels are normalised on purpose" },
  },
  docs = [[
## What it looks for

A classification (binary, multiclass or multilabel) whose targets are said to be standardised, scaled by minmax or put
through a logarithm.

## Why it is bad

A class is a name, not a quantity. Standardised labels are negative for one part of the examples and beyond 1 for the
other; cross-entropy takes them for probabilities, and its optimum runs off to infinity. As indices for a sparse
cross-entropy they are rounded to whatever class they are near, or refused. Minmax of class numbers makes the classes
an order that they do not have.

## Example

```python
data = StandardScaler().fit_transform(table)    # the label column with it
```

## Use instead

Normalise the inputs only. Labels stay 0 and 1, class indices, or one-hot rows.

## When to ignore it

With two classes minmax leaves labels of 0 and 1 as they are: harmless, and not reported for a binary task.

## References

- Bishop, *Pattern Recognition and Machine Learning*, 2006, section 4.3.2: what cross-entropy assumes of targets.
]],

  check = function(experiment, report, options)
    for _, output in ipairs(experiment.outputs) do
      local normalization = output.target.normalization
      local classes = one_of(output.task, { "binary", "multiclass", "multilabel" })
      local harmless = normalization == "minmax" and output.task ~= "multiclass"
      if classes and normalization and normalization ~= "none" and not harmless
          and not one_of(output.name, options.allow) then
        report {
          at = { output.target, "normalization" },
          message = ("the labels of output %q are normalised (%s), but a class is no quantity"):format(
            output.name, normalization),
          help = "normalise the inputs only, and leave labels as they are",
          related = { { at = { output, "task" }, message = ("the task is %s"):format(output.task) } },
          trial = set(output.target, "normalization", "none"),
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
    - {kind: dense, units: 5, activation: softmax}
data:
  inputs: {features: 12, normalization: zscore}
  targets: {classes: 5, normalization: 1️⃣zscore}
training: {loss: sparse_categorical_crossentropy}
]=],
    },
    {
      bad = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data:
  inputs: {features: 12, normalization: zscore}
  targets: {normalization: 1️⃣zscore}
training: {loss: binary_crossentropy}
]=],
    },
    {
      good = [=[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 5, activation: softmax}
data:
  inputs: {features: 12, normalization: zscore}
  targets: {classes: 5, normalization: none}
training: {loss: sparse_categorical_crossentropy}
]=],
    },
    {
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
data:
  inputs: {features: 12, normalization: zscore}
  targets: {normalization: zscore}
training: {loss: mse}
]=],
    },
    {
      -- Labels of 0 and 1 are the same behind minmax.
      good = [=[
epochzero: 1
task: binary
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data:
  inputs: {features: 12, normalization: minmax}
  targets: {normalization: minmax}
training: {loss: binary_crossentropy}
]=],
    },
    {
      good = [=[
input_features:
  - {name: area, type: number, preprocessing: {normalization: zscore}}
output_features:
  - {name: rent, type: number, preprocessing: {normalization: zscore}}
  - {name: sold, type: binary}
]=],
    },
  },
}
