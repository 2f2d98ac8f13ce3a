-- An id that is given to the network as a number.

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
local identifying = set_of { "id", "uuid", "guid", "identifier" }

-- What else "id" stands for: the inner diameter.
local diameters = set_of { "inner", "pipe", "tube", "bore", "hose", "ring" }

local function is_id(name)
  local words = words_of(name)
  local before = words[#words - 1]
  return identifying[words[#words] or ""] and not is_quantity(words) and not diameters[before or ""]
end

-- Whether a column of an experiment file goes in as a plain number; "maybe" where nothing says how it is encoded. Of one that
-- is normalised like a quantity normalization/normalized-ids speaks.
local function is_plain(column)
  if column.normalization ~= nil and column.normalization ~= "none" then return false end
  if column.encoding == "none" then return true end
  return not column.encoding and "maybe"
end
return {
  api = 1,
  id = "preprocessing/id-as-number",
  summary = "an id that is given to the network as a number",
  severity = "warning",
  cause = 3,
  untestable = "what the column holds is not in the file, and made-up rows would show only what they are made to show",
  needs = { "inputs.type|outputs.type|data.columns" },
  options = {
    allow = { type = "list", default = {}, help = "names of features that are quantities, whatever they are called" },
  },
  docs = [[
## What it looks for

A number feature of a Ludwig config whose name ends in `id`: `user_id`, `PassengerId`. A column of an experiment file
with `kind: id` that has no encoding or is normalised; where nothing says how it is encoded, it is a hint.

## Why it is bad

An id is a name. Customer 4711 is not a bit more than customer 4710, and the mean of the two is no customer. As a
number an id either says nothing, or it says something by accident: ids are mostly given in the order of time, so the
network finds that large ids behave like the end of the training data, and is wrong about the next ones.

## Example

```yaml
input_features: [{name: user_id, type: number}]
```

## Use instead

Leave an id out that has one row each. One that comes back often enough (shops, users with many orders) is a category
with an embedding; rare ones share one row (`most_common` in Ludwig).

## When to ignore it

When the number is a quantity in truth: put its name into `allow`.

## References

- Guo and Berkhahn, *Entity Embeddings of Categorical Variables*, 2016.
- Kaufman, Rosset and Perlich, *Leakage in Data Mining*, 2011, section 2: ids that tell the target.
]],

  check = function(experiment, report, options)
    if experiment.model_type == "trees" then return end
    for _, side in ipairs { experiment.inputs, experiment.outputs } do
      for _, feature in ipairs(side) do
        local named = experiment.dialect == "ludwig" and feature.type == "number" and is_id(feature.name)
        if named and not one_of(feature.name, options.allow) then
          report {
            at = { feature, "type" },
            message = ("feature %q is a number, but its name says that it is an id, which is no quantity"):format(
              feature.name),
            help = 'leave it out; or "type: category", where the same ids come back often',
          }
        end
      end
    end
    for name, column in pairs(experiment.data.columns or {}) do
      local plain = column.kind == "id" and not one_of(name, options.allow) and is_plain(column)
      if plain then
        report {
          at = { column, "kind" },
          severity = plain == "maybe" and "hint" or nil,
          message = plain == "maybe" and ("column %q is an id, and nothing says how it is encoded"):format(name)
            or ("column %q is an id, which is no quantity, but it goes in as a number"):format(name),
          help = "leave it out; or give it an embedding, where the same ids come back often",
        }
      end
    end
  end,

  examples = {
    {
      bad = [=[
input_features:
  - {name: user_id, type: 1️⃣number}
  - {name: PassengerId, type: 2️⃣number}
  - {name: area, type: number}
output_features:
  - {name: sold, type: binary}
]=],
    },
    {
      bad = [=[
epochzero: 1
data:
  columns:
    customer: {kind: 1️⃣id, encoding: none}
    shop: {kind: 2️⃣id}
    # Of this one normalization/normalized-ids speaks.
    order: {kind: id, normalization: zscore}
]=],
    },
    {
      good = [=[
input_features:
  - {name: user_id, type: category}
  - {name: user_id_count, type: number}
  - {name: bid, type: number}
  - {name: humid, type: number}
  - {name: pipe_id, type: number}
  - {name: id_score, type: number}
output_features:
  - {name: paid, type: number}
]=],
    },
    {
      good = [=[
epochzero: 1
data:
  columns:
    customer: {kind: id, encoding: embedding}
    orders: {kind: number, normalization: zscore}
]=],
    },
  },
}
