-- A batch of no examples.
return {
  api = 1,
  id = "batch-size/not-positive",
  summary = "a batch size of 0 or less",
  severity = "error",
  cause = 5,
  untestable = "no step can be made with it",
  needs = { "training.batch_size <= 0|training.micro_batch_size <= 0|training.accumulation_steps <= 0" },

  docs = [[
## What it looks for
A batch size, micro-batch size or number of accumulation steps that is 0 or negative.

## Why it is bad
There is no step without examples. Some frameworks stop with an error, some make one batch of everything, some train on
nothing.

## Example
```yaml
batch_size: 0
```

## Use instead
A small number: 32 is a good start, and 16, 8 or 1 are nothing to fear.

## When to ignore it
Where the reading code gives 0 or -1 a meaning of its own, such as "choose for me". Then leave the key out, or write the
word for it.

## References
- Masters and Luschi (2018): Revisiting small batch training for deep neural networks.
]],

  check = function(experiment, report)
    local training = experiment.training
    for _, key in ipairs({ "batch_size", "micro_batch_size", "accumulation_steps" }) do
      if training[key] <= 0 and origin(training, key).kind == "stated" then
        report {
          at = { training, key },
          message = ("%s %d: there is no step without examples"):format(key:gsub("_", " "), training[key]),
          help = key == "accumulation_steps" and "use 1 for no accumulation" or "start with 32; 16, 8 or 1 are "
            .. "nothing to fear",
        }
      end
    end
  end,

  examples = {
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  batch_size: 1️⃣0
]],
    },
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  batch_size: 1️⃣-1
]],
    },
    {
      good = [[
epochzero: 1
training:
  batch_size: 1
]],
    },
    {
      -- Ludwig's own word for "choose for me".
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  batch_size: auto
  eval_batch_size: 0
]],
    },
  },
}
