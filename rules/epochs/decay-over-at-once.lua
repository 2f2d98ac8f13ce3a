-- A decay in steps that was meant in epochs.

-- Schedules that go from the peak to their end in decay_steps, and stay there.
local function reaches_an_end(name)
  return name:find("cosine") or name:find("linear") or name:find("poly")
end

-- Returns after how many steps the rate is at a hundredth of its peak; nil where it never is, or that is not known.
local function steps_to_a_hundredth(schedule, peak)
  local name, steps, rate = schedule.name, schedule.decay_steps, schedule.decay_rate
  local warmup = schedule.warmup_steps or 0
  if reaches_an_end(name) then
    return schedule.end_learning_rate <= 0.01 * peak and warmup + steps or nil
  elseif name:find("exponential") then
    return rate > 0 and rate < 1 and warmup + steps * math.log(0.01) / math.log(rate) or nil
  elseif name:find("inverse_time") then
    return rate > 0 and warmup + 99 * steps / rate or nil
  end
  return nil
end

return {
  api = 1,
  id = "epochs/decay-over-at-once",
  summary = "a decay that is over after a few hundred steps, often one that was meant in epochs",
  severity = "warning",
  cause = 6,
  probe = "update_ratio",
  needs = {
    "training.schedule.name", "training.schedule.decay_steps", "training.optimizer.learning_rate",
  },

  options = {
    steps = {
      type = "integer", default = 300,
      help = "the fewest steps until the rate is at a hundredth of its peak; measured, Adam at a well-chosen rate "
        .. "still had 1.4 times the loss after 300 steps that it had after 1000, and twice that after 100",
    },
  },

  docs = [[
## What it looks for
A decay that brings the learning rate down to a hundredth of its peak within 300 steps, in a network that is trained
from scratch: a cosine, a line or a polynomial that ends there, an exponential or inverse-time decay that gets there.
Where the number of steps is known, `epochs/decay-ends-early` compares them instead. Schedules that start anew are left
alone.

## Why it is bad
Schedules of optimizers count *steps*, that is batches. 50 epochs written as `decay_steps=50` are over in the first
seconds, and everything after is trained with a rate of nothing: the loss falls for a moment and then stands still. The
`decay` that Keras's optimizers had before version 3 is the same trap: `decay=0.9` divides the rate by 1.9 after one
step and by 900 after a thousand.

## Example
`CosineDecay(0.001, decay_steps=50)`, `ExponentialDecay(0.01, decay_steps=1, decay_rate=0.9)`.

## Use instead
Epochs times steps per epoch: 50 epochs of 60000 examples in batches of 32 are 93750 steps.

## When to ignore it
Where a run of a few hundred steps is all there is; state its length then.

## References
- Keras source: `keras/src/optimizers/schedules/learning_rate_schedule.py` (3.15); Keras 2's `Optimizer`: rate / (1 +
  decay x steps).
- Measured figures: `scripts/measure-regularization.py` in this project prints them.
]],

  check = function(experiment, report, options)
    local schedule, peak = experiment.training.schedule, experiment.training.optimizer.learning_rate
    if experiment.total_steps or not (schedule.decay_steps > 0) or not (peak > 0) or schedule.restarts then return end
    if experiment.fine_tuned or experiment.model_type == "language_model" then return end
    for _, layer in ipairs(experiment.layers) do
      if layer.pretrained or layer.kind == "backbone" then return end
    end
    local steps = steps_to_a_hundredth(schedule, peak)
    if not (steps < options.steps) then return end
    local key = origin(schedule, "decay_steps").kind == "stated" and "decay_steps" or "decay_rate"
    report {
      at = { schedule, key },
      message = ("the learning rate is at a hundredth of %g after %.0f steps, and a step is a batch, not an "
        .. "epoch"):format(peak, math.ceil(steps)),
      help = "count the decay in steps: epochs times steps per epoch",
      -- Over some ten thousand steps, which a run of usual length has.
      trial = set(schedule, "decay_steps", schedule.decay_steps * 10000 // math.ceil(math.max(1, steps))),
    }
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
      "module": "keras.optimizers.schedules", "class_name": "CosineDecay",
      "config": {"initial_learning_rate": 0.001, "decay_steps": 1️⃣50, "alpha": 0.0}}}},
    "loss": "mse"
  }
}
]],
    },
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: sgd, learning_rate: 0.01}
  schedule: {name: exponential, decay_steps: 1️⃣1, decay_rate: 0.9}
]],
    },
    {
      -- The decay of Keras's optimizers before version 3.
      bad = [[
{
  "modelTopology": {
    "keras_version": "2.3.0",
    "model_config": {"class_name": "Sequential", "config": {"name": "net", "layers": [
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "batch_input_shape": [null, 8]}}
    ]}},
    "training_config": {
      "loss": "mse",
      "optimizer_config": {"class_name": "SGD", "config": {"lr": 0.01, "momentum": 0.9, "decay": 1️⃣0.9}}
    }
  }
}
]],
    },
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate_scheduler: {decay: exponential, decay_rate: 0.5, decay_steps: 1️⃣10}
]],
    },
    {
      -- What Keras's own examples used.
      good = [[
{
  "modelTopology": {
    "keras_version": "2.3.0",
    "model_config": {"class_name": "Sequential", "config": {"name": "net", "layers": [
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "batch_input_shape": [null, 8]}}
    ]}},
    "training_config": {
      "loss": "mse",
      "optimizer_config": {"class_name": "SGD", "config": {"lr": 0.01, "momentum": 0.9, "decay": 1e-06}}
    }
  }
}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate_scheduler: {decay: exponential, decay_rate: 0.9, decay_steps: 1000}
]],
    },
    {
      -- Starts anew every 50 steps.
      good = [[
epochzero: 1
training:
  optimizer: {name: sgd, learning_rate: 0.01}
  schedule: {name: cosine_decay_restarts, decay_steps: 50, end_learning_rate: 0, restarts: true}
]],
    },
    {
      -- A run of 200 steps, and its schedule.
      good = [[
epochzero: 1
training:
  steps: 200
  optimizer: {name: adam, learning_rate: 0.001}
  schedule: {name: cosine, decay_steps: 200, end_learning_rate: 0}
]],
    },
  },
}
