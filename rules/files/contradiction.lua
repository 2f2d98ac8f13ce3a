-- Two places, one fact, two values.
return {
  api = 1,
  id = "files/contradiction",
  summary = "two places state different things of one fact",
  severity = "warning",
  untestable = "a dry run trains what was read of the file, and whether that is what was meant it cannot tell",
  reports = "contradiction",

  docs = [[
## What it looks for
One fact that is stated twice and differently: by a model file's compile settings and by the experiment file that names
it, or by the data and the model.

## Why it is bad
Only one of the two values is used, and which one depends on the code that reads them. Whoever changes the other sees no
effect.

## Example
An experiment file says `loss: mse`, and the model file that it names was compiled with `binary_crossentropy`.

## Use instead
One place for each fact, or the same value in both.

## When to ignore it
Where the training code is known to override the one value with the other on purpose.

## References
- "The native experiment file" in this project's documentation: a model file's own compile settings and the experiment
  file are merged.
]],

  examples = {
    {
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [8]}
    - {kind: dense, units: 1}
data:
  inputs: {features: 1️⃣12}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  batch_size: 256
  eval_batch_size: 512
]],
    },
    {
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [8]}
    - {kind: dense, units: 1}
data:
  inputs: {features: 8}
]],
    },
  },
}
