-- A key that the framework cannot do without.
return {
  api = 1,
  id = "files/missing-key",
  summary = "a key that the framework needs is absent",
  severity = "error",
  untestable = "a dry run trains what was read of the file, and whether that is what was meant it cannot tell",
  reports = "missing-key",

  docs = [[
## What it looks for
A mapping without a key that has no default: a layer that does not say its `kind`, a Keras `Dense` without `units`, a
Ludwig config with `input_features` and no `output_features`.

## Why it is bad
The framework stops when it builds the model.

## Example
```yaml
layers:
  - {units: 64, activation: relu}
```

## Use instead
```yaml
layers:
  - {kind: dense, units: 64, activation: relu}
```

## When to ignore it
Where another file is laid over this one and adds the key.

## References
- The framework's own schema: Ludwig's configuration reference, the documentation of Keras' layers.
]],

  examples = {
    {
      bad = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 8]}},
      {"class_name": 1️⃣"Dense", "config": {"name": "out"}}
    ]
  }
}
]],
    },
    {
      bad = [[
1️⃣input_features:
  - {name: age, type: number}
trainer: {batch_size: 16}
]],
    },
    {
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [8]}
    - 1️⃣{units: 64, activation: relu}
    - {kind: dense, units: 1}
]],
    },
    {
      -- Absent keys with a default are no problem.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
]],
    },
    {
      good = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 8]}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1}}
    ]
  }
}
]],
    },
  },
}
