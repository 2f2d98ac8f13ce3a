-- A monitor or search that takes the worst for the best.

local higher, lower = {}, {}
for _, name in ipairs {
  "accuracy", "acc", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy", "balanced_accuracy",
  "accuracy_micro", "token_accuracy", "sequence_accuracy", "auc", "roc_auc", "pr_auc", "prc", "auroc", "precision",
  "recall", "specificity", "f1", "f1_score", "fbeta_score", "r2", "r2_score", "iou", "mean_iou", "dice", "jaccard",
  "hits_at_k", "bleu", "rouge", "map", "ndcg", "cohen_kappa", "matthews",
} do higher[name] = true end
for _, name in ipairs {
  "loss", "mae", "mse", "rmse", "mape", "msle", "mean_absolute_error", "mean_squared_error",
  "root_mean_squared_error", "mean_absolute_percentage_error", "root_mean_squared_percentage_error",
  "mean_squared_logarithmic_error", "huber", "error", "perplexity", "next_token_perplexity", "word_error_rate",
  "char_error_rate", "edit_distance", "wer", "cer", "crossentropy", "binary_crossentropy", "categorical_crossentropy",
  "sparse_categorical_crossentropy",
} do lower[name] = true end

-- Which way a quantity is better; nil where its name does not tell.
local function better(name)
  name = (name or ""):lower()
  local base = string.match(name, "^val[idaton]*[_/](.+)$") or string.match(name, "^train[_/](.+)$") or name
  if higher[base] then return "max" end
  if lower[base] then return "min" end
end

return {
  api = 1,
  id = "monitoring/wrong-direction",
  summary = "a monitor or search that takes the worst for the best",
  severity = "error",
  cause = 2,
  untestable = "it is about what is looked at, not about how the network learns",
  needs = { "training.monitor_mode|training.search" },
  options = {
    allow = { type = "list", default = {}, help = "names of metrics whose usual direction does not hold here" },
  },
  docs = [[
## What it looks for

A monitored quantity whose stated mode is the opposite of what makes it better, such as accuracy with `min`; and a
hyperparameter search of Ludwig whose goal is the opposite of its metric's. Ludwig's goal is `minimize` unless stated,
whatever the metric.

## Why it is bad

Early stopping sees no progress from the first epoch on and stops after its patience, with the weights of the first
epoch as the best. A search runs all its trials and hands out the worst of them as the winner.

## Example

```yaml
hyperopt: {metric: accuracy, parameters: {...}}    # minimizes the accuracy
```

## Use instead

`max` (`maximize`) for accuracies, areas under curves, precision, recall, F1, R2; `min` for losses and errors.

## When to ignore it

When a metric of your own has the name of a usual one and the other direction.

## References

- Ludwig, `schema/hyperopt/__init__.py`: goal, "minimize (default) or maximize".
- Keras, `EarlyStopping`: the argument `mode`.
]],

  check = function(experiment, report, options)
    local training = experiment.training
    local monitored, mode = training.monitor[1], training.monitor_mode
    local right = #training.monitor == 1 and better(monitored)
    if right and mode and mode ~= right and not one_of(monitored, options.allow) then
      report {
        at = { training, "monitor_mode" },
        message = ("%q is better the %s it is, but the mode is %q, which keeps the worst weights"):format(
          monitored, right == "max" and "higher" or "lower", mode),
        help = ("write %s"):format(right),
        related = { { at = { training, "monitor" }, message = "monitored here" } },
        fix = set(training, "monitor_mode", right),
      }
    end
    local search = training.search
    right = search and better(search.metric)
    local goal = right == "max" and "maximize" or "minimize"
    if right and search.goal and search.goal ~= goal and not one_of(search.metric, options.allow) then
      local stated = origin(search, "goal").kind == "stated"
      report {
        at = stated and { search, "goal" } or { search, "metric" },
        message = ("%q is better the %s it is, but the search is to %s it%s, so the worst trial wins"):format(
          search.metric, right == "max" and "higher" or "lower", search.goal,
          stated and "" or ", as Ludwig does unless told otherwise"),
        help = ('write "goal: %s"'):format(goal),
        fix = set(search, "goal", goal),
      }
    end
  end,

  examples = {
    {
      bad = [=[
epochzero: 1
training: {validation_split: 0.2, early_stopping: 5, monitor: val_accuracy, monitor_mode: 1️⃣min}
]=],
      fixed = [=[
epochzero: 1
training: {validation_split: 0.2, early_stopping: 5, monitor: val_accuracy, monitor_mode: max}
]=],
    },
    {
      bad = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sold, type: binary}
hyperopt:
  goal: 1️⃣minimize
  metric: roc_auc
  output_feature: sold
  parameters:
    trainer.learning_rate: {space: loguniform, lower: 0.0001, upper: 0.01}
]=],
      fixed = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sold, type: binary}
hyperopt:
  goal: maximize
  metric: roc_auc
  output_feature: sold
  parameters:
    trainer.learning_rate: {space: loguniform, lower: 0.0001, upper: 0.01}
]=],
    },
    {
      -- The goal is Ludwig's default.
      bad = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sold, type: binary}
hyperopt:
  metric: 1️⃣accuracy
  output_feature: sold
]=],
      fixed = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sold, type: binary}
hyperopt:
  metric: accuracy
  output_feature: sold
  goal: maximize
]=],
    },
    {
      good = [=[
epochzero: 1
training: {validation_split: 0.2, early_stopping: 5, monitor: val_auc, monitor_mode: max}
]=],
    },
    {
      -- What a metric of one's own means is not known.
      good = [=[
epochzero: 1
training: {validation_split: 0.2, early_stopping: 5, monitor: val_regret, monitor_mode: min}
]=],
    },
    {
      good = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sold, type: binary}
hyperopt:
  parameters:
    trainer.learning_rate: {space: loguniform, lower: 0.0001, upper: 0.01}
]=],
    },
  },
}
