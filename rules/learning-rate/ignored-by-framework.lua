-- A learning rate that is written down, and that nothing reads.
return {
  api = 1,
  id = "learning-rate/ignored-by-framework",
  summary = "a learning rate that the framework ignores: it trains at another one",
  severity = "warning",
  cause = 6,
  untestable = "a dry run trains at the rate that is in effect, and what was meant it cannot tell",
  reports = "ignored-learning-rate",

  docs = [[
## What it looks for
A key for the learning rate whose value is never used, because another key says the rate, or because the framework
chooses one by itself unless it is told not to.

## Why it is bad
Whoever wrote it believes that the run is at that rate. Changing it changes nothing, and a search over it compares one run with
itself.

## Example
```yaml
trainer:
  optimizer: {type: adam, lr: 0.01}    # Ludwig trains at trainer.learning_rate, 0.001 unless stated
```

## Use instead
```yaml
trainer:
  learning_rate: 0.01
  optimizer: {type: adam}
```

## When to ignore it
Where another file is laid over this one and makes the key count.

## References
- Ludwig 0.11: `Trainer.__init__` in `ludwig/trainers/trainer.py` gives its own rate to the optimizer.
]],

  examples = {
    {
      bad = [==[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  epochs: 10
  optimizer: {type: adam, 1️⃣lr: 0.01}
]==],
    },
    {
      -- The rate that counts is there too: the other is only in the way.
      bad = [==[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {learning_rate: 0.001, optimizer: {type: sgd, 1️⃣learning_rate: 0.1}}
]==],
    },
    {
      good = [==[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {learning_rate: 0.001, optimizer: {type: sgd, momentum: 0.9}}
]==],
    },
    {
      -- Adafactor plans its own rate.
      good = [==[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {optimizer: {type: adafactor, lr: 0.01}}
]==],
    },
  },
}
