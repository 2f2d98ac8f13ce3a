return {
  api = 1,
  id = "final-activation/tanh-under-binary-crossentropy",
  summary = "a tanh output, from -1 to 1, under a loss for probabilities from 0 to 1",
  severity = "error",
  cause = 7,
  probe = "initial_loss",
  needs = { "outputs.activation = tanh, softsign, hard_tanh", "outputs.loss = binary_crossentropy" },
  docs = [[
## What it looks for

An output that ends in tanh, softsign or hard tanh under binary cross-entropy, whether the loss takes probabilities or
logits.

## Why it is bad

Tanh runs from -1 to 1. Under a loss that takes probabilities its lower half, where about half of the outputs are at
the start, is clipped away and has no gradient. Under a loss that takes logits, the largest probability it can express
is sigmoid(1) = 0.73 and the smallest 0.27, so the loss cannot fall below 0.31.

## Example

`Dense(1, activation="tanh")` with `binary_crossentropy`, often because the labels are coded as -1 and 1.

## Use instead

`sigmoid`, with labels 0 and 1; or no activation and `from_logits=True`. For labels -1 and 1 the losses `hinge` and
`squared_hinge` go with tanh.

## When to ignore it

When custom code maps the output to 0 to 1 before the loss.

## References

- Keras, `keras.losses.BinaryCrossentropy`: labels are 0 or 1, outputs probabilities or logits.
- LeCun, Bottou, Orr and Müller, *Efficient BackProp*, 1998, sections 4.4 and 4.5, on tanh and targets of -1 and 1.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local layer = output.activation_layer
      local odd = one_of(output.activation, { "tanh", "softsign", "hard_tanh" })
      if layer and odd and output.loss == "binary_crossentropy" then
        local logits = output.loss_expects == "logits"
        if logits or output.loss_expects == "probabilities" then
          report {
            at = { layer, "activation" },
            severity = logits and "warning" or nil,
            message = logits
              and ("output %q ends in %s, which is taken for logits: no probability can leave 0.27 to 0.73")
                :format(output.name, output.activation)
              or ("output %q ends in %s, from -1 to 1, but binary cross-entropy gives no gradient below 0")
                :format(output.name, output.activation),
            help = logits and 'use "linear"' or 'use "sigmoid", with labels 0 and 1',
            related = { { at = { output, "loss" }, message = "the loss is stated here" } },
            fix = set(layer, "activation", logits and "linear" or "sigmoid"),
            confirm = true,
          }
        end
      end
    end
  end,

  examples = {
    {
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 32, "activation": "tanh"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "ill", "units": 1, "activation": 1️⃣"tanh"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "binary_crossentropy"}
}
]=],
      fixed = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 32, "activation": "tanh"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "ill", "units": 1, "activation": "sigmoid"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "binary_crossentropy"}
}
]=],
    },
    {
      bad = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: 1️⃣tanh}
data: {inputs: {features: 12}}
training: {loss: binary_crossentropy, from_logits: true}
]=],
      fixed = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: linear}
data: {inputs: {features: 12}}
training: {loss: binary_crossentropy, from_logits: true}
]=],
    },
    {
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 32, "activation": "tanh"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "ill", "units": 1, "activation": "sigmoid"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "binary_crossentropy"}
}
]=],
    },
    {
      -- Labels of -1 and 1.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: tanh}
data: {inputs: {features: 12}}
training: {loss: hinge}
]=],
    },
    {
      -- Tanh in hidden layers is fine.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: tanh}
    - {kind: dense, units: 1}
data: {inputs: {features: 12}}
training: {loss: binary_crossentropy, from_logits: true}
]=],
    },
  },
}
