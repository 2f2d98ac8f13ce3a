return {
  api = 1,
  id = "loss/two-units-under-binary-crossentropy",
  summary = "two independent units for one yes-or-no question",
  severity = "warning",
  cause = 7,
  untestable = "which label each of the units gets is not in the file",
  needs = { "outputs.loss = binary_crossentropy", "outputs.task = binary", "outputs.units > 1" },
  docs = [[
## What it looks for

Two or more units under binary cross-entropy although the task is said to be binary: one question with the answers yes
and no. Without a stated task it stays silent, since several sigmoids under binary cross-entropy are a legal
multi-label network.

## Why it is bad

Binary cross-entropy treats each unit as a question of its own. Two sigmoids can both say yes, or both no, and with
labels of one column a framework may copy them to both units, which then learn the same. A softmax of two units is
only a hint: with one-hot targets it equals categorical cross-entropy.

## Example

`task: binary` with `Dense(2, activation="sigmoid")` and `binary_crossentropy`.

## Use instead

One unit with `sigmoid`; or two with `softmax` and `categorical_crossentropy`.

## When to ignore it

When the units answer different questions: then the task is `multilabel`.

## References

- Bishop, *Pattern Recognition and Machine Learning*, 2006, section 5.2: one logistic output for two classes.
- Keras, `keras.losses.BinaryCrossentropy`.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local said = output.task == "binary" and origin(output, "task").kind == "stated"
      if said and output.units > 1 and output.loss == "binary_crossentropy" and output.layer then
        local softmax = output.activation == "softmax"
        local key = output.head.units and "units" or nil
        report {
          at = key and { output.head, key } or output.layer,
          severity = softmax and "hint" or nil,
          message = softmax
            and ("output %q has %d units under binary cross-entropy, where one with sigmoid says the same")
              :format(output.name, output.units)
            or ("output %q has %d units for one yes-or-no question, and each answers by itself")
              :format(output.name, output.units),
          help = softmax and 'use one unit with "sigmoid", or the loss "categorical_crossentropy"' or "use 1 unit",
          related = { { at = { output, "task" }, message = "the task is said to be binary" } },
        }
      end
    end
  end,

  examples = {
    {
      bad = [=[
epochzero: 1
task: binary
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, name: ill, units: 1️⃣2, activation: sigmoid}
data: {inputs: {features: 12}}
training: {loss: binary_crossentropy}
]=],
    },
    {
      bad = [=[
epochzero: 1
task: binary
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, name: ill, units: 1️⃣2, activation: softmax}
data: {inputs: {features: 12}}
training: {loss: binary_crossentropy}
]=],
    },
    {
      -- No stated task: two labels that may hold together.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 12]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 32, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "tags", "units": 2, "activation": "sigmoid"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "binary_crossentropy"}
}
]=],
    },
    {
      good = [=[
epochzero: 1
task: multilabel
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 2, activation: sigmoid}
data: {inputs: {features: 12}}
training: {loss: binary_crossentropy}
]=],
    },
    {
      good = [=[
epochzero: 1
task: binary
model:
  layers:
    - {kind: dense, units: 32, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data: {inputs: {features: 12}}
training: {loss: binary_crossentropy}
]=],
    },
  },
}
