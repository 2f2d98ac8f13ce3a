-- A decay that leaves most of the run without a learning rate.

-- Schedules that go from the peak to their end in decay_steps, and stay there.
local function reaches_an_end(name)
  name = name or ""
  return name:find("cosine") or name:find("linear") or name:find("poly")
end

-- Returns after how many steps the rate is as good as 0; nil where it never is, or where that is not known.
local function last_useful_step(schedule, peak, options)
  if reaches_an_end(schedule.name) then
    if schedule.end_learning_rate <= options.rest * peak then
      return (schedule.warmup_steps or 0) + schedule.decay_steps
    end
  elseif schedule.name:find("exponential") and schedule.decay_rate > 0 and schedule.decay_rate < 1 then
    return (schedule.warmup_steps or 0) + schedule.decay_steps * math.log(options.rest) / math.log(schedule.decay_rate)
  end
  return nil
end

return {
  api = 1,
  id = "epochs/decay-ends-early",
  summary = "a decay that leaves most of the run with a learning rate of nearly 0",
  severity = "warning",
  cause = 6,
  probe = "update_ratio",
  needs = {
    "training.schedule.name", "training.schedule.decay_steps", "training.optimizer.learning_rate", "total_steps",
  },

  options = {
    share = {
      type = "number", default = 0.5,
      help = "the share of the run that must have a learning rate; the second half of a run is too much to throw away",
    },
    rest = {
      type = "number", default = 0.001,
      help = "a rate at this share of its peak or below counts as none: steps a thousand times smaller would need a "
        .. "thousand times the run to make up for the first part",
    },
  },

  docs = [[
## What it looks for
A cosine, linear or polynomial decay that ends at nearly 0 before half of the run is over, and an exponential decay that
is below a thousandth of its peak by then. Only where the number of steps and the rate at the end are known; schedules
that start anew are left alone.

## Why it is bad
The epochs after the end cost as much as those before and change nothing: the loss curve goes flat and looks converged.
More epochs, the usual remedy for a network that has not learned enough, are added exactly there.

## Example
Keras's `CosineDecay` with `decay_steps=1000` in a run of 20000 steps: 95 % of the run has a rate of 0. It is most often
a schedule in epochs where steps are wanted, or a run made longer without its schedule.

## Use instead
`decay_steps` that end with the run: epochs times steps per epoch, less the warm-up.

## When to ignore it
Where the last part is there to settle statistics or averaged weights and not to learn.

## References
- Keras source: `CosineDecay` in `keras/src/optimizers/schedules/learning_rate_schedule.py` (3.15): the rate stays at
  `alpha` times its peak, 0 unless set, from `decay_steps` on.
- Li, Yumer and Ramanan (2020): Budgeted training: rethinking deep neural network training under resource constraints.
]],

  check = function(experiment, report, options)
    local schedule, total = experiment.training.schedule, experiment.total_steps
    local peak = experiment.training.optimizer.learning_rate
    if not (schedule.decay_steps > 0) or not (total > 0) or not (peak > 0) or schedule.restarts then return end
    local last = last_useful_step(schedule, peak, options)
    if not (last < options.share * total) then return end
    local longer = reaches_an_end(schedule.name) and total - (schedule.warmup_steps or 0)
      or math.max(1, schedule.decay_steps * total // math.ceil(last))
    report {
      at = { schedule, "decay_steps" },
      message = ("the learning rate is as good as 0 after %.0f of %d steps: %.0f %% of the run changes nothing"):format(
        last, total, (1 - last / total) * 100),
      help = reaches_an_end(schedule.name)
          and ("use %d, so that the decay ends with the run"):format(longer)
        or ("decay every %d steps, or by less"):format(longer),
      trial = set(schedule, "decay_steps", longer),
    }
  end,

  examples = {
    {
      bad = [[
epochzero: 1
data: {samples: 32000}
training:
  batch_size: 32
  epochs: 20
  optimizer: {name: adam, learning_rate: 0.001}
  schedule: {name: cosine, decay_steps: 1️⃣1000, end_learning_rate: 0}
]],
    },
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  train_steps: 20000
  learning_rate_scheduler: {decay: exponential, decay_rate: 0.5, decay_steps: 1️⃣100}
]],
    },
    {
      -- It ends at a tenth of its peak, and that is a learning rate.
      good = [[
epochzero: 1
training:
  steps: 20000
  optimizer: {name: adam, learning_rate: 0.001}
  schedule: {name: cosine, decay_steps: 1000, end_learning_rate: 0.0001}
]],
    },
    {
      -- Where a cosine ends is not known: some frameworks let it rise again.
      good = [[
epochzero: 1
training:
  steps: 20000
  optimizer: {name: adam, learning_rate: 0.001}
  schedule: {name: cosine, decay_steps: 1000}
]],
    },
    {
      -- Ludwig's cosine starts anew.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  train_steps: 20000
  learning_rate_scheduler: {decay: cosine, t_0: 100}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  train_steps: 20000
  learning_rate_scheduler: {decay: exponential, decay_rate: 0.96, decay_steps: 500}
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
      "config": {"initial_learning_rate": 0.001, "decay_steps": 10}}}},
    "loss": "mse"
  }
}
]],
    },
  },
}
