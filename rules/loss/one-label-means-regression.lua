-- A classifier with one label, which the framework takes for a regression.
return {
  api = 1,
  id = "loss/one-label-means-regression",
  summary = "a classifier with one label and no problem type, which is trained as a regression",
  severity = "hint",
  cause = 7,
  untestable = "whether the label is a class or a number is not in the file",
  needs = { "outputs.classes = 1", "outputs.task = regression" },

  docs = [[
## What it looks for
The config of a sequence classifier of Hugging Face transformers with one label in `id2label` and no `problem_type`.

## Why it is bad
Two labels are classes to transformers, and one is a number: `num_labels == 1` trains with the squared error, on an
output without an activation. A yes-or-no classifier that was given one label, because one output is enough for it,
trains all the same. It is told to hit 0 and 1, a confident right answer costs as much as a wrong one, and what it
gives is no probability.

## Example
```json
{"model_type": "bert", "architectures": ["BertForSequenceClassification"], "id2label": {"0": "spam"}}
```

## Use instead
```json
{"model_type": "bert", "architectures": ["BertForSequenceClassification"], "id2label": {"0": "ham", "1": "spam"}}
```

## When to ignore it
Where the label is a number (a rating, a similarity, a reward): write `"problem_type": "regression"`, which says so.

## References
- Transformers source: `ForSequenceClassificationLoss` in `transformers/loss/loss_utils.py` (5.23).]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      if output.classes == 1 and output.task == "regression" and origin(output, "task").kind == "inferred" then
        report {
          at = { output, "classes" },
          message = "one label without a problem type means regression: it is trained with the squared error",
          help = 'for yes or no name two labels; for a number write "problem_type": "regression"',
        }
      end
    end
  end,

  examples = {
    {
      bad = [[
{"model_type": "bert", "architectures": ["BertForSequenceClassification"], "id2label": 1️⃣{"0": "spam"}}
]],
    },
    {
      good = [[
{"model_type": "bert", "architectures": ["BertForSequenceClassification"], "id2label": {"0": "ham", "1": "spam"}}
]],
    },
    {
      -- It says that a number is meant.
      good = [[
{"model_type": "bert", "architectures": ["BertForSequenceClassification"], "id2label": {"0": "stars"},
 "problem_type": "regression"}
]],
    },
    {
      -- Not a classifier: nobody looks at its labels.
      good = [[
{"model_type": "bert", "architectures": ["BertForMaskedLM"], "id2label": {"0": "LABEL_0"}}
]],
    },
  },
}
