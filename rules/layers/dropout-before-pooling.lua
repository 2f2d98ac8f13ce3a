-- Dropout that the pooling behind it undoes.

local dropouts = { dropout = true, gaussian_dropout = true, alpha_dropout = true }
local largest = { "max_pooling1d", "max_pooling2d", "max_pooling3d", "global_max_pooling" }
local mean = {
  average_pooling1d = true, average_pooling2d = true, average_pooling3d = true, global_average_pooling = true,
}

return {
  api = 1,
  id = "layers/dropout-before-pooling",
  summary = "dropout of single values right before a pooling over them",
  severity = "hint",
  default = false,
  needs = { "layers.rate" },

  docs = [[
## What it looks for
Dropout of single values right before max or average pooling.

## Why it is bad
Max pooling drops all but one value of each window anyway: dropout before it only makes the second largest value win in
some steps, and drops an output only where all values of a window are dropped. An average over a window evens the noise
out. Either way the drop rate that is written is not the one that works.

## Example
`Dropout(0.3)`, `MaxPooling2D()`.

## Use instead
`MaxPooling2D()`, `Dropout(0.3)`; or `SpatialDropout2D`, which drops whole feature maps.

## When to ignore it
Where the noise is meant to pick among the values of a window, as in max-pooling dropout.

## References
- Wu and Gu (2015): Towards dropout training for convolutional neural networks: dropout before max pooling samples by rank.
- Tompson et al. (2015): Efficient object localization using convolutional networks: spatial dropout.
]],

  check = function(experiment, report)
    for _, layer in ipairs(experiment.layers) do
      local after = layer.consumers[1]
      if dropouts[layer.kind] and layer.rate > 0 and #layer.consumers == 1
          and (one_of(after.kind, largest) or mean[after.kind]) then
        report {
          at = { layer, "rate" },
          message = ("%q drops values %s, so the rate of %g is not what works"):format(
            layer.name,
            one_of(after.kind, largest) and ("of which %q takes the largest"):format(after.name)
              or ("that %q averages"):format(after.name),
            layer.rate),
          help = "put the dropout behind the pooling",
          related = { { at = after, message = "the pooling is here" } },
        }
      end
    end
  end,

  examples = {
    {
      bad = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 28, 28, 1]}},
      {"class_name": "Conv2D", "config": {"name": "c1", "filters": 32, "kernel_size": [3, 3], "activation": "relu"}},
      {"class_name": "Dropout", "config": {"name": "drop", "rate": 1️⃣0.3}},
      {"class_name": "MaxPooling2D", "config": {"name": "pool", "pool_size": [2, 2]}},
      {"class_name": "Flatten", "config": {"name": "flat"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10, "activation": "softmax"}}
    ]
  }
}
]==],
    },
    {
      bad = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - {kind: conv2d, filters: 32, kernel_size: 3, activation: relu}
    - {kind: dropout, rate: 1️⃣0.3}
    - global_average_pooling
    - {kind: reshape, target_shape: [1, 32]}
    - flatten
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
    {
      good = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 28, 28, 1]}},
      {"class_name": "Conv2D", "config": {"name": "c1", "filters": 32, "kernel_size": [3, 3], "activation": "relu"}},
      {"class_name": "MaxPooling2D", "config": {"name": "pool", "pool_size": [2, 2]}},
      {"class_name": "Dropout", "config": {"name": "drop", "rate": 0.3}},
      {"class_name": "Flatten", "config": {"name": "flat"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 10, "activation": "softmax"}}
    ]
  }
}
]==],
    },
    {
      -- Whole feature maps are dropped.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - {kind: conv2d, filters: 32, kernel_size: 3, activation: relu}
    - {kind: spatial_dropout, rate: 0.3}
    - max_pooling2d
    - flatten
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
  },
}
