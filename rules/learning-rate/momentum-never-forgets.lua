-- Momentum that keeps every gradient for ever.

local sgd_like = { sgd = true, momentum = true, nesterov = true, rmsprop = true }

return {
  api = 1,
  id = "learning-rate/momentum-never-forgets",
  summary = "a momentum of 1 or more: no gradient is ever forgotten",
  severity = "error",
  cause = 6,
  probe = "non_finite",
  needs = { "training.optimizer.momentum" },

  docs = [[
## What it looks for
A momentum of 1 or more in SGD or RMSprop.

## Why it is bad
Momentum is the share of the last step that the next one keeps, so a gradient counts 1 / (1 - momentum) times in all: 10
times at 0.9, 100 times at 0.99. At 1 it counts for ever: the weights fly past every minimum like a ball without
friction. Above 1 each step is larger than the last, whatever the gradient says.

## Example
```yaml
optimizer: {name: sgd, learning_rate: 0.01, momentum: 1.0}
```

## Use instead
0.9. Written as one minus that elsewhere ("dampening", "friction")? Then 0.1 there is 0.9 here.

## When to ignore it
Never.

## References
- Sutskever et al. (2013): On the importance of initialization and momentum in deep learning.
]],

  check = function(experiment, report)
    local optimizer = experiment.training.optimizer
    if not sgd_like[optimizer.name] or not (optimizer.momentum >= 1) then return end
    report {
      at = { optimizer, "momentum" },
      message = ("momentum %g: no gradient is ever forgotten, so the steps %s"):format(
        optimizer.momentum, optimizer.momentum > 1 and "grow without end" or "never settle"),
      help = "use 0.9",
      trial = set(optimizer, "momentum", 0.9),
    }
  end,

  examples = {
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: sgd, learning_rate: 0.01, momentum: 1️⃣1.0}
]],
    },
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate: 0.01
  optimizer: {type: sgd, momentum: 1️⃣9.0}
]],
    },
    {
      good = [[
epochzero: 1
training:
  optimizer: {name: sgd, learning_rate: 0.01, momentum: 0.99}
]],
    },
    {
      -- The momentum of a batch normalisation is another one.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: batch_normalization, momentum: 1.0}
    - {kind: dense, units: 1}
training:
  optimizer: {name: sgd, learning_rate: 0.01}
]],
    },
  },
}
