-- A run that is over before anything can be learned.

-- Optimizers that move a weight by about the rate in a step, which learning-rate/too-low-for-run judges.
local normalizing = {
  adam = true, adamw = true, amsgrad = true, nadam = true, radam = true, adamax = true, rmsprop = true, lion = true,
}

-- Returns whether a rule of another group says already that the run is too short: by its batch, or by its rate.
local function is_said_elsewhere(experiment, total)
  local training = experiment.training
  if training.batch_size > 32 and experiment.data.samples and experiment.steps_per_epoch then return true end
  local optimizer = training.optimizer
  return normalizing[optimizer.name] and optimizer.learning_rate * total < 0.005
end

return {
  api = 1,
  id = "epochs/too-few-steps",
  summary = "so few optimizer steps that nothing can be learned",
  severity = "error",
  cause = 5,
  untestable = "a dry run gives both versions as many examples, and more of them is the advice",
  needs = { "total_steps" },

  options = {
    warning = {
      type = "integer", default = 30,
      help = "fewer steps than this are a warning; measured, Adam at a well-chosen rate left a network with two hidden "
        .. "layers of 128 at 86 % of the loss of a constant after 10 steps and at 44 % after 30; after 1000 it is 13 %",
    },
    hint = {
      type = "integer", default = 100,
      help = "fewer steps than this are a hint for plain networks; measured, the same network had twice the loss after "
        .. "100 steps that it has after 1000",
    },
  },

  docs = [[
## What it looks for
A run of fewer than 30 optimizer steps in all (*warning*), or fewer than 100 (*hint*, for plain networks), or of none
(*error*). Only where the number of steps is known: it is stated, or epochs, examples and batch size are. Where a large
batch is the reason `batch-size/too-large-for-data` says so, where a low rate is,
`learning-rate/too-low-for-run`.

## Why it is bad
A network learns in steps. After ten of them each weight has moved by ten times the rate at most, and what the network
answers is still mostly its random start. Measured, Adam at 0.001 had brought the held-out loss from 1.5 down to 0.86
after 10 steps, to 0.44 after 30, to 0.25 after 100 and to 0.13 after 1000; 1.0 is what a constant reaches.

## Example
200 examples in batches of 32 for 3 epochs: 21 steps.

## Use instead
More epochs, until the held-out loss stops falling, and small batches.

## When to ignore it
For a smoke test. Fine-tuning needs few steps and is never reported, nor is L-BFGS, whose steps are whole searches.

## References
- Shallue et al. (2019): Measuring the effects of data parallelism on neural network training: hundreds to hundreds of
  thousands of steps to a goal.
- Measured figures: `scripts/measure-regularization.py` in this project prints them.
]],

  check = function(experiment, report, options)
    local training, total = experiment.training, experiment.total_steps
    if one_of(experiment.model_type, { "trees", "language_model" }) then return end
    local key = training.steps and "steps" or "epochs"
    if total == 0 then
      report {
        at = { training, key },
        message = ("%s 0: the run has no step, so nothing is learned"):format(key),
        help = "train until the held-out loss stops falling",
      }
      return
    end
    if not (total > 0 and total < options.hint) or training.optimizer.name == "lbfgs" or experiment.fine_tuned then
      return
    end
    for _, layer in ipairs(experiment.layers) do
      if layer.pretrained or layer.kind == "backbone" then return end
    end
    if is_said_elsewhere(experiment, total) then return end
    local is_warning = total < options.warning
    if not is_warning and not experiment.plain then return end
    report {
      at = { training, key },
      severity = is_warning and "warning" or "hint",
      message = ("the whole run has %d step%s: the network is still mostly its random start when it ends"):format(
        total, total == 1 and "" or "s"),
      help = training.steps and "train for some thousand steps, until the held-out loss stops falling"
        or "train for more epochs, until the held-out loss stops falling",
    }
  end,

  examples = {
    {
      -- 7 steps in each of 3 epochs.
      bad = [[
epochzero: 1
data: {samples: 200}
training:
  batch_size: 32
  epochs: 1️⃣3
  optimizer: {name: adam, learning_rate: 0.001}
]],
    },
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {train_steps: 1️⃣20}
]],
    },
    {
      -- 70 steps of a plain network: hint.
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
data: {samples: 100}
training:
  batch_size: 10
  epochs: 1️⃣7
  optimizer: {name: sgd, learning_rate: 0.01}
]],
    },
    {
      bad = [[
epochzero: 1
training:
  epochs: 1️⃣0
  steps_per_epoch: 100
]],
    },
    {
      good = [[
epochzero: 1
data: {samples: 2000}
training:
  batch_size: 32
  epochs: 20
  optimizer: {name: adam, learning_rate: 0.001}
]],
    },
    {
      -- Fine-tuning needs few steps.
      good = [[
epochzero: 1
fine_tuned: true
training:
  steps: 20
  optimizer: {name: adamw, learning_rate: 0.0001}
]],
    },
    {
      -- A step of L-BFGS is a whole search.
      good = [[
epochzero: 1
training:
  steps: 20
  optimizer: {name: lbfgs, learning_rate: 1.0}
]],
    },
    {
      -- How many steps an epoch has is not known.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {epochs: 3}
]],
    },
    {
      -- The batch is the reason, and another rule says so.
      good = [[
epochzero: 1
data: {samples: 2000}
training:
  batch_size: 1000
  epochs: 10
  optimizer: {name: adam, learning_rate: 0.001}
]],
    },
  },
}
