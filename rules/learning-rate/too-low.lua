-- A learning rate at which nothing happens.

-- Schedules that multiply the rate by steps and widths of their own: it is no learning rate then.
local multiplying = { noam = true, inverse_sqrt = true, rsqrt = true }

-- The deviation of a kernel where its layer does not tell: that of a layer with 256 inputs (1 / sqrt(256)).
local common_deviation = 0.06

local family_of = {
  adam = "adam", adamw = "adam", amsgrad = "adam", nadam = "adam", radam = "adam", adamax = "adam", rmsprop = "adam",
  lion = "adam", adadelta = "adadelta", sgd = "sgd", momentum = "sgd", nesterov = "sgd",
}

local crossentropies = {
  categorical_crossentropy = true, sparse_categorical_crossentropy = true, binary_crossentropy = true,
}

-- Whether every output is trained by cross-entropy, whose gradient at the outputs is never larger than 1 for an example.
local function is_classifier(experiment)
  for _, output in ipairs(experiment.outputs) do
    if not crossentropies[output.loss] then return false end
  end
  return #experiment.outputs > 0
end

-- Whether gradients are clipped, so that none is huge.
local function is_clipped(clip)
  return one_of(clip.kind, { "norm", "global_norm" }) and clip.threshold > 0 and clip.threshold <= 10
end

local function is_pretrained(experiment)
  if experiment.fine_tuned or experiment.model_type == "language_model" then return true end
  for _, layer in ipairs(experiment.layers) do
    if layer.pretrained or layer.kind == "backbone" then return true end
  end
  return false
end

return {
  api = 1,
  id = "learning-rate/too-low",
  summary = "a learning rate so low that the weights stay where they started",
  severity = "warning",
  cause = 6,
  probe = "update_ratio",
  untestable = "what an earlier training made of the weights is not in the file",
  needs = { "training.optimizer.learning_rate" },

  options = {
    adam = {
      type = "number", default = 1e-6,
      help = "Adam, RMSprop, Lion and their kin: a weight moves by about the rate in a step, so at 1e-6 it takes "
        .. "60000 steps to move by the deviation of 0.06 that the weights of a layer with 256 inputs start with",
    },
    adadelta = {
      type = "number", default = 0.01,
      help = "the paper's rate is 1 (Zeiler 2012); frameworks that default to 0.001 make each step a thousand times "
        .. "smaller",
    },
    sgd = {
      type = "number", default = 1e-6,
      help = "rate / (1 - momentum); only a hint unless the loss is cross-entropy or gradients are clipped, for a loss that is "
        .. "summed or has large targets has large gradients; with gradients of length 10 the weights of a small network (length 20) take 100000 "
        .. "steps for a twentieth of the way",
    },
    rounding = {
      type = "number", default = 1.8e-9,
      help = "Adam and its kin with pretrained weights, which may go slowly: float32 numbers near 0.05 are 3.7e-9 apart, "
        .. "and a change of less than half of that is lost",
    },
  },

  docs = [[
## What it looks for
A learning rate below what moves the weights at all, in a network that is trained from scratch. Where the number of
steps is known, `learning-rate/too-low-for-run` judges instead.

The best known case is **Adadelta with 0.001**: Keras uses that rate when none is given, and its own documentation says
to use 1.0 to match the paper.

## Why it is bad
The loss falls so slowly that it looks stuck, and nothing tells that from a network that cannot learn. Measured on a
network with two hidden layers of 128, 1500 steps: Adam at 1e-6 left the held-out loss where it was, at 1e-4 it fell to
a tenth; Adadelta at 0.001 left it, at 1 it fell to a twentieth.

## Example
```yaml
optimizer: {name: adadelta, learning_rate: 0.001}
```

## Use instead
Adadelta: 1.0. Adam: start with 0.001. SGD: start with 0.01 and momentum 0.9.

## When to ignore it
For the last stage of a training that is done in stages. In fine-tuning, where low rates are right, only a rate that
float32 rounds away is reported.

## References
- Zeiler (2012): ADADELTA: an adaptive learning rate method.
- Keras documentation: Adadelta: "to match the exact form in the original paper use 1.0".
- Kingma and Ba (2015): Adam: A method for stochastic optimization, section 2.1.
- Measured figures: `scripts/measure-rates.py` in this project prints them.
]],

  check = function(experiment, report, options)
    local optimizer = experiment.training.optimizer
    local rate = optimizer.learning_rate
    local family = family_of[optimizer.name or ""]
    if not family or not (rate > 0) or experiment.model_type == "trees" then return end
    if multiplying[experiment.training.schedule.name] then return end
    if is_pretrained(experiment) then
      if family == "adam" and rate < options.rounding then
        report {
          at = { optimizer, "learning_rate" },
          message = ("learning rate %g: a step of %q changes a weight by about as much, which float32 rounds away, so the "
            .. "pretrained weights stay as they are"):format(rate, optimizer.name),
          help = "use 0.00002 to 0.0001 to train all weights",
        }
      end
      return
    end
    if family ~= "adadelta" and experiment.total_steps then return end

    local from = origin(optimizer, "learning_rate")
    local by_default = ""
    if from.kind == "default" then
      by_default = (" (%s's value when none is given)"):format(from.framework or "the framework")
    end
    if family == "adam" and rate < options.adam then
      report {
        at = { optimizer, "learning_rate" },
        message = ("learning rate %g%s is too low for %q: a weight needs about %.0f steps to move by %g, the "
          .. "deviation that weights start with"):format(
          rate, by_default, optimizer.name, common_deviation / rate, common_deviation),
        help = "start with 0.001",
        trial = set(optimizer, "learning_rate", 0.001),
      }
    elseif family == "adadelta" and rate < options.adadelta then
      report {
        at = { optimizer, "learning_rate" },
        message = ("learning rate %g%s makes each step of \"adadelta\" %.0f times smaller than in its paper, whose "
          .. "rate is 1"):format(
          rate, by_default, 1 / rate),
        help = "use 1.0",
        fix = set(optimizer, "learning_rate", 1.0),
        safe = false,
        confirm = true,
      }
    elseif family == "sgd" and rate / (1 - math.min(optimizer.momentum or 0, 0.99)) <= 1.000001 * options.sgd then
      report {
        at = { optimizer, "learning_rate" },
        severity = not is_classifier(experiment) and not is_clipped(experiment.training.clip) and "hint" or nil,
        message = ("learning rate %g%s is very low for %q: %sthe weights stay where they started"):format(
          rate, by_default, optimizer.name,
          is_clipped(experiment.training.clip) and "" or "unless the gradients are huge, "),
        help = "start with 0.01 and momentum 0.9; if the loss explodes then, normalise the targets or average the loss",
        trial = set(optimizer, "learning_rate", tonumber(("%.3g"):format(0.1 * (1 - math.min(optimizer.momentum or 0, 0.99))))),
      }
    end
  end,

  examples = {
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 1️⃣0.0000001}
]],
    },
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: adadelta, learning_rate: 1️⃣0.001}
]],
      fixed = [[
epochzero: 1
training:
  optimizer: {name: adadelta, learning_rate: 1.0}
]],
    },
    {
      bad = [[
{
  "module": "keras",
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 8]}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "hidden", "units": 64, "activation": "relu"}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  },
  "compile_config": {
    "optimizer": {"module": "keras.optimizers", "class_name": "SGD", "config": {"learning_rate": 1️⃣1e-8, "momentum": 0.9}},
    "loss": "mse"
  }
}
]],
    },
    {
      -- Cross-entropy has no gradients that would make up for it: warning.
      bad = [[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: input, shape: [11]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 7, activation: softmax}
training:
  loss: categorical_crossentropy
  optimizer: {name: sgd, learning_rate: 1️⃣1.0e-7, momentum: 0.9}
]],
    },
    {
      -- Too low even to fine-tune: no weight ever changes.
      bad = [[
epochzero: 1
fine_tuned: true
training:
  optimizer: {name: adamw, learning_rate: 1️⃣2.0e-10}
]],
    },
    {
      -- Alignment of a language model runs at such rates.
      good = [[
model_type: llm
base_model: facebook/opt-350m
input_features:
  - {name: question, type: text}
output_features:
  - {name: answer, type: text}
adapter: {type: lora}
trainer:
  type: finetune
  learning_rate: 5.0e-7
]],
    },
    {
      good = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.00001}
]],
    },
    {
      good = [[
epochzero: 1
training:
  optimizer: {name: adadelta, learning_rate: 1.0}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate: auto
]],
    },
    {
      -- Clipped gradients are not huge: a warning.
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: height, type: number}
trainer:
  learning_rate: 1️⃣1.0e-7
  optimizer: {type: sgd}
]],
    },
  },
}
