-- A layer with thousands of times more weights than the data have examples.
return {
  api = 1,
  id = "width/too-wide-for-data",
  summary = "a layer with thousands of times more weights than there are examples",
  severity = "hint",
  cause = 11,
  needs = { "data.samples" },
  kinds = { "dense" },

  options = {
    ratio = {
      type = "number", default = 10000,
      help = "weights of one layer for each example; the widest layer of VGG-16 has 80 for each ImageNet image "
        .. "(Simonyan and Zisserman 2015), so this is more than a hundred times beyond what is known to train well",
    },
  },

  docs = [[
## What it looks for
A dense layer that is trained from scratch and has more than 10000 weights for each example of the data. Only where the
number of examples is known.

## Why it is bad
Too wide hurts far less than too narrow: over-parametrised networks still generalise. But a layer of this size takes
memory and time that the data cannot pay back, learns the examples by heart in a few steps, and is most often a slip: a
`flatten` before the images were pooled, or a zero too many.

## Example
500 images of 224 x 224, flattened, and a dense layer of 1024 units: 154 million weights, 308000 for each image.

## Use instead
Pooling or a strided convolution before `flatten`, fewer units, or pretrained features.

## When to ignore it
Where width is the subject, or memory no concern.

## References
- Simonyan and Zisserman (2015): Very deep convolutional networks for large-scale image recognition.
- Zhang et al. (2017): Understanding deep learning requires rethinking generalization.
]],

  check = function(experiment, report, options)
    local samples = experiment.data.samples
    if not (samples > 0) or experiment.fine_tuned then return end
    for _, layer in ipairs(experiment.layers) do
      if layer.kind == "dense" and layer.trainable ~= false and not layer.pretrained
        and layer.parameters / samples > options.ratio then
        report {
          at = { layer, "units" },
          message = ("%q has %d weights, %.0f for each of the %d examples"):format(
            layer.name, layer.parameters, layer.parameters / samples, samples),
          help = layer.fan_in > layer.units
              and ("reduce its %d inputs first, by pooling or a strided convolution, or use fewer units"):format(
                layer.fan_in)
            or "use fewer units",
        }
      end
    end
  end,

  examples = {
    {
      bad = [[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: input, shape: [224, 224, 3]}
    - {kind: flatten}
    - {kind: dense, units: 1️⃣1024, activation: relu}
    - {kind: dense, units: 10, activation: softmax}
data: {samples: 500}
]],
    },
    {
      good = [[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - {kind: flatten}
    - {kind: dense, units: 1024, activation: relu}
    - {kind: dense, units: 10, activation: softmax}
data: {samples: 500}
]],
    },
    {
      -- The number of examples is not known.
      good = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 150528]}},
      {"class_name": "Dense", "config": {"name": "d1", "units": 1024, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10, "activation": "softmax"}}
    ]
  }
}
]],
    },
  },
}
