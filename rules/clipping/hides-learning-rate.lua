-- A rate far too high, and clipping that keeps the loss from showing it.

-- Schedules that multiply the rate by steps and widths of their own: it is no learning rate then.
local multiplying = { "noam", "inverse_sqrt", "rsqrt" }

local family_of = {
  adam = "adam", adamw = "adam", amsgrad = "adam", nadam = "adam", radam = "adam", adamax = "adam", rmsprop = "adam",
  adam_8bit = "adam", adamw_8bit = "adam", paged_adam = "adam", paged_adamw = "adam", sgd = "sgd", momentum = "sgd",
  nesterov = "sgd",
}

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
  needs = { "training.clip.threshold", "training.optimizer.learning_rate" },

  options = {
    adam = {
      type = "number", default = 0.1,
      help = "Adam, RMSprop and their kin; measured, Adam at 1 ended at 46 times the loss of a constant prediction, "
        .. "and clipped at 0.5 right at it: the explosion is hidden, the failure stays; at 0.1 it did worse clipped "
        .. "than not",
    },
    share = {
      type = "number", default = 0.05,
      help = "SGD: how far one step may move the weights, as a share of their initial length; measured, a network "
        .. "that reached a loss of 0.14 ended at 0.75 at 0.07; AWD-LSTM (rate 30, clipped at 0.25) is at about 0.03",
    },
    step = {
      type = "number", default = 10,
      help = "SGD, where the weights' initial length is not known: the longest step, rate / (1 - momentum) times "
        .. "threshold; language models go up to 7.5 (Merity et al. 2018)",
    },
    weight_step = {
      type = "number", default = 1,
      help = "SGD, clipped by value: how far one step may move one weight, rate / (1 - momentum) times threshold; "
        .. "weights start with a deviation near 0.05",
    },
  },

  docs = [[
## What it looks for
Gradient clipping, stated or switched on by the framework when the key is absent, together with a learning rate far
beyond what the optimizer can use. Half of all frameworks clip unless told otherwise: Ludwig at a global norm of 0.5,
Hugging Face's trainer at 1.0, SpeechBrain and ESPnet at 5.0.

For SGD a clipped step is at most rate times threshold long, so the rate is judged by that product, against the length
of the weights.

## Why it is bad
Without clipping such a rate shows at once: the loss goes to infinity, and everybody lowers the rate. With clipping the
loss stays finite, jumps about, and ends near that of a constant prediction. It looks like a network that cannot learn,
and days go into the architecture.

## Example
A Ludwig trainer with `learning_rate: 0.5` and no word about clipping.

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
    local rate, family = optimizer.learning_rate, family_of[optimizer.name or ""]
    if not one_of(clip.kind, { "norm", "global_norm", "value" }) or not (clip.threshold > 0) then return end
    if not family or not (rate > 0) or experiment.model_type == "trees" then return end
    if one_of(training.schedule.name, multiplying) or optimizer.epsilon >= 0.001 then return end
    -- A threshold that no gradient reaches hides nothing.
    if clip.threshold >= 1000 then return end

    local why
    if family == "adam" then
      -- One layer of weights cannot kill its own inputs: it takes about ten times more.
      if not (rate >= options.adam * (experiment.weight_depth == 1 and 10 or 1)) then return end
      why = ("each step of %q still moves every weight by about %g"):format(optimizer.name, rate)
    else
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
    end

    report {
      at = { optimizer, "learning_rate" },
      message = ("%s, so learning rate %g will not show as an exploding loss, but %s"):format(
        clipping(clip), rate, why),
      help = "lower the rate (0.001 for Adam, 0.01 for SGD to start); to find the largest usable one, switch clipping "
        .. "off first",
      related = elsewhere(clip, optimizer),
      confirm = true,
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
  learning_rate: 1️⃣0.5
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
  learning_rate: 0.5
  gradient_clipping: {clipglobalnorm: null}
]],
    },
    {
      -- TabNet's rate.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
combiner: {type: concat, num_fc_layers: 2}
trainer:
  learning_rate: 0.02
]],
    },
    {
      -- A linear model is not so easily broken.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate: 0.2
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
