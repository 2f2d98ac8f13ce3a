-- Features that hardly vary, blown up by what is to normalise them.

local function is_number(column)
  local plain = column.encoding == nil or column.encoding == "none"
  return plain and (column.kind == nil or one_of(column.kind, { "number", "ordinal", "cyclic", "angle" }))
end

-- Returns variances of which none is too small to divide by.
local function kept_apart(variances, least)
  local result = {}
  for index, variance in ipairs(variances) do result[index] = variance < least and 1 or variance end
  return result
end

-- What is wrong with normalising numbers like these; nil where nothing is.
local function fault(data, options)
  local mean, std, width = data.mean, data.std, data.max - data.min
  if data.normalization == "zscore" then
    if std == 0 then return "do not vary at all, and standardising divides by their deviation of 0" end
    if std and mean and std < options.relative * math.abs(mean) then
      return ("vary by %.2g around %.6g, which single precision hardly tells from "
        .. "rounding; standardising blows that up")
        :format(std, mean)
    end
    if width == 0 then return "do not vary at all, and standardising divides by their deviation of 0" end
  elseif data.normalization == "minmax" then
    if width == 0 then return "do not vary at all, and minmax divides by their range of 0" end
    if std and width and std < options.squeezed * width then
      return ("are squeezed by outliers: minmax leaves a deviation of %.2g"):format(std / width)
    end
  end
end

return {
  api = 1,
  id = "normalization/near-constant-feature",
  summary = "a feature that hardly varies, divided by its deviation",
  severity = "warning",
  cause = 1,
  probe = "non_finite",
  needs = { "data.columns|data.targets|layers.variance" },
  options = {
    relative = {
      type = "number", default = 0.00001,
      help = "the least deviation as a share of the mean; single precision has a relative error of 0.00000006, so "
        .. "below 0.00001 less than 8 bits of the variation are left",
    },
    variance = {
      type = "number", default = 0.00000001,
      help = "the least variance in a Keras Normalization layer; what is divided by a deviation of 0.0001 or less "
        .. "comes out 10,000 times larger, and Keras itself divides by 0.0000001 at least",
    },
    squeezed = {
      type = "number", default = 0.001,
      help = "the least deviation that minmax may leave; measured, SGD learned next to nothing "
        .. "from inputs of 0.01 and nothing from 0.001",
    },
  },
  docs = [[
## What it looks for

A column that is standardised and has nearly no deviation, in an experiment file by its stated figures or in a Keras
`Normalization` layer by its variances; a column without any range; and a column whose outliers make minmax squeeze
all others into nearly one value.

## Why it is bad

To standardise is to divide by the deviation. Where that is nearly 0, what comes out is rounding error and noise at
full size, and the first value at prediction time that differs a little from the constant reaches the network as a
value of thousands. A deviation of 0 gives NaN, and one NaN in the inputs makes all weights NaN in the next step;
Ludwig stops there with an error.

Minmax is the same story from the other end: with one outlier at 1,000,000 all other values come out between 0 and
0.0001, and the network sees a constant.

## Example

```yaml
data: {columns: {pressure: {mean: 1013.25, std: 0.0001, normalization: zscore}}}
```

## Use instead

Leave a column that does not vary out: it says nothing. Else leave it as it is but for its mean, or divide by the
larger of its deviation and a floor. Against outliers: clip at a percentile, take the logarithm, or divide by the
range between the quartiles (`robust`, in Ludwig `iq`).

## When to ignore it

When the column is known to vary more where the model will be used than in the training data, and has a floor.

## References

- LeCun, Bottou, Orr and Müller, *Efficient BackProp*, 1998, section 4.3: scale by variance, unless an input is known
  to matter less.
- Goldberg, *What Every Computer Scientist Should Know About Floating-Point Arithmetic*, 1991: cancellation.
]],

  check = function(experiment, report, options)
    local function judge(data, what)
      local wrong = fault(data, options)
      if not wrong then return end
      report {
        at = { data, data.std and "std" or "max" },
        message = ("%s %s"):format(what, wrong),
        help = "leave out what does not vary; clip outliers or take the logarithm first",
        related = { { at = { data, "normalization" }, message = "normalised here" } },
        trial = set(data, "normalization", data.normalization == "minmax" and data.std > 0 and "zscore" or "none"),
      }
    end

    for name, column in pairs(experiment.data.columns or {}) do
      if is_number(column) then judge(column, ("the values of column %q"):format(name)) end
    end
    local targets = experiment.data.targets
    if targets and one_of(experiment.outputs[1].task, { "regression" }) then judge(targets, "the targets") end

    for _, layer in ipairs(experiment.layers) do
      if layer.kind == "normalization" then
        local constant, example = 0, nil
        for index, variance in ipairs(layer.variance) do
          if variance < options.variance then
            constant = constant + 1
            example = example or index
          end
        end
        if constant > 0 then
          report {
            at = { layer, "variance" },
            message = ("%d of the %d columns that layer %q standardises hardly vary (the first is number %d, with a "
              .. "variance of %.2g), so it divides them by nearly nothing"):format(
              constant, #layer.variance, layer.name, example, layer.variance[example]),
            help = "leave out the columns that do not vary",
            once = true,
            trial = set(layer, "variance", kept_apart(layer.variance, options.variance)),
          }
        end
      end
    end
  end,

  examples = {
    {
      bad = [=[
epochzero: 1
data:
  columns:
    pressure: {mean: 1013.25, std: 1️⃣0.0001, normalization: zscore}
    depth: {range: [5, 1️⃣5], normalization: minmax}
    income: {range: [0, 90000000], mean: 31000, std: 1️⃣40000, normalization: minmax}
    temperature: {mean: 288.2, std: 6.5, normalization: zscore}
]=],
    },
    {
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 3]}},
    {"module": "keras.layers", "class_name": "Normalization",
      "config": {"name": "scale", "axis": [-1], "mean": [3.2, 7.0, 0.1], "variance": 1️⃣[2.25, 1.0e-12, 0.04]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 16, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "mean_squared_error"}
}
]=],
    },
    {
      good = [=[
epochzero: 1
data:
  columns:
    pressure: {mean: 1013.25, std: 8.1, normalization: zscore}
    offset: {mean: 1013.25, std: 0.0001}
    day: {range: [1, 31], normalization: minmax}
    income: {range: [0, 90000000], mean: 31000, std: 40000, normalization: log1p}
    return: {mean: 0.0002, std: 0.000004, normalization: zscore}
]=],
    },
    {
      -- Small columns are fine as long as they vary by more than nothing.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 3]}},
    {"module": "keras.layers", "class_name": "Normalization",
      "config": {"name": "scale", "axis": [-1], "mean": [3.2, 0.001, 0.1], "variance": [2.25, 0.000004, 0.04]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 16, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "mean_squared_error"}
}
]=],
    },
  },
}
