-- A value of the right type that the framework does not take.
return {
  api = 1,
  id = "files/invalid-value",
  summary = "a value that the framework does not allow",
  severity = "error",
  untestable = "a dry run trains what was read of the file, and whether that is what was meant it cannot tell",
  reports = "invalid-value",

  docs = [[
## What it looks for
A value that lies outside what its key allows: a word that names no activation, loss or feature type, a number out of
its domain such as a share of 1.5 or a layer of -3 units.

## Why it is bad
The framework stops when it builds the model, sometimes only after the data are loaded.

## Example
```yaml
model:
  layers:
    - {kind: dense, units: -3}
```

## Use instead
The value that was meant; the help names the allowed ones where there are few.

## When to ignore it
Where the word is defined by an extension, such as a custom object that Keras is told about in code.

## References
- The framework's own schema: Ludwig's configuration reference, the documentation of Keras' layers.
]],

  examples = {
    {
      bad = [[
epochzero: 1
task: 1️⃣regresion
training: {batch_size: 16}
]],
    },
    {
      bad = [[
input_features:
  - {name: age, type: 1️⃣numbr}
output_features:
  - {name: price, type: number}
]],
    },
    {
      good = [[
epochzero: 1
task: regression
training: {batch_size: 16}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {learning_rate: auto, batch_size: auto}
]],
    },
  },
}
