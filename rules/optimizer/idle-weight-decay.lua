-- Weight decay that takes nothing away.
return {
  api = 1,
  id = "optimizer/idle-weight-decay",
  summary = "weight decay that takes next to nothing from the weights in the whole run",
  severity = "hint",
  cause = 4,
  needs = { "training.optimizer.weight_decay", "training.optimizer.learning_rate", "total_steps" },

  options = {
    share = {
      type = "number", default = 0.001,
      help = "the share of every weight that the whole run must take away (rate times decay times steps); at a "
        .. "thousandth the network is the same with and without",
    },
    usual = {
      type = "number", default = 0.01,
      help = "from this decay on nothing is said of it: AdamW is used with 0.01 to 0.1 (Loshchilov and Hutter 2019)",
    },
  },

  docs = [[
## What it looks for
Decoupled weight decay below 0.01 that the file states, of which all steps together take less than a thousandth from the weights.
Only where the number of steps is known; fine-tuning is left alone, where a rate is low on purpose and the decay is a
custom.

## Why it is bad
Decoupled decay is multiplied by the learning rate: 0.0001 at a rate of 0.0001 takes a hundred-millionth of a weight in
each step. The file reads as if the network were regularised, and it is not. It is most often an L2 factor, for which
0.0001 is right, moved to AdamW, for which 0.01 to 0.1 is.

## Example
```yaml
optimizer: {name: adamw, learning_rate: 0.001, weight_decay: 0.0001}
```
with 5000 steps: 0.05 % of every weight in the whole run.

## Use instead
0.01 to 0.1 in AdamW.

## When to ignore it
Where the regularisation is elsewhere; then leave the decay out.

## References
- Loshchilov and Hutter (2019): Decoupled weight decay regularization, section 3: decay and the length of the run.
- Wang and Aitchison (2024): How to set AdamW's weight decay as you scale model and dataset size.
]],

  check = function(experiment, report, options)
    local optimizer = experiment.training.optimizer
    local decay, rate, total = optimizer.weight_decay, optimizer.learning_rate, experiment.total_steps
    if not (decay > 0) or not (rate > 0) or not (total > 0) or optimizer.decoupled ~= true then return end
    if origin(optimizer, "weight_decay").kind ~= "stated" or experiment.fine_tuned then return end
    if one_of(experiment.model_type, { "trees", "language_model" }) then return end
    for _, layer in ipairs(experiment.layers) do
      if layer.pretrained or layer.kind == "backbone" then return end
    end
    -- Of a decay that is usual in size the rate or the run is to blame, and other rules look at those.
    if decay >= options.usual then return end
    local taken = rate * decay * total
    if not (taken < options.share) then return end
    report {
      at = { optimizer, "weight_decay" },
      message = ("weight decay %g is multiplied by the learning rate of %g: all %d steps together take %.2g %% from a "
        .. "weight"):format(decay, rate, total, taken * 100),
      help = "use 0.01 to 0.1, or leave it out",
    }
  end,

  examples = {
    {
      bad = [[
epochzero: 1
training:
  steps: 5000
  optimizer: {name: adamw, learning_rate: 0.001, weight_decay: 1️⃣0.0001}
]],
    },
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  train_steps: 1000
  learning_rate: 0.0001
  optimizer: {type: adamw, weight_decay: 1️⃣0.0005}
]],
    },
    {
      good = [[
epochzero: 1
training:
  steps: 5000
  optimizer: {name: adamw, learning_rate: 0.001, weight_decay: 0.01}
]],
    },
    {
      -- Coupled decay is an L2 penalty, for which 0.0001 is right.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  train_steps: 1000
  optimizer: {type: sgd, weight_decay: 0.0001}
]],
    },
    {
      -- Fine-tuning has low rates and few steps.
      good = [[
epochzero: 1
fine_tuned: true
training:
  steps: 1000
  optimizer: {name: adamw, learning_rate: 0.00002, weight_decay: 0.01}
]],
    },
    {
      -- The length of the run is not known: a Keras file does not tell.
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
      "config": {"learning_rate": 0.00001, "weight_decay": 0.0001}},
    "loss": "mse"
  }
}
]],
    },
    {
      -- A usual decay; that six steps are too few is not its fault.
      good = [[
epochzero: 1
training:
  steps: 6
  optimizer: {name: adamw, learning_rate: 0.0003, weight_decay: 0.01}
]],
    },
  },
}
