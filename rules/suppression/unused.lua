-- A comment that ignores what no rule finds.
return {
  api = 1,
  id = "suppression/unused",
  summary = "an ignore comment that nothing needs",
  severity = "warning",
  untestable = "it is about a comment, not about the experiment",
  reports = "unused-suppression",

  docs = [[
## What it looks for
An ignore comment, or a name in it, that keeps no finding away. Names are judged only where their rules ran: with
`--select`, comments about other rules are left alone. A file with broken syntax is not judged, nor one that is read only
because another file names it.

## Why it is bad
What it was for is gone, and it will hide the next mistake of its kind in silence.

## Example
```yaml
batch_size: 32  # epochzero: ignore[batch-size/larger-than-data]
data: {samples: 60000}
```

## Use instead
The line without the comment; `--fix` removes it, or the one name of several.

## When to ignore it
In a file that is also part of experiments which are linted elsewhere, where they need the comment:
`# epochzero: ignore-file[suppression/unused]`.

## References
- "Ignoring findings" in this project's documentation, `docs/suppression.md`.
]],

  examples = {
    {
      bad = [[
epochzero: 1
data: {samples: 60000}
training:
  batch_size: 32  1️⃣# epochzero: ignore[batch-size/larger-than-data] full-batch on purpose
  epochs: 10
]],
      fixed = [[
epochzero: 1
data: {samples: 60000}
training:
  batch_size: 32
  epochs: 10
]],
    },
    {
      bad = [[
epochzero: 1
data: {samples: 100}
training:
  # epochzero: ignore[batch-size/larger-than-data, 1️⃣batch-size/not-positive] full-batch on purpose
  batch_size: 128
  epochs: 10
]],
      fixed = [[
epochzero: 1
data: {samples: 100}
training:
  # epochzero: ignore[batch-size/larger-than-data] full-batch on purpose
  batch_size: 128
  epochs: 10
]],
    },
    {
      good = [[
epochzero: 1
data: {samples: 100}
training:
  batch_size: 128  # epochzero: ignore[batch-size/larger-than-data] full-batch on purpose
  epochs: 10
]],
    },
  },
}
