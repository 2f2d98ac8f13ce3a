-- A validation metric that the validated output does not have.

-- The metrics of each output type in Ludwig 0.5 to 0.11 (`modules/metric_modules.py`), beside its loss.
local metrics_of = {
  number = {
    "mean_squared_error", "mean_absolute_error", "root_mean_squared_error", "root_mean_squared_percentage_error",
    "mean_absolute_percentage_error", "r2", "huber", "error",
  },
  vector = { "mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error", "r2", "huber", "error" },
  timeseries = { "mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error", "r2", "huber" },
  binary = { "accuracy", "roc_auc", "precision", "recall", "specificity", "binary_weighted_cross_entropy" },
  category = { "accuracy", "accuracy_micro", "roc_auc", "hits_at_k", "softmax_cross_entropy", "corn" },
  category_distribution = { "accuracy", "accuracy_micro", "roc_auc", "hits_at_k", "softmax_cross_entropy" },
  set = { "jaccard", "sigmoid_cross_entropy" },
  text = {
    "token_accuracy", "sequence_accuracy", "last_accuracy", "edit_distance", "perplexity", "next_token_perplexity",
    "sequence_softmax_cross_entropy", "next_token_softmax_cross_entropy", "char_error_rate", "word_error_rate", "bleu",
    "rouge",
  },
  image = { "softmax_cross_entropy" },
}
metrics_of.sequence = metrics_of.text

-- Metrics that some type has: others may be a newer release's.
local known = {}
for _, names in pairs(metrics_of) do
  for _, name in ipairs(names) do known[name] = true end
end

local function has(output, metric)
  local names = metrics_of[output.type or ""]
  return names == nil or metric == "loss" or not known[metric] or one_of(metric, names)
end

-- What stands for a metric of another type.
local usual = {
  number = "mean_absolute_error", vector = "mean_absolute_error", timeseries = "mean_absolute_error",
  binary = "roc_auc", category = "accuracy", category_distribution = "accuracy", set = "jaccard",
  text = "token_accuracy", sequence = "token_accuracy", image = "loss",
}

return {
  api = 1,
  id = "monitoring/foreign-metric",
  summary = "a validation metric that the validated output does not have",
  severity = "error",
  cause = 2,
  untestable = "it is about what is looked at, not about how the network learns",
  needs = { "training.monitor", "outputs.type" },
  docs = [[
## What it looks for

In a Ludwig config: a `validation_metric` that the output named by `validation_field` does not have, or that no output
has; a `validation_field` that is no output; and a metric other than the loss for `combined`.

## Why it is bad

The validation metric decides when to stop and which weights are kept. Ludwig computes metrics by the output's type: a
number has no accuracy, a category no R2. Newer releases refuse the config, older ones fail in the first evaluation,
after an epoch of training.

## Example

```yaml
output_features: [{name: price, type: number}]
trainer: {validation_field: price, validation_metric: accuracy}
```

## Use instead

A metric of the output's type: `mean_absolute_error` or `r2` for numbers, `roc_auc` for binary outputs, `accuracy` for
categories, `jaccard` for sets; or `loss`, which every output has.

## When to ignore it

When a release that is newer than 0.11 has the metric for this type.

## References

- Ludwig, `modules/metric_modules.py` (the types of each metric) and `schema/model_types/utils.py`
  (`set_validation_parameters`: "User-specified trainer.validation_metric is not valid for any output feature").
]],

  check = function(experiment, report)
    if experiment.dialect ~= "ludwig" then return end
    local training = experiment.training
    local metric, field = training.monitor[1], training.validation_field
    if not metric then return end
    if field == "combined" then
      if metric ~= "loss" and known[metric] then
        report {
          at = { training, "monitor" },
          message = ("%q is a metric of single outputs, but \"validation_field\" is "
            .. "\"combined\", which has a loss only"):format(
            metric),
          help = 'name the output in "validation_field", or write "validation_metric: loss"',
          related = { { at = { training, "validation_field" }, message = "validated here" } },
        }
      end
      return
    end
    local names, first, found = {}, nil, false
    for _, output in ipairs(experiment.outputs) do
      if field == nil or output.name == field then
        first = first or output
        found = found or has(output, metric)
      end
      names[#names + 1] = ("%q"):format(output.name)
    end
    if not first then
      report {
        at = { training, "validation_field" },
        message = ("\"validation_field\" names %q, which is no output"):format(field),
        help = ("the outputs are %s"):format(table.concat(names, ", ")),
      }
    elseif not found then
      report {
        at = { training, "monitor" },
        message = (#experiment.outputs == 1 or field)
            and ("%q is no metric of output %q, which is of type %s"):format(metric, first.name, first.type)
          or ("%q is a metric of none of the outputs"):format(metric),
        help = ("use %q, or \"loss\""):format(usual[first.type]),
        related = { { at = { first, "type" }, message = ("a %s has %s"):format(
          first.type, table.concat(metrics_of[first.type], ", ")) } },
      }
    end
  end,

  examples = {
    {
      bad = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: price, type: number}
trainer: {validation_field: price, validation_metric: 1️⃣accuracy}
]=],
    },
    {
      bad = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: genre, type: category}
  - {name: tags, type: set}
trainer: {validation_metric: 1️⃣r2}
]=],
    },
    {
      bad = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: genre, type: category}
  - {name: tags, type: set}
trainer: {validation_field: 1️⃣genres, validation_metric: accuracy}
]=],
    },
    {
      bad = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: genre, type: category}
  - {name: tags, type: set}
trainer: {validation_field: combined, validation_metric: 1️⃣accuracy}
]=],
    },
    {
      good = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: genre, type: category}
  - {name: tags, type: set}
trainer: {validation_metric: jaccard}
]=],
    },
    {
      -- Each output has a loss; and a name that no release here knows may be a newer one's.
      good = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: price, type: number}
trainer: {validation_field: price, validation_metric: pinball}
]=],
    },
    {
      good = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: price, type: number}
trainer: {validation_field: price, validation_metric: loss}
]=],
    },
  },
}
