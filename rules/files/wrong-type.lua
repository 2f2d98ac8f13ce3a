-- A text where a number belongs, a list where a mapping belongs.
return {
  api = 1,
  id = "files/wrong-type",
  summary = "a value of the wrong type",
  severity = "error",
  untestable = "a dry run trains what was read of the file, and whether that is what was meant it cannot tell",
  reports = "wrong-type",

  docs = [[
## What it looks for
A text where a number is needed, a single value where a list or a mapping is needed, and the reverse.

## Why it is bad
The framework stops with a type error, or, worse, takes the text as it is. Numbers that only some YAML readers take for
text, such as `1e-4`, are `files/ambiguous-number`.

## Example
```yaml
training: {batch_size: many}
```

## Use instead
```yaml
training: {batch_size: 32}
```

## When to ignore it
Where a program replaces the text before the framework sees it, as templates do.

## References
- YAML 1.2.2 (2021), section 10.3: the core schema.
]],

  examples = {
    {
      bad = [[
epochzero: 1
training:
  batch_size: 1️⃣many
]],
    },
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {batch_size: 1️⃣many}
]],
    },
    {
      good = [[
epochzero: 1
training:
  batch_size: 32
  optimizer: {name: adam, learning_rate: 0.0001}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {learning_rate: 1.0e-4, epochs: 10}
]],
    },
  },
}
