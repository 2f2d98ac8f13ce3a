-- A text that its own format's grammar refuses.
return {
  api = 1,
  id = "files/invalid-syntax",
  summary = "the file breaks the grammar of its format",
  severity = "error",
  untestable = "a dry run trains what was read of the file, and whether that is what was meant it cannot tell",
  reports = "invalid-syntax",

  docs = [[
## What it looks for
A place where the text is not JSON or YAML: a bracket that is never closed, a missing comma, a tab used for indentation,
bytes that are not UTF-8, nesting or aliases beyond any sensible bound.

## Why it is bad
The framework refuses the whole file, or reads something else than what was meant. What stands before and after the
broken place is still checked here as far as it could be read, but a missing part can hide other findings.

## Example
```yaml
data: {samples: 60000
```

## Use instead
```yaml
data: {samples: 60000}
```

## When to ignore it
Never for a file that is read as it stands. A template that a program fills in first is better left out of the run.

## References
- RFC 8259 (2017): The JavaScript Object Notation (JSON) Data Interchange Format.
- YAML Ain't Markup Language, version 1.2.2 (2021).
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
      {"class_name": "Dense", "config": {"name": "out", "units"1️⃣ 1}}
    ]
  }
}
]],
    },
    {
      good = [[
epochzero: 1
data: {samples: 60000}
training: {batch_size: 32}
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
