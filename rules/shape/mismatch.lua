-- A layer that cannot be built on the shape that it is given.
return {
  api = 1,
  id = "shape/mismatch",
  summary = "a layer cannot be built on the shape that it is given",
  severity = "error",
  untestable = "such a network cannot be built",
  reports = "shape-mismatch",

  docs = [[
## What it looks for
A layer whose input does not fit it: a 2-D convolution on a flat vector, an addition of tensors of different shapes, a
reshape to another number of elements, channels that do not divide into groups, and a convolution or pooling whose
window is larger than what earlier layers left of the image.

## Why it is bad
The framework stops when it builds the model, often with a message that names neither the layer nor the line. Where an
axis is left open it stops only on the first batch that is small enough.

## Example
```yaml
layers:
  - {kind: input, shape: [4, 4, 3]}
  - {kind: conv2d, filters: 8, kernel_size: [5, 5], padding: valid}
```

## Use instead
A shape that fits: another kernel, `padding: same`, fewer poolings, a `flatten` in between. The message names the shape
that arrives.

## When to ignore it
Never for a model that is built as the file says.

## References
- Keras documentation: the input and output shapes of each layer.
- Dumoulin and Visin (2016): A guide to convolution arithmetic for deep learning.
]],

  examples = {
    {
      -- The image has shrunk below the kernel.
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [4, 4, 3]}
    - {kind: conv2d, filters: 8, kernel_size: 1️⃣[5, 5], padding: valid}
    - {kind: flatten}
    - {kind: dense, units: 10}
]],
    },
    {
      -- A convolution over images on a flat vector.
      bad = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 784]}},
      {"class_name": 1️⃣"Conv2D", "config": {"name": "conv", "filters": 8, "kernel_size": [3, 3]}},
      {"class_name": "Flatten", "config": {"name": "flat"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10}}
    ]
  }
}
]],
    },
    {
      -- An open axis may be large enough.
      good = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, null, null, 3]}},
      {"class_name": "Conv2D", "config": {"name": "conv", "filters": 8, "kernel_size": [5, 5], "padding": "valid"}},
      {"class_name": "GlobalAveragePooling2D", "config": {"name": "pool"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10}}
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
    - {kind: input, shape: [4, 4, 3]}
    - {kind: conv2d, filters: 8, kernel_size: [5, 5], padding: same}
    - {kind: flatten}
    - {kind: dense, units: 10}
]],
    },
  },
}
