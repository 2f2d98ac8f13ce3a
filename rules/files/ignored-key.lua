-- A key that is known, and that nothing reads where it stands.
return {
  api = 1,
  id = "files/ignored-key",
  summary = "a key that has no effect where it stands",
  severity = "warning",
  untestable = "a dry run trains what was read of the file, and whether that is what was meant it cannot tell",
  reports = "ignored-key",

  docs = [[
## What it looks for
A key that the framework knows, but whose value is never used here: because another key takes its place, because what it
sets is turned off, or because this kind of layer has no such thing. A learning rate without effect is told by
`learning-rate/ignored-by-framework`.

## Why it is bad
Whoever wrote it believes that it does something. The width and the
dropout of layers whose number is 0, or epochs beside a number of steps, are a different experiment from the one that runs.

## Example
```yaml
combiner: {type: concat, output_size: 64}    # Ludwig's combiner has no layers unless told
trainer: {epochs: 10, train_steps: 500}      # the run ends after 500 steps
```

## Use instead
```yaml
combiner: {type: concat, num_fc_layers: 1, output_size: 64}
trainer: {train_steps: 500}
```

## When to ignore it
Where another file is laid over this one and turns on what is off here.

## References
- Ludwig 0.10.4: `get_total_steps` in `ludwig/utils/trainer_utils.py`, `LRScheduler` in `ludwig/modules/lr_scheduler.py`,
  `FCStack` in `ludwig/modules/fully_connected_modules.py`.
- "The native experiment file" in this project's documentation.
]],

  examples = {
    {
      bad = [==[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
combiner: {type: concat, 1️⃣output_size: 64}
trainer:
  train_steps: 500
  1️⃣epochs: 10
]==],
    },
    {
      bad = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20, 8]}
    - {kind: simple_rnn, units: 32, 1️⃣recurrent_activation: sigmoid}
    - {kind: dense, units: 1, use_bias: false, 1️⃣bias_init: zeros}
training: {loss: mse, 1️⃣from_logits: true}
]==],
    },
    {
      good = [==[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
combiner: {type: concat, num_fc_layers: 1, output_size: 64}
trainer:
  epochs: 10
  learning_rate: 0.01
  regularization_type: l1
  regularization_lambda: 0.001
  learning_rate_scheduler: {decay: exponential, decay_rate: 0.9}
]==],
    },
    {
      -- A search may turn on what is off.
      good = [==[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
combiner: {type: concat, output_size: 64}
hyperopt:
  parameters:
    combiner.num_fc_layers: {space: choice, categories: [1, 2, 3]}
]==],
    },
    {
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20, 8]}
    - {kind: lstm, units: 32, recurrent_activation: sigmoid, unit_forget_bias: true}
    - {kind: dense, units: 1, bias_init: zeros}
training: {loss: binary_crossentropy, from_logits: true}
]==],
    },
  },
}
