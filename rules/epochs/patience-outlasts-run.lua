-- Early stopping that cannot happen.
return {
  api = 1,
  id = "epochs/patience-outlasts-run",
  summary = "early stopping with more patience than the run has epochs",
  severity = "hint",
  cause = 4,
  needs = { "training.early_stopping > 0", "training.epochs > 0" },

  docs = [[
## What it looks for
Early stopping that the file asks for, with a patience of as many evaluations as the run has, or more. An evaluation is
an epoch unless the file says otherwise; where it is not, and the number of steps between two is all that is known,
nothing is reported.

## Why it is bad
The count starts when the first evaluation has set the mark, so a patience of 10 can end a run of 11 epochs at the
soonest. With 10 epochs it never does: the run always goes to its end, and the protection against over-fitting that the
file seems to have is not there.

## Example
```yaml
trainer: {epochs: 10, early_stop: 20}
```

## Use instead
A tenth to a fifth of the epochs; or more epochs, for early stopping is there to make a generous number safe.

## When to ignore it
Where the patience is a way to say "never".

## References
- Prechelt (1998): Early stopping: but when?
- Ludwig source: `Trainer.check_progress_on_validation` in `ludwig/trainers/trainer.py` (0.11).
]],

  check = function(experiment, report)
    local training = experiment.training
    local patience, epochs = training.early_stopping, training.epochs
    if not (patience > 0) or origin(training, "early_stopping").kind ~= "stated" or training.steps then return end
    local per_epoch = training.evaluations_per_epoch or (experiment.dialect == "native" and 1)
    if not per_epoch or not (epochs > 0) or not (patience >= epochs * per_epoch) then return end
    report {
      at = { training, "early_stopping" },
      message = ("early stopping after %d evaluations without progress cannot happen in a run of %.0f"):format(
        patience, epochs * per_epoch),
      help = ("use a patience of about %d, or train for more epochs"):format(
        math.max(1, math.floor(epochs * per_epoch / 5))),
    }
  end,

  examples = {
    {
      bad = [[
epochzero: 1
training:
  epochs: 10
  early_stopping: 1️⃣10
]],
    },
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {epochs: 10, early_stop: 1️⃣20}
]],
    },
    {
      good = [[
epochzero: 1
training:
  epochs: 11
  early_stopping: 10
]],
    },
    {
      -- Ten evaluations in each epoch.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {epochs: 10, early_stop: 20, checkpoints_per_epoch: 10}
]],
    },
    {
      -- How many evaluations there are is not known.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {epochs: 1, early_stop: 20, steps_per_checkpoint: 50}
]],
    },
    {
      -- Ludwig's own 5 was not asked for.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {epochs: 3}
]],
    },
    {
      -- Off.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {epochs: 3, early_stop: -1}
]],
    },
  },
}
