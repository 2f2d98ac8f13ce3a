-- A batch so large that the run has only a handful of steps.
return {
  api = 1,
  id = "batch-size/too-large-for-data",
  summary = "a batch so large for the data that there are only a few steps",
  severity = "warning",
  cause = 5,
  probe = "steps_to_half",
  needs = { "data.samples", "training.batch_size", "steps_per_epoch" },

  options = {
    steps_per_epoch = {
      type = "integer", default = 10,
      help = "fewer steps in an epoch than this are a hint; a batch of a tenth of the data is what large-batch "
        .. "training was studied at (Keskar et al. 2017), and it generalised worse on every network tried",
    },
    total_steps = {
      type = "integer", default = 100,
      help = "fewer steps in the whole run than this are a warning: beyond some batch size more examples a step save "
        .. "no steps (Shallue et al. 2019), and a hundred are fewer than most schedules warm up for",
    },
    full_batch_steps = {
      type = "integer", default = 1000,
      help = "fewer steps than this are a warning where each epoch is a single one; a residual network that was trained "
        .. "on all images at once, with much care, took 3000 (Geiping et al. 2022)",
    },
    fine_tuning = {
      type = "integer", default = 1000,
      help = "pretrained weights need few steps, but one for an epoch of more examples than this is a slip: fine-tuning "
        .. "is done in batches of 16 to 512",
    },
    smallest = {
      type = "integer", default = 32,
      help = "batches up to this size are small already (Masters and Luschi 2018: the best are between 2 and 32)",
    },
  },

  docs = [[
## What it looks for
A batch of more than 32 with which the run has fewer than 100 steps (*warning*), or fewer than 1000 where each epoch is
a single step of all examples (*warning*), or the epoch fewer than 10 (*hint*, for plain networks only). Only where the
number of examples is known.

## Why it is bad
The network learns in steps, not in examples. A larger batch makes each step a little more exact and takes away steps in
proportion. Besides, the noise of small batches leads to flatter minima, which generalise better.

## Example
2000 examples, batches of 1000, 20 epochs: 40 steps.

## Use instead
The smallest batch that one can bear. Do not fear 16, 8 or 1.

## When to ignore it
With optimizers that want all data at once (L-BFGS is never reported), and in fine-tuning, which needs few steps (not
reported unless a batch is all of more than 1000 examples).

## References
- Keskar et al. (2017): On large-batch training for deep learning: generalization gap and sharp minima.
- Masters and Luschi (2018): Revisiting small batch training for deep neural networks.
- Shallue et al. (2019): Measuring the effects of data parallelism on neural network training.
- Geiping et al. (2022): Stochastic training is not necessary for generalization.
]],

  check = function(experiment, report, options)
    local training = experiment.training
    local batch, samples = training.batch_size, experiment.data.samples
    local per_epoch, total = experiment.steps_per_epoch, experiment.total_steps
    if not (batch > options.smallest) or not samples or not per_epoch then return end
    if training.optimizer.name == "lbfgs" or one_of(experiment.model_type, { "trees", "language_model" }) then
      return
    end
    if batch > samples then return end
    local pretrained = experiment.fine_tuned
    for _, layer in ipairs(experiment.layers) do
      pretrained = pretrained or layer.pretrained or layer.kind == "backbone"
    end
    if pretrained and not (per_epoch == 1 and batch > options.fine_tuning) then return end

    -- The same run in small batches must be one that the advice changes.
    if total < options.total_steps or (per_epoch == 1 and total < options.full_batch_steps) then
      report {
        at = { training, "batch_size" },
        message = ("batch size %d leaves %d steps in the whole run of %d examples"):format(batch, total, samples),
        help = ("use %d or less: that makes %.0f times as many steps of the same epochs"):format(
          options.smallest, math.max(2, batch / options.smallest)),
        trial = set(training, "batch_size", options.smallest),
      }
    elseif
      per_epoch < options.steps_per_epoch and experiment.has_skips == false and experiment.has_normalization == false
    then
      report {
        at = { training, "batch_size" },
        severity = "hint",
        message = ("batch size %d leaves %d steps in each epoch of %d examples"):format(batch, per_epoch, samples),
        help = ("use %d or less: that makes %.0f times as many steps of the same epoch"):format(
          options.smallest, math.max(2, batch / options.smallest)),
        trial = set(training, "batch_size", options.smallest),
      }
    end
  end,

  examples = {
    {
      -- 40 steps.
      bad = [[
epochzero: 1
data: {samples: 2000}
training:
  batch_size: 1️⃣1000
  epochs: 20
]],
    },
    {
      -- All images at once: 180 steps, normalisation or not.
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [32, 32, 3]}
    - {kind: conv2d, filters: 16, kernel_size: 3}
    - batch_normalization
    - {kind: activation, activation: relu}
    - global_average_pooling
    - {kind: dense, units: 10, activation: softmax}
data: {samples: 50000}
training:
  batch_size: 1️⃣45000
  validation_split: 0.1
  epochs: 180
]],
    },
    {
      -- A slip in fine-tuning too.
      bad = [[
epochzero: 1
fine_tuned: true
data: {samples: 30000}
training:
  batch_size: 1️⃣30000
  epochs: 5
]],
    },
    {
      -- A differential equation, solved on 2000 points at once.
      good = [[
epochzero: 1
data: {samples: 2000}
training:
  batch_size: 2000
  epochs: 20000
]],
    },
    {
      -- 64 examples of one's own are enough to fine-tune.
      good = [[
epochzero: 1
fine_tuned: true
data: {samples: 64}
training:
  batch_size: 64
  epochs: 10
]],
    },
    {
      -- Five steps in each of 100 epochs: hint.
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
data: {samples: 1000}
training:
  batch_size: 1️⃣200
  epochs: 100
]],
    },
    {
      good = [[
epochzero: 1
data: {samples: 2000}
training:
  batch_size: 32
  epochs: 20
]],
    },
    {
      -- Few steps, but the batch is small already.
      good = [[
epochzero: 1
data: {samples: 64}
training:
  batch_size: 16
  epochs: 5
]],
    },
    {
      -- The number of examples is not known.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  batch_size: 1024
  epochs: 5
]],
    },
  },
}
