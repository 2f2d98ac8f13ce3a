-- A comment that ignores a rule that there is not.
return {
  api = 1,
  id = "suppression/unknown-rule",
  summary = "an ignore comment names a rule or group that there is not",
  severity = "warning",
  untestable = "it is about a comment, not about the experiment",
  reports = "unknown-suppressed-rule",

  docs = [[
## What it looks for
A name between the brackets of an ignore comment that is no rule's id, no group and not `all`. Where a known name is
spelled alike, the help gives it and `--fix` writes it.

## Why it is bad
The comment ignores nothing, and the finding that it was meant for is reported still.

## Example
```yaml
- {kind: dropout, rate: 0.0}  # epochzero: ignore[dropout/zero-rates]
```

## Use instead
```yaml
- {kind: dropout, rate: 0.0}  # epochzero: ignore[dropout/zero-rate]
```

## When to ignore it
Where the rule comes from a folder that is not always given with `--rules`; better to name the folder in the settings.

## References
- "Ignoring findings" in this project's documentation, `docs/suppression.md`; `epochzero rules` lists all names.
]],

  examples = {
    {
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [8]}
    - {kind: dense, units: 8, activation: relu}
    - {kind: dropout, rate: 0.0}  # epochzero: ignore[1️⃣dropout/zero-rates] for a sweep
    - {kind: dense, units: 1}
]],
      fixed = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [8]}
    - {kind: dense, units: 8, activation: relu}
    - {kind: dropout, rate: 0.0}  # epochzero: ignore[dropout/zero-rate] for a sweep
    - {kind: dense, units: 1}
]],
    },
    {
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [8]}
    - {kind: dense, units: 8, activation: relu}
    - {kind: dropout, rate: 0.0}  # epochzero: ignore[dropout/zero-rate] for a sweep
    - {kind: dense, units: 1}
]],
    },
  },
}
