-- A method for exact gradients, given noisy ones.
return {
  api = 1,
  id = "optimizer/full-batch-method-on-batches",
  summary = "L-BFGS on mini-batches: it takes the noise between two batches for curvature",
  severity = "warning",
  cause = 6,
  untestable = "dry runs have no L-BFGS",
  needs = { "training.optimizer.name", "training.batch_size", "data.samples" },

  options = {
    share = {
      type = "number", default = 0.5,
      help = "the share of the examples that a batch must have; with half of them the gradients of two batches still "
        .. "agree (Byrd et al. 2016 need overlapping or very large batches)",
    },
  },

  docs = [[
## What it looks for
L-BFGS with batches of less than half of the examples that are trained on. Only where the number of examples is known.

## Why it is bad
L-BFGS learns the loss's curvature from how the gradient changed between two steps. With mini-batches it changed mostly
because the examples did, so the curvature is noise, the steps are wild, and a line search on one batch is wrong for the
next. The loss jumps or becomes NaN.

## Example
10000 examples in batches of 128 and `optimizer: lbfgs`.

## Use instead
All examples in one batch where they fit, as for small networks and physics-informed ones; else Adam, with L-BFGS on all
data as the last stage.

## When to ignore it
With a variant that is made for batches.

## References
- Liu and Nocedal (1989): On the limited memory BFGS method for large scale optimization.
- Byrd et al. (2016): A stochastic quasi-Newton method for large-scale optimization.
- Le et al. (2011): On optimization methods for deep learning.
]],

  check = function(experiment, report, options)
    local training = experiment.training
    if training.optimizer.name ~= "lbfgs" then return end
    local split = training.validation_split or 0
    local trained_on = experiment.data.samples
    if split > 0 and split < 1 then trained_on = math.floor(trained_on * (1 - split)) end
    if not (training.batch_size > 0) or not (training.batch_size < options.share * trained_on) then return end
    report {
      at = { training, "batch_size" },
      message = ("batches of %d of %d examples: L-BFGS takes the noise between two batches for the loss's "
        .. "curvature"):format(training.batch_size, trained_on),
      help = ("use all %d examples in one batch, or \"adam\""):format(trained_on),
    }
  end,

  examples = {
    {
      bad = [[
epochzero: 1
data: {samples: 10000}
training:
  batch_size: 1️⃣128
  optimizer: {name: lbfgs, learning_rate: 1.0}
]],
    },
    {
      -- All that are trained on.
      good = [[
epochzero: 1
data: {samples: 1000}
training:
  batch_size: 800
  validation_split: 0.2
  optimizer: {name: lbfgs, learning_rate: 1.0}
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
  batch_size: 128
  optimizer: {type: lbfgs}
]],
    },
    {
      good = [[
epochzero: 1
data: {samples: 10000}
training:
  batch_size: 128
  optimizer: {name: adam, learning_rate: 0.001}
]],
    },
  },
}
