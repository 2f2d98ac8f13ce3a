-- A learning rate that climbs.
return {
  api = 1,
  id = "learning-rate/negative",
  summary = "a negative learning rate: each step makes the loss larger",
  severity = "error",
  cause = 6,
  probe = "steps_to_half",
  needs = { "training.optimizer.learning_rate < 0" },

  docs = [[
## What it looks for
A learning rate below 0.

## Why it is bad
Optimizers go against the gradient by themselves: they subtract rate times gradient. A negative rate turns that round,
so every step makes the loss larger. PyTorch's optimizers refuse it; Keras does not.

## Example
```yaml
optimizer: {name: sgd, learning_rate: -0.01}
```

## Use instead
The same number without the sign.

## When to ignore it
Where the loss is to be made larger on purpose. A loss with the opposite sign says so more clearly.

## References
- Goodfellow, Bengio and Courville (2016): Deep learning, section 8.3.
]],

  check = function(experiment, report)
    local optimizer = experiment.training.optimizer
    local rate = optimizer.learning_rate
    if rate < 0 then
      report {
        at = { optimizer, "learning_rate" },
        message = ("learning rate %g is negative: each step makes the loss larger"):format(rate),
        help = ("write %g: the optimizer subtracts the gradient by itself"):format(-rate),
        fix = set(optimizer, "learning_rate", -rate),
        safe = false,
        confirm = true,
      }
    end
  end,

  examples = {
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: sgd, learning_rate: 1️⃣-0.01}
]],
      fixed = [[
epochzero: 1
training:
  optimizer: {name: sgd, learning_rate: 0.01}
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
    "optimizer": {"module": "keras.optimizers", "class_name": "SGD", "config": {"learning_rate": 1️⃣-0.01}},
    "loss": "mse"
  }
}
]],
    },
    {
      -- A negative exponent is not a negative rate.
      good = [[
epochzero: 1
training:
  optimizer: {name: sgd, learning_rate: 1.0e-2}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {learning_rate: 1.0e-3}
]],
    },
  },
}
