local squashing = { "softmax", "sigmoid", "hard_sigmoid" }
local crossentropies = {
  binary_crossentropy = true, categorical_crossentropy = true, sparse_categorical_crossentropy = true,
}

-- What is left for a second activation that gets values between 0 and 1 only.
local function floor_text(second, units)
  if second == "softmax" and units > 1 then
    return ("no class gets more than %.2f, and the loss cannot fall below %.2f")
      :format(math.exp(1) / (math.exp(1) + units - 1), math.log(1 + (units - 1) / math.exp(1)))
  end
  if second == "sigmoid" then return "no probability can leave 0.50 to 0.73" end
  return "the second one gets values between 0 and 1 only"
end

-- The layer whose squashing activation meets the final one; nil where there is none.
local function earlier_layer(output)
  local activations = output.activations
  if not one_of(activations[#activations - 1], squashing) then return nil end
  local layer = output.activation_layer.inputs[1]
  for _ = 1, 20 do
    if layer.activation == activations[#activations - 1] then return layer end
    layer = layer.inputs[1]
  end
end

return {
  api = 1,
  id = "final-activation/activation-twice",
  summary = "probabilities that go through softmax or sigmoid a second time",
  severity = "error",
  cause = 7,
  probe = "steps_to_half",
  needs = { "outputs.activation = softmax, sigmoid, hard_sigmoid" },
  docs = [[
## What it looks for

Softmax or sigmoid in the model twice in a row, or once in the model and once more in a loss that takes logits
(`from_logits: true`).

## Why it is bad

The second one gets values between 0 and 1 where it expects logits. A softmax over 10 such values can give the right
class no more than e / (e + 9) = 0.23, so the loss cannot fall below 1.46; a second sigmoid never goes below 0.5, so
it cannot say "no". The network still trains a little, with small gradients and probabilities that are wrong, which
makes it hard to see.

## Example

`Dense(10, activation="softmax")` with `CategoricalCrossentropy(from_logits=True)`.

## Use instead

One of the two: a linear output with `from_logits=True`, or softmax with `from_logits=False`.

## When to ignore it

In Keras with the TensorFlow backend a softmax or sigmoid right before the loss is undone when `from_logits` is true,
with a warning at run time; so there the finding is a warning. With JAX and PyTorch nothing undoes it.

## References

- Keras, `keras.losses.CategoricalCrossentropy`: `from_logits`; source of the TensorFlow backend, `_get_logits`.
- PyTorch, `torch.nn.CrossEntropyLoss`: the input is expected to contain the unnormalised logits.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local layer = output.activation_layer
      local activation = output.activation
      if layer and one_of(activation, squashing) then
        local earlier = earlier_layer(output)
        if earlier then
          report {
            at = { earlier, "activation" },
            message = ("output %q goes through %s and then through %s: %s")
              :format(output.name, earlier.activation, activation, floor_text(activation, output.units)),
            help = 'use "linear" here',
            related = { { at = { layer, "activation" }, message = ("%s comes again here"):format(activation) } },
            fix = set(earlier, "activation", "linear"),
            confirm = true,
          }
        end
        if output.loss_expects == "logits" and crossentropies[output.loss] then
          local second = output.loss == "binary_crossentropy" and "sigmoid" or "softmax"
          local stated = origin(output, "from_logits").kind == "stated"
          report {
            at = { layer, "activation" },
            severity = experiment.dialect == "keras" and "warning" or nil,
            message = ("output %q ends in %s, but the loss takes logits and applies %s itself: %s")
              :format(output.name, activation, second, floor_text(second, output.units)),
            help = experiment.dialect == "caffe" and "take this layer out, and give the loss what it takes"
              or stated and 'use "linear" here, or from_logits: false in the loss' or 'use "linear"',
            related = stated and { { at = { output, "from_logits" }, message = "the loss takes logits" } } or nil,
            fix = set(layer, "activation", "linear"),
            -- A model whose output is used elsewhere as probabilities would rather change the loss.
            safe = not stated,
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
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": 1️⃣"softmax"}}
  ]},
  "compile_config": {
    "optimizer": "adam",
    "loss": {"module": "keras.losses", "class_name": "SparseCategoricalCrossentropy",
      "config": {"name": "sparse_categorical_crossentropy", "from_logits": true}}
  }
}
]=],
      fixed = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "linear"}}
  ]},
  "compile_config": {
    "optimizer": "adam",
    "loss": {"module": "keras.losses", "class_name": "SparseCategoricalCrossentropy",
      "config": {"name": "sparse_categorical_crossentropy", "from_logits": true}}
  }
}
]=],
    },
    {
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": 1️⃣"softmax"}},
    {"module": "keras.layers", "class_name": "Softmax", "config": {"name": "softmax", "axis": -1}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "categorical_crossentropy"}
}
]=],
      fixed = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "linear"}},
    {"module": "keras.layers", "class_name": "Softmax", "config": {"name": "softmax", "axis": -1}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "categorical_crossentropy"}
}
]=],
    },
    {
      bad = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: 1️⃣sigmoid}
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
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "softmax"}}
  ]},
  "compile_config": {
    "optimizer": "adam",
    "loss": {"module": "keras.losses", "class_name": "SparseCategoricalCrossentropy",
      "config": {"name": "sparse_categorical_crossentropy", "from_logits": false}}
  }
}
]=],
    },
    {
      -- No activation in the layer and softmax behind it: one activation, not two.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "logits", "units": 10, "activation": "linear"}},
    {"module": "keras.layers", "class_name": "Activation", "config": {"name": "digit", "activation": "softmax"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "categorical_crossentropy"}
}
]=],
    },
    {
      -- ReLU before the softmax, as in SqueezeNet.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "squeeze", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer",
      "config": {"name": "in", "batch_shape": [null, 32, 32, 3]}},
    {"module": "keras.layers", "class_name": "Conv2D",
      "config": {"name": "conv10", "filters": 10, "kernel_size": [1, 1], "activation": "relu"}},
    {"module": "keras.layers", "class_name": "GlobalAveragePooling2D", "config": {"name": "pool"}},
    {"module": "keras.layers", "class_name": "Activation", "config": {"name": "digit", "activation": "softmax"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "categorical_crossentropy"}
}
]=],
    },
    {
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1}
data: {inputs: {features: 12}}
training: {loss: binary_crossentropy, from_logits: true}
]=],
    },
  },
}
