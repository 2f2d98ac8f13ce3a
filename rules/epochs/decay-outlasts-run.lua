-- A decay that the run does not live to see.

-- Schedules that go from the peak to their end in decay_steps.
local function reaches_an_end(name)
  name = name or ""
  return name:find("cosine") or name:find("linear") or name:find("poly")
end

return {
  api = 1,
  id = "epochs/decay-outlasts-run",
  summary = "a learning-rate decay much longer than the run, so that the rate hardly falls",
  severity = "warning",
  cause = 6,
  probe = "update_ratio",
  needs = { "training.schedule.decay_steps", "total_steps" },

  options = {
    share = {
      type = "number", default = 0.5,
      help = "the share of the decay that the run must reach: a cosine or a line is still at half of its peak there",
    },
    factor = {
      type = "number", default = 0.9,
      help = "exponential decay: at the end of the run the rate must be at this share of its peak or below; above it "
        .. "the schedule is as good as none (hint)",
    },
  },

  docs = [[
## What it looks for
A cosine, linear or polynomial decay of which the run reaches less than half (*warning*), and an exponential decay that
takes less than a tenth off the rate in the whole run (*hint*). Only where the number of steps is known.

## Why it is bad
The end of a decay is where the gain is: at a high rate the weights keep jumping around the minimum, and the loss falls
once more, often by a lot, when the rate goes to nothing. A run that stops before has paid for the schedule and does not
get it. Most often steps per epoch were counted wrong, or the run was shortened and the schedule was not.

## Example
2000 steps of training, and a cosine over 100000: the rate at the end is 99.9 % of the first.

## Use instead
`decay_steps` that end with the run: epochs times steps per epoch, less the warm-up.

## When to ignore it
Where the run is the first part of a longer one, and where a constant rate is what is wanted.

## References
- Loshchilov and Hutter (2017): SGDR: stochastic gradient descent with warm restarts.
- Hoffmann et al. (2022): Training compute-optimal large language models, figure A1: a cosine more than a quarter longer
  than the run gives a clearly worse model.
]],

  check = function(experiment, report, options)
    local schedule, total = experiment.training.schedule, experiment.total_steps
    local steps = schedule.decay_steps
    if not (steps > 0) or not (total > 0) or schedule.restarts then return end
    if reaches_an_end(schedule.name) then
      local decaying = total - (schedule.warmup_steps or 0)
      -- A warm-up that fills the run is another finding.
      if decaying <= 0 or not (decaying / steps < options.share) then return end
      report {
        at = { schedule, "decay_steps" },
        message = ("the decay takes %d steps, but the run has only %d of them: the learning rate never gets "
          .. "low"):format(steps, decaying),
        help = ("use %d, so that the decay ends with the run"):format(decaying),
        fix = set(schedule, "decay_steps", decaying),
        safe = false,
        confirm = true,
      }
    elseif schedule.name:find("exponential") and schedule.decay_rate > 0 and schedule.decay_rate < 1 then
      if origin(schedule, "name").kind ~= "stated" then return end
      local factor = schedule.decay_rate ^ (total / steps)
      if not (factor > options.factor) then return end
      report {
        at = { schedule, "decay_steps" },
        severity = "hint",
        message = ("the exponential decay multiplies the learning rate by %g every %d steps: after all %d steps it is "
          .. "still at %.0f %%"):format(schedule.decay_rate, steps, total, factor * 100),
        help = ("decay every %d steps, or leave the schedule out"):format(math.max(1, total // 20)),
      }
    end
  end,

  examples = {
    {
      bad = [[
epochzero: 1
training:
  steps: 2000
  schedule: {name: cosine, decay_steps: 1️⃣100000}
]],
      fixed = [[
epochzero: 1
training:
  steps: 2000
  schedule: {name: cosine, decay_steps: 2000}
]],
    },
    {
      -- Ludwig multiplies by 0.96 every 10000 steps unless told otherwise: hint.
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  train_steps: 1000
  learning_rate_scheduler: 1️⃣{decay: exponential}
]],
    },
    {
      -- The decay of a cosine that starts anew need not end with the run.
      good = [[
epochzero: 1
training:
  steps: 2000
  schedule: {name: cosine_decay_restarts, decay_steps: 5000, restarts: true}
]],
    },
    {
      good = [[
epochzero: 1
data: {samples: 32000}
training:
  batch_size: 32
  epochs: 10
  schedule: {name: cosine, warmup_steps: 500, decay_steps: 9500}
]],
    },
    {
      -- Ludwig's linear decay always ends with the run, whatever its decay steps.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  train_steps: 1000
  learning_rate_scheduler: {decay: linear, decay_steps: 100000}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  train_steps: 40000
  learning_rate_scheduler: {decay: exponential, decay_rate: 0.9}
]],
    },
    {
      -- The length of the run is not known: a Keras file does not tell.
      good = [[
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
      "config": {"initial_learning_rate": 0.001, "decay_steps": 1000000}}}},
    "loss": "mse"
  }
}
]],
    },
  },
}
