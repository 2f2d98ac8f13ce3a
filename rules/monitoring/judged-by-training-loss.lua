-- The training loss decides when to stop and which weights to keep.

-- Names of the loss on the data that the network is trained on, in Keras, Lightning and Hugging Face.
local of_training = {}
for _, name in ipairs {
  "loss", "train_loss", "training_loss", "train/loss", "loss_train", "train_loss_epoch", "train_loss_step",
} do of_training[name] = true end

return {
  api = 1,
  id = "monitoring/judged-by-training-loss",
  summary = "the training loss decides when to stop and which weights to keep",
  severity = "warning",
  cause = 2,
  untestable = "it is about what is looked at, not about how the network learns",
  needs = { "training.monitor" },
  docs = [[
## What it looks for

A monitor that is the loss on the training data and nothing else: `loss`, as Keras calls it, or `train_loss`. Ludwig's
`validation_metric: loss` is that of the validation data and is not meant. Where nothing is held out,
`monitoring/nothing-held-out` says so instead.

## Why it is bad

The training loss goes on falling while the network learns the examples by heart. Early stopping on it stops when
nothing is left to learn by heart, which is when over-fitting is at its worst; the "best" weights are those of the last
epoch; a rate that drops on a plateau drops too late.

## Example

```python
EarlyStopping(monitor="loss", patience=5)
```

## Use instead

`val_loss`, or a metric on held-out data that is closer to what you want: `val_auc`, `val_mae`.

## When to ignore it

For generative models whose training loss is all there is, and where the loss of a run is to be reproduced.

## References

- Prechelt, *Early Stopping - But When?*, 1998.
- Keras, `EarlyStopping`: the default is `val_loss`.
]],

  check = function(experiment, report)
    local training = experiment.training
    if experiment.dialect == "ludwig" or training.validation_split == 0 and not (training.validation_samples > 0) then
      return
    end
    if #training.monitor == 0 then return end
    for _, name in ipairs(training.monitor) do
      if not of_training[name:lower()] then return end
    end
    local held = training.validation_split > 0 or training.validation_samples > 0
    report {
      at = { training, "monitor" },
      message = ("%q is the loss on the training data, which falls on while the network learns them by heart"):format(
        training.monitor[1]),
      help = "monitor the held-out data: val_loss",
      fix = held and set(training, "monitor", "val_loss") or nil,
    }
  end,

  examples = {
    {
      bad = [=[
epochzero: 1
training: {epochs: 100, validation_split: 0.2, early_stopping: 5, monitor: 1️⃣loss}
]=],
      fixed = [=[
epochzero: 1
training: {epochs: 100, validation_split: 0.2, early_stopping: 5, monitor: val_loss}
]=],
    },
    {
      bad = [=[
epochzero: 1
framework: Keras
training: {epochs: 100, monitor: 1️⃣[train_loss]}
]=],
    },
    {
      good = [=[
epochzero: 1
training: {epochs: 100, validation_split: 0.2, early_stopping: 5, monitor: val_loss}
]=],
    },
    {
      good = [=[
epochzero: 1
training: {epochs: 100, validation_split: 0.2, monitor: [loss, val_mae]}
]=],
    },
    {
      -- In Ludwig it is the loss of the validation data.
      good = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sold, type: binary}
trainer: {validation_field: sold, validation_metric: loss}
]=],
    },
  },
}
