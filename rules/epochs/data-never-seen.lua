-- A run that leaves most of its data unread.
return {
  api = 1,
  id = "epochs/data-never-seen",
  summary = "a run so short that most of the examples are never seen",
  severity = "hint",
  cause = 5,
  needs = { "total_steps", "training.batch_size", "data.samples" },

  options = {
    share = {
      type = "number", default = 0.5,
      help = "the share of the examples to train on that the run must see once",
    },
    enough = {
      type = "integer", default = 10000,
      help = "a run of this many steps has learned what it can, whatever it left; large models are trained on less "
        .. "than one pass on purpose",
    },
  },

  docs = [[
## What it looks for
A run of 100 to 10000 steps that sees less than half of the examples once: steps, or steps per epoch times epochs,
times the batch size. Networks that start from an earlier training, and sequence tasks, are left alone.

## Why it is bad
More examples are the best regularisation there is, and these were collected and never used. Most often
`steps_per_epoch` was counted for another batch size, or left at a figure from a first try: 100 steps of 32 are 3200
examples, whatever the data have.

## Example
50000 examples, batches of 32, `steps_per_epoch: 100` and 5 epochs: 16000 are seen.

## Use instead
One pass at least: examples over batch size steps in an epoch, and several epochs.

## When to ignore it
For a smoke test, and where examples are drawn at random from far more than can be used.

## References
- Banko and Brill (2001): Scaling to very very large corpora for natural language disambiguation.
- Keras documentation: `Model.fit`, `steps_per_epoch`.
]],

  check = function(experiment, report, options)
    local training, total = experiment.training, experiment.total_steps
    if one_of(experiment.model_type, { "trees", "language_model" }) or experiment.fine_tuned then return end
    -- Below a hundred steps epochs/too-few-steps says it.
    if not (training.batch_size > 0) or not (total >= 100) or total >= options.enough then return end
    for _, layer in ipairs(experiment.layers) do
      if layer.pretrained or layer.kind == "backbone" then return end
    end
    for _, output in ipairs(experiment.outputs) do
      if one_of(output.task, { "sequence", "reinforcement", "generation" }) then return end
    end
    local split = training.validation_split or 0
    local trained_on = experiment.data.samples
    if split > 0 and split < 1 then trained_on = math.floor(trained_on * (1 - split)) end
    local seen = total * training.batch_size
    if not (seen < options.share * trained_on) then return end
    local key = training.steps and { training, "steps" }
      or origin(experiment, "steps_per_epoch").kind == "stated" and { experiment, "steps_per_epoch" }
      or { training, "epochs" }
    report {
      at = key,
      message = ("%d steps of %d see %d of the %d examples to train on; the others are never used"):format(
        total, training.batch_size, seen, trained_on),
      help = ("one pass takes %d steps"):format(math.ceil(trained_on / training.batch_size)),
    }
  end,

  examples = {
    {
      bad = [[
epochzero: 1
data: {samples: 50000}
training:
  batch_size: 32
  epochs: 5
  steps_per_epoch: 1️⃣100
]],
    },
    {
      bad = [[
epochzero: 1
data: {samples: 500000}
training:
  batch_size: 64
  steps: 1️⃣1000
]],
    },
    {
      good = [[
epochzero: 1
data: {samples: 50000}
training:
  batch_size: 32
  epochs: 20
  steps_per_epoch: 100
]],
    },
    {
      -- Language is read once, or less.
      good = [[
epochzero: 1
task: sequence
data: {samples: 100000000}
training:
  batch_size: 256
  steps: 9000
]],
    },
    {
      -- The number of examples is not known.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {train_steps: 100, batch_size: 8}
]],
    },
  },
}
