-- A hyperparameter search that is judged on training or test data.

return {
  api = 1,
  id = "monitoring/searched-on-wrong-data",
  summary = "a hyperparameter search that is judged on training or test data",
  severity = "warning",
  cause = 2,
  untestable = "it is about what is looked at, not about how the network learns",
  needs = { "training.search" },
  docs = [[
## What it looks for

A hyperparameter search of Ludwig whose `split` is `train` or `test`.

## Why it is bad

On the training data the search picks what fits them closest: the widest network, no dropout, the most epochs. On the
test data it picks what happens to fit those: with a hundred trials the best of them is better on the test data than
it will ever be again, and no data are left to say by how much.

## Example

```yaml
hyperopt: {split: test, metric: accuracy, goal: maximize}
```

## Use instead

`validation`, which is the default. Look at the test data once, with the settings that won.

## When to ignore it

When the test share is another validation share, and the data for the final figure are elsewhere.

## References

- Cawley and Talbot, *On Over-fitting in Model Selection and Subsequent Selection Bias in Performance Evaluation*,
  2010.
]],

  check = function(experiment, report)
    local search = experiment.training.search
    local training = one_of(search.split, { "train", "training" })
    if not training and search.split ~= "test" then return end
    report {
      at = { search, "split" },
      message = training and "the search picks what fits the training data closest, which is what learns them by heart"
        or "the search picks what fits the test data, so that they can no longer say how good it is",
      help = 'write "split: validation", or leave it out',
      fix = set(search, "split", "validation"),
    }
  end,

  examples = {
    {
      bad = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sold, type: binary}
hyperopt:
  metric: loss
  split: 1️⃣test
]=],
      fixed = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sold, type: binary}
hyperopt:
  metric: loss
  split: validation
]=],
    },
    {
      good = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sold, type: binary}
hyperopt:
  metric: loss
]=],
    },
  },
}
