-- A network that can learn its data by heart, and nothing that keeps it from it.

-- Layers that make noise in training, or pull on what passes them.
local regularizing = {
  dropout = true, spatial_dropout = true, alpha_dropout = true, gaussian_dropout = true, stochastic_depth = true,
  gaussian_noise = true, augmentation = true, activity_regularization = true, batch_normalization = true,
}

local penalties = {
  "kernel_l1", "kernel_l2", "recurrent_l1", "recurrent_l2", "bias_l1", "bias_l2", "activity_l1", "activity_l2", "rate",
  "recurrent_rate",
}

-- Returns whether the layers have anything that keeps them from learning by heart.
local function is_regularized(layers)
  for _, layer in ipairs(layers) do
    if regularizing[layer.kind] or layer.other_penalty or layer.spectral_normalization then return true end
    for _, key in ipairs(penalties) do
      if layer[key] > 0 then return true end
    end
  end
  return false
end

-- Returns how many values or classes of one example the outputs have to hit; nil where that is not known.
local function targets_of_an_example(experiment)
  local count = 0
  for _, output in ipairs(experiment.outputs) do
    local shape = output.layer.output_shape
    if not shape then return nil end
    local own = 1
    for index, axis in ipairs(shape) do
      if not axis then return nil end
      -- The last axis of a classifier is its classes, of which one counts.
      if index < #shape or not one_of(output.task, { "binary", "multiclass" }) then own = own * axis end
    end
    count = count + own
  end
  return count > 0 and count or nil
end

-- Returns the change that pulls on all kernels a little.
local function with_penalty(experiment)
  local changes = {}
  for _, layer in ipairs(experiment.layers) do
    if layer.head ~= nil and layer.kind ~= "embedding" and layer.trainable ~= false then
      table.insert(changes, set(layer, "kernel_l2", 0.001))
    end
  end
  return changes
end

return {
  api = 1,
  id = "regularization/none",
  summary = "a large network on few examples, without anything that keeps it from learning them by heart",
  severity = "warning",
  cause = 4,
  probe = "generalization_gap",
  needs = { "data.samples", "parameters" },

  options = {
    hint = {
      type = "number", default = 100,
      help = "trained weights for each target value from which on it is a hint; measured, a network with 700 for each "
        .. "of 100 noisy examples had 40 % more held-out error without dropout of 0.25 than with it. AlexNet had 50 "
        .. "and needed dropout (Krizhevsky et al. 2012)",
    },
    warning = {
      type = "number", default = 1000,
      help = "the same for a warning: twenty times AlexNet's",
    },
    epochs = {
      type = "integer", default = 3,
      help = "runs of fewer epochs see each example too seldom to learn it by heart",
    },
  },

  docs = [[
## What it looks for
A plain network with 100 trained weights or more for each value that it has to hit (*hint*), or 1000 (*warning*), whose
file states none of these: dropout, noise, L1 or L2, weight decay, early stopping, augmentation, normalisation. Only
where the number of examples is known. An example of a classifier is one value, a mask of 512 x 512 is 262144.

## Why it is bad
With so many weights a network can store every example, its noise too: the training loss goes to 0 and the held-out loss
rises. Networks fit even random labels (Zhang et al. 2017), so a falling training loss says nothing here. Measured on
targets that are half noise: 100 examples and 71000 weights gave a held-out error of 0.68, with dropout of 0.25 one of
0.49; with 3200 examples it was 0.51 at the end of the run, and had been 0.24 where early stopping would have ended it.

## Example
300 examples, two hidden layers of 512: 270000 weights, 900 for each example.

## Use instead
In this order: more data or augmentation, early stopping on held-out data, dropout of 0.1 to 0.25 behind the wide
layers, weight decay of 0.01 in AdamW, a smaller network.

## When to ignore it
Where data are free of noise, as those of a simulation or a formula. Where augmentation is in the code, write it down:
`data: {augmentation: true}`.

## References
- Srivastava et al. (2014): Dropout: a simple way to prevent neural networks from overfitting.
- Zhang et al. (2017): Understanding deep learning requires rethinking generalization.
- Krizhevsky, Sutskever and Hinton (2012): ImageNet classification with deep convolutional neural networks.
- Measured figures: `scripts/measure-regularization.py` in this project prints them.
]],

  check = function(experiment, report, options)
    local training, data = experiment.training, experiment.data
    if not (data.samples > 0) or not experiment.plain or experiment.fine_tuned then return end
    if one_of(experiment.model_type, { "trees", "language_model" }) then return end
    if training.epochs < options.epochs or data.augmentation or training.early_stopping > 0 then return end
    if training.optimizer.weight_decay > 0 or training.optimizer.name == "adamw" then return end
    if training.regularization > 0 and training.regularization_type ~= "none" then return end
    if is_regularized(experiment.layers) then return end
    for _, output in ipairs(experiment.outputs) do
      if one_of(output.task, { "reinforcement", "sequence", "generation" }) then return end
    end

    local trained = 0
    for _, layer in ipairs(experiment.layers) do
      if layer.pretrained or layer.kind == "backbone" then return end
      if layer.trainable ~= false then trained = trained + (layer.parameters or 0) end
    end
    local targets = targets_of_an_example(experiment)
    local ratio = trained / (data.samples * targets)
    if not (ratio >= options.hint) then return end
    report {
      at = { data, "samples" },
      severity = ratio >= options.warning and "warning" or "hint",
      message = ("%d weights for %d examples%s, %.0f for each, and nothing in the file that keeps the network from "
        .. "learning them by heart"):format(
        trained, data.samples, targets > 1 and (" of %d values"):format(targets) or "", ratio),
      help = "add early stopping, dropout of 0.1 to 0.25 or weight decay, augment the data, or use a smaller network",
      trial = with_penalty(experiment),
    }
  end,

  examples = {
    {
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 512, activation: relu}
    - {kind: dense, units: 512, activation: relu}
    - {kind: dense, units: 1}
data: {samples: 1️⃣200}
training:
  epochs: 100
  loss: mse
  optimizer: {name: adam, learning_rate: 0.001}
]],
    },
    {
      -- 700 weights for each example: hint.
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 1}
data: {samples: 1️⃣100}
]],
    },
    {
      -- Dropout.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 512, activation: relu}
    - {kind: dropout, rate: 0.2}
    - {kind: dense, units: 512, activation: relu}
    - {kind: dense, units: 1}
data: {samples: 200}
]],
    },
    {
      -- Weight decay.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 512, activation: relu}
    - {kind: dense, units: 512, activation: relu}
    - {kind: dense, units: 1}
data: {samples: 200}
training:
  optimizer: {name: adam, learning_rate: 0.001, weight_decay: 0.01}
]],
    },
    {
      -- Early stopping.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 512, activation: relu}
    - {kind: dense, units: 512, activation: relu}
    - {kind: dense, units: 1}
data: {samples: 200}
training: {early_stopping: 10, validation_split: 0.2}
]],
    },
    {
      -- Augmentation in the code, written down.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - {kind: flatten}
    - {kind: dense, units: 1024, activation: relu}
    - {kind: dense, units: 10, activation: softmax}
data: {samples: 1000, augmentation: true}
]],
    },
    {
      -- 30 images, but a quarter of a million pixels to hit in each.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [512, 512, 1]}
    - {kind: conv2d, filters: 64, kernel_size: 3, padding: same, activation: relu}
    - {kind: conv2d, filters: 64, kernel_size: 3, padding: same, activation: relu}
    - {kind: conv2d, filters: 1, kernel_size: 1, activation: sigmoid}
data: {samples: 30}
training: {loss: binary_crossentropy}
]],
    },
    {
      -- Enough examples.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - {kind: flatten}
    - {kind: dense, units: 512, activation: relu}
    - {kind: dense, units: 10, activation: softmax}
data: {samples: 60000}
]],
    },
    {
      -- The number of examples is not known.
      good = [[
{
  "module": "keras",
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 784]}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "hidden", "units": 2048, "activation": "relu"}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]],
    },
    {
      -- Ludwig stops early unless told otherwise.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
combiner: {type: concat, num_fc_layers: 2, output_size: 1024}
preprocessing: {sample_size: 100}
]],
    },
  },
}
