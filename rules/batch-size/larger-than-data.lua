-- A batch that the data cannot fill.
return {
  api = 1,
  id = "batch-size/larger-than-data",
  summary = "a batch larger than the training data",
  severity = "warning",
  cause = 5,
  probe = "steps_to_half",
  needs = { "data.samples", "training.batch_size" },

  docs = [[
## What it looks for
A batch size above the number of examples that are trained on, held-out ones left out.

## Why it is bad
Each epoch is a single step of the average over all examples, without the noise that helps to generalise, and 100 epochs
are 100 steps. Where the loader drops an incomplete last batch, there is no step at all and the loss never changes.

## Example
500 examples and a batch size of 1024.

## Use instead
32 or less: hundreds of steps from the same data and time.

## When to ignore it
With optimizers that want all data at once. L-BFGS is never reported.

## References
- Keskar et al. (2017): On large-batch training for deep learning: generalization gap and sharp minima.
- Masters and Luschi (2018): Revisiting small batch training for deep neural networks.
]],

  check = function(experiment, report)
    local training, samples = experiment.training, experiment.data.samples
    local batch = training.batch_size
    if training.optimizer.name == "lbfgs" or experiment.model_type == "trees" or not (samples > 0) then return end
    local split = training.validation_split or 0
    local trained_on = samples
    if split > 0 and split < 1 then trained_on = math.max(1, math.floor(samples * (1 - split))) end
    if not (batch > trained_on) then return end
    report {
      at = { training, "batch_size" },
      message = ("batch size %d is larger than the number of examples to train on, %d: an epoch has one step, or none "
        .. "where incomplete batches are dropped"):format(batch, trained_on),
      help = ("use %d or less"):format(math.max(1, math.min(32, trained_on // 10))),
      trial = set(training, "batch_size", math.max(1, math.min(32, trained_on // 10))),
    }
  end,

  examples = {
    {
      bad = [[
epochzero: 1
data: {samples: 500}
training:
  batch_size: 1️⃣1024
]],
    },
    {
      -- A fifth is held out.
      bad = [[
epochzero: 1
data: {samples: 300}
training:
  batch_size: 1️⃣256
  validation_split: 0.2
]],
    },
    {
      good = [[
epochzero: 1
data: {samples: 500}
training:
  batch_size: 32
  validation_split: 0.2
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
  batch_size: 16384
]],
    },
    {
      -- L-BFGS wants all data at once.
      good = [[
epochzero: 1
data: {samples: 500}
training:
  batch_size: 1024
  optimizer: {name: lbfgs, learning_rate: 1.0}
]],
    },
  },
}
