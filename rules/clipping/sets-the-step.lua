-- Clipping so tight that it, and not the gradient, says how far a step goes.

local sgd_like = { sgd = true, momentum = true, nesterov = true }
local adam_like = {
  adam = true, adamw = true, amsgrad = true, nadam = true, radam = true, adamax = true, rmsprop = true,
}

-- Returns how long all weights together are at least at the start: kernels of unknown deviation count for nothing.
local function initial_length(experiment)
  local square = 0
  for _, layer in ipairs(experiment.layers) do
    if layer.head ~= nil and layer.trainable ~= false and layer.initial_stddev and layer.parameters then
      square = square + layer.parameters * layer.initial_stddev ^ 2
    end
  end
  return square > 0 and math.sqrt(square) or nil
end

-- Returns how large one element of a gradient can be on average once it is clipped; nil where that is not known.
local function clipped_element(experiment, clip)
  if clip.kind == "value" then return clip.threshold end
  if clip.kind == "global_norm" then return clip.threshold / math.sqrt(experiment.parameters) end
  local most = 0
  for _, layer in ipairs(experiment.layers) do most = math.max(most, layer.parameters or 0) end
  return most > 0 and clip.threshold / math.sqrt(most) or nil
end

return {
  api = 1,
  id = "clipping/sets-the-step",
  summary = "clipping so tight that it, and not the gradient, sets the step",
  severity = "warning",
  cause = 6,
  probe = "clipped_steps",
  needs = { "training.clip.threshold" },

  options = {
    share = {
      type = "number", default = 0.25,
      help = "SGD, run of known length: the share of their initial length that the weights must be able to travel; "
        .. "measured, a network with two hidden layers of 128 had one and a half times the loss of an unclipped one at "
        .. "0.2, three times at 0.07, and fourteen times at 0.007",
    },
    step = {
      type = "number", default = 1e-4,
      help = "SGD, run of unknown length: the smallest longest step (rate times threshold); at 1e-4 it takes 50000 "
        .. "clipped steps to travel 5, a quarter of the initial length of the weights of that network",
    },
  },

  docs = [[
## What it looks for
**SGD, with or without momentum**, clipped by norm or global norm: a clipped step is at most rate / (1 - momentum) times
threshold long. The finding stands where the whole run of such steps reaches less than a quarter of the weights'
initial length, or, where the number of steps is not known, where one step is at most 0.0001 long.

**Adam and its kin** divide a gradient by its own size, so clipping that scales all steps alike changes next to nothing:
with a global norm of 0.001 Adam learned as well as without. Only where clipped elements fall below
the optimizer's epsilon does the division stop working and the step shrink; that is reported.

## Why it is bad
Gradients of a healthy network have a norm of about 0.1 to 10. A threshold far below clips every step, so that flat and
steep places are crossed at one speed, and with SGD that speed is rate times threshold. Training crawls, and a higher
learning rate looks harmless because the threshold holds it down.

## Example
```yaml
optimizer: {name: sgd, learning_rate: 0.01, clip: {global_norm: 0.001}}
```

## Use instead
No clipping where the data are clean. Else 1.0, or the mean of the norms seen in the first epoch: clipping is for the
rare large gradient.

## When to ignore it
Where clipping is there for privacy (DP-SGD) and the rate was raised to match.

## References
- Pascanu, Mikolov and Bengio (2013): On the difficulty of training recurrent neural networks: thresholds from half to
  ten times the average norm.
- Kingma and Ba (2015): Adam, section 2.1: the step does not depend on the gradient's scale.
- Measured figures: `scripts/measure-rates.py` in this project prints them.
]],

  check = function(experiment, report, options)
    local training = experiment.training
    local optimizer, clip = training.optimizer, training.clip
    if not one_of(clip.kind, { "norm", "global_norm", "value" }) or not (clip.threshold > 0) then return end
    if experiment.model_type == "trees" then return end
    local at = origin(clip, "threshold").kind == "stated" and { clip, "threshold" } or { optimizer, "learning_rate" }
    local kind = clip.kind == "value" and "value" or clip.kind == "norm" and "norm" or "global norm"

    if sgd_like[optimizer.name] and clip.kind == "global_norm" then
      local step = optimizer.learning_rate / (1 - math.min(optimizer.momentum or 0, 0.99)) * clip.threshold
      -- A rate at which nothing happens is learning-rate/too-low's, whatever the threshold.
      if optimizer.learning_rate / (1 - math.min(optimizer.momentum or 0, 0.99)) <= 1.000001e-6 then return end
      local steps, length = experiment.total_steps, initial_length(experiment)
      local reach
      if steps and length then
        if step * steps < options.share * length then
          reach = ("so all %d steps together reach %.2g, while the weights start with a length of %.2g"):format(
            steps, step * steps, length)
        end
      elseif not steps and step <= 1.000001 * options.step then
        reach = ("so a thousand steps reach %.2g"):format(step * 1000)
      end
      if reach then
        report {
          at = at,
          message = ("clipping at a %s of %g sets the step: with %q at learning rate %g none is longer than "
            .. "%.2g, %s"):format(
            kind, clip.threshold, optimizer.name, optimizer.learning_rate, step, reach),
          help = "use 1.0, or the mean of the norms seen in the first epoch, or no clipping where the data are clean",
          trial = set(clip, "kind", "off"),
        }
      end
    elseif adam_like[optimizer.name] then
      local element = clipped_element(experiment, clip)
      if element < optimizer.epsilon then
        report {
          at = at,
          message = ("clipping at a %s of %g leaves gradients of about %.2g, below the epsilon of %g that %q adds to "
            .. "their size: its steps shrink with the threshold"):format(
            kind, clip.threshold, element, optimizer.epsilon, optimizer.name),
          help = "use 1.0, or the mean of the norms seen in the first epoch, or no clipping where the data are clean",
          trial = set(clip, "kind", "off"),
        }
      end
    end
  end,

  examples = {
    {
      -- 1500 steps of at most 0.00001 reach 0.015; the weights start with a length of 22 or more.
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 128, activation: relu, init: he_normal}
    - {kind: dense, units: 128, activation: relu, init: he_normal}
    - {kind: dense, units: 1, init: he_normal}
training:
  steps: 1500
  optimizer: {name: sgd, learning_rate: 0.01, clip: {global_norm: 1️⃣0.001}}
]],
    },
    {
      -- Momentum makes ten times as long steps: 32000 of 0.0001 reach 3.2.
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 128, activation: relu, init: he_normal}
    - {kind: dense, units: 128, activation: relu, init: he_normal}
    - {kind: dense, units: 10, activation: softmax}
training:
  steps: 32000
  optimizer: {name: sgd, learning_rate: 0.01, momentum: 0.9, clip: {global_norm: 1️⃣0.001}}
]],
    },
    {
      -- The length of the run is not known: 0.000001 for each step is too short for any.
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate: 0.001
  optimizer: {type: sgd}
  gradient_clipping: {clipglobalnorm: 1️⃣0.001}
]],
    },
    {
      -- Clipped below the epsilon of the optimizer.
      bad = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.001, epsilon: 1.0e-7, clip: {value: 1️⃣1.0e-8}}
]],
    },
    {
      -- Adam does not care for the scale.
      good = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.001, clip: {global_norm: 0.001}}
]],
    },
    {
      -- A tight threshold and a rate to match: 1500 steps of 0.01.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 128, activation: relu, init: he_normal}
    - {kind: dense, units: 128, activation: relu, init: he_normal}
    - {kind: dense, units: 1, init: he_normal}
training:
  steps: 1500
  optimizer: {name: sgd, learning_rate: 10, clip: {global_norm: 0.001}}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate: 0.01
  optimizer: {type: sgd}
]],
    },
  },
}
