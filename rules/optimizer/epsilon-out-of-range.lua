-- An epsilon that is missing, or that takes over.

local dividing = {
  adam = true, adamw = true, amsgrad = true, adamax = true, nadam = true, nadamw = true, radam = true, rmsprop = true,
  adagrad = true,
}

return {
  api = 1,
  id = "optimizer/epsilon-out-of-range",
  summary = "an epsilon of 0, or one so large that it takes the optimizer's division away",
  severity = "warning",
  cause = 6,
  probe = "update_ratio",
  needs = { "training.optimizer.epsilon", "training.optimizer.name" },

  options = {
    from = {
      type = "number", default = 1,
      help = "an epsilon of this size or more is larger than the gradients, so the division by their size is gone",
    },
    rate = {
      type = "number", default = 0.001,
      help = "rate / epsilon is the rate of plain momentum then; measured, Adam at 0.001 had twice the loss with an "
        .. "epsilon of 1, and five times with 10. Inception's 0.045 with an epsilon of 1 (Szegedy et al. 2016) is far "
        .. "above",
    },
  },

  docs = [[
## What it looks for
Adam, RMSprop, Adagrad and their kin with an epsilon of 0 or less, or with one of 1 or more and a rate that only makes
sense without it: rate / epsilon of 0.001 or less.

## Why it is bad
These optimizers divide the gradient by its own size, and epsilon keeps that from being 0. **At 0** a weight whose
gradient is 0, such as that of a dead unit or of a word that did not occur, becomes 0 / 0, NaN, and so does everything
after. **Much larger than the gradients**, it is what the gradient is divided by: what is left is plain momentum at
rate / epsilon, 0.001 and less where 0.01 to 0.1 are needed.

## Example
`Adam(learning_rate=0.001, epsilon=10)`.

## Use instead
1e-8 to 1e-7; up to 0.001 where steps are too nervous, as in reinforcement learning. An epsilon of 1 wants a rate of
about 0.05.

## When to ignore it
Where the pair was tuned.

## References
- Kingma and Ba (2015): Adam: A method for stochastic optimization.
- Szegedy et al. (2016): Rethinking the Inception architecture for computer vision: RMSprop at 0.045, epsilon 1.
- Measured figures: `scripts/measure-regularization.py` in this project prints them.
]],

  check = function(experiment, report, options)
    local optimizer = experiment.training.optimizer
    local epsilon, rate = optimizer.epsilon, optimizer.learning_rate
    if not dividing[optimizer.name] or not epsilon then return end
    if epsilon <= 0 then
      report {
        at = { optimizer, "epsilon" },
        message = epsilon < 0
            and ("epsilon %g of %q is negative: it makes the division by 0 that it is there to prevent"):format(
              epsilon, optimizer.name)
          or ("epsilon 0 of %q: a weight whose gradient is 0 becomes 0 / 0"):format(optimizer.name),
        help = "use 1e-7",
        fix = set(optimizer, "epsilon", 1e-7),
        safe = false,
        confirm = true,
      }
    elseif epsilon >= options.from and rate > 0 and rate / epsilon <= options.rate then
      report {
        at = { optimizer, "epsilon" },
        message = ("epsilon %g is larger than gradients are, so %q no longer divides by their size: it is plain "
          .. "momentum at learning rate %.2g"):format(epsilon, optimizer.name, rate / epsilon),
        help = ("use 1e-7, or a learning rate of about %g"):format(0.05 * epsilon),
        trial = set(optimizer, "epsilon", 1e-7),
      }
    end
  end,

  examples = {
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.001, epsilon: 1️⃣0}
]],
      fixed = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.001, epsilon: 1.0e-07}
]],
    },
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
    "optimizer": {"module": "keras.optimizers", "class_name": "Adam", "config": {"learning_rate": 0.001, "epsilon": 1️⃣10.0}},
    "loss": "mse"
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
  optimizer: {type: adam, eps: 1️⃣0.0}
]],
    },
    {
      -- Inception's RMSprop.
      good = [[
epochzero: 1
training:
  optimizer: {name: rmsprop, learning_rate: 0.045, epsilon: 1.0, momentum: 0.9}
]],
    },
    {
      -- 0.01 calms the steps of reinforcement learning.
      good = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.0001, epsilon: 0.01}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  optimizer: {type: adam, eps: 1.0e-8}
]],
    },
  },
}
