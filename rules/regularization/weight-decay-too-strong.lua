-- Weight decay that leaves no weights.

-- Optimizers whose step does not grow with the gradient: the decay alone bounds the weights.
local normalizing = {
  adam = true, adamw = true, amsgrad = true, nadam = true, nadamw = true, radam = true, adamax = true, lion = true,
  rmsprop = true, lamb = true,
}

return {
  api = 1,
  id = "regularization/weight-decay-too-strong",
  summary = "weight decay so strong that the weights cannot grow to what they have to be",
  severity = "error",
  cause = 4,
  probe = "gradient_norm",
  needs = { "training.optimizer.weight_decay > 0" },

  options = {
    decoupled = {
      type = "number", default = 10,
      help = "decay taken from the weights, as in AdamW: steps are about the rate long, so no weight gets beyond 1 / "
        .. "decay; measured, a network with two hidden layers of 128 did best at 1, had twice that loss at 10, nine "
        .. "times at 30, and did not learn at 100",
    },
    coupled = {
      type = "number", default = 0.2,
      help = "decay added to the gradient, as in PyTorch's Adam and SGD: an L2 penalty of half as much; measured, the "
        .. "same network had three times its best loss at 0.3 and did not learn at 1 with Adam; for L2 see "
        .. "regularization/penalty-too-strong",
    },
    share = {
      type = "number", default = 0.1,
      help = "the share of every weight that one step takes away (rate times decay, decoupled): at a tenth nothing "
        .. "that was learned survives fifty steps",
    },
  },

  docs = [[
## What it looks for
- **Decoupled decay** (AdamW, every Keras optimizer, bitsandbytes's Adam) of 10 or more with an optimizer of Adam's
  kind, or rate times decay of a tenth or more with any.
- **Coupled decay** (PyTorch's Adam, SGD, RMSprop, and so Ludwig's) of 0.2 or more, in networks of two weight layers or
  more.

It is an *error* where each step takes all of a weight away (rate times decay of 1 or more), else a *warning*. Where it
is not known which of the two it is, the larger limit counts.

## Why it is bad
Decoupled decay multiplies every weight by 1 - rate x decay in each step. Adam's steps are about as long as the rate, so
growth and decay meet at 1 / decay: at 0.1 no weight is kept from anything, at 100 none gets beyond 0.01 and the network
answers every input with the same value. Much larger values are in use than for L2 penalties (0.01 to 0.3, grokking
studies 1), so 0.1 here is nothing to worry about.

Coupled decay is an L2 penalty, and what is usual for AdamW is far too much for it.

## Example
```yaml
optimizer: {name: adamw, learning_rate: 0.001, weight_decay: 50}
```

## Use instead
AdamW: 0.01 to 0.1. SGD and coupled Adam: 0.0001 to 0.0005.

## When to ignore it
Where the paper at hand uses a decay that is not multiplied by the rate, and so does the code.

## References
- Loshchilov and Hutter (2019): Decoupled weight decay regularization.
- Power et al. (2022): Grokking: generalization beyond overfitting on small algorithmic datasets: decay 1.
- Keras source: `_apply_weight_decay` in `keras/src/optimizers/base_optimizer.py` (3.15).
- Measured figures: `scripts/measure-regularization.py` in this project prints them.
]],

  check = function(experiment, report, options)
    local optimizer = experiment.training.optimizer
    local decay, rate = optimizer.weight_decay, optimizer.learning_rate
    if not (decay > 0) or experiment.model_type == "trees" then return end
    if optimizer.decoupled == false then
      if not (decay >= options.coupled) or experiment.weight_depth == 1 then return end
      report {
        at = { optimizer, "weight_decay" },
        severity = "warning",
        message = ("weight decay %g is added to the gradient by this %q, like an L2 penalty of %g: the weights go to "
          .. "nothing instead of learning"):format(decay, optimizer.name, decay / 2),
        help = "start with 0.0001; 0.01 to 0.1 is for decoupled decay, as in \"adamw\"",
        trial = set(optimizer, "weight_decay", 0.0001),
      }
      return
    end
    local is_known = optimizer.decoupled
    if is_known and rate * decay >= options.share then
      report {
        at = { optimizer, "weight_decay" },
        severity = rate * decay >= 1 and "error" or "warning",
        message = ("weight decay %g at learning rate %g takes %.0f %% of every weight away in each step"):format(
          decay, rate, rate * decay * 100),
        help = "start with 0.01",
        trial = set(optimizer, "weight_decay", 0.01),
      }
    elseif decay >= options.decoupled and normalizing[optimizer.name] then
      report {
        at = { optimizer, "weight_decay" },
        severity = "warning",
        message = ("weight decay %g keeps every weight below %.2g, where a step of %q and the decay meet: that is too "
          .. "little to learn with"):format(decay, 1 / decay, optimizer.name),
        help = "start with 0.01",
        trial = set(optimizer, "weight_decay", 0.01),
      }
    end
  end,

  examples = {
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: adamw, learning_rate: 0.001, weight_decay: 1️⃣50}
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
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  },
  "compile_config": {
    "optimizer": {"module": "keras.optimizers", "class_name": "SGD",
      "config": {"learning_rate": 0.1, "weight_decay": 1️⃣10.0}},
    "loss": "mse"
  }
}
]],
    },
    {
      -- Ludwig's Adam is PyTorch's: the decay is an L2 penalty.
      bad = [[
input_features:
  - {name: age, type: number}
  - {name: weight, type: number}
output_features:
  - {name: price, type: number, decoder: {num_fc_layers: 2}}
trainer:
  optimizer: {type: adam, weight_decay: 1️⃣0.3}
]],
    },
    {
      -- AdamW at 0.3, as vision transformers are trained.
      good = [[
epochzero: 1
training:
  optimizer: {name: adamw, learning_rate: 0.001, weight_decay: 0.3}
]],
    },
    {
      -- What Keras takes for AdamW.
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
    "optimizer": {"module": "keras.optimizers", "class_name": "AdamW",
      "config": {"learning_rate": 0.001, "weight_decay": 0.004}},
    "loss": "mse"
  }
}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  optimizer: {type: adamw, weight_decay: 0.1}
]],
    },
    {
      -- Whether this Adam couples its decay is not known, and decoupled 1 is fine.
      good = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.001, weight_decay: 1.0}
]],
    },
  },
}
