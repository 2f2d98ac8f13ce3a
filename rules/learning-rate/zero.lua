-- A learning rate of exactly nothing.
-- Returns a rate to start with.
local function rate_of(optimizer)
  if one_of(optimizer.name, { "sgd", "sgdw", "momentum", "nesterov" }) then
    return tonumber(("%.3g"):format(0.1 * (1 - math.min(optimizer.momentum or 0, 0.99))))
  end
  return 0.001
end

return {
  api = 1,
  id = "learning-rate/zero",
  summary = "a learning rate of 0: no weight ever changes",
  severity = "error",
  cause = 6,
  probe = "update_ratio",
  needs = { "training.optimizer.learning_rate = 0" },

  docs = [[
## What it looks for
A learning rate of exactly 0.

## Why it is bad
Every step is the rate times something, so no weight ever changes. Nothing crashes, and the loss only wavers with the
batches. It happens where a config is used to evaluate and then to train, or where a saved model kept the rate at which
its schedule ended.

## Example
```yaml
optimizer: {name: adam, learning_rate: 0}
```

## Use instead
0.001 for Adam, 0.01 for SGD with momentum 0.9, to start. To keep layers as they are, freeze them.

## When to ignore it
Where the file is only used to evaluate.

## References
- Kingma and Ba (2015): Adam: A method for stochastic optimization.
]],

  check = function(experiment, report)
    local optimizer = experiment.training.optimizer
    if optimizer.learning_rate == 0 then
      report {
        at = { optimizer, "learning_rate" },
        message = "learning rate 0" .. (origin(optimizer, "learning_rate").kind == "default"
          and (", as %s has it where none is stated"):format(origin(optimizer, "learning_rate").framework) or "")
          .. ": every step is 0 times the gradient, so no weight ever changes",
        help = "start with 0.001 for Adam, or 0.01 for SGD with momentum 0.9; freeze layers that should stay as they "
          .. "are",
        trial = set(optimizer, "learning_rate", rate_of(optimizer)),
      }
    end
  end,

  examples = {
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 1️⃣0}
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
    "optimizer": {"module": "keras.optimizers", "class_name": "Adam", "config": {"learning_rate": 1️⃣0.0}},
    "loss": "mse"
  }
}
]],
    },
    {
      -- A warm-up starts at 0, the rate itself does not.
      good = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.001}
  schedule: {name: cosine, warmup_steps: 500}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {learning_rate: auto}
]],
    },
  },
}
