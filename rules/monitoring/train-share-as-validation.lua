-- More data held out than trained on.

return {
  api = 1,
  id = "monitoring/train-share-as-validation",
  summary = "more data held out than trained on: the share for training in the place of that for validation",
  severity = "warning",
  cause = 2,
  untestable = "it is about what is looked at, not about how the network learns",
  needs = { "training.validation_split" },
  options = {
    most = {
      type = "number", default = 0.5,
      help = "the largest share that may be held out; with more the network sees less than half of the data, and "
        .. "0.7 to 0.9 are what people train on",
    },
  },
  docs = [[
## What it looks for

A validation share above one half, or validation and test shares that leave less than half for training. With 0.7, 0.8
or 0.9 it is most likely the share that is meant for training.

## Why it is bad

The key says what is held out, not what is kept. A network that is trained on 20 % of its data fits them faster and
generalises worse, and the held-out figures, which are then very exact, blame the network for it.

## Example

```yaml
training: {validation_split: 0.8}
```

## Use instead

`validation_split: 0.2`. In Ludwig the probabilities are those of training, validation and test, in this order.

## When to ignore it

When labels of a few examples are to teach the network on purpose (few-shot learning), or to draw a learning curve.

## References

- Keras, `Model.fit`: "validation_split: fraction of the training data to be used as validation data".
]],

  check = function(experiment, report, options)
    local training = experiment.training
    local held = training.validation_split
    local all = held + (training.test_split or 0)
    if held >= 1 or all >= 1.0000001 or not (all > options.most) then return end
    local mixed_up = held > options.most
    local share_left = math.floor((1 - held) * 1e6 + 0.5) / 1e6
    report {
      at = { training, "validation_split" },
      message = mixed_up
        and ("%g %% of the data are held out, and %g %% are left to train on"):format(100 * held, 100 * (1 - all))
        or ("validation and test take %g %% of the data, and "
          .. "%g %% are left to train on"):format(100 * all, 100 * (1 - all)),
      help = mixed_up and ("if %g is the share to train on, write %g"):format(held, share_left)
        or "hold 10 % to 20 % out each",
      fix = mixed_up and experiment.dialect == "native" and set(training, "validation_split", share_left) or nil,
      safe = false,
    }
  end,

  examples = {
    {
      bad = [=[
epochzero: 1
training: {epochs: 20, validation_split: 1️⃣0.8}
]=],
      fixed = [=[
epochzero: 1
training: {epochs: 20, validation_split: 0.2}
]=],
    },
    {
      bad = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sold, type: binary}
preprocessing:
  split: {type: random, probabilities: [0.1, 1️⃣0.2, 0.7]}
]=],
    },
    {
      good = [=[
epochzero: 1
training: {epochs: 20, validation_split: 0.2, test_split: 0.2}
]=],
    },
    {
      good = [=[
epochzero: 1
training: {epochs: 20, validation_split: 0.5}
]=],
    },
    {
      good = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: sold, type: binary}
preprocessing:
  split: {type: random, probabilities: [0.7, 0.1, 0.2]}
]=],
    },
  },
}
