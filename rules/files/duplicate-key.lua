-- One mapping, one key, two values.
return {
  api = 1,
  id = "files/duplicate-key",
  summary = "a mapping gives one key twice, and all but one value are lost",
  severity = "warning",
  untestable = "a dry run trains what was read of the file, and whether that is what was meant it cannot tell",
  reports = "duplicate-key",

  docs = [[
## What it looks for
A mapping that says one key twice.

## Why it is bad
Most readers keep the last value and drop the others without a word; some keep the first, some refuse the file. Whoever
changes the value that is dropped sees no effect. In a training config that is often the learning rate or the batch
size, repeated further down while experimenting.

## Example
```yaml
training:
  batch_size: 32
  epochs: 10
  batch_size: 256
```

## Use instead
One line for each key.

## When to ignore it
Where a tool defines what a repeated key means.

## References
- YAML 1.2.2 (2021), section 3.2.1.1: keys of a mapping are unique.
- RFC 8259 (2017), section 4: names in an object should be unique; what readers do otherwise is unpredictable.
]],

  examples = {
    {
      bad = [[
epochzero: 1
training:
  batch_size: 32
  epochs: 10
  1️⃣batch_size: 64
]],
    },
    {
      bad = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 8]}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, 1️⃣"units": 2}}
    ]
  }
}
]],
    },
    {
      -- A key that a merge brings in is meant to be overridden.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - &base {name: price, type: number}
  - {<<: *base, name: rent}
]],
    },
    {
      -- The same key in two mappings is no repetition.
      good = [[
epochzero: 1
data:
  inputs: {range: [0, 1]}
  targets: {range: [0, 1]}
]],
    },
  },
}
