-- Inputs in units of their own, far from mean 0 and deviation 1.

local function set_of(names)
  local set = {}
  for _, name in ipairs(names) do set[name] = true end
  return set
end

-- Layers that hand numbers on at the scale they came in.
local passing = set_of {
  "flatten", "reshape", "permute", "cropping", "center_crop", "zero_padding", "repeat_vector", "resizing",
  "up_sampling", "dropout", "spatial_dropout", "gaussian_noise", "gaussian_dropout", "masking", "identity",
  "concatenate", "max_pooling1d", "max_pooling2d", "max_pooling3d", "average_pooling1d", "average_pooling2d",
  "average_pooling3d", "global_max_pooling", "global_average_pooling",
}

local weighing = set_of {
  "dense", "einsum_dense", "conv1d", "conv2d", "conv3d", "conv_transpose_1d", "conv_transpose_2d",
  "conv_transpose_3d", "depthwise_conv1d", "depthwise_conv2d", "separable_conv1d", "separable_conv2d", "simple_rnn",
  "gru", "lstm", "conv_lstm1d", "conv_lstm2d", "conv_lstm3d",
}

-- Normalisations that take the scale out of a layer's sums again.
local blind = set_of { "batch_normalization", "layer_normalization", "group_normalization", "rms_normalization" }

-- Optimizers that divide a gradient by its own size.
local dividing = set_of {
  "adam", "adamw", "amsgrad", "nadam", "radam", "adamax", "rmsprop", "adagrad", "adadelta", "adafactor", "lion", "lamb",
}

local function is_settled_behind(layer)
  local next = layer.consumers[1]
  return #layer.consumers == 1 and next and blind[next.kind] and (layer.activation or "linear") == "linear"
end

-- The first weight layer that gets an input's numbers as they came in; nil where something may have scaled them.
local function raw_taker(input)
  local queue, taker = { input }, nil
  for position = 1, 64 do
    for _, layer in ipairs(queue[position] and queue[position].consumers) do
      if passing[layer.kind] then
        queue[#queue + 1] = layer
      elseif not weighing[layer.kind] or is_settled_behind(layer) or layer.pretrained or layer.trainable == false
          or string.find(layer.name, "block1_conv1", 1, true) then
        -- "block1_conv1" is VGG's first layer, which Keras's weights take unscaled.
        return nil
      else
        taker = taker or layer
      end
    end
  end
  return taker
end

local function is_image(input)
  local shape = input.shape
  local function counts_colours(axis) return axis == 1 or axis == 3 or axis == 4 end
  return input.type == "image" or (#shape == 3 and (counts_colours(shape[3]) or counts_colours(shape[1])))
end

-- A figure as people write it: 224722, not 2.247e+05.
local function short(figure)
  local size = math.abs(figure)
  return (size >= 1000 and size < 1e15) and ("%.0f"):format(figure) or ("%.4g"):format(figure)
end

-- Returns how far numbers are from mean 0 and deviation 1, in words; nil where they are near or unknown.
local function distance(data, optimizer, options)
  local mean, std = data.mean, data.std
  local divides = optimizer.name == nil or dividing[optimizer.name]
  if std then
    local size = std
    if not divides then size = math.sqrt(std * std + (mean or 0) * (mean or 0)) end
    if std >= options.deviation or size >= options.deviation then
      return mean and ("have a mean of %s and a deviation of %s"):format(short(mean), short(std))
        or ("have a deviation of %s"):format(short(std))
    end
    local offset = divides and options.offset or options.offset_under_sgd
    if mean and math.abs(mean) >= math.max(1, offset * std) then
      local away = math.abs(mean) / std
      return ("lie %.3g deviations from 0 (mean %s, deviation %s)"):format(away, short(mean), short(std))
    end
    if not divides and mean and size <= options.least then
      return ("are as small as %.2g"):format(size)
    end
  elseif data.min and data.max then
    if math.max(math.abs(data.min), math.abs(data.max)) >= options.range then
      return ("range from %s to %s"):format(short(data.min), short(data.max))
    end
  elseif mean and math.abs(mean) >= options.range then
    return ("have a mean of %s"):format(short(mean))
  end
end

local function is_raw(normalization)
  return normalization == nil or normalization == "none"
end

-- Names that say that a number is on a scale already.
local scaled_words = set_of {
  "is", "has", "flag", "ratio", "share", "rate", "pct", "percent", "prob", "probability", "norm", "normed",
  "normalized", "normalised", "scaled", "standardized", "zscore", "sin", "cos", "log",
}

local function says_scaled(name)
  for word in string.gmatch(name or "", "%a+") do
    if scaled_words[word:lower()] then return true end
  end
  return false
end

-- Ludwig's number features that reach the network in their own units, as their config states or its release does.
local function check_features(experiment, report)
  local raw = {}
  for _, input in ipairs(experiment.inputs) do
    if input.type == "number" and input.normalization == "none" and not says_scaled(input.name)
        and raw_taker(input.layer) then
      raw[#raw + 1] = input
    end
  end
  local first = raw[1]
  if not first then return end
  local stated = origin(first, "normalization").kind == "stated"
  -- The words of an old release alone do not tell which release runs it.
  if not stated and not experiment.framework_version then return end
  local fix = {}
  for index, input in ipairs(raw) do fix[index] = set(input, "normalization", "zscore") end
  report {
    at = { first, "normalization" },
    severity = not stated and "hint" or nil,
    message = ("number feature %q%s goes into the network in its own units: %s"):format(
      first.name,
      #raw > 1 and (" (as %d more)"):format(#raw - 1) or "",
      stated and '"normalization" is null' or "Ludwig before 0.7 leaves numbers as they are"
    ),
    help = 'write "normalization: zscore", or "log1p" for amounts that span several powers of ten',
    fix = fix,
    safe = false,
    confirm = true,
  }
end

return {
  api = 1,
  id = "normalization/raw-inputs",
  summary = "inputs in their own units, far from mean 0 and deviation 1",
  severity = "warning",
  cause = 1,
  probe = "initial_loss",
  needs = { "data.inputs|data.columns|inputs.normalization" },
  options = {
    deviation = {
      type = "number", default = 10,
      help = "the deviation from which on inputs are too large; measured, a network with two hidden layers of 128 "
        .. "under Adam had 3 times the loss at a deviation of 3 and did worse than a constant at 10; SGD diverged "
        .. "at 10",
    },
    offset = {
      type = "number", default = 30,
      help = "how many deviations the mean may lie from 0 under Adam and its kin; measured, 10 cost little, 30 "
        .. "nearly tripled the loss, 100 made it worse than a constant",
    },
    offset_under_sgd = {
      type = "number", default = 3,
      help = "the same under other optimizers; measured, SGD at a rate of 0.01 diverged from 3 on",
    },
    least = {
      type = "number", default = 0.01,
      help = "the size below which optimizers that do not divide a gradient by its size learn next to nothing; "
        .. "measured, SGD at a rate of 0.01 had 6 times the loss",
    },
    range = {
      type = "number", default = 100,
      help = "the bound that counts where only the range is known; standardised data with outliers may reach 30 or "
        .. "so, percentages, pixels and kelvins reach 100",
    },
  },
  docs = [[
## What it looks for

Inputs whose stated mean, deviation or range is far from mean 0 and deviation 1, and that reach the first weight layer
so: nothing is said to normalise them, and no normalisation, rescaling or embedding stands before that layer. A batch
normalisation right behind the first layer takes the scale out again and counts as one. In Ludwig configs: number
features whose `normalization` is null, and as a hint those of configs that say that they are for a release before 0.7:
it does not normalise unless told.

What nothing is known of is not reported, and neither are fine-tuned networks: they want what they were trained on.

## Why it is bad

The sums of the first layer grow with the inputs, and the gradient of its weights grows with them once more. One rate
then fits no two layers: SGD diverges, Adam takes steps that are far too large for what the sums need, tanh and gates
saturate. Of two features in different units the larger one drowns the other. Inputs far from 0 act like one constant
for all examples, and what tells examples apart is small beside it.

Measured on a plain network with two hidden layers of 128 (held-out loss in 10 epochs, 1.0 is a constant prediction):
under Adam 0.12 for inputs of deviation 1, 0.37 for 3, 2.7 for 10, 253 for 100.

## Example

```yaml
data: {inputs: {features: 12, mean: 217, std: 341, normalization: none}}
```

## Use instead

Take the mean of the training data away and divide by their deviation, column by column. In Keras a `Normalization`
layer keeps the figures in the model; in Ludwig `preprocessing: {normalization: zscore}` does it. Amounts that span
several powers of ten: `log1p` first.

## When to ignore it

When code that is not in the files normalises the data: state `normalization: zscore`. When the numbers of a Ludwig
feature are normalised in the data already.

## References

- LeCun, Bottou, Orr and Müller, *Efficient BackProp*, 1998, section 4.3: shift, scale, and decorrelate the inputs.
- Ioffe and Szegedy, *Batch Normalization*, 2015, section 3.3: the scale of a layer's inputs drops out.
- Measured figures: `scripts/measure-scales.py` in this project prints them.
]],

  check = function(experiment, report, options)
    if experiment.fine_tuned or experiment.model_type == "trees" then return end
    if experiment.dialect == "ludwig" then return check_features(experiment, report) end
    local data = experiment.data.inputs
    local optimizer = experiment.training.optimizer
    local taker
    for _, input in ipairs(experiment.inputs) do
      -- Pixels have a rule of their own.
      local pixels = is_image(input) and data.min == 0 and data.max >= 200 and data.max <= 256
      if not pixels then taker = taker or raw_taker(input.layer) end
    end
    if not taker or (data and not is_raw(data.normalization)) then return end
    local far = data and distance(data, optimizer, options)
    if far then
      report {
        at = { data, data.std and "std" or data.mean and "mean" or "max" },
        message = ("the inputs %s, and layer %q gets them so"):format(far, taker.name),
        help = "take their mean away and divide by their deviation, both of the training data",
        related = { { at = taker, message = "the first layer that weighs them" } },
        trial = set(data, "normalization", "zscore"),
      }
    end
    for name, column in pairs(experiment.data.columns or {}) do
      local plain = column.encoding == nil or column.encoding == "none"
      local number = column.kind == nil or column.kind == "number" or column.kind == "ordinal"
      far = is_raw(column.normalization) and plain and number and distance(column, optimizer, options)
      if far then
        report {
          at = { column, column.std and "std" or column.mean and "mean" or "max" },
          message = ("the values of column %q %s, and layer %q gets them so"):format(name, far, taker.name),
          help = "take their mean away and divide by their deviation, both of the training data",
          trial = set(column, "normalization", "zscore"),
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
    - {kind: dense, units: 1}
data:
  inputs: {features: 12, mean: 217, std: 1️⃣341, normalization: none}
training: {loss: mse, optimizer: adam}
]=],
    },
    {
      -- Kelvin: the offset alone.
      bad = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
data:
  columns:
    temperature: {mean: 288, std: 1️⃣6.5}
    humidity: {mean: 0.6, std: 0.2}
training: {loss: mse, optimizer: adam}
]=],
    },
    {
      -- SGD takes less of an offset.
      bad = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: lstm, units: 32}
    - {kind: dense, units: 1}
data:
  inputs: {shape: [30, 4], mean: 8, std: 1️⃣1.2}
training: {loss: mse, optimizer: {name: sgd, learning_rate: 0.01}}
]=],
    },
    {
      bad = [=[
epochzero: 1
task: binary
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data:
  inputs: {features: 12, range: [0, 1️⃣100000]}
training: {loss: binary_crossentropy}
]=],
    },
    {
      bad = [=[
input_features:
  - {name: area, type: number, preprocessing: {normalization: 1️⃣null}}
  - {name: year_built, type: number, preprocessing: {normalization: null}}
output_features:
  - {name: rent, type: number, preprocessing: {normalization: zscore}}
combiner: {type: concat, num_fc_layers: 2, output_size: 128}
]=],
    },
    {
      -- Ludwig 0.6 leaves numbers as they are.
      bad = [=[
ludwig_version: 0.6.4
input_features:
  - 1️⃣{name: area, type: number}
output_features:
  - {name: sold, type: binary}
combiner: {type: concat, num_fc_layers: 2, output_size: 128}
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
  inputs: {features: 12, mean: 217, std: 341, normalization: zscore}
training: {loss: mse, optimizer: adam}
]=],
    },
    {
      -- The network normalises.
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - normalization
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
data:
  inputs: {features: 12, mean: 217, std: 341}
training: {loss: mse, optimizer: adam}
]=],
    },
    {
      -- Batch normalisation of the first layer's sums takes the scale out again.
      good = [=[
epochzero: 1
task: regression
model:
  layers:
    - {kind: dense, units: 64, use_bias: false}
    - batch_normalization
    - {kind: activation, activation: relu}
    - {kind: dense, units: 1}
data:
  inputs: {features: 12, mean: 217, std: 341}
training: {loss: mse, optimizer: adam}
]=],
    },
    {
      -- Standardised data with outliers, and pixels between 0 and 1.
      good = [=[
epochzero: 1
task: binary
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data:
  inputs: {features: 30, range: [-114, 120], mean: 0, std: 1.4}
training: {loss: binary_crossentropy, optimizer: {name: sgd, learning_rate: 0.01}}
]=],
    },
    {
      -- Ids behind an embedding are no quantities.
      good = [=[
epochzero: 1
task: binary
model:
  layers:
    - {kind: embedding, vocabulary_size: 20000, output_dim: 32}
    - {kind: lstm, units: 32}
    - {kind: dense, units: 1, activation: sigmoid}
data:
  inputs: {shape: [200], range: [0, 19999]}
training: {loss: binary_crossentropy, optimizer: adam}
]=],
    },
    {
      -- A pretrained backbone scales by itself, or wants what it was trained on.
      good = [=[
epochzero: 1
task: multiclass
fine_tuned: true
model:
  layers:
    - {kind: backbone, name: resnet50, pretrained: true}
    - global_average_pooling
    - {kind: dense, units: 5, activation: softmax}
data:
  inputs: {shape: [224, 224, 3], range: [-124, 152]}
training: {loss: categorical_crossentropy, optimizer: adam}
]=],
    },
    {
      -- Since 0.7 Ludwig standardises numbers by itself, and nothing is known of a share's scale but its name.
      good = [=[
input_features:
  - {name: area, type: number}
  - {name: empty_share, type: number, preprocessing: {normalization: null}}
  - {name: year_built, type: number, preprocessing: {normalization: minmax}}
output_features:
  - {name: rent, type: number, preprocessing: {normalization: zscore}}
combiner: {type: concat, num_fc_layers: 2, output_size: 128}
]=],
    },
    {
      -- The old words are read by every release, and which one runs this is not known.
      good = [=[
input_features:
  - {name: area, type: numerical}
output_features:
  - {name: sold, type: binary}
training: {epochs: 20}
]=],
    },
    {
      -- Nothing is known of the data.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "mean_squared_error"}
}
]=],
    },
  },
}
