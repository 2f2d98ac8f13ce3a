-- A comment that was meant to ignore a finding and ignores nothing.
return {
  api = 1,
  id = "suppression/malformed",
  summary = "an ignore comment that is written wrong, and so ignores nothing",
  severity = "warning",
  untestable = "it is about a comment, not about the experiment",
  reports = "malformed-suppression",

  docs = [[
## What it looks for
A comment that names epochzero and looks as if it should ignore something, but is not of the form
`# epochzero: ignore[rule] reason`: a bracket that is never closed, round brackets, a missing colon, a word such as
`disable`, a rule outside of the brackets, or `ignore-file` below the first key.

## Why it is bad
It ignores nothing, and whoever reads it believes that it does.

## Example
```yaml
batch_size: 60000  # epochzero: ignore(batch-size/larger-than-data)
```

## Use instead
```yaml
batch_size: 60000  # epochzero: ignore[batch-size/larger-than-data] full-batch on purpose
```

## When to ignore it
There is no need to: write the comment in another way, or take it out.

## References
- "Ignoring findings" in this project's documentation, `docs/suppression.md`.
]],

  examples = {
    {
      bad = [[
epochzero: 1
data: {samples: 100}
training:
  batch_size: 16  # epochzero: ignore1️⃣(batch-size)
]],
    },
    {
      bad = [[
epochzero: 1
training:
  batch_size: 16  # epochzero: ignore1️⃣[batch-size
]],
    },
    {
      bad = [[
epochzero: 1
training:
  1️⃣# epochzero: ignore-file[batch-size]
  batch_size: 16
]],
    },
    {
      -- Prose, and a line that was commented out.
      good = [[
# epochzero: 1
# Read by epochzero: see its documentation.
# epochzero ignores what it does not know.
epochzero: 1
training: {batch_size: 16}
]],
    },
  },
}
