-- A logarithm of numbers that have none.

return {
  api = 1,
  id = "normalization/log-of-nonpositive",
  summary = "log1p of numbers down to -1 or below",
  severity = "error",
  cause = 1,
  probe = "non_finite",
  needs = { "data.inputs.min|data.targets.min|outputs.target.min|data.columns" },
  docs = [[
## What it looks for

Inputs, columns or targets whose stated range reaches down to -1 or below, and that are normalised with `log1p`.

## Why it is bad

log1p(x) is the logarithm of 1 + x: minus infinity at -1, and NaN below. A single such value in a batch makes the loss
NaN and with the next step all weights. (Ludwig refuses values of 0 and below.)

## Example

```yaml
data: {targets: {range: [-40, 900], normalization: log1p}}
```

## Use instead

`zscore`; or, where the values span powers of ten on both sides of 0, sign(x) * log1p(|x|). Where the negative values
are a code for "missing", mend that first.

## When to ignore it

When the range is that behind the logarithm: state that of the data.

## References

- Webber, *A bi-symmetric log transformation for wide-range data*, 2013.
]],

  check = function(experiment, report)
    local function judge(data, what)
      if data.normalization == "log1p" and data.min <= -1 then
        report {
          at = { data, "min" },
          message = ("%s reach down to %.6g, and log1p is %s there"):format(
            what, data.min, data.min == -1 and "minus infinity" or "not a number"),
          help = "use zscore, or sign(x) * log1p(|x|)",
          related = { { at = { data, "normalization" }, message = "normalised here" } },
          once = true,
          trial = set(data, "normalization", "zscore"),
        }
      end
    end
    judge(experiment.data.inputs, "the inputs")
    judge(experiment.data.targets, "the targets")
    for _, output in ipairs(experiment.outputs) do
      judge(output.target, ("the targets of output %q"):format(output.name))
    end
    for name, column in pairs(experiment.data.columns or {}) do
      judge(column, ("the values of column %q"):format(name))
    end
  end,

  examples = {
    {
      bad = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
data:
  inputs: {features: 12, normalization: zscore}
  targets: {range: [1️⃣-40, 900], normalization: log1p}
  columns:
    balance: {range: [1️⃣-1, 100000], normalization: log1p}
training: {loss: mse}
]=],
    },
    {
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
data:
  inputs: {features: 12, normalization: zscore}
  targets: {range: [0, 900], normalization: log1p}
  columns:
    change: {range: [-0.9, 3], normalization: log1p}
    balance: {range: [-500, 100000], normalization: zscore}
training: {loss: mse}
]=],
    },
  },
}
