-- Text that this reader understands and a strict one refuses.
return {
  api = 1,
  id = "files/lenient-syntax",
  summary = "a strict reader refuses the file: comments or trailing commas in JSON and the like",
  severity = "warning",
  untestable = "a dry run trains what was read of the file, and whether that is what was meant it cannot tell",
  reports = "lenient-syntax",

  docs = [[
## What it looks for
Text that many editors and some readers let pass, but that its format does not allow: comments, trailing commas and
single quotes in JSON, `NaN` and `Infinity` as JSON numbers.

## Why it is bad
Python's `json` module, which Keras uses, refuses comments and trailing commas, so the model cannot be loaded. `NaN` and
`Infinity` it takes, but other readers do not.

## Example
```json
{"units": 64, /* was 32 */}
```

## Use instead
```json
{"units": 64}
```

## When to ignore it
Where the file is read by a program that allows it, such as a JSON5 or JSONC reader.

## References
- RFC 8259 (2017), sections 2 to 7.
- Python documentation: the module `json`, "Standard Compliance and Interoperability".
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
      {"class_name": "Dense", "config": {"name": "out", "units": 1}}1️⃣,
    ]
  }
}
]],
    },
    {
      bad = [[
{
  1️⃣// the model of the first paper
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
    {
      good = [[
# comments and trailing commas are at home in YAML
epochzero: 1
training: {batch_size: 32, epochs: 10,}
]],
    },
    {
      good = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net // not a comment",
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
