-- Running averages that never forget, or have nothing to forget.

local adam_like = {
  adam = true, adamw = true, amsgrad = true, adamax = true, nadam = true, nadamw = true, radam = true, lamb = true,
  lion = true,
}
local keys_of = { rmsprop = { "rho" }, adadelta = { "rho" } }

return {
  api = 1,
  id = "optimizer/averages-out-of-range",
  summary = "a beta, rho or momentum outside 0 to 1: the running averages of the optimizer break",
  severity = "error",
  cause = 6,
  probe = "non_finite",
  needs = {
    "training.optimizer.name",
    "training.optimizer.momentum < 0|training.optimizer.beta_1 < 0|training.optimizer.beta_1 >= 1|"
      .. "training.optimizer.beta_2 < 0|training.optimizer.beta_2 >= 1|training.optimizer.rho < 0|"
      .. "training.optimizer.rho >= 1",
  },

  docs = [[
## What it looks for
`beta_1` and `beta_2` of Adam and its kin, `rho` (PyTorch's `alpha`) of RMSprop and Adadelta: below 0, or 1 and more;
and the momentum of SGD and RMSprop below 0. From 1 on it has a rule of its own,
`learning-rate/momentum-never-forgets`.

## Why it is bad
They are the share of a running average that the next step keeps. At 1 the average stays what it was at the start, 0:
`beta_1: 1` makes steps of no length, `beta_2: 1` divides by 0 and gives NaN in the first step. Above 1 the averages
grow without end, below 0 they change their sign in each step. PyTorch refuses such values; Keras does not look at them.

## Example
`Adam(beta_1=0.9, beta_2=9.99)`, or 1 meant as "keep all".

## Use instead
0.9 and 0.999; 0.9 for `rho` in RMSprop, 0.95 in Adadelta.

## When to ignore it
Never.

## References
- Kingma and Ba (2015): Adam: A method for stochastic optimization, algorithm 1.
- Zeiler (2012): ADADELTA: an adaptive learning rate method.
]],

  check = function(experiment, report)
    local optimizer = experiment.training.optimizer
    -- From 1 on learning-rate/momentum-never-forgets says it.
    if optimizer.momentum < 0 and one_of(optimizer.name, { "sgd", "sgdw", "rmsprop" }) then
      report {
        at = { optimizer, "momentum" },
        message = ("momentum %g: each step goes against the last one"):format(optimizer.momentum),
        help = "use 0.9, or 0 for none",
        trial = set(optimizer, "momentum", 0.9),
      }
    end
    local keys = adam_like[optimizer.name] and { "beta_1", "beta_2" } or keys_of[optimizer.name] or {}
    local usual = { beta_1 = 0.9, beta_2 = 0.999, rho = optimizer.name == "adadelta" and 0.95 or 0.9 }
    for _, key in ipairs(keys) do
      local value = optimizer[key]
      if value < 0 or value >= 1 then
        local why = value < 0 and "the running average changes its sign in each step"
          or value > 1 and "the running average grows without end"
          or "the running average stays at 0, where it starts"
        report {
          at = { optimizer, key },
          message = ("%s %g of %q: %s"):format(key, value, optimizer.name, why),
          help = ("use %g"):format(usual[key]),
          trial = set(optimizer, key, usual[key]),
        }
      end
    end
  end,

  examples = {
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: sgd, learning_rate: 0.01, momentum: 1️⃣-0.9}
]],
    },
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.001, beta_1: 1️⃣1.0, beta_2: 2️⃣-0.5}
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
    "optimizer": {"module": "keras.optimizers", "class_name": "RMSprop", "config": {"learning_rate": 0.001, "rho": 1️⃣1.0}},
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
  optimizer: {type: adadelta, rho: 1️⃣1.5}
]],
    },
    {
      -- No momentum at all, as in some generative networks.
      good = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.0002, beta_1: 0.0, beta_2: 0.9}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  optimizer: {type: rmsprop, alpha: 0.99}
]],
    },
  },
}
