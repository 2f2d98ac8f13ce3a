-- The lowest value that each activation can give.
local floors = {
  relu = 0, relu6 = 0, softplus = 0, exponential = 0, squareplus = 0,
  gelu = -0.17, silu = -0.28, mish = -0.31, hard_silu = -0.38, elu = -1, selu = -1.76,
}

-- Losses that only make sense for targets that are never negative: whoever picks one has said what the targets are.
local positive_losses = { poisson = true, mean_squared_logarithmic_error = true, mean_absolute_percentage_error = true }

-- What is known of the output's targets. Of several outputs, what is said of all targets together tells of none.
local function target_of(experiment, output)
  local all = experiment.data.targets
  if #experiment.outputs == 1 then return output.target or all end
  if not all then return output.target end
end

-- Whether the output has the shape of an input, as in an autoencoder: its targets are the inputs.
local function mirrors_an_input(experiment, output)
  local shape = output.layer.output_shape
  if #shape == 0 then return false end
  for _, input in ipairs(experiment.inputs) do
    local other, same = input.shape or input.layer.output_shape, true
    if #other == #shape then
      for axis = 1, #shape do same = same and shape[axis] == other[axis] end
      if same then return true end
    end
  end
  return false
end

-- The share of the targets' range that lies above the floor; nil where the range is not known.
local function share_in_reach(target, floor)
  local width = target.max - target.min
  if width > 0 then return math.max(0, target.max - math.max(target.min, floor)) / width end
end

return {
  api = 1,
  id = "final-activation/clipped-regression-output",
  summary = "a regression output that cannot reach its negative targets",
  severity = "error",
  cause = 7,
  probe = "unreachable_targets",
  needs = {
    "outputs.activation = relu, relu6, softplus, exponential, squareplus, gelu, silu, mish, hard_silu, elu, selu",
  },
  options = {
    allow = { type = "list", default = {}, help = "names of outputs that are clipped on purpose" },
    least_reach = {
      type = "number",
      default = 0.5,
      help = "the share of the targets' range that must be in reach for a warning rather than an error; 0.5,"
        .. " because below it the network is wrong about most of the range",
    },
  },
  docs = [[
## What it looks for

A regression output that ends in an activation with a floor (ReLU, softplus, exponential, and in a milder way ELU,
SELU, SiLU, GELU and Mish) while the targets are known to go below that floor, by their range or because they are
z-scored. Where nothing is known of the targets, ReLU on a dense output is a warning; softplus and exponential, which
people choose for positive targets, and ReLU on maps and pictures are a hint in plain networks. So is ReLU on a single
output unit of a model file that says nothing of its task: no loss wants it unless the targets are never negative.

## Why it is bad

The network cannot give a value below the floor, so every target below it keeps an error that no training removes.
ReLU also has gradient zero below its floor: an output unit that is negative for all examples gets no gradient at all
and stays at 0.

## Example

Joint angles from -3.1 to 3.1 under `relu`: half of the range is out of reach.

## Use instead

No activation (`linear`) on a regression output. Where the values must be positive, train on their logarithm, or use
`softplus` and state the range of the targets so that the choice can be checked.

## When to ignore it

When the targets are never negative and the output is meant to be cut at 0. Say so with `data.targets.range` in an
experiment file, and the finding goes away by itself.

## References

- Goodfellow, Bengio and Courville, *Deep Learning*, 2016, section 6.2.2.1: linear units for Gaussian output
  distributions.
- Lu, Shin, Su and Karniadakis, *Dying ReLU and Initialization*, 2019.
]],

  check = function(experiment, report, options)
    for _, output in ipairs(experiment.outputs) do
      local layer = output.activation_layer
      local activation = output.activation
      local floor = floors[activation or ""]
      local regression = output.task == "regression" and not positive_losses[output.loss]
      local meant = one_of(output.name, options.allow) or layer.negative_slope > 0
      -- A model file alone: several units may be features for another model, one hardly.
      local unsaid = output.task == nil and output.loss == nil and output.units == 1 and output.head.kind == "dense"
        and (activation == "relu" or activation == "relu6")
      if (regression or unsaid) and floor and layer and not meant then
        local target = target_of(experiment, output)
        local normalization = target.normalization
        local raw = normalization == nil or normalization == "none"
        local what = ("output %q ends in %s, so it can never be below %g"):format(output.name, activation, floor)
        if raw and target.min then
          if target.min < floor then
            local reach = share_in_reach(target, floor)
            report {
              at = { layer, "activation" },
              severity = not (reach < options.least_reach) and "warning" or nil,
              message = ("%s, but the targets reach down to %g"):format(what, target.min),
              help = 'use "linear"',
              related = { { at = { target, "min" }, message = ("the targets reach down to %g"):format(target.min) } },
              fix = set(layer, "activation", "linear"),
              confirm = true,
            }
          end
        elseif one_of(normalization, { "zscore", "iq", "robust" }) and floor == 0 then
          report {
            at = { layer, "activation" },
            severity = "warning",
            message = ("%s, but the targets are centred on 0, so about half of them are"):format(what),
            help = 'use "linear"',
            related = {
              { at = { target, "normalization" }, message = ("the targets are normalised: %q"):format(normalization) },
            },
            fix = set(layer, "activation", "linear"),
            confirm = true,
          }
        elseif raw and one_of(activation, { "relu", "relu6", "softplus", "exponential" }) then
          -- Dense outputs of unknown targets are mostly normalised quantities; maps and pictures are mostly not negative.
          local dense = output.head.kind == "dense" and not mirrors_an_input(experiment, output)
          local severity = one_of(activation, { "relu", "relu6" }) and dense and regression and "warning" or "hint"
          if severity == "warning" or experiment.plain then
            report {
              at = { layer, "activation" },
              severity = severity,
              message = ("%s, and nothing says that the targets never are"):format(what),
              help = 'use "linear", or state the range of the targets if they are never negative',
              fix = set(layer, "activation", "linear"),
              safe = false,
              confirm = true,
            }
          end
        end
      end
    end
  end,

  examples = {
    {
      -- A model file without a task.
      bad = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "price",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 9]}},
      {"class_name": "Dense", "config": {"name": "hidden", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": 1️⃣"relu"}}
    ]
  }
}
]],
    },
    {
      -- Several units: the features of a part that another model goes on from.
      good = [[
{
  "class_name": "Sequential",
  "config": {
    "name": "features",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 9]}},
      {"class_name": "Dense", "config": {"name": "hidden", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 32, "activation": "relu"}}
    ]
  }
}
]],
    },
    {
      bad = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, name: hidden, units: 32, activation: relu}
    - {kind: dense, name: joint_angles, units: 7, activation: 1️⃣relu}
data:
  inputs: {features: 12}
  targets: {range: [-3.1, 3.1]}
training: {loss: mse, batch_size: 32}
]=],
      fixed = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, name: hidden, units: 32, activation: relu}
    - {kind: dense, name: joint_angles, units: 7, activation: linear}
data:
  inputs: {features: 12}
  targets: {range: [-3.1, 3.1]}
training: {loss: mse, batch_size: 32}
]=],
    },
    {
      -- Nothing is known of the targets; the loss says that it is a regression.
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 32, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "price", "units": 1, "activation": 1️⃣"relu"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "mean_squared_error"}
}
]=],
      fixed = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 32, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "price", "units": 1, "activation": "linear"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "mean_squared_error"}
}
]=],
    },
    {
      -- The activation is a layer of its own.
      bad = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 32, activation: tanh}
    - {kind: dense, units: 1}
    - {kind: activation, activation: 1️⃣softplus}
data:
  inputs: {features: 12}
  targets: {normalization: zscore}
training: {loss: mae}
]=],
      fixed = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 32, activation: tanh}
    - {kind: dense, units: 1}
    - {kind: activation, activation: linear}
data:
  inputs: {features: 12}
  targets: {normalization: zscore}
training: {loss: mae}
]=],
    },
    {
      -- Counts are never negative.
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: relu}
data:
  inputs: {features: 12}
  targets: {range: [0, 140]}
training: {loss: mse}
]=],
    },
    {
      -- Poisson regression needs a positive output.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: exponential}
data: {inputs: {features: 12}}
training: {loss: poisson}
]=],
    },
    {
      -- Normalised to [0, 1]: the stated range is that of the raw data.
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: relu}
data:
  inputs: {features: 12}
  targets: {range: [-40, 50], normalization: minmax}
training: {loss: mse}
]=],
    },
    {
      -- A feature extractor: no loss, so nothing says what its output is for.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "features", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer",
      "config": {"name": "in", "batch_shape": [null, 32, 32, 3]}},
    {"module": "keras.layers", "class_name": "Conv2D",
      "config": {"name": "conv", "filters": 16, "kernel_size": [3, 3], "activation": "relu"}}
  ]}
}
]=],
    },
    {
      -- A depth map is never negative, and the network normalises: no advice for plain networks.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "depth", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 32, 32, 3]}},
    {"module": "keras.layers", "class_name": "Conv2D", "config": {"name": "a", "filters": 16, "kernel_size": [3, 3]}},
    {"module": "keras.layers", "class_name": "BatchNormalization", "config": {"name": "norm", "axis": -1}},
    {"module": "keras.layers", "class_name": "Conv2D",
      "config": {"name": "map", "filters": 1, "kernel_size": [1, 1], "activation": "relu"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "mean_absolute_error"}
}
]=],
    },
    {
      -- A leaky ReLU has no floor.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 32, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "out", "units": 1, "activation": "linear"}},
    {"module": "keras.layers", "class_name": "LeakyReLU", "config": {"name": "leaky", "negative_slope": 0.3}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "mean_squared_error"}
}
]=],
    },
  },
}
