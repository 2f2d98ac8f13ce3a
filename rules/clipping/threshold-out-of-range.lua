-- A threshold that stops, turns round or never clips.
return {
  api = 1,
  id = "clipping/threshold-out-of-range",
  summary = "a clipping threshold of 0 or less",
  severity = "error",
  cause = 6,
  probe = "update_ratio",
  untestable = "training is the same with it and without",
  needs = { "training.clip.threshold <= 0" },

  docs = [[
## What it looks for
A threshold for clipping gradients (by value, by norm, by global norm) that is 0 or negative. Where a framework takes 0
as "off", as Ludwig and DeepSpeed do, clipping is off and nothing is reported.

## Why it is bad
What happens depends on who reads it, and is never what was meant:

- **0** scales every gradient to nothing: no weight ever changes.
- **Below 0**, PyTorch's `clip_grad_norm_` (and Ludwig with it) multiplies the gradients by a negative number: each step
  makes the loss larger. No error is raised.
- **Keras** clips only above 0 and says nothing: training runs without the clipping that the file asks for (*warning*).

## Example
```yaml
clip: {global_norm: 0}
```

## Use instead
1.0 for a global norm, or no clipping at all where the data are clean.

## When to ignore it
Never.

## References
- PyTorch documentation: `torch.nn.utils.clip_grad_norm_`.
- Keras source: `_clip_gradients` in `keras/src/optimizers/base_optimizer.py` (3.15).
- Pascanu, Mikolov and Bengio (2013): On the difficulty of training recurrent neural networks.
]],

  check = function(experiment, report)
    local clip = experiment.training.clip
    local threshold = clip.threshold
    if not one_of(clip.kind, { "norm", "global_norm", "value" }) or not (threshold <= 0) then return end
    if experiment.framework == "Keras" or experiment.dialect == "keras" then
      report {
        at = { clip, "threshold" },
        severity = "warning",
        message = ("clipping threshold %g: Keras clips only above 0, so nothing is clipped"):format(threshold),
        help = "use 1.0 for a norm, or leave the key out",
      }
    elseif threshold == 0 then
      report {
        at = { clip, "threshold" },
        message = "clipping threshold 0: every gradient is scaled to nothing, so no weight ever changes",
        help = "use 1.0 for a norm, or leave the key out",
        trial = set(clip, "threshold", 1.0),
      }
    else
      report {
        at = { clip, "threshold" },
        message = ("clipping threshold %g is negative: gradients are multiplied by a negative number, so each step "
          .. "makes the loss larger"):format(threshold),
        help = ("use %g, or leave the key out"):format(-threshold),
        fix = set(clip, "threshold", -threshold),
        safe = false,
        confirm = true,
      }
    end
  end,

  examples = {
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.001, clip: {global_norm: 1️⃣0}}
]],
    },
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  gradient_clipping: {clipglobalnorm: 1️⃣-1.0}
]],
      fixed = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  gradient_clipping: {clipglobalnorm: 1.0}
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
    "optimizer": {"module": "keras.optimizers", "class_name": "Adam", "config": {"learning_rate": 0.001, "clipnorm": 1️⃣-1.0}},
    "loss": "mse"
  }
}
]],
    },
    {
      good = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.001, clip: {global_norm: 1.0}}
]],
    },
    {
      -- Off is off.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  gradient_clipping: {clipglobalnorm: null}
]],
    },
    {
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
    "optimizer": {"module": "keras.optimizers", "class_name": "Adam", "config": {"learning_rate": 0.001, "clipnorm": null}},
    "loss": "mse"
  }
}
]],
    },
  },
}
