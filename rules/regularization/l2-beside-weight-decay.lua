-- The same pull on the weights twice.
return {
  api = 1,
  id = "regularization/l2-beside-weight-decay",
  summary = "an L2 penalty beside weight decay that pulls on the same weights already",
  severity = "hint",
  cause = 4,
  needs = { "training.optimizer.weight_decay > 0", "training.optimizer.name", "training.optimizer.decoupled = true" },

  docs = [[
## What it looks for
An L2 penalty, on kernels or on all weights, together with decoupled weight decay in the optimizer. Keras's AdamW decays
by 0.004 when the file does not say otherwise, so nobody may have asked for the second one.

## Why it is bad
Both pull the same weights to 0, so neither factor says how strong the pull is, and a search over one of them is a
search over half of it. Besides, the two are not alike: Adam divides the gradient, and the penalty in it, by its own
size, so weights with large gradients are pulled less by the penalty and no less by the decay. That difference is the
reason why AdamW was made.

## Example
`kernel_regularizer=l2(0.001)` with `AdamW(weight_decay=0.004)`.

## Use instead
Weight decay alone where the optimizer decouples it; the penalty alone where it does not.

## When to ignore it
Where the penalty is on one layer, on purpose.

## References
- Loshchilov and Hutter (2019): Decoupled weight decay regularization.
- Keras source: `weight_decay=0.004` in `keras/src/optimizers/adamw.py` (3.15).
]],

  check = function(experiment, report)
    local training = experiment.training
    local optimizer = training.optimizer
    if not (optimizer.weight_decay > 0) or optimizer.decoupled ~= true then return end

    local record, key, count = nil, nil, 0
    if training.regularization > 0 and one_of(training.regularization_type, { "l2", "l1_l2" }) then
      record, key = training, "regularization"
    end
    for _, layer in ipairs(experiment.layers) do
      if layer.kernel_l2 > 0 and layer.trainable ~= false then
        count = count + 1
        if not record then record, key = layer, "kernel_l2" end
      end
    end
    -- One layer may have a penalty for a reason of its own.
    if not record or (key == "kernel_l2" and count == 1 and experiment.weight_depth > 1) then return end

    -- Of a penalty that is too strong by itself regularization/penalty-too-strong speaks.
    if record[key] >= 0.1 then return end

    local from = origin(optimizer, "weight_decay")
    local related, by_default
    if from.kind == "default" then
      by_default = (" (%s's own, where the file does not say otherwise)"):format(from.framework or "the framework")
    else
      related = { { at = { optimizer, "weight_decay" }, message = "the weights decay here already" } }
    end
    report {
      at = { record, key },
      message = ("L2 penalty of %g beside the weight decay of %g in %q%s: both pull on the same weights"):format(
        record[key], optimizer.weight_decay, optimizer.name, by_default or ""),
      help = "keep the weight decay and leave the penalty out",
      related = related,
    }
  end,

  examples = {
    {
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu, l2: 1️⃣0.001}
    - {kind: dense, units: 1, l2: 0.001}
training:
  optimizer: {name: adamw, learning_rate: 0.001, weight_decay: 0.01}
]],
    },
    {
      -- Nobody asked for the decay: it is what AdamW does in Keras.
      bad = [[
{
  "module": "keras",
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 8]}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "hidden", "units": 64, "activation": "relu",
        "kernel_regularizer": {"module": "keras.regularizers", "class_name": "L2", "config": {"l2": 1️⃣0.001}}}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear",
        "kernel_regularizer": {"module": "keras.regularizers", "class_name": "L2", "config": {"l2": 0.001}}}}
    ]
  },
  "compile_config": {
    "optimizer": {"module": "keras.optimizers", "class_name": "AdamW", "config": {"learning_rate": 0.001}},
    "loss": "mse"
  }
}
]],
    },
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  regularization_lambda: 1️⃣0.0001
  optimizer: {type: adamw, weight_decay: 0.01}
]],
    },
    {
      -- Ludwig's AdamW does not decay unless told to.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  regularization_lambda: 0.0001
  optimizer: {type: adamw}
]],
    },
    {
      -- L1 makes weights sparse, which decay does not.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu, l1: 0.0001}
    - {kind: dense, units: 1, l1: 0.0001}
training:
  optimizer: {name: adamw, learning_rate: 0.001, weight_decay: 0.01}
]],
    },
    {
      -- One layer on purpose.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1, l2: 0.001}
training:
  optimizer: {name: adamw, learning_rate: 0.001, weight_decay: 0.01}
]],
    },
  },
}
