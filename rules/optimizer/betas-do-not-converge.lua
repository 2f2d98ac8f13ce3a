-- A momentum that outlives the scale it was measured with.

local adam_like = { adam = true, adamw = true, nadam = true, nadamw = true, radam = true, lamb = true }

return {
  api = 1,
  id = "optimizer/betas-do-not-converge",
  summary = "betas with which Adam does not converge, often the two swapped",
  severity = "warning",
  cause = 6,
  probe = "update_ratio",
  needs = { "training.optimizer.beta_1", "training.optimizer.beta_2" },

  docs = [[
## What it looks for
Adam and its kin with beta_1 squared as large as the root of beta_2, or larger: 0.999 and 0.9 (swapped), 0.9 and 0.5.

## Why it is bad
Adam divides a mean of past gradients by the root of a mean of past squares. Where the first looks further back than the
second, a large gradient is still in the mean when its square has left the scale: it is divided by something far too
small, the step is huge, and the loss explodes. The paper proves convergence below this bound only.

Measured on a network with two hidden layers of 128: a held-out loss of 0.11 with 0.9 and 0.999, 0.09 with 0.9 and 0.7
(just below the bound), NaN with 0.9 and 0.5, and more than 10 to the 15 with 0.99 and 0.9.

## Example
`betas: [0.999, 0.9]`.

## Use instead
0.9 and 0.999; for large language models 0.9 and 0.95; for generative adversarial networks 0.5 and 0.999, or 0 and 0.9.

## When to ignore it
Never seen to pay.

## References
- Kingma and Ba (2015): Adam: A method for stochastic optimization, theorem 4.1.
- Reddi, Kale and Kumar (2018): On the convergence of Adam and beyond.
- Measured figures: `scripts/measure-regularization.py` in this project prints them.
]],

  check = function(experiment, report)
    local optimizer = experiment.training.optimizer
    local first, second = optimizer.beta_1, optimizer.beta_2
    if not adam_like[optimizer.name] or not (first >= 0 and first < 1 and second >= 0 and second < 1) then
      return
    end
    if not (first * first >= math.sqrt(second)) then return end
    local swapped = first > second and second * second < math.sqrt(first) and second >= 0.8
    report {
      at = { optimizer, "beta_1" },
      message = ("with beta_1 %g and beta_2 %g the mean of the gradients looks further back than their scale: steps "
        .. "explode where gradients change"):format(first, second),
      help = swapped and ("swapped? write beta_1 %g and beta_2 %g"):format(second, first) or "use 0.9 and 0.999",
      fix = swapped and { set(optimizer, "beta_1", second), set(optimizer, "beta_2", first) } or nil,
      safe = false,
      trial = { set(optimizer, "beta_1", swapped and second or 0.9), set(optimizer, "beta_2", swapped and first or 0.999) },
    }
  end,

  examples = {
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.001, beta_1: 1️⃣0.999, beta_2: 0.9}
]],
      fixed = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.001, beta_1: 0.9, beta_2: 0.999}
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
    "optimizer": {"module": "keras.optimizers", "class_name": "Adam",
      "config": {"learning_rate": 0.001, "beta_1": 1️⃣0.8999999761581421, "beta_2": 0.5}},
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
  optimizer: {type: adamw, betas: 1️⃣[0.999, 0.9]}
]],
    },
    {
      -- Equal betas are within the bound.
      good = [[
epochzero: 1
training:
  optimizer: {name: adamw, learning_rate: 0.001, beta_1: 0.95, beta_2: 0.95}
]],
    },
    {
      -- A generative adversarial network.
      good = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.0002, beta_1: 0.0, beta_2: 0.9}
]],
    },
    {
      -- Lion's betas are other ones.
      good = [[
epochzero: 1
training:
  optimizer: {name: lion, learning_rate: 0.0001, beta_1: 0.99, beta_2: 0.9}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  optimizer: {type: adam, betas: [0.9, 0.95]}
]],
    },
  },
}
