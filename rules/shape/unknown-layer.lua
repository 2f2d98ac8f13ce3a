-- A layer whose inside is not known here.
return {
  api = 1,
  id = "shape/unknown-layer",
  summary = "a layer class that is not known: its shape is unknown, the rest is still checked",
  severity = "hint",
  reports = "unknown-layer",

  docs = [[
## What it looks for
A layer of a class that the linter does not know. Each class is named once.

## Why it is bad
It is not: the model may be fine. But what the layer does is unknown, so shapes behind it may be unknown too, and rules
that need to know stay silent. That is worth knowing before one takes silence for health.

## Example
A model file with a layer of the class `MyAttention`, defined in the project's own code.

## Use instead
Nothing, where the layer is meant. Where it is a spelling mistake, the framework's name of the layer.

## When to ignore it
For every custom layer that is there on purpose.

## References
- Keras documentation: Serialization and saving, "Custom objects".
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
      {"class_name": 1️⃣"GarNet", "config": {"name": "custom"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1}}
    ]
  }
}
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
      {"class_name": "Dropout", "config": {"name": "drop", "rate": 0.1}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1}}
    ]
  }
}
]],
    },
    {
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [8]}
    - {kind: dropout, rate: 0.1}
    - {kind: dense, units: 1}
]],
    },
  },
}
