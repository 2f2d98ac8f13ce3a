-- A held-out set too small to tell better from worse.

return {
  api = 1,
  id = "monitoring/too-few-held-out",
  summary = "so few held-out examples that their figures are chance",
  severity = "warning",
  cause = 2,
  untestable = "it is about what is looked at, not about how the network learns",
  needs = { "data.samples|training.validation_samples" },
  options = {
    least = {
      type = "integer", default = 30,
      help = "the fewest held-out examples: an accuracy near one half has a standard error of 0.5 / sqrt(n), which "
        .. "is 9 points of a hundred at 30",
    },
    enough = {
      type = "integer", default = 300,
      help = "from so many examples on there are enough to hold more of them out; with fewer it is a hint",
    },
  },
  docs = [[
## What it looks for

A validation share that comes to fewer than 30 examples, or to fewer than there are classes. With fewer than 300
examples in all it is a hint, since what is held out is missing in training.

## Why it is bad

The figures of so few examples are mostly chance: from 20 an accuracy of 70 % may as well be 50 % or 85 %. Early
stopping then stops by the luck of one epoch, and of two settings the worse one wins one time in three.

## Example

```yaml
data: {samples: 2000}
training: {validation_split: 0.005}     # 10 examples
```

## Use instead

Hold a few hundred out. With few examples use cross-validation: each part is held out in turn, and the figures are
averaged.

## When to ignore it

When each held-out example is a whole film, patient or game with many frames that count by themselves.

## References

- Kohavi, *A Study of Cross-Validation and Bootstrap for Accuracy Estimation and Model Selection*, 1995.
]],

  check = function(experiment, report, options)
    local training, samples = experiment.training, experiment.data.samples
    local held, at = nil, nil
    if training.validation_samples then
      held, at = training.validation_samples, { training, "validation_samples" }
    elseif training.validation_split and samples then
      held, at = math.floor(samples * training.validation_split), { training, "validation_split" }
    end
    if not held or held < 1 then return end
    local classes = 0
    for _, output in ipairs(experiment.outputs) do
      if one_of(output.task, { "multiclass" }) then classes = math.max(classes, output.classes or 0) end
    end
    if held >= options.least and held >= classes then return end
    report {
      at = at,
      severity = not (samples >= options.enough) and "hint" or nil,
      message = held < classes
        and ("%d examples are held out, fewer than the %d classes, so of some there is none"):format(held, classes)
        or ("%d examples are held out: an accuracy from them is known to about %.0f points of a hundred"):format(
          held, 100 / math.sqrt(held)),
      help = "hold a few hundred out, or use cross-validation",
    }
  end,

  examples = {
    {
      bad = [=[
epochzero: 1
task: binary
data: {samples: 2000}
training: {validation_split: 1️⃣0.005}
]=],
    },
    {
      bad = [=[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: dense, units: 200, activation: softmax}
data:
  samples: 4000
  inputs: {features: 300}
  targets: {classes: 200}
training: {loss: categorical_crossentropy, validation_split: 1️⃣0.02}
]=],
    },
    {
      -- A hint: there are few examples in all.
      bad = [=[
epochzero: 1
task: binary
data: {samples: 120}
training: {validation_split: 1️⃣0.2}
]=],
    },
    {
      good = [=[
epochzero: 1
task: binary
data: {samples: 2000}
training: {validation_split: 0.1}
]=],
    },
    {
      good = [=[
epochzero: 1
task: binary
data: {samples: 2000}
training: {validation_split: 0, validation_samples: 500}
]=],
    },
    {
      -- One percent of a million is plenty.
      good = [=[
epochzero: 1
task: binary
data: {samples: 1000000}
training: {validation_split: 0.01}
]=],
    },
  },
}
