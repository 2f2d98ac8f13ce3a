-- A file that another one names and that is not there.
return {
  api = 1,
  id = "files/missing-file",
  summary = "a file that another file names is not there or cannot be read",
  severity = "error",
  untestable = "a dry run trains what was read of the file, and whether that is what was meant it cannot tell",
  reports = "missing-file",

  docs = [[
## What it looks for
The path of a model file or of sample rows that leads to nothing that can be read. Paths count from the folder of the
file that names them.

## Why it is bad
Nothing can be trained without it, and what it would have said is unknown here: rules that need it stay silent.

## Example
```yaml
epochzero: 1
model: modle.json
```

## Use instead
The path as it is, relative to the file that names it.

## When to ignore it
Where the file is made later, by a step that runs before training.

## References
- "The native experiment file" in this project's documentation.
]],

  examples = {
    {
      bad = [[
epochzero: 1
model: 1️⃣no-such-model.json
training: {batch_size: 32}
]],
    },
    {
      -- A model that stands in the file itself needs no other file.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
data:
  inputs: {features: 12}
training: {batch_size: 32}
]],
    },
  },
}
