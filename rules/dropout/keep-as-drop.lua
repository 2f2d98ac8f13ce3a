local function percent(share)
  return ("%g %%"):format(math.floor(share * 1000 + 0.5) / 10)
end

return {
  api = 1,
  id = "dropout/keep-as-drop",
  summary = "a dropout rate that reads like a keep probability",
  severity = "warning",
  cause = 4,
  probe = "steps_to_half",
  needs = { "layers.rate|layers.recurrent_rate" },
  options = {
    from = {
      type = "number",
      default = 0.75,
      help = "the drop rate from which on it is taken for a keep probability; 0.75, because usual keep probabilities are "
        .. "0.75 to 0.99, and drop rates above 0.5, the largest that Srivastava et al. 2014 advise, are rare",
    },
  },
  docs = [[
## What it looks for

A drop rate from 0.75 to below 1, of dropout layers of all kinds and of the dropout inside recurrent and attention
layers. Stochastic depth has rates of its own and is left alone.

## Why it is bad

Papers and old TensorFlow code give the probability to *keep* a value, today's frameworks take the share to *drop*. A
keep probability of 0.9 written as a rate drops nine values of ten: the next layer sees a tenth of the network, scaled
up 10 times, and the training loss hardly falls.

## Example

`Dropout(0.9)` for "keep 90 %".

## Use instead

The drop rate, 1 - keep: usually 0.1 to 0.25 (keep 0.75 to 0.9), and 0.01 where over-fitting is unlikely.

## When to ignore it

When so much is to be dropped on purpose: some recommenders and video networks with little data drop 80 % of a very
wide layer. Set the option `from`, or ignore the line.

## References

- Srivastava et al., *Dropout: A Simple Way to Prevent Neural Networks from Overfitting*, 2014, section A.4: keep 0.5
  to 0.8, there *p*.
- TensorFlow, `tf.nn.dropout`: warns above 0.5 that the argument is a rate, not `keep_prob`.
- Kuchaiev and Ginsburg, *Training Deep AutoEncoders for Collaborative Filtering*, 2017: a drop rate of 0.8 on
  purpose.
]],

  check = function(experiment, report, options)
    local function look_at(layer, key, rate)
      local keep = math.floor((1 - rate) * 1e6 + 0.5) / 1e6
      report {
        at = { layer, key },
        once = true,
        message = ("layer %q drops %s of its values and keeps %s; it reads like a keep probability of %g")
          :format(layer.name, percent(rate), percent(1 - rate), rate),
        help = ("use %g if %s are to be kept; %g drops %s"):format(keep, percent(rate), rate, percent(rate)),
        fix = set(layer, key, keep),
        -- Both readings are possible, and only one of them changes nothing.
        safe = false,
        confirm = true,
      }
    end
    for _, layer in ipairs(experiment.layers) do
      local rate, recurrent = layer.rate, layer.recurrent_rate
      if rate and rate >= options.from and rate < 1 and layer.kind ~= "stochastic_depth" then
        look_at(layer, "rate", rate)
      end
      if recurrent and recurrent >= options.from and recurrent < 1 then look_at(layer, "recurrent_rate", recurrent) end
    end
  end,

  examples = {
    {
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "dropout", "rate": 1️⃣0.9}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "softmax"}}
  ]}
}
]=],
      fixed = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "dropout", "rate": 0.1}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "softmax"}}
  ]}
}
]=],
    },
    {
      bad = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: alpha_dropout, rate: 1️⃣0.75}
    - {kind: dense, units: 10, activation: softmax}
data: {inputs: {features: 24}}
training: {loss: categorical_crossentropy}
]=],
      fixed = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: alpha_dropout, rate: 0.25}
    - {kind: dense, units: 10, activation: softmax}
data: {inputs: {features: 24}}
training: {loss: categorical_crossentropy}
]=],
    },
    {
      bad = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: price, type: number}
combiner: {type: concat, num_fc_layers: 2, output_size: 128, dropout: 1️⃣0.9}
trainer: {epochs: 10}
]=],
      fixed = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: price, type: number}
combiner: {type: concat, num_fc_layers: 2, output_size: 128, dropout: 0.1}
trainer: {epochs: 10}
]=],
    },
    {
      -- The dropout inside a recurrent layer.
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20, 8]}},
    {"module": "keras.layers", "class_name": "LSTM",
      "config": {"name": "lstm", "units": 32, "dropout": 1️⃣0.8, "recurrent_dropout": 0.0}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
  ]}
}
]=],
      fixed = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20, 8]}},
    {"module": "keras.layers", "class_name": "LSTM",
      "config": {"name": "lstm", "units": 32, "dropout": 0.2, "recurrent_dropout": 0.0}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
  ]}
}
]=],
    },
    {
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "a", "rate": 0.1}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "b", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "c", "rate": 0.5}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "softmax"}}
  ]}
}
]=],
    },
    {
      -- 0.7 is much, but no usual keep probability.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dropout, rate: 0.7}
    - {kind: dense, units: 10, activation: softmax}
data: {inputs: {features: 24}}
training: {loss: categorical_crossentropy}
]=],
    },
    {
      good = [=[
input_features:
  - {name: area, type: number}
output_features:
  - {name: price, type: number}
combiner: {type: concat, num_fc_layers: 2, output_size: 128, dropout: 0.1}
trainer: {epochs: 10}
]=],
    },
  },
}
