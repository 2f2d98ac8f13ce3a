-- A penalty on the weights that outweighs the loss.

-- Losses whose size is bounded by the task, not by the scale of the targets.
local of_classes = {
  binary_crossentropy = true, categorical_crossentropy = true, sparse_categorical_crossentropy = true, hinge = true,
  squared_hinge = true, categorical_hinge = true, kl_divergence = true, focal_crossentropy = true,
  binary_focal_crossentropy = true, categorical_focal_crossentropy = true,
}

-- Returns whether every loss has a size that is known to be about 1.
local function loss_is_of_order_one(experiment)
  for _, output in ipairs(experiment.outputs) do
    local target = output.target
    local is_scaled = one_of(target.normalization, { "zscore", "minmax", "rescaled", "robust" })
      or target.std <= 10 or (target.max <= 10 and target.min >= -10)
    if not of_classes[output.loss] and not is_scaled then return false end
  end
  return #experiment.outputs > 0
end

local function name_of(key) return key:find("l1") and "L1" or "L2" end

return {
  api = 1,
  id = "regularization/penalty-too-strong",
  summary = "an L1 or L2 penalty so strong that the weights go to nothing instead of learning",
  severity = "error",
  cause = 4,
  probe = "gradient_norm",
  needs = {
    "layers.kernel_l2 > 0|layers.recurrent_l2 > 0|layers.kernel_l1 > 0|layers.recurrent_l1 > 0|"
      .. "training.regularization > 0",
  },

  options = {
    l2 = {
      type = "number", default = 0.1,
      help = "the factor of an L2 penalty; measured, a classifier with four hidden layers of 256 had 8 % errors at "
        .. "0.03 and 50 %, which is chance, at 0.1; usual are 0.0001 to 0.01",
    },
    l1 = {
      type = "number", default = 0.03,
      help = "the factor of an L1 penalty; measured, the same classifier had 6 % errors at 0.01 and 50 % at 0.03; "
        .. "usual are 0.00001 to 0.001",
    },
    certain = {
      type = "number", default = 1,
      help = "a factor that no common loss stands: it is reported in shallow networks, on heads and beside losses of "
        .. "unknown scale too",
    },
  },

  docs = [[
## What it looks for
An L2 factor of 0.1 or more, or an L1 factor of 0.03 or more, on the kernels of hidden layers in a network of two weight
layers or more, or on all weights (Ludwig's `regularization_lambda`, `training.regularization`).

It is an *error* from 1 on where the loss is of order one (crossentropies, hinge, targets known to be normalised), else
a *warning*. Beside a loss whose scale is not known, such as a squared error of prices, less than 1 is a *hint* only:
large errors outweigh large penalties. The same holds for networks with normalisation layers, which undo the scale.

## Why it is bad
The penalty is added to the loss, and its gradient is 2 times the factor times the weight: at 0.1 a weight of 0.5 is
pulled down as hard as the steepest part of the loss pulls it up. In a deep network the signal is a product of all
layers, so once the weights shrink the loss's gradient shrinks in every layer, the penalty's does not, and the whole
network collapses: it answers every input with the same value. The training loss falls all the while, for the penalty is
in it.

## Example
`kernel_regularizer=regularizers.l2(0.1)` in every layer; or 0.5 copied from a paper whose "weight decay" was multiplied
by the learning rate.

## Use instead
0.0001 to 0.001 to begin with, or weight decay in AdamW, and early stopping. Look at the loss without the penalty.

## When to ignore it
In linear models and networks whose sparsity is the subject.

## References
- Krogh and Hertz (1992): A simple weight decay can improve generalization.
- Goodfellow, Bengio and Courville (2016): Deep learning, section 7.1.
- Measured figures: `scripts/measure-regularization.py` in this project prints them.
]],

  check = function(experiment, report, options)
    if experiment.model_type == "trees" then return end
    -- Normalisation makes a layer's output blind to the size of its weights, so a penalty does less to it.
    local of_order_one = loss_is_of_order_one(experiment) and experiment.has_normalization == false

    local function look_at(record, key, factor, limit, is_hidden, subject)
      local is_certain = factor >= options.certain
      if not is_certain and not (factor >= limit and is_hidden) then return end
      local severity = is_certain and of_order_one and "error" or (is_certain or of_order_one) and "warning" or "hint"
      report {
        at = { record, key },
        severity = severity,
        once = true,
        message = ("%s penalty of %g on %s: it pulls harder than the loss, so the weights go to nothing instead of "
          .. "learning"):format(name_of(key), factor, subject),
        help = ("start with %s, or with none"):format(key:find("l1") and "0.00001 to 0.0001" or "0.0001 to 0.001"),
        trial = set(record, key, key:find("l1") and 0.00001 or 0.0001),
      }
    end

    local training = experiment.training
    local factor, kind = training.regularization, training.regularization_type
    if factor > 0 and one_of(kind, { "l1", "l2", "l1_l2" }) then
      local limit = kind == "l2" and options.l2 or options.l1
      if factor >= limit then
        local is_certain = factor >= options.certain
        report {
          at = { training, "regularization" },
          severity = is_certain and of_order_one and "error" or (is_certain or of_order_one) and "warning" or "hint",
          message = ("%s penalty of %g on all weights: it pulls harder than the loss, so they go to nothing instead of "
            .. "learning"):format(kind == "l1_l2" and "L1 and L2" or kind:upper(), factor),
          help = ("start with %s, or with none"):format(kind == "l2" and "0.0001 to 0.001" or "0.00001 to 0.0001"),
          trial = set(training, "regularization", kind == "l2" and 0.0001 or 0.00001),
        }
      end
    end

    local is_deep = experiment.weight_depth >= 2
    local function look_at_layer(layer, key, limit)
      if layer.trainable == false or layer.kind == "embedding" then return end
      look_at(layer, key, layer[key], limit, is_deep and layer.head == false, ("the weights of %q"):format(layer.name))
    end
    for _, layer in ipairs(experiment.layers) do
      if layer.kernel_l2 > 0 then look_at_layer(layer, "kernel_l2", options.l2) end
      if layer.recurrent_l2 > 0 then look_at_layer(layer, "recurrent_l2", options.l2) end
      if layer.kernel_l1 > 0 then look_at_layer(layer, "kernel_l1", options.l1) end
      if layer.recurrent_l1 > 0 then look_at_layer(layer, "recurrent_l1", options.l1) end
    end
  end,

  examples = {
    {
      -- A squared error of targets whose scale is not known: hint.
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu, l2: 1️⃣0.2}
    - {kind: dense, units: 1}
training: {loss: mse}
]],
    },
    {
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 3, activation: softmax}
training: {loss: categorical_crossentropy, regularization: 1️⃣1.0, regularization_type: l2}
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
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "hidden", "units": 64, "activation": "relu",
        "kernel_regularizer": {"module": "keras.regularizers", "class_name": "L2", "config": {"l2": 1️⃣0.5}}}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 4, "activation": "softmax"}}
    ]
  },
  "compile_config": {
    "optimizer": {"module": "keras.optimizers", "class_name": "Adam", "config": {"learning_rate": 0.001}},
    "loss": "categorical_crossentropy"
  }
}
]],
    },
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: plan, type: category}
trainer: {regularization_type: l1, regularization_lambda: 1️⃣0.05}
]],
    },
    {
      -- Normalisation undoes the scale: hint.
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, l2: 1️⃣0.2}
    - {kind: batch_normalization}
    - {kind: activation, activation: relu}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 3, activation: softmax}
training: {loss: categorical_crossentropy}
]],
    },
    {
      -- Ridge regression: one layer of weights.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 1, l2: 0.5}
training: {loss: mse}
]],
    },
    {
      -- The factor that Keras takes for the bare word "l2".
      good = [[
{
  "module": "keras",
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 8]}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "hidden", "units": 64, "activation": "relu",
        "kernel_regularizer": "l2"}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 4, "activation": "softmax"}}
    ]
  },
  "compile_config": {
    "optimizer": {"module": "keras.optimizers", "class_name": "Adam", "config": {"learning_rate": 0.001}},
    "loss": "categorical_crossentropy"
  }
}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: plan, type: category}
trainer: {regularization_lambda: 0.001}
]],
    },
    {
      -- Frozen weights are not pulled.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu, l2: 1.0, trainable: false}
    - {kind: dense, units: 3, activation: softmax}
training: {loss: categorical_crossentropy}
]],
    },
    {
      -- A sparse code: the penalty is on what the layer gives, not on its weights.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [784]}
    - {kind: dense, units: 64, activation: relu, activity_l1: 0.1}
    - {kind: dense, units: 784, activation: sigmoid}
training: {loss: binary_crossentropy}
]],
    },
  },
}
