-- Training without any data that the network is not trained on.

return {
  api = 1,
  id = "monitoring/nothing-held-out",
  summary = "no data are held out to judge the network by",
  severity = "warning",
  cause = 2,
  untestable = "it is about what is looked at, not about how the network learns",
  needs = { "training.validation_split = 0" },
  docs = [[
## What it looks for

A validation share of 0: `validation_split: 0` in an experiment file, `probabilities: [1.0, 0.0, 0.0]` in a Ludwig
config. With a test share, which is looked at in the end only, it is a hint; so it is for language models that are
fine-tuned. Where the file asks for early stopping, `epochs/early-stopping-without-held-out-data` tells it instead.
Where nothing is said of it, or a validation set of its own is named, nothing is reported.

## Why it is bad

The training loss falls in nearly every run, for a network that learns the rule and for one that learns the examples
by heart. Only data that it has not seen tell the two apart. Without them early stopping has nothing to watch and
never stops (or, on the training loss, stops too late by its nature), the best weights cannot be chosen, and a
learning rate or a width is tuned on what it was fitted to. Ludwig then keeps the last weights, whatever `early_stop`
says.

## Example

```yaml
training: {epochs: 200, validation_split: 0}
```

## Use instead

Hold 10 % to 20 % out; from a million examples on 1 % is plenty. What belongs together (one patient, one day, frames
of one film) goes to one side as a whole. Look at the held-out loss after the first epochs already.

## When to ignore it

For the last training run with settings that were found before, and for a test whether a network can learn a handful
of examples by heart.

## References

- Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2009, section 7.2.
- Ludwig, `trainers/trainer.py`: "If there is no validation set, the model is always saved".
]],

  check = function(experiment, report)
    local training = experiment.training
    if training.validation_split ~= 0 or training.validation_samples > 0 then return end
    if training.skip_evaluation then return end
    -- Where the file asks for early stopping, epochs/early-stopping-without-held-out-data tells it.
    if training.early_stopping > 0 and origin(training, "early_stopping").kind == "stated" then return end
    local tested = training.test_split > 0
    local stops = training.early_stopping > 0
    local message = "no data are held out while it trains, so nothing tells learning from learning by heart"
    if stops then
      message = ("no data are held out, so early stopping (after %d rounds without "
        .. "progress) has nothing to watch"):format(training.early_stopping)
    end
    local native = experiment.dialect == "native"
    report {
      at = { training, "validation_split" },
      severity = (tested or experiment.model_type == "language_model") and "hint" or nil,
      message = message,
      help = tested and "give a part of the test share to validation" or "hold 10 % to 20 % out",
      fix = native and set(training, "validation_split", tested and 0.1 or 0.2) or nil,
      safe = false,
    }
  end,

  examples = {
    {
      bad = [=[
epochzero: 1
task: regression
data: {samples: 5000}
training: {batch_size: 32, epochs: 200, validation_split: 1️⃣0}
]=],
      fixed = [=[
epochzero: 1
task: regression
data: {samples: 5000}
training: {batch_size: 32, epochs: 200, validation_split: 0.2}
]=],
    },
    {
      bad = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sold, type: binary}
preprocessing:
  split: {type: random, probabilities: [1.0, 1️⃣0.0, 0.0]}
]=],
    },
    {
      -- A hint: the test data are looked at in the end.
      bad = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sold, type: binary}
preprocessing:
  split: {type: stratify, column: sold, probabilities: [0.8, 1️⃣0.0, 0.2]}
]=],
    },
    {
      good = [=[
epochzero: 1
task: regression
data: {samples: 5000}
training: {batch_size: 32, epochs: 200, validation_split: 0.2}
]=],
    },
    {
      -- A validation set of its own.
      good = [=[
epochzero: 1
task: regression
data: {samples: 5000}
training: {batch_size: 32, epochs: 200, validation_split: 0, validation_samples: 800}
]=],
    },
    {
      -- Nothing is said of it.
      good = [=[
epochzero: 1
task: regression
data: {samples: 5000}
training: {batch_size: 32, epochs: 200}
]=],
    },
    {
      -- A column of the data says what is held out.
      good = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sold, type: binary}
preprocessing:
  split: {type: fixed, column: part}
]=],
    },
    {
      -- Another rule says that early stopping has nothing to watch.
      good = [=[
epochzero: 1
task: regression
data: {samples: 5000}
training: {batch_size: 32, epochs: 200, validation_split: 0, early_stopping: 10}
]=],
    },
  },
}
