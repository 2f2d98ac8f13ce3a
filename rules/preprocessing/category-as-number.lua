-- A category that is given to the network as a number.

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
-- Names of which each number stands for a thing of its own.
local certain = set_of { "zip", "zipcode", "postcode", "postalcode", "plz" }

-- Names that mostly do, and may be quantities.
local likely = set_of {
  "category", "type", "kind", "channel", "brand", "species", "genre", "nationality", "language", "country", "region",
  "district", "department", "colour", "color",
}

local codes = set_of {
  "region", "country", "postal", "area", "product", "item", "diagnosis", "status", "error", "state", "city", "district",
  "branch", "department", "industry", "sector", "route", "station", "airport", "carrier", "role", "job", "occupation",
  "currency", "language", "colour", "color", "store", "shop", "zip", "icd", "sic", "naics", "county", "category",
  "reason", "event", "payment", "plan",
}

-- "certain", "likely" or nil.
local function says_category(name)
  local words = words_of(name)
  local last, before = words[#words] or "", words[#words - 1] or ""
  local says = (certain[last] or (last == "code" and codes[before])) and "certain"
    or (likely[last] or (last == "code" and before ~= "")) and "likely"
  return says and not is_quantity(words) and says or nil
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
  id = "preprocessing/category-as-number",
  summary = "a category that is given to the network as a number",
  severity = "warning",
  cause = 3,
  probe = "steps_to_half",
  untestable = "what the column holds is not in the file, and made-up rows would show only what they are made to show",
  needs = { "inputs.type|data.columns" },
  options = {
    allow = { type = "list", default = {}, help = "names of features that are quantities, whatever they are called" },
  },
  docs = [[
## What it looks for

A number feature of a Ludwig config whose name says that each number stands for a thing of its own (`zip_code`,
`region_code`); with names that only mostly do (`type`, `channel`), it is a hint. A category feature with the encoder
`passthrough`, which hands the category's index on. A column of an experiment file with `kind: category` and more than
two classes that has no encoding or is normalised; where nothing says how it is encoded, it is a hint.

## Why it is bad

Numbers say that 3 lies between 2 and 4 and is three times 1. The network starts from that and has to unlearn it: a
hidden unit cuts an axis once, so to single out region 17 of 50 it needs two units, and as many for each other region.
Most of what the category says is never learned.

## Example

```yaml
input_features: [{name: region_code, type: number}]
```

## Use instead

One-hot up to some dozens of classes, an embedding above; in Ludwig `type: category`, which embeds.

## When to ignore it

When the numbers are in an order that means something (grades, sizes). With `kind: ordinal` or the name in `allow`
nothing is reported.

## References

- Guo and Berkhahn, *Entity Embeddings of Categorical Variables*, 2016.
- Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2009, section 2.2: qualitative inputs.
- Ludwig, `encoders/category_encoders.py`: `CategoricalPassthroughEncoder` gives `inputs.float()`.
]],

  check = function(experiment, report, options)
    if experiment.model_type == "trees" then return end
    for _, input in ipairs(experiment.dialect == "ludwig" and experiment.inputs or nil) do
      local says = input.type == "number" and says_category(input.name)
      if says and not one_of(input.name, options.allow) then
        report {
          at = { input, "type" },
          severity = says == "likely" and "hint" or nil,
          message = ("feature %q is a number, but its name says that each number is a thing of its own"):format(
            input.name),
          help = 'write "type: category"',
          trial = set(input, "type", "category"),
        }
      elseif input.type == "category" and input.encoder == "passthrough" then
        report {
          at = { input, "encoder" },
          message = ("category %q goes in as the number of its class, since \"passthrough\" encodes nothing"):format(
            input.name),
          help = 'use the encoder "dense", which embeds, or "onehot"',
          trial = set(input, "encoder", "dense"),
        }
      end
    end
    for name, column in pairs(experiment.data.columns or {}) do
      local plain = column.kind == "category" and column.classes ~= 2 and not one_of(name, options.allow)
        and is_plain(column)
      if plain then
        report {
          at = { column, "kind" },
          severity = plain == "maybe" and "hint" or nil,
          message = plain == "maybe" and ("column %q is a category, and nothing says how it is encoded"):format(name)
            or ("column %q is a category, but the number of its class goes in as a quantity"):format(name),
          help = "encode it one-hot, or with an embedding",
        }
      end
    end
  end,

  examples = {
    {
      bad = [=[
input_features:
  - {name: zip_code, type: 1️⃣number}
  - {name: Region_Code, type: 2️⃣number}
  - {name: sales_channel, type: 3️⃣number}
  - {name: brand, type: category, encoder: {type: 4️⃣passthrough}}
output_features:
  - {name: sold, type: binary}
]=],
    },
    {
      bad = [=[
epochzero: 1
data:
  columns:
    zip: {kind: 1️⃣category, encoding: none}
    region: {kind: 2️⃣category, classes: 50}
    # Of this one normalization/normalized-ids speaks.
    brand: {kind: category, normalization: zscore}
]=],
    },
    {
      good = [=[
input_features:
  - {name: zip_code, type: category}
  - {name: code_length, type: number}
  - {name: zip_population, type: number}
  - {name: class_size, type: number}
  - {name: soil_type_3, type: binary}
  - {name: typewriters, type: number}
  - {name: brand, type: category, encoder: {type: onehot}}
output_features:
  - {name: sold, type: binary}
]=],
    },
    {
      good = [=[
epochzero: 1
data:
  columns:
    zip: {kind: category, encoding: embedding}
    gender: {kind: category, classes: 2, encoding: none}
    grade: {kind: ordinal, normalization: zscore}
]=],
    },
    {
      -- Trees split numbers where they like.
      good = [=[
model_type: gbm
input_features:
  - {name: zip_code, type: number}
output_features:
  - {name: sold, type: binary}
]=],
    },
  },
}
