-- A batch so large, of images so large, that the gradient has no noise left.

-- Returns the places of the largest image or volume among the inputs: its elements without the channels; nil where not
-- known.
local function places(experiment)
  local most
  for _, layer in ipairs(experiment.layers) do
    local shape = layer.output_shape
    if #layer.inputs == 0 and #shape >= 3 then
      local count, least = 1, nil
      for _, axis in ipairs(shape) do
        if not axis then return nil end
        count = count * axis
        if not least or axis < least then least = axis end
      end
      -- The channels are the shortest axis, wherever they stand.
      count = count / least
      if not most or count > most then most = count end
    end
  end
  return most
end

return {
  api = 1,
  id = "batch-size/too-large-for-noise",
  summary = "a batch so large that its gradient has hardly any noise left, the image's resolution counted in",
  severity = "hint",
  cause = 5,
  probe = "generalization_gap",
  needs = { "training.batch_size" },

  options = {
    images = {
      type = "integer", default = 256,
      help = "images of 224 x 224 in a batch; the customary size for ImageNet (He et al. 2016), beyond which the rate "
        .. "must be scaled and warmed up to keep the accuracy (Goyal et al. 2017)",
    },
    limit = {
      type = "integer", default = 2048,
      help = "the largest batch whatever the examples are; large-batch effects were seen from some hundreds on "
        .. "(Keskar et al. 2017)",
    },
    fewest_steps = {
      type = "integer", default = 10,
      help = "with fewer steps in an epoch batch-size/too-large-for-data says what is wrong",
    },
    steps_per_epoch = {
      type = "integer", default = 500,
      help = "with at least this many steps in an epoch the data are plentiful enough for large batches",
    },
  },

  docs = [[
## What it looks for
A batch of more than 2048 examples, or of more image places than 256 images of 224 x 224 have: 64 images of 448 x 448,
12 of 1024 x 1024. A convolution averages its gradient over all places of an image, so twice the resolution averages
like four times the batch. For plain networks only, and not where an epoch has 500 steps or more.

## Why it is bad
The noise of a small batch is what lets training leave sharp minima, which generalise worse. Beyond some size a larger
batch makes no better step, only fewer of them.

## Example
Images of 512 x 512 in batches of 256.

## Use instead
The smallest batch one can bear; do not fear 16, 8 or 1. With twice the resolution take a quarter of the batch.

## When to ignore it
Where rate and warm-up were scaled with the batch and the run was compared with a small one, and for data without noise. Reinforcement
learning, whose gradients are mostly noise and which is passed over, wants batches of tens of thousands (McCandlish et al. 2018).

## References
- Keskar et al. (2017): On large-batch training for deep learning: generalization gap and sharp minima.
- Goyal et al. (2017): Accurate, large minibatch SGD: training ImageNet in 1 hour.
- McCandlish et al. (2018): An empirical model of large-batch training: the noise scale.
]],

  check = function(experiment, report, options)
    local training = experiment.training
    local batch = training.batch_size
    if not batch or experiment.has_skips ~= false or experiment.has_normalization ~= false or experiment.fine_tuned then
      return
    end
    if training.optimizer.name == "lbfgs" or experiment.steps_per_epoch >= options.steps_per_epoch then return end
    if experiment.steps_per_epoch < options.fewest_steps then return end
    for _, layer in ipairs(experiment.layers) do
      if layer.pretrained or one_of(layer.kind, { "backbone", "operation", "unknown" }) then return end
    end
    for _, output in ipairs(experiment.outputs) do
      if output.task == "reinforcement" then return end
    end

    local reference = 224 * 224
    local count = places(experiment)
    local limit = options.limit
    if count then limit = math.min(limit, math.max(1, math.floor(options.images * reference / count))) end
    if not (batch > limit) then return end
    local side = count and math.floor(math.sqrt(count) + 0.5)
    report {
      at = { training, "batch_size" },
      message = side and limit < options.limit
          and ("batch size %d of images with %d places averages like %.0f images of 224 x 224: hardly any noise is "
            .. "left that helps to generalise"):format(batch, count, batch * count / reference)
        or ("batch size %d leaves hardly any noise in the gradient that helps to generalise"):format(batch),
      help = ("use %d or less, and do not fear 16, 8 or 1"):format(math.min(limit, 32)),
      trial = set(training, "batch_size", math.min(limit, 32)),
    }
  end,

  examples = {
    {
      -- Gradients of rewards are mostly noise: simulators fill batches of this size.
      good = [[
epochzero: 1
task: reinforcement
model:
  layers:
    - {kind: input, shape: [48]}
    - {kind: dense, units: 256, activation: elu}
    - {kind: dense, units: 12, activation: linear}
training: {batch_size: 32768}
]],
    },
    {
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [512, 512, 3]}
    - {kind: conv2d, filters: 16, kernel_size: [3, 3], strides: [2, 2], activation: relu}
    - {kind: conv2d, filters: 32, kernel_size: [3, 3], strides: [2, 2], activation: relu}
    - {kind: global_average_pooling}
    - {kind: dense, units: 10, activation: softmax}
training:
  batch_size: 1️⃣256
]],
    },
    {
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
training:
  batch_size: 1️⃣8192
]],
    },
    {
      -- The customary batch for ImageNet.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [224, 224, 3]}
    - {kind: conv2d, filters: 16, kernel_size: [3, 3], strides: [2, 2], activation: relu}
    - {kind: global_average_pooling}
    - {kind: dense, units: 10, activation: softmax}
training:
  batch_size: 256
]],
    },
    {
      -- Normalised networks are trained with large batches.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: batch_normalization}
    - {kind: dense, units: 1}
training:
  batch_size: 8192
]],
    },
    {
      -- Ten million examples fill large batches.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
data: {samples: 10000000}
training:
  batch_size: 8192
]],
    },
    {
      -- What the model is like is not known.
      good = [[
input_features:
  - name: review
    type: text
    encoder: {type: bert}
output_features:
  - {name: stars, type: category}
trainer:
  batch_size: 4096
]],
    },
  },
}
