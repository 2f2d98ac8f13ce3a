-- A key that nobody reads.
return {
  api = 1,
  id = "files/unknown-key",
  summary = "a key that the framework does not know",
  severity = "warning",
  untestable = "a dry run trains what was read of the file, and whether that is what was meant it cannot tell",
  reports = "unknown-key",

  docs = [[
## What it looks for
A key that this kind of file does not have, at a place where all keys are known. Where a known key is spelled alike, the
help names it.

## Why it is bad
A misspelled key leaves the setting at its default: `learning_rte: 0.0001` trains with 0.001. Some readers refuse the
file, others say nothing.

## Example
```yaml
training:
  bach_size: 16
```

## Use instead
```yaml
training:
  batch_size: 16
```

## When to ignore it
Where the file is read by a newer version of the framework, or by an extension of it that adds the key.

## References
- The framework's own schema: Ludwig's configuration reference, the `get_config` of Keras' layers and optimizers, and
  "The native experiment file" in this project's documentation.
]],

  examples = {
    {
      bad = [[
epochzero: 1
training:
  1️⃣bach_size: 16
  epochs: 10
]],
    },
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  1️⃣learning_rte: 0.0001
]],
    },
    {
      -- Names of features are the writer's own, and all keys are known.
      good = [[
input_features:
  - {name: bach_size, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate: 0.0001
]],
    },
    {
      good = [[
epochzero: 1
task: regression
data:
  samples: 5000
  inputs: {features: 12, normalization: zscore}
  targets: {normalization: zscore}
training:
  batch_size: 16
  epochs: 10
  loss: mse
  optimizer: {name: adam, learning_rate: 0.001}
]],
    },
  },
}
