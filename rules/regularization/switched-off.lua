-- A penalty that is named and does nothing.
return {
  api = 1,
  id = "regularization/switched-off",
  summary = "a penalty that the file names, but that is switched off",
  severity = "warning",
  cause = 4,
  probe = "generalization_gap",
  needs = { "training.regularization", "training.regularization_type" },

  docs = [[
## What it looks for
- A factor for a penalty on the weights, and a type that switches it off: Ludwig's `regularization_lambda` beside
  `regularization_type: null`.
- The other way round, a type that the file states and no factor, where the framework's own factor is 0 (*hint*).

## Why it is bad
Both keys are needed, and one without the other changes nothing. Ludwig's `regularization_type` is "l2" unless set, but
its `regularization_lambda` is 0: the network is trained without any penalty, and the file reads as if it had one.

## Example
```yaml
trainer: {regularization_type: l1}
```

## Use instead
```yaml
trainer: {regularization_type: l1, regularization_lambda: 0.0001}
```

## When to ignore it
Never: leave both out.

## References
- Ludwig source: `BaseModel.train_loss` in `ludwig/models/base.py`, and the defaults in `ludwig/schema/trainer.py`
  (0.11).]],

  check = function(experiment, report)
    local training = experiment.training
    local factor, kind = training.regularization, training.regularization_type
    if factor > 0 and kind == "none" then
      report {
        at = { training, "regularization_type" },
        message = ("the penalty's factor is %g, but its type is none, so there is no penalty"):format(factor),
        help = "use \"l2\", or leave the factor out",
        fix = set(training, "regularization_type", "l2"),
        safe = false,
        confirm = true,
      }
    elseif
      factor == 0 and one_of(kind, { "l1", "l2", "l1_l2" }) and origin(training, "regularization_type").kind == "stated"
      and origin(training, "regularization").kind == "default"
    then
      report {
        at = { training, "regularization_type" },
        severity = "hint",
        message = ("an %s penalty is named, but its factor is 0 where the file does not state one"):format(
          kind:upper()),
        help = "state the factor too, 0.0001 to begin with",
      }
    end
  end,

  examples = {
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {regularization_lambda: 0.01, regularization_type: 1️⃣null}
]],
      fixed = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {regularization_lambda: 0.01, regularization_type: l2}
]],
    },
    {
      -- Named, but without a factor: hint.
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {regularization_type: 1️⃣l1}
]],
    },
    {
      bad = [[
epochzero: 1
training: {regularization: 0.01, regularization_type: 1️⃣none}
]],
      fixed = [[
epochzero: 1
training: {regularization: 0.01, regularization_type: l2}
]],
    },
    {
      -- The type is "l2" unless set.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {regularization_lambda: 0.01}
]],
    },
    {
      -- Off, and said to be.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {regularization_lambda: 0.0, regularization_type: l2}
]],
    },
    {
      good = [[
epochzero: 1
training: {regularization_type: l1}
]],
    },
  },
}
