-- A setting that its optimizer does not have.

-- Which optimizers have a setting; those of names that are not known are left alone.
local owners = {
  momentum = { "sgd", "sgdw", "rmsprop", "lars", "muon" },
  nesterov = { "sgd", "sgdw", "lars", "muon" },
  beta_1 = { "adam", "adamw", "amsgrad", "adamax", "nadam", "nadamw", "radam", "lamb", "lion", "adafactor", "muon" },
  beta_2 = { "adam", "adamw", "amsgrad", "adamax", "nadam", "nadamw", "radam", "lamb", "lion", "adafactor", "muon" },
  rho = { "rmsprop", "adadelta" },
  amsgrad = { "adam", "adamw", "nadam" },
  centered = { "rmsprop" },
}

local known = {
  "sgd", "sgdw", "adam", "adamw", "rmsprop", "adagrad", "adadelta", "adamax", "nadam", "nadamw", "radam", "ftrl",
  "lamb", "lars", "lbfgs", "adafactor", "lion", "muon",
}

-- What the optimizer has instead.
local function instead(name, key)
  if key == "momentum" and one_of(name, owners.beta_1) then return "its momentum is \"beta_1\"" end
  if key == "beta_1" and one_of(name, owners.momentum) then return "its momentum is \"momentum\"" end
  if key == "beta_2" and one_of(name, owners.rho) then return "its share of the mean square is \"rho\"" end
  if key == "rho" and one_of(name, owners.beta_2) then return "its share of the mean square is \"beta_2\"" end
  if key == "nesterov" and one_of(name, { "adam", "adamw" }) then return "use \"nadam\" for Nesterov's step" end
  if key == "amsgrad" or key == "centered" then return nil end
  return ("use %s, or leave it out"):format(key == "momentum" and "\"sgd\"" or "another optimizer")
end

return {
  api = 1,
  id = "optimizer/foreign-setting",
  summary = "a setting of another optimizer, which this one does not have",
  severity = "warning",
  cause = 6,
  untestable = "training is the same with it and without",
  needs = { "training.optimizer.name", "dialect = keras, native" },

  docs = [[
## What it looks for
A setting that the file states for an optimizer that has no such setting: momentum for Adam, betas for SGD, `rho` for
Adam, `centered` for anything but RMSprop, AMSGrad for anything but Adam. Settings that are off (`momentum: 0`,
`nesterov: false`) are not reported, nor optimizers that are not known. For Ludwig, `files/unknown-key` says it.

## Why it is bad
The optimizer was changed and its settings were not. Frameworks refuse the key or drop it, so the training that the
file describes is not the one that runs: SGD with `beta_1: 0.9` has no momentum at all and takes ten times as long.

## Example
```yaml
optimizer: {name: sgd, learning_rate: 0.01, beta_1: 0.9}
```

## Use instead
The optimizer's own setting: `momentum: 0.9` for SGD and RMSprop, `beta_1` for Adam.

## When to ignore it
Where the reading code gives the key a meaning of its own.

## References
- The constructors in `keras/src/optimizers` (3.15) and in `torch.optim`.
]],

  check = function(experiment, report)
    local optimizer = experiment.training.optimizer
    if experiment.dialect == "ludwig" or not one_of(optimizer.name, known) then return end
    for _, key in ipairs({ "momentum", "nesterov", "beta_1", "beta_2", "rho", "amsgrad", "centered" }) do
      local value = optimizer[key]
      if value and value ~= 0 and origin(optimizer, key).kind == "stated" and not one_of(optimizer.name, owners[key])
      then
        report {
          at = { optimizer, key },
          message = ("%q has no %q, so %s has no effect"):format(
            optimizer.name, key, type(value) == "number" and ("%g"):format(value) or "it"),
          help = instead(optimizer.name, key),
        }
      end
    end
  end,

  examples = {
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: sgd, learning_rate: 0.01, beta_1: 1️⃣0.9}
]],
    },
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.001, momentum: 1️⃣0.9, nesterov: 2️⃣true}
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
    "optimizer": {"module": "keras.optimizers", "class_name": "Adam", "config": {"learning_rate": 0.001, "rho": 1️⃣0.9}},
    "loss": "mse"
  }
}
]],
    },
    {
      -- Off is off.
      good = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.001, momentum: 0, nesterov: false, amsgrad: true}
]],
    },
    {
      -- An optimizer of one's own may have what it likes.
      good = [[
epochzero: 1
training:
  optimizer: {name: sophia, learning_rate: 0.001, rho: 0.04, beta_1: 0.96}
]],
    },
    {
      -- What Keras writes for RMSprop.
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
    "optimizer": {"module": "keras.optimizers", "class_name": "RMSprop",
      "config": {"learning_rate": 0.001, "rho": 0.9, "momentum": 0.0, "epsilon": 1e-07, "centered": false}},
    "loss": "mse"
  }
}
]],
    },
    {
      -- For Ludwig it is an unknown key, which is another rule's.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  optimizer: {type: rmsprop, momentum: 0.9, alpha: 0.99, centered: true}
]],
    },
  },
}
