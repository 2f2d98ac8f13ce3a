-- An hour, weekday or month that is given to the network as a plain number.

local function set_of(list)
  local set = {}
  for _, word in ipairs(list) do set[word] = true end
  return set
end

local rounds = set_of {
  "month", "hour", "weekday", "dow", "doy", "hour_of_day", "day_of_week", "day_of_month", "day_of_year",
  "week_of_year", "minute_of_day", "dayofweek", "dayofyear", "hourofday", "weekofyear",
}

-- What may stand before: with any other word it may be a quantity, as in "calls_last_month".
local contexts = set_of {
  "timestamp", "time", "date", "datetime", "start", "end", "departure", "arrival", "order", "pickup", "dropoff",
  "created", "event", "purchase", "transaction", "booking", "observation", "sample", "local", "utc", "calendar", "trip",
}

local function comes_round(name)
  local words = words_of(name)
  local first = 1
  while contexts[words[first] or ""] do first = first + 1 end
  return rounds[table.concat(words, "_", first)] == true
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
  id = "preprocessing/cyclic-as-number",
  summary = "an hour, weekday or month that is given to the network as a plain number",
  severity = "warning",
  cause = 3,
  probe = "steps_to_half",
  untestable = "what the column holds is not in the file, and made-up rows would show only what they are made to show",
  needs = { "inputs.type|data.columns" },
  options = {
    allow = { type = "list", default = {}, help = "names of features whose order is all that counts" },
  },
  docs = [[
## What it looks for

A column of an experiment file with `kind: cyclic` that has no encoding or is normalised; where nothing says how it is
encoded, it is a hint. A number feature of a Ludwig config whose name is that of an hour, a weekday or a month
(`hour`, `order_month`, `day_of_week`), as a hint.

## Why it is bad

December and January are neighbours, and so are 23 and 0 hours; as numbers they are the two ends. The network sees a
jump where the world has none, and what it learns about winter it learns twice, from half of the data each time.

## Example

```yaml
input_features: [{name: hour, type: number}]
```

## Use instead

Sine and cosine of 2 pi times the share of the round. Or a category: hours and weekdays are few enough. Ludwig's type
`date` with the encoder `wave` does it for the parts of a date.

## When to ignore it

When what is asked depends on the order within one round only, as in sales so far this year: put the name into
`allow`.

## References

- Bishop, *Pattern Recognition and Machine Learning*, 2006, section 2.3.8: periodic variables.
- Ludwig, `encoders/date_encoders.py`: `DateWave`.
]],

  check = function(experiment, report, options)
    if experiment.model_type == "trees" then return end
    for _, input in ipairs(experiment.dialect == "ludwig" and experiment.inputs or nil) do
      if input.type == "number" and comes_round(input.name) and not one_of(input.name, options.allow) then
        report {
          at = { input, "type" },
          severity = "hint",
          message = ("feature %q is a number, but its name says that it comes round, "
            .. "so that the last is next to the first")
            :format(input.name),
          help = 'write "type: category", or put its sine and cosine into the data',
          trial = set(input, "type", "category"),
        }
      end
    end
    for name, column in pairs(experiment.data.columns or {}) do
      local plain = column.kind == "cyclic" and not one_of(name, options.allow) and is_plain(column)
      if plain then
        report {
          at = { column, "kind" },
          severity = plain == "maybe" and "hint" or nil,
          message = plain == "maybe" and ("column %q comes round, and nothing says how it is encoded"):format(name)
            or ("column %q comes round, so that the last is next to the "
              .. "first, but it goes in as a number"):format(name),
          help = "give its sine and cosine: encoding: sin_cos",
        }
      end
    end
  end,

  examples = {
    {
      bad = [=[
input_features:
  - {name: timestamp_hour, type: 1️⃣number}
  - {name: day_of_week, type: 2️⃣number}
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
    hour: {kind: 1️⃣cyclic, normalization: minmax}
    month: {kind: 2️⃣cyclic}
]=],
    },
    {
      good = [=[
input_features:
  - {name: hour, type: category}
  - {name: hours, type: number}
  - {name: calls_last_month, type: number}
  - {name: income_per_month, type: number}
  - {name: hour_sin, type: number}
  - {name: day, type: number}
output_features:
  - {name: sold, type: binary}
]=],
    },
    {
      good = [=[
epochzero: 1
data:
  columns:
    hour: {kind: cyclic, encoding: sin_cos}
    weekday: {kind: cyclic, encoding: one_hot}
]=],
    },
  },
}
