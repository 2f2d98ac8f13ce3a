-- A run that nobody looks at: evaluation is switched off.

return {
  api = 1,
  id = "monitoring/evaluation-skipped",
  summary = "evaluation is switched off while it trains",
  severity = "warning",
  cause = 2,
  untestable = "it is about what is looked at, not about how the network learns",
  needs = { "training.skip_evaluation" },
  docs = [[
## What it looks for

`skip_all_evaluation: true` in a Ludwig trainer.

## Why it is bad

Ludwig then evaluates neither the validation nor the test data: no figure says whether the network learns, early
stopping never stops, and the last weights are kept instead of the best.

## Example

```yaml
trainer: {epochs: 100, skip_all_evaluation: true}
```

## Use instead

Leave the key out. Where evaluation takes too long: evaluate less often (`steps_per_checkpoint`), or hold less out.

## When to ignore it

For the last of many runs of one kind, whose settings are known to work.

## References

- Ludwig, `schema/trainer.py`: "If you are training a model with a well-known configuration on a well-known dataset and
  are confident about the expected results, you might skip all evaluation".
]],

  check = function(experiment, report)
    local training = experiment.training
    if training.skip_evaluation ~= true then return end
    report {
      at = { training, "skip_evaluation" },
      severity = experiment.model_type == "language_model" and "hint" or nil,
      message = "evaluation is switched off: nothing tells whether it learns, and "
        .. "the last weights are kept, not the best",
      help = 'leave "skip_all_evaluation" out, or evaluate less often with "steps_per_checkpoint"',
      fix = set(training, "skip_evaluation", false),
      safe = false,
    }
  end,

  examples = {
    {
      bad = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sold, type: binary}
trainer:
  skip_all_evaluation: 1️⃣true
]=],
      fixed = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sold, type: binary}
trainer:
  skip_all_evaluation: false
]=],
    },
    {
      good = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sold, type: binary}
trainer:
  skip_all_evaluation: false
]=],
    },
  },
}
