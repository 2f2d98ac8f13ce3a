-- Early stopping that has nothing to look at.
return {
  api = 1,
  id = "epochs/early-stopping-without-held-out-data",
  summary = "early stopping where no data are held out, so that it does nothing or watches the wrong loss",
  severity = "warning",
  cause = 4,
  untestable = "it is about when the run ends, not about how the network learns",
  needs = { "training.early_stopping > 0", "training.validation_split = 0" },

  docs = [[
## What it looks for
Early stopping that the file asks for, beside a validation share of 0 that it states.

## Why it is bad
Early stopping ends a run when the loss on *held-out* data has stopped falling: that is where learning by heart begins.
Without such data Ludwig and Keras train on to the last epoch (Keras with a line in the log that `val_loss` is not
there), so the regularisation that the file promises is not there. Watching the training loss instead stops the run when
everything is learned by heart, which is the opposite of what is wanted.

## Example
```yaml
training: {validation_split: 0, early_stopping: 5}
```

## Use instead
Hold out a tenth to a fifth of the data.

## When to ignore it
Where the data to judge by come from elsewhere: then leave the share out rather than writing 0.

## References
- Prechelt (1998): Early stopping: but when?
- Ludwig source: `Trainer.run_evaluation` in `ludwig/trainers/trainer.py` (0.11): progress is checked only with a
  validation set.
- Keras source: `keras/src/callbacks/early_stopping.py` (3.15).
]],

  check = function(experiment, report)
    local training = experiment.training
    if not (training.early_stopping > 0) or origin(training, "early_stopping").kind ~= "stated" then return end
    if training.validation_split ~= 0 or origin(training, "validation_split").kind ~= "stated" then return end
    if training.validation_samples > 0 or training.skip_evaluation then return end
    report {
      at = { training, "early_stopping" },
      message = ("early stopping after %d evaluations without progress, but no data are held out that could show "
        .. "progress"):format(training.early_stopping),
      help = "hold out a tenth to a fifth of the data, or leave early stopping out",
      related = { { at = { training, "validation_split" }, message = "nothing is held out" } },
    }
  end,

  examples = {
    {
      bad = [[
epochzero: 1
training:
  validation_split: 0
  early_stopping: 1️⃣5
]],
    },
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
preprocessing:
  split: {type: random, probabilities: [0.8, 0.0, 0.2]}
trainer:
  early_stop: 1️⃣10
]],
    },
    {
      -- Ludwig's own 5 was not asked for.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
preprocessing:
  split: {type: random, probabilities: [0.8, 0.0, 0.2]}
]],
    },
    {
      -- Early stopping is off.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
preprocessing:
  split: {type: random, probabilities: [1.0, 0.0, 0.0]}
trainer:
  early_stop: -1
]],
    },
    {
      -- What is held out is not known.
      good = [[
epochzero: 1
training:
  early_stopping: 5
]],
    },
    {
      -- A validation set of its own.
      good = [[
epochzero: 1
training: {validation_split: 0, validation_samples: 800, early_stopping: 5}
]],
    },
  },
}
