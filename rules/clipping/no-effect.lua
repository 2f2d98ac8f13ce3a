-- A threshold that no gradient ever reaches.
return {
  api = 1,
  id = "clipping/no-effect",
  summary = "a clipping threshold so high that it never clips",
  severity = "hint",
  cause = 6,
  needs = { "training.clip.threshold" },

  options = {
    limit = {
      type = "number", default = 1000,
      help = "gradients of a healthy network have a norm of about 0.1 to 10; at 1000 training is lost already",
    },
  },

  docs = [[
## What it looks for
A threshold for clipping gradients of 1000 or more that the file states.

## Why it is bad
It does no harm, but it looks like a protection that is not there: gradients that large come when training is already
lost. Such values are often written to have the norm logged without clipping it.

## Example
```yaml
clip: {global_norm: 1000.0}
```

## Use instead
1.0 for a global norm, or no clipping at all where the data are clean.

## When to ignore it
Where it is there to log the norm.

## References
- Pascanu, Mikolov and Bengio (2013): On the difficulty of training recurrent neural networks: thresholds from half to
  ten times the average norm.
]],

  check = function(experiment, report, options)
    local clip = experiment.training.clip
    if not one_of(clip.kind, { "norm", "global_norm", "value" }) or not (clip.threshold >= options.limit) then
      return
    end
    if origin(clip, "threshold").kind ~= "stated" then return end
    report {
      at = { clip, "threshold" },
      message = ("clipping at %g has no effect: gradients of a healthy network have a norm of about 0.1 to 10"):format(
        clip.threshold),
      help = "use 1.0 for a norm, or leave clipping out",
    }
  end,

  examples = {
    {
      bad = [==[
name: tramBells
model:
  train_ds: {manifest_filepath: bells.json, batch_size: 16}
  validation_ds: {manifest_filepath: quiet.json, batch_size: 16}
  encoder: {_target_: nemo.collections.asr.modules.ConformerEncoder, n_layers: 16, d_model: 256, dropout: 0.1}
  optim:
    name: adamw
    lr: 0.001
    weight_decay: 0.001
    sched: {name: CosineAnnealing, warmup_steps: 1000, min_lr: 0.00001}
trainer: {max_steps: 100000, accumulate_grad_batches: 2, gradient_clip_val: 1️⃣1000.0}
]==],
    },
    {
      bad = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.001, clip: {global_norm: 1️⃣1000.0}}
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
    "optimizer": {"module": "keras.optimizers", "class_name": "Adam", "config": {"learning_rate": 0.001, "clipvalue": 1️⃣100000}},
    "loss": "mse"
  }
}
]],
    },
    {
      good = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.001, clip: {global_norm: 5.0}}
]],
    },
    {
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  gradient_clipping: {clipglobalnorm: 10}
]],
    },
  },
}
