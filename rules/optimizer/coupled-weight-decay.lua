-- Weight decay that Adam divides away.

local adam_like = { adam = true, amsgrad = true, nadam = true, radam = true, adamax = true }

return {
  api = 1,
  id = "optimizer/coupled-weight-decay",
  summary = "weight decay in an Adam that adds it to the gradient, where AdamW's is meant",
  severity = "hint",
  cause = 6,
  probe = "update_ratio",
  needs = { "training.optimizer.weight_decay > 0", "training.optimizer.name", "training.optimizer.decoupled = false" },

  options = {
    from = {
      type = "number", default = 0.003,
      help = "a decay from here on is of the size that AdamW takes (0.004 in Keras, 0.01 in PyTorch); smaller ones, as "
        .. "0.0005 in graph networks (Kipf and Welling 2017), are meant as an L2 penalty",
    },
  },

  docs = [[
## What it looks for
Weight decay of 0.003 or more in Adam, NAdam, RAdam or Adamax, where the framework adds it to the gradient: PyTorch, and
so Ludwig. Keras takes it from the weights whichever the optimizer, and so do bitsandbytes's 8-bit and paged Adam; these
are not reported, nor where it is not known.

## Why it is bad
Adam divides what it is given by its size, the decay in it too. So weights with large gradients hardly decay, those
without gradient are driven to 0 at the full rate whatever the factor, and rate and decay can no longer be tuned apart.
Networks trained so generalise worse than with the same decay taken from the weights.

## Example
```yaml
optimizer: {type: adam, weight_decay: 0.01}
```

## Use instead
AdamW with the same decay.

## When to ignore it
Where an L2 penalty is meant.

## References
- Loshchilov and Hutter (2019): Decoupled weight decay regularization.
- PyTorch source: `torch/optim/adam.py`: `grad = grad.add(param, alpha=weight_decay)`.
- bitsandbytes source: `kOptimizer32bit2State` in `csrc/kernels.cu`; Keras source: `_apply_weight_decay` in
  `keras/src/optimizers/base_optimizer.py` (3.15).
]],

  check = function(experiment, report, options)
    local optimizer = experiment.training.optimizer
    if not adam_like[optimizer.name] or optimizer.decoupled ~= false then return end
    -- From 0.2 on regularization/weight-decay-too-strong says it.
    if not (optimizer.weight_decay >= options.from) or optimizer.weight_decay >= 0.2 then return end
    report {
      at = { optimizer, "weight_decay" },
      message = ("this %q adds weight decay %g to the gradient and divides it by the gradient's size: weights with "
        .. "large gradients hardly decay"):format(optimizer.name, optimizer.weight_decay),
      -- Caffe has no solver that decouples.
      help = experiment.framework == "Caffe" and "lower the weight decay, or use \"SGD\""
        or "use \"adamw\", which takes the decay from the weights",
      fix = optimizer.name == "adam" and set(optimizer, "name", "adamw") or nil,
      safe = false,
      confirm = optimizer.name == "adam",
    }
  end,

  examples = {
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  optimizer: {type: adam, weight_decay: 1️⃣0.01}
]],
      fixed = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  optimizer: {type: adamw, weight_decay: 0.01}
]],
    },
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.001, weight_decay: 1️⃣0.01, decoupled: false}
]],
      fixed = [[
epochzero: 1
training:
  optimizer: {name: adamw, learning_rate: 0.001, weight_decay: 0.01, decoupled: false}
]],
    },
    {
      -- bitsandbytes takes the decay from the weights.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  optimizer: {type: adam_8bit, weight_decay: 0.01}
]],
    },
    {
      -- An L2 penalty, as graph networks have it.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  optimizer: {type: adam, weight_decay: 0.0005}
]],
    },
    {
      -- Which of the two it is, is not known.
      good = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.001, weight_decay: 0.01}
]],
    },
    {
      -- Keras takes the decay from the weights, whichever the optimizer.
      good = [[
{
  "module": "keras",
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 8]}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  },
  "compile_config": {
    "optimizer": {"module": "keras.optimizers", "class_name": "Adam",
      "config": {"learning_rate": 0.001, "weight_decay": 0.01}},
    "loss": "mse"
  }
}
]],
    },
  },
}
