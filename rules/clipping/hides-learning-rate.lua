-- A rate far too high, and clipping that keeps the loss from showing it.

-- Schedules that multiply the rate by steps and widths of their own: it is no learning rate then.
local multiplying = { noam = true, inverse_sqrt = true, rsqrt = true }

local sgd_like = { sgd = true, momentum = true, nesterov = true }

-- Returns the length of all weights together at the start; nil unless every kernel's deviation is known.
local function initial_length(experiment)
  local square = 0
  for _, layer in ipairs(experiment.layers) do
    if layer.head ~= nil and layer.trainable ~= false then
      if not layer.initial_stddev or not layer.parameters then return nil end
      square = square + layer.parameters * layer.initial_stddev ^ 2
    end
  end
  return square > 0 and math.sqrt(square) or nil
end

-- Returns what clips, as a sentence.
local function clipping(clip)
  local kind = clip.kind == "value" and "value" or clip.kind == "norm" and "norm of each tensor" or "global norm"
  local from = origin(clip, "threshold")
  if from.kind ~= "default" then return ("gradients are clipped to a %s of %g"):format(kind, clip.threshold) end
  return ("%s clips gradients to a %s of %g where the file does not say otherwise%s"):format(
    from.framework or "the framework", kind, clip.threshold,
    from.since and (" (since version %s)"):format(from.since) or "")
end

-- Returns the threshold as a place to show, unless it stands on the line of the rate or nowhere.
local function elsewhere(clip, optimizer)
  local threshold, rate = origin(clip, "threshold"), origin(optimizer, "learning_rate")
  if threshold.kind ~= "stated" or (threshold.line == rate.line and threshold.file == rate.file) then return nil end
  return { { at = { clip, "threshold" }, message = "clipped here" } }
end

return {
  api = 1,
  id = "clipping/hides-learning-rate",
  summary = "gradient clipping hides a learning rate that is far too high",
  severity = "warning",
  cause = 6,
  probe = "clipped_steps",
  needs = {
    "training.clip.threshold > 0",
    "training.optimizer.learning_rate > 0",
    "training.optimizer.name = sgd, momentum, nesterov",
  },

  options = {
    share = {
      type = "number", default = 0.05,
      help = "how far one step may move the weights, as a share of their initial length; measured, a network "
        .. "that reached a loss of 0.14 ended at 0.75 at 0.07; AWD-LSTM (rate 30, clipped at 0.25) is at about 0.03",
    },
    step = {
      type = "number", default = 10,
      help = "where the weights' initial length is not known: the longest step, rate / (1 - momentum) times "
        .. "threshold; language models go up to 7.5 (Merity et al. 2018)",
    },
    weight_step = {
      type = "number", default = 1,
      help = "clipped by value: how far one step may move one weight, rate / (1 - momentum) times threshold; "
        .. "weights start with a deviation near 0.05",
    },
  },

  docs = [[
## What it looks for
Gradient clipping, stated or switched on by the framework when the key is absent, together with a learning rate of SGD
far beyond what it can use. Half of all frameworks clip unless told otherwise: Ludwig at a global norm of 0.5,
Hugging Face's trainer at 1.0, SpeechBrain and ESPnet at 5.0.

A clipped step is at most rate times threshold long, so the rate is judged by that product, against the length of the
weights. The steps of Adam and its kin are as long as the rate whether gradients are clipped or not:
`learning-rate/too-high` judges them.

## Why it is bad
Without clipping such a rate shows at once: the loss goes to infinity, and everybody lowers the rate. With clipping the
loss stays finite, jumps about, and ends near that of a constant prediction. It looks like a network that cannot learn,
and days go into the architecture.

## Example
A Ludwig trainer with `optimizer: {type: sgd}`, `learning_rate: 5` and no word about clipping.

## Use instead
Switch clipping off, look for the largest rate that does not explode, take a tenth of it, and switch clipping on again
only if the data need it.

## When to ignore it
Where a range test with clipping showed that the rate works.

## References
- Ludwig source: `GradientClippingConfig` in `ludwig/schema/optimizers.py`: `clipglobalnorm` is 0.5 unless set.
- Merity, Keskar and Socher (2018): Regularizing and optimizing LSTM language models.
- Pascanu, Mikolov and Bengio (2013): On the difficulty of training recurrent neural networks.
- Measured figures: `scripts/measure-rates.py` in this project prints them.
]],

  check = function(experiment, report, options)
    local training = experiment.training
    local optimizer, clip = training.optimizer, training.clip
    local rate = optimizer.learning_rate
    if not one_of(clip.kind, { "norm", "global_norm", "value" }) or not (clip.threshold > 0) then return end
    if not sgd_like[optimizer.name] or not (rate > 0) or experiment.model_type == "trees" then return end
    if multiplying[training.schedule.name] then return end
    -- A momentum that forgets nothing is another finding.
    if optimizer.momentum >= 1 then return end
    -- A threshold that no gradient reaches hides nothing.
    if clip.threshold >= 1000 then return end

    local why
    local step = rate / (1 - math.min(optimizer.momentum or 0, 0.99)) * clip.threshold
    local length = initial_length(experiment)
    -- Behind normalisation the weights' length does not matter to the loss: they grow until the step fits.
    if clip.kind == "value" then
      if not (step > options.weight_step) then return end
      why = ("a step still moves a weight by up to %.3g"):format(step)
    elseif length and experiment.has_normalization == false then
      if not (step > options.share * length) then return end
      why = ("a step still goes up to %.2g far, %.0f %% of the length of all weights at the start"):format(
        step, 100 * step / length)
    else
      if not (step > options.step) then return end
      why = ("a step still goes up to %.3g far"):format(step)
    end

    report {
      at = { optimizer, "learning_rate" },
      message = ("%s, so learning rate %g will not show as an exploding loss, but %s"):format(
        clipping(clip), rate, why),
      help = "lower the rate (0.01 to start); to find the largest usable one, switch clipping off first",
      related = elsewhere(clip, optimizer),
      trial = set(optimizer, "learning_rate", tonumber(("%.3g"):format(0.1 * (1 - math.min(optimizer.momentum or 0, 0.99))))),
    }
  end,

  examples = {
    {
      -- Ludwig clips at 0.5 unless told otherwise.
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
combiner: {type: concat, num_fc_layers: 2}
trainer:
  learning_rate: 1️⃣5
  optimizer: {type: sgd}
]],
    },
    {
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 128, activation: relu, init: he_normal}
    - {kind: dense, units: 128, activation: relu, init: he_normal}
    - {kind: dense, units: 1, init: he_normal}
training:
  optimizer: {name: sgd, learning_rate: 1️⃣10, clip: {global_norm: 0.5}}
]],
    },
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: sgd, learning_rate: 1️⃣5, momentum: 0.9, clip: {value: 0.5}}
]],
    },
    {
      -- AWD-LSTM: steps of up to 7.5 for weights with a length of hundreds.
      good = [[
epochzero: 1
training:
  optimizer: {name: sgd, learning_rate: 30, clip: {global_norm: 0.25}}
]],
    },
    {
      -- The framework's defaults go well together.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
]],
    },
    {
      -- Without clipping the loss shows what is wrong.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
combiner: {type: concat, num_fc_layers: 2}
trainer:
  learning_rate: 5
  optimizer: {type: sgd}
  gradient_clipping: {clipglobalnorm: null}
]],
    },
    {
      -- Clipping does not hide what Adam does at such a rate: learning-rate/too-high tells it.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
combiner: {type: concat, num_fc_layers: 2}
trainer:
  learning_rate: 0.5
]],
    },
    {
      -- A momentum of 9 is what is wrong.
      good = [[
epochzero: 1
training:
  optimizer: {name: sgd, learning_rate: 0.5, momentum: 9, clip: {global_norm: 0.5}}
]],
    },
    {
      -- L-BFGS takes the full Newton step.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate: 1
  optimizer: {type: lbfgs}
]],
    },
  },
}
