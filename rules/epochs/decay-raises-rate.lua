-- A decay that goes up.
return {
  api = 1,
  id = "epochs/decay-raises-rate",
  summary = "a decay that raises the learning rate",
  severity = "warning",
  cause = 6,
  probe = "update_ratio",
  needs = { "training.schedule.name" },

  docs = [[
## What it looks for
- An exponential decay with a factor above 1.
- A cosine, linear or polynomial decay whose last rate is above its first.

## Why it is bad
The rate grows without end, or to a value that the run was not meant to have, until the loss explodes. It does so late,
after epochs that looked well. 1.04 for "4 % less" and a last rate with a zero too few are the usual slips.

## Example
`ExponentialDecay(0.001, decay_steps=1000, decay_rate=1.1)`.

## Use instead
A factor between 0 and 1: 0.96 every 1000 steps; a last rate of 0 to a hundredth of the first.

## When to ignore it
In a range test, which raises the rate on purpose.

## References
- Smith (2017): Cyclical learning rates for training neural networks: the range test.
- Keras source: `keras/src/optimizers/schedules/learning_rate_schedule.py` (3.15).
]],

  check = function(experiment, report)
    local schedule, peak = experiment.training.schedule, experiment.training.optimizer.learning_rate
    local name = schedule.name
    if name:find("exponential") and schedule.decay_rate > 1 then
      report {
        at = { schedule, "decay_rate" },
        message = ("decay rate %g multiplies the learning rate by more than 1: it grows until the loss "
          .. "explodes"):format(schedule.decay_rate),
        help = "use a factor below 1, such as 0.96",
        trial = set(schedule, "decay_rate", 0.96),
      }
    elseif
      (name:find("cosine") or name:find("linear") or name:find("poly")) and peak > 0
      and schedule.end_learning_rate > peak * 1.000001
    then
      report {
        at = { schedule, "end_learning_rate" },
        message = ("the decay ends at a learning rate of %g, above the %g that it starts from"):format(
          schedule.end_learning_rate, peak),
        help = ("use 0 to %g"):format(peak / 100),
        trial = set(schedule, "end_learning_rate", peak / 100),
      }
    end
  end,

  examples = {
    {
      bad = [[
{
  "module": "keras",
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 8]}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  },
  "compile_config": {
    "optimizer": {"module": "keras.optimizers", "class_name": "Adam", "config": {"learning_rate": {
      "module": "keras.optimizers.schedules", "class_name": "ExponentialDecay",
      "config": {"initial_learning_rate": 0.001, "decay_steps": 1000, "decay_rate": 1️⃣1.1}}}},
    "loss": "mse"
  }
}
]],
    },
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.0001}
  schedule: {name: cosine, decay_steps: 10000, end_learning_rate: 1️⃣0.001}
]],
    },
    {
      good = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.001}
  schedule: {name: cosine, decay_steps: 10000, end_learning_rate: 0.0001}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate_scheduler: {decay: exponential, decay_rate: 0.9}
]],
    },
  },
}
