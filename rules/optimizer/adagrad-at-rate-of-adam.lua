-- Adagrad with a rate that is made for another optimizer.
return {
  api = 1,
  id = "optimizer/adagrad-at-rate-of-adam",
  summary = "Adagrad at 0.001 or less, a rate that suits Adam and starves Adagrad",
  severity = "hint",
  cause = 6,
  probe = "update_ratio",
  needs = { "training.optimizer.name = adagrad", "training.optimizer.learning_rate > 0" },

  options = {
    rate = {
      type = "number", default = 0.001,
      help = "rates down from this one are reported; measured, Adagrad at 0.001 ended at three times the loss "
        .. "that it had at 0.1, after 1500 steps. PyTorch takes 0.01, the paper 1 (with a scaled sum)",
    },
    steps = {
      type = "integer", default = 50000,
      help = "runs of this many steps make up for a low rate",
    },
  },

  docs = [[
## What it looks for
Adagrad with a rate of 0.001 or less in a network that is trained from scratch, in a run of less than 50000 steps where
that is known. Keras takes this rate when none is given.

## Why it is bad
Adagrad divides by the root of the *sum* of all squared gradients, so its steps shrink with the root of their number:
after 10000 of them a step is a hundredth of the first. All steps together reach about 2 x rate x root of steps: at
0.001 that is 0.2, where Adam at the same rate reaches 10. It works where single features are rare and gradients are
many, with a rate ten to a hundred times higher.

Measured on a network with two hidden layers of 128, 1500 steps: a held-out loss of 0.26 at 0.001, 0.15 at 0.01, 0.08 at
0.1.

## Example
`optimizer="adagrad"` in Keras.

## Use instead
0.01 to 0.1; or Adam at 0.001.

## When to ignore it
In the last stage of a training, and where the held-out loss was still falling at the end by choice.

## References
- Duchi, Hazan and Singer (2011): Adaptive subgradient methods for online learning and stochastic optimization.
- Keras documentation: Adagrad: "tends to benefit from higher initial learning rate values compared to other
  optimizers"; source: `keras/src/optimizers/adagrad.py` (3.15).
- Measured figures: `scripts/measure-regularization.py` in this project prints them.
]],

  check = function(experiment, report, options)
    local optimizer = experiment.training.optimizer
    if optimizer.name ~= "adagrad" or not (optimizer.learning_rate > 0) then return end
    -- Rates that were stored as float32 are off by some 1e-8.
    if not (optimizer.learning_rate <= options.rate * 1.000001) then return end
    if experiment.total_steps >= options.steps then return end
    if experiment.fine_tuned or one_of(experiment.model_type, { "trees", "language_model" }) then return end
    for _, layer in ipairs(experiment.layers) do
      if layer.pretrained or layer.kind == "backbone" then return end
    end
    local from = origin(optimizer, "learning_rate")
    report {
      at = { optimizer, "learning_rate" },
      message = ("learning rate %g%s suits Adam: Adagrad's steps shrink with each one, and thousands of them reach "
        .. "about %.2g"):format(
        optimizer.learning_rate,
        from.kind == "default" and (" (%s's value when none is given)"):format(from.framework or "the framework") or "",
        2 * optimizer.learning_rate * math.sqrt(experiment.total_steps or 10000)),
      help = "use 0.01 to 0.1, or \"adam\"",
      fix = set(optimizer, "learning_rate", 0.01),
      safe = false,
      confirm = true,
    }
  end,

  examples = {
    {
      -- Keras writes the rate that it takes when none is given.
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
    "optimizer": {"module": "keras.optimizers", "class_name": "Adagrad",
      "config": {"learning_rate": 1️⃣0.0010000000474974513, "initial_accumulator_value": 0.1}},
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
  learning_rate: 1️⃣0.0005
  optimizer: {type: adagrad}
]],
      fixed = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate: 0.01
  optimizer: {type: adagrad}
]],
    },
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: adagrad, learning_rate: 1️⃣0.001}
]],
    },
    {
      good = [[
epochzero: 1
training:
  optimizer: {name: adagrad, learning_rate: 0.01}
]],
    },
    {
      -- A million steps make up for it.
      good = [[
epochzero: 1
training:
  steps: 1000000
  optimizer: {name: adagrad, learning_rate: 0.001}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate: 0.05
  optimizer: {type: adagrad}
]],
    },
  },
}
