-- A warm-up that takes most of the run.

-- Returns the share of the run that the warm-up takes, and the key that states it.
local function share_of_run(schedule)
  local share = schedule.warmup_fraction
  if not share then return nil end
  if origin(schedule, "warmup_fraction").kind == "stated" then return share, "warmup_fraction" end
  return share, schedule.warmup_steps and "warmup_steps" or "warmup_epochs"
end

return {
  api = 1,
  id = "epochs/warmup-outlasts-run",
  summary = "a warm-up as long as the run, or most of it",
  severity = "warning",
  cause = 6,
  probe = "update_ratio",
  needs = { "training.schedule.warmup_fraction" },

  options = {
    share = {
      type = "number", default = 0.5,
      help = "the share of the run from which on a warm-up is a hint; Goyal et al. (2017) warm up for 5 of 90 epochs, "
        .. "BERT for 1 % of its steps, one-cycle schedules for 30 to 45 % (Smith and Topin 2018)",
    },
  },

  docs = [[
## What it looks for
A warm-up that takes the whole run or more (*warning*), or more than half of it (*hint*). It is compared with the run
where both are known: steps with steps, epochs with epochs, or a share of the run.

## Why it is bad
A warm-up raises the rate from nearly nothing, so that the first steps do no harm while the statistics of the optimizer
are still poor. A run that ends inside it has never seen its learning rate: the figure in the file is one that nothing
was trained with, and half of the steps were taken at less than half of it. It is most often a schedule copied from a
longer run.

## Example
1000 steps in all, and `warmup_steps: 4000` from the Transformer paper, which trained for 100000.

## Use instead
A hundredth to a tenth of the run, or none: small plain networks need no warm-up.

## When to ignore it
Where the run is a part of a longer one that goes on from its state.

## References
- Goyal et al. (2017): Accurate, large minibatch SGD: training ImageNet in 1 hour.
- Vaswani et al. (2017): Attention is all you need, section 5.3: 4000 of 100000 steps.
- Smith and Topin (2018): Super-convergence.
]],

  check = function(experiment, report, options)
    local schedule = experiment.training.schedule
    local share, key = share_of_run(schedule)
    if not (share > options.share) then return end
    local run = key == "warmup_steps" and ("%d steps"):format(experiment.total_steps)
      or key == "warmup_epochs" and ("%d epochs"):format(experiment.training.epochs)
      or "its length"
    local rate = experiment.training.optimizer.learning_rate
    local never = rate and ("the learning rate never gets to %g"):format(rate) or "the rate never gets to its peak"
    report {
      at = { schedule, key },
      severity = share < 1 and "hint" or "warning",
      message = share < 1
          and ("the warm-up takes %.0f %% of the run: most steps are taken below the learning rate"):format(share * 100)
        or ("the warm-up takes the whole run of %s: %s"):format(run, never),
      help = "warm up for a hundredth to a tenth of the run, or not at all",
      trial = set(schedule, key, key == "warmup_steps" and math.floor(0.05 * experiment.total_steps)
        or key == "warmup_epochs" and 0.05 * experiment.training.epochs or 0.05),
    }
  end,

  examples = {
    {
      bad = [[
epochzero: 1
training:
  steps: 1000
  optimizer: {name: adam, learning_rate: 0.001}
  schedule: {name: cosine, warmup_steps: 1️⃣4000}
]],
    },
    {
      -- 10 of 10 epochs.
      bad = [[
epochzero: 1
training:
  epochs: 10
  schedule: {name: linear, warmup_epochs: 1️⃣10}
]],
    },
    {
      -- More than half: hint.
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate_scheduler: {warmup_fraction: 1️⃣0.8}
]],
    },
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  epochs: 3
  learning_rate_scheduler: {decay: linear, warmup_evaluations: 1️⃣5}
]],
    },
    {
      good = [[
epochzero: 1
training:
  steps: 100000
  optimizer: {name: adam, learning_rate: 0.001}
  schedule: {name: noam, warmup_steps: 4000}
]],
    },
    {
      -- One cycle, whose first half rises.
      good = [[
epochzero: 1
training:
  steps: 10000
  schedule: {name: one_cycle, warmup_fraction: 0.45}
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
    "optimizer": {"module": "keras.optimizers", "class_name": "AdamW", "config": {"learning_rate": {
      "module": "keras.optimizers.schedules", "class_name": "CosineDecay",
      "config": {"initial_learning_rate": 0.0, "decay_steps": 1000, "warmup_target": 0.001, "warmup_steps": 5000}}}},
    "loss": "mse"
  }
}
]],
    },
    {
      -- An evaluation is every 100 steps here, not an epoch.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  epochs: 3
  steps_per_checkpoint: 100
  learning_rate_scheduler: {decay: linear, warmup_evaluations: 5}
]],
    },
  },
}
