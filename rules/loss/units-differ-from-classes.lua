local categorical = { "categorical_crossentropy", "categorical_focal_crossentropy", "categorical_hinge" }
local sparse = { "sparse_categorical_crossentropy", "negative_log_likelihood" }

-- The record that holds the number of classes, and the number. Of several outputs, what is said of all targets together
-- tells of none.
local function classes_of(experiment, output)
  local all = experiment.data.targets
  if all.classes and #experiment.outputs > 1 then return nil end
  if output.classes then return output, output.classes end
  if output.target.classes then return output.target, output.target.classes end
  return all, all.classes
end

return {
  api = 1,
  id = "loss/units-differ-from-classes",
  summary = "an output with another number of units than there are classes",
  severity = "error",
  cause = 7,
  untestable = "nothing can be trained as long as units and classes differ",
  needs = { "outputs.units", "outputs.classes|outputs.target.classes|data.targets.classes", "dialect = keras, native" },
  docs = [[
## What it looks for

A classification output whose number of units differs from the number of classes or labels that is stated. With class
ids as targets (sparse categorical cross-entropy) more units than classes are legal: some are then never used.

## Why it is bad

With one-hot or multi-label targets the shapes do not fit, and training stops at the first batch, or broadcasts one
against the other without a word. With class ids, an id beyond the last unit is out of range: frameworks raise an
error on a CPU and give NaN on a GPU.

## Example

Nine units for ten digits.

## Use instead

As many units as classes. For two classes that exclude each other, one unit with `sigmoid` and `binary_crossentropy`
does as well.

## When to ignore it

Never for one-hot targets; the linter only speaks where the number of classes is stated.

## References

- Keras, `keras.losses.SparseCategoricalCrossentropy`: one output for each class.
- PyTorch, `torch.nn.CrossEntropyLoss`: class indices lie in [0, C).
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local record, classes = classes_of(experiment, output)
      local units = output.units
      local is_categorical = one_of(output.loss, categorical)
      local is_sparse = one_of(output.loss, sparse)
      local multilabel = output.task == "multilabel" and not is_categorical and not is_sparse
      local applies = is_categorical or multilabel or (is_sparse and units < classes)
      -- One unit for two classes is the usual yes or no; one unit under a categorical loss has a rule of its own.
      if applies and units and classes > 1 and units ~= classes and units ~= 1 and output.head
          and experiment.dialect ~= "ludwig" then
        local why = is_sparse and ("class %d has no unit"):format(units)
          or ("each target has %d values"):format(classes)
        local key = output.head.units and "units" or output.head.filters and "filters"
        report {
          at = key and { output.head, key } or output.layer,
          message = ("output %q has %d units for %d %s: %s")
            :format(output.name, units, classes, multilabel and "labels" or "classes", why),
          help = ("use %d units"):format(classes),
          related = { { at = { record, "classes" }, message = ("%d classes are stated here"):format(classes) } },
          fix = key and output.head[key] == units and set(output.head, key, classes) or nil,
          -- The number of classes may be the one that is wrong.
          safe = false,
        }
      end
    end
  end,

  examples = {
    {
      bad = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, name: digit, units: 1️⃣9, activation: softmax}
data:
  inputs: {features: 64}
  targets: {classes: 10}
training: {loss: sparse_categorical_crossentropy, from_logits: false}
]=],
      fixed = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, name: digit, units: 10, activation: softmax}
data:
  inputs: {features: 64}
  targets: {classes: 10}
training: {loss: sparse_categorical_crossentropy, from_logits: false}
]=],
    },
    {
      bad = [=[
epochzero: 1
task: multilabel
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, name: tags, units: 1️⃣8, activation: sigmoid}
data:
  inputs: {features: 64}
  targets: {classes: 6}
training: {loss: binary_crossentropy, from_logits: false}
]=],
      fixed = [=[
epochzero: 1
task: multilabel
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, name: tags, units: 6, activation: sigmoid}
data:
  inputs: {features: 64}
  targets: {classes: 6}
training: {loss: binary_crossentropy, from_logits: false}
]=],
    },
    {
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 10, activation: softmax}
data:
  inputs: {features: 64}
  targets: {classes: 10}
training: {loss: categorical_crossentropy}
]=],
    },
    {
      -- One unit for two classes.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data:
  inputs: {features: 64}
  targets: {classes: 2}
training: {loss: binary_crossentropy}
]=],
    },
    {
      -- Class ids with spare units, as in vocabularies that are rounded up.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 128, activation: softmax}
data:
  inputs: {features: 64}
  targets: {classes: 100}
training: {loss: sparse_categorical_crossentropy}
]=],
    },
    {
      -- Nothing says how many classes there are.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 64]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 9, "activation": "softmax"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "categorical_crossentropy"}
}
]=],
    },
    {
      -- Two outputs: which of them has ten classes is not said.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: input, name: in, shape: [64]}
    - {kind: dense, name: hidden, units: 64, activation: relu, from: in}
    - {kind: dense, name: digit, units: 10, activation: softmax, from: hidden}
    - {kind: dense, name: hand, units: 2, activation: softmax, from: hidden}
data:
  targets: {classes: 10}
training: {loss: categorical_crossentropy}
]=],
    },
  },
}
