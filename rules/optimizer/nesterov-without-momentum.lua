-- A look ahead along a momentum that is not there.
return {
  api = 1,
  id = "optimizer/nesterov-without-momentum",
  summary = "Nesterov's step without momentum, which is no different from plain SGD",
  severity = "warning",
  cause = 6,
  probe = "steps_to_half",
  needs = { "training.optimizer.nesterov", "training.optimizer.momentum" },

  docs = [[
## What it looks for
`nesterov: true` for SGD with a momentum of 0, stated or the framework's own.

## Why it is bad
Nesterov's step looks ahead along the momentum. Without momentum there is nothing to look along: Keras ignores the flag,
PyTorch, and Ludwig with it, refuses the optimizer. What was wanted is momentum; without it SGD takes about ten times as
many steps on an ill-conditioned loss.

## Example
`SGD(learning_rate=0.01, nesterov=True)`: the momentum is 0 unless set.

## Use instead
`momentum: 0.9` with it.

## When to ignore it
Never: leave the flag out.

## References
- Sutskever et al. (2013): On the importance of initialization and momentum in deep learning.
- PyTorch source: `torch/optim/sgd.py`: "Nesterov momentum requires a momentum and zero dampening".
- Keras source: `update_step` in `keras/src/optimizers/sgd.py` (3.15).
]],

  check = function(experiment, report)
    local optimizer = experiment.training.optimizer
    if not one_of(optimizer.name, { "sgd", "sgdw" }) then return end
    if not optimizer.nesterov or optimizer.momentum ~= 0 then return end
    report {
      at = { optimizer, "nesterov" },
      message = experiment.dialect == "ludwig"
          and "\"nesterov\" with a momentum of 0: PyTorch refuses this optimizer"
        or "\"nesterov\" with a momentum of 0: there is nothing to look ahead along, so it has no effect",
      help = "set the momentum to 0.9, or leave \"nesterov\" out",
      fix = set(optimizer, "momentum", 0.9),
      safe = false,
      confirm = true,
    }
  end,

  examples = {
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: sgd, learning_rate: 0.01, momentum: 0, nesterov: 1️⃣true}
]],
      fixed = [[
epochzero: 1
training:
  optimizer: {name: sgd, learning_rate: 0.01, momentum: 0.9, nesterov: true}
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
    "optimizer": {"module": "keras.optimizers", "class_name": "SGD",
      "config": {"learning_rate": 0.01, "momentum": 0.0, "nesterov": 1️⃣true}},
    "loss": "mse"
  }
}
]],
      fixed = [[
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
    "optimizer": {"module": "keras.optimizers", "class_name": "SGD",
      "config": {"learning_rate": 0.01, "momentum": 0.9, "nesterov": true}},
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
  optimizer: {type: sgd, nesterov: 1️⃣true}
]],
      fixed = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  optimizer: {type: sgd, nesterov: true, momentum: 0.9}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  optimizer: {type: sgd, momentum: 0.9, nesterov: true}
]],
    },
    {
      -- The momentum is not known.
      good = [[
epochzero: 1
training:
  optimizer: {name: sgd, learning_rate: 0.01, nesterov: true}
]],
    },
    {
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
    "optimizer": {"module": "keras.optimizers", "class_name": "SGD",
      "config": {"learning_rate": 0.01, "momentum": 0.0, "nesterov": false}},
    "loss": "mse"
  }
}
]],
    },
  },
}
