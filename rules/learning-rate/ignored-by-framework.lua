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

```yaml
lr0: 0.001    # Ultralytics' "optimizer: auto", its default, takes 0.002 * 5 / (4 + classes) for AdamW
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
- Ultralytics 8.4.190: `build_optimizer` in `ultralytics/engine/trainer.py`.
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
      -- Ultralytics chooses optimizer and rate by itself unless told which optimizer.
      bad = [==[
task: detect
mode: train
data: coco8.yaml
imgsz: 640
epochs: 50
batch: 16
1️⃣lr0: 0.001
]==],
    },
    {
      -- What says its own default was chosen by nobody: each run writes all of them out.
      good = [==[
task: detect
mode: train
data: coco8.yaml
imgsz: 640
epochs: 50
batch: 16
optimizer: auto
lr0: 0.01
]==],
    },
    {
      good = [==[
task: detect
mode: train
data: coco8.yaml
imgsz: 640
optimizer: AdamW
lr0: 0.001
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
