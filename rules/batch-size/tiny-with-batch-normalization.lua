-- Batch normalisation over a batch too small to have statistics.
local function is_trained(layer)
  return layer.kind == "batch_normalization" and layer.trainable ~= false and not layer.pretrained
end

-- Returns the change that normalises each example by itself.
local function without_statistics(experiment)
  local changes = {}
  for _, layer in ipairs(experiment.layers) do
    if is_trained(layer) then table.insert(changes, set(layer, "kind", "layer_normalization")) end
  end
  return changes
end

return {
  api = 1,
  id = "batch-size/tiny-with-batch-normalization",
  summary = "batch normalisation with 1 to 4 examples in a batch",
  severity = "error",
  cause = 5,
  probe = "gradient_norm",
  kinds = { "batch_normalization" },

  options = {
    limit = {
      type = "integer", default = 4,
      help = "ResNet-50 on ImageNet: 24 % error with 32 images per device, 27 % with 4, 35 % with 2 (Wu and He 2018, "
        .. "table 2)",
    },
  },

  docs = [[
## What it looks for
Batch normalisation that is trained, with a batch (on each device, where that is known) of 1 to 4 examples.

- **1, after a layer without places** such as a dense one: *error*.
- **1, after a convolution**, and **2**: *warning*.
- **3 and 4**: *hint*.

Not reported: batch normalisation that is frozen, pretrained, or not trained with the model; layer, group and instance
normalisation.

## Why it is bad
Batch normalisation replaces the scale of each feature by that of the batch at hand. Over one example of a flat vector
the deviation is 0: every value becomes the layer's offset, whatever came in, and nothing can be learned. PyTorch
refuses such a batch. With 2 to 4 examples the statistics are so noisy that the network in training is another one than
in use, where running averages take their place.

## Example
`batch_size: 1` with `BatchNormalization` between dense layers.

## Use instead
Layer or group normalisation, which do not look at the batch; or 16 and more examples per device. Accumulating gradients
does not help: the statistics are those of the micro-batch.

## When to ignore it
Where training statistics are joined over many devices ("synchronised batch normalisation").

## References
- Wu and He (2018): Group normalization.
- Ioffe (2017): Batch renormalization: towards reducing minibatch dependence in batch-normalized models.
]],

  check = function(experiment, report, options)
    local training = experiment.training
    local key = training.micro_batch_size and "micro_batch_size" or "batch_size"
    local batch = training[key]
    if not (batch >= 1 and batch <= options.limit) or experiment.fine_tuned then return end
    local flat, any
    for _, layer in ipairs(experiment.layers) do
      if is_trained(layer) then
        any = any or layer
        if #layer.input_shape == 1 then flat = flat or layer end
      end
    end
    if not any then return end

    local layer = batch == 1 and flat or any
    local place = { at = layer, message = ("%q normalises over the batch"):format(layer.name) }
    if batch == 1 and flat then
      report {
        at = { training, key },
        message = ("batch normalisation in %q over a single example: its deviation is 0, so every value becomes the "
          .. "layer's offset, whatever came in"):format(layer.name),
        help = "use layer normalisation, or 16 and more examples in a batch",
        related = { place },
        trial = without_statistics(experiment),
      }
    else
      report {
        at = { training, key },
        severity = batch <= 2 and "warning" or "hint",
        message = ("batch normalisation in %q over %d example%s: the statistics are mostly noise, and in use others "
          .. "take their place"):format(
          layer.name, batch, batch == 1 and "" or "s"),
        help = "use layer or group normalisation, or 16 and more examples in a batch; accumulating gradients does not "
          .. "help",
        related = { place },
        trial = without_statistics(experiment),
      }
    end
  end,

  examples = {
    {
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64}
    - {kind: batch_normalization}
    - {kind: activation, activation: relu}
    - {kind: dense, units: 1}
training:
  batch_size: 1️⃣1
]],
    },
    {
      -- Over the places of two images: warning.
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [64, 64, 3]}
    - {kind: conv2d, filters: 16, kernel_size: [3, 3]}
    - {kind: batch_normalization}
    - {kind: activation, activation: relu}
    - {kind: global_average_pooling}
    - {kind: dense, units: 10, activation: softmax}
training:
  batch_size: 1️⃣2
]],
    },
    {
      -- Layer normalisation does not look at the batch.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64}
    - {kind: layer_normalization}
    - {kind: activation, activation: relu}
    - {kind: dense, units: 1}
training:
  batch_size: 1
]],
    },
    {
      -- Frozen statistics are those of an earlier training.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64}
    - {kind: batch_normalization, trainable: false}
    - {kind: activation, activation: relu}
    - {kind: dense, units: 1}
training:
  batch_size: 1
]],
    },
    {
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64}
    - {kind: batch_normalization}
    - {kind: activation, activation: relu}
    - {kind: dense, units: 1}
training:
  batch_size: 16
]],
    },
    {
      good = [[
input_features:
  - name: age
    type: number
    encoder: {type: dense, norm: layer}
output_features:
  - {name: price, type: number}
trainer:
  batch_size: 1
]],
    },
  },
}
