-- An angle that is given to the network, or asked of it, as a number.

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
local angles = set_of { "heading", "azimuth", "yaw", "winddir", "winddirection", "wdir" }
local units = set_of { "deg", "degree", "degrees", "rad", "radian", "radians" }
-- What has a direction that goes all the way round.
local flows = set_of { "wind", "wave", "waves", "swell", "current", "flow" }

local function says_angle(name)
  local words = words_of(name)
  local unit = units[words[#words] or ""]
  if unit then words[#words] = nil end
  local last, before = words[#words] or "", words[#words - 1] or ""
  local is_angle = angles[last] or (last == "bearing" and (unit or #words == 1))
    or (last == "direction" or last == "dir") and flows[before]
  return is_angle and not is_quantity(words)
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
  id = "preprocessing/angle-as-number",
  summary = "an angle that goes in, or comes out, as a single number",
  severity = "warning",
  cause = 3,
  untestable = "what the column holds is not in the file, and made-up rows would show only what they are made to show",
  needs = { "inputs.type|outputs.type|outputs.target.kind|data.columns" },
  options = {
    allow = { type = "list", default = {}, help = "names of angles that stay far from where they start anew" },
  },
  docs = [[
## What it looks for

A column or target of an experiment file with `kind: angle` that has no encoding or is normalised; where nothing says
how it is encoded, it is a hint. A number feature of a Ludwig config whose name is that of an angle that goes all the
way round (`heading`, `wind_direction`, `yaw_deg`), as a hint. Angles with ends, as those of a knee or a steering
wheel, are plain numbers and not meant.

## Why it is bad

359 degrees and 1 degree are neighbours, and as numbers they are as far apart as can be. An input makes the network
learn a jump that is not there. A target is worse: for a heading that is due north half of the examples say 0 and the
other half 360, and squared error is least at 180, due south.

## Example

```yaml
data: {columns: {heading: {kind: angle, normalization: minmax}}}
```

## Use instead

Two numbers, sine and cosine (`encoding: sin_cos`). As an output too: the angle is `atan2` of the two.

## When to ignore it

When the angle never comes near the place where it starts anew: put its name into `allow`.

## References

- Mardia and Jupp, *Directional Statistics*, 2000, chapter 1.
- Zhou et al., *On the Continuity of Rotation Representations in Neural Networks*, 2019.
]],

  check = function(experiment, report, options)
    if experiment.model_type == "trees" then return end
    for _, side in ipairs { experiment.inputs, experiment.outputs } do
      for _, feature in ipairs(side) do
        local named = experiment.dialect == "ludwig" and feature.type == "number" and says_angle(feature.name)
        if named and not one_of(feature.name, options.allow) then
          report {
            at = { feature, "type" },
            severity = "hint",
            message = ("feature %q is a number, but its name says that it is an angle, "
              .. "of which 359 and 1 are neighbours")
              :format(feature.name),
            help = "put its sine and its cosine into the data, and take these",
          }
        end
      end
    end
    for name, column in pairs(experiment.data.columns or {}) do
      local plain = column.kind == "angle" and not one_of(name, options.allow) and is_plain(column)
      if plain then
        report {
          at = { column, "kind" },
          severity = plain == "maybe" and "hint" or nil,
          message = plain == "maybe" and ("column %q is an angle, and nothing says how it is encoded"):format(name)
            or ("column %q is an angle, of which the first and the last value are "
              .. "neighbours, but it goes in as a number")
              :format(name),
          help = "give its sine and cosine: encoding: sin_cos",
        }
      end
    end
    for _, output in ipairs(experiment.outputs) do
      local target = output.target
      local plain = target.kind == "angle" and output.task == "regression" and is_plain(target)
      if plain and not one_of(output.name, options.allow) and not (plain == "maybe" and output.units == 2) then
        report {
          at = { target, "kind" },
          severity = plain == "maybe" and "hint" or nil,
          message = ("the target of output %q is an angle: between 359 and 1 the error is least at 180"):format(
            output.name),
          help = "predict its sine and cosine with two units: encoding: sin_cos",
          once = true,
        }
      end
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
    - {kind: dense, name: course, units: 1}
data:
  inputs: {features: 3}
  targets: {kind: 1️⃣angle, normalization: minmax}
  columns:
    heading: {kind: 2️⃣angle, normalization: minmax}
    wind: {kind: 3️⃣angle}
training: {loss: mse}
]=],
    },
    {
      bad = [=[
input_features:
  - {name: wind_direction, type: 1️⃣number}
  - {name: yaw_deg, type: 2️⃣number}
output_features:
  - {name: heading, type: 3️⃣number}
]=],
    },
    {
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, name: course, units: 2}
data:
  inputs: {features: 4}
  targets: {kind: angle, encoding: sin_cos}
  columns:
    heading: {kind: angle, encoding: sin_cos}
    steering_wheel: {kind: number, normalization: zscore}
training: {loss: mse}
]=],
    },
    {
      good = [=[
input_features:
  - {name: wind_direction_sin, type: number}
  - {name: wind_direction_cos, type: number}
  - {name: yaw_rate, type: number}
  - {name: knee_angle, type: number}
  - {name: wind_direction, type: category}
  - {name: bearing_temperature, type: number}
output_features:
  - {name: torque, type: number}
]=],
    },
  },
}
