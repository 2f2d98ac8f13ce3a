-- A date or time that is given to the network as one number.

local function set_of(list)
  local set = {}
  for _, word in ipairs(list) do set[word] = true end
  return set
end

-- Words that make a quantity of whatever stands beside them.
local quantities = set_of {
  "count", "counts", "num", "number", "total", "sum", "mean", "avg", "average", "median", "min", "max", "std", "var",
  "rate", "ratio", "share", "pct", "percent", "length", "len", "size", "age", "days", "hours", "minutes", "seconds",
  "months", "years", "since", "until", "duration", "elapsed", "freq", "frequency", "score", "prob", "probability",
  "diff", "delta", "change", "lag", "rank", "distance", "per", "speed", "velocity", "sin", "cos", "population", "price",
  "amount", "weight", "level", "embedding", "enc", "encoded", "target",
}

local function is_quantity(words)
  for _, word in ipairs(words) do
    if quantities[word] then return true end
  end
  return false
end
local dates = set_of { "date", "datetime", "timestamp", "unixtime" }
local events = set_of {
  "created", "updated", "modified", "deleted", "posted", "published", "started", "ended", "opened", "closed", "signed",
  "measured", "recorded", "ordered", "received",
}

local function says_date(name)
  local words = words_of(name)
  local last, before = words[#words] or "", words[#words - 1] or ""
  local is_date = dates[last] or (last == "at" and events[before])
    or (last == "time" and (before == "unix" or before == "epoch"))
  return is_date and not is_quantity(words)
end

-- Whether a column of an experiment file goes in as a plain number: it is said to, or is normalised like one; "maybe"
-- where nothing says how it is encoded.
local function is_plain(column)
  if column.encoding == "none" then return true end
  if column.encoding then return false end
  return column.normalization ~= nil and column.normalization ~= "none" or "maybe"
end
return {
  api = 1,
  id = "preprocessing/timestamp-as-number",
  summary = "a date or time that is given to the network as one number",
  severity = "warning",
  cause = 3,
  untestable = "what the column holds is not in the file, and made-up rows would show only what they are made to show",
  needs = { "inputs.type|data.columns" },
  options = {
    allow = { type = "list", default = {}, help = "names of features that are quantities, whatever they are called" },
  },
  docs = [[
## What it looks for

A number feature of a Ludwig config whose name is that of a date (`timestamp`, `order_date`, `created_at`). A column
of an experiment file with `kind: timestamp` that has no encoding or is normalised; where nothing says how it is
encoded, it is a hint.

## Why it is bad

Seconds since 1970 are about 1.7 billion and grow for ever. Raw they drown everything else (and in single precision
they are 2 minutes coarse). Standardised they say only how late in the data an example is, so whatever the network
learns from them ends where the training data end, and all that it is used for lies beyond. What matters of a date
(the hour, the day of the week, how long ago) is in none of the first digits.

## Example

```yaml
input_features: [{name: created_at, type: number}]
```

## Use instead

Parts of the date, those that come round (hour, weekday, month) as sine and cosine; the time since an event that
counts. Ludwig's type `date` takes a date apart by itself.

## When to ignore it

When a trend is to be followed, in a model that can extrapolate it, with the time counted from the first example.

## References

- Ludwig, `features/date_feature.py`: year, month, day, weekday, day of the year, hour, minute, second.
- Goldberg, *What Every Computer Scientist Should Know About Floating-Point Arithmetic*, 1991.
]],

  check = function(experiment, report, options)
    if experiment.model_type == "trees" then return end
    for _, input in ipairs(experiment.dialect == "ludwig" and experiment.inputs or nil) do
      if input.type == "number" and says_date(input.name) and not one_of(input.name, options.allow) then
        report {
          at = { input, "type" },
          message = ("feature %q is a number, but its name says that it is a date, which only ever grows"):format(
            input.name),
          help = 'write "type: date", which takes a date apart; or put its parts into the data',
        }
      end
    end
    for name, column in pairs(experiment.data.columns or {}) do
      local plain = column.kind == "timestamp" and not one_of(name, options.allow) and is_plain(column)
      if plain then
        report {
          at = { column, "kind" },
          severity = plain == "maybe" and "hint" or nil,
          message = plain == "maybe" and ("column %q is a date, and nothing says how it is encoded"):format(name)
            or ("column %q is a date, but it goes in as one number, which only ever grows"):format(name),
          help = "give its parts, those that come round as sine and cosine; or the time since something",
        }
      end
    end
  end,

  examples = {
    {
      bad = [=[
input_features:
  - {name: created_at, type: 1️⃣number}
  - {name: orderDate, type: 2️⃣number}
  - {name: amount, type: number}
output_features:
  - {name: sold, type: binary}
]=],
    },
    {
      bad = [=[
epochzero: 1
data:
  columns:
    ordered: {kind: 1️⃣timestamp, normalization: zscore}
    shipped: {kind: 2️⃣date, encoding: none}
    paid: {kind: 3️⃣datetime}
]=],
    },
    {
      good = [=[
input_features:
  - {name: created_at, type: date}
  - {name: days_since_date, type: number}
  - {name: candidate, type: number}
  - {name: date_count, type: number}
  - {name: year_built, type: number}
output_features:
  - {name: sold, type: binary}
]=],
    },
    {
      good = [=[
epochzero: 1
data:
  columns:
    ordered: {kind: timestamp, encoding: sin_cos}
    days_ago: {kind: number, normalization: log1p}
]=],
    },
  },
}
