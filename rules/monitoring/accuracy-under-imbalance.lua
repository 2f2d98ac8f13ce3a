-- Accuracy as the judge where one class is nearly all there is.

local accuracies = {}
for _, name in ipairs {
  "accuracy", "acc", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy", "binaryaccuracy",
  "categoricalaccuracy", "sparsecategoricalaccuracy", "accuracy_micro",
} do accuracies[name] = true end

local function is_accuracy(name)
  name = name:lower()
  name = string.match(name, "^val[idaton]*[_/](.+)$") or name
  return accuracies[name] == true
end

local function all_accuracy(names)
  for _, name in ipairs(names) do
    if not is_accuracy(name) then return false end
  end
  return #names > 0
end

-- What tells of the imbalance, in words, and its place; nil where nothing does.
local function imbalance(output, options)
  local shares, largest = output.target.class_shares, 0
  for _, share in ipairs(shares) do largest = math.max(largest, share) end
  if largest >= options.share and largest < 1 then
    return ("%.4g %% of the examples are of one class, so always saying it scores %.4g %%"):format(
      100 * largest, 100 * largest), { at = { output.target, "class_shares" }, message = "the shares of the classes" }
  end
  local least, most
  for _, weight in ipairs(output.class_weights) do
    if weight > 0 then
      least, most = math.min(least or weight, weight), math.max(most or weight, weight)
    end
  end
  if least and most / least >= options.weights then
    return ("one class weighs %.4g times another in the loss, so it is that much rarer"):format(most / least),
      { at = { output, "class_weights" }, message = "the weights of the classes" }
  end
end

return {
  api = 1,
  id = "monitoring/accuracy-under-imbalance",
  summary = "accuracy as the only judge where one class is nearly all there is",
  severity = "warning",
  cause = 2,
  untestable = "it is about what is looked at, not about how the network learns",
  needs = { "outputs.task = binary, multiclass" },
  options = {
    share = {
      type = "number", default = 0.9,
      help = "the share of the largest class from which on accuracy is no judge: always saying that class scores as "
        .. "much, above what many real tasks reach",
    },
    weights = {
      type = "number", default = 10,
      help = "the largest class weight over the smallest that tells of the same: weights are set to make up for "
        .. "shares, and 10 to 1 makes up for 91 % to 9 %",
    },
  },
  docs = [[
## What it looks for

A classification that is judged by accuracy alone, be it the monitored metric or the only one, where the stated shares
of the classes or their weights in the loss say that one class is rare. In Ludwig configs: `validation_metric:
accuracy` of a binary output with a high `positive_class_weight`. Ludwig's accuracy of a category is the mean over the
classes since 0.7, which is a fair judge.

## Why it is bad

With 97 % of the examples in one class, a network that ignores its inputs has an accuracy of 97 %. Accuracy then
hardly moves while the network learns to find the rare class, and moves the wrong way as soon as it pays for hits with
false alarms. Early stopping and the choice of the best weights by accuracy favour the network that says nothing.

## Example

Frauds, one payment in 500, and `metrics=["accuracy"]`.

## Use instead

The area under the precision-recall curve, precision and recall, F1, or the area under the ROC curve; balanced
accuracy for several classes; or the loss itself, which is weighted.

## When to ignore it

When the held-out data are balanced and only the training data are not.

## References

- He and Garcia, *Learning from Imbalanced Data*, 2009, section 4.
- Saito and Rehmsmeier, *The Precision-Recall Plot Is More Informative than the ROC Plot When Evaluating Binary
  Classifiers on Imbalanced Datasets*, 2015.
]],

  check = function(experiment, report, options)
    local training = experiment.training
    local ludwig = experiment.dialect == "ludwig"
    for _, output in ipairs(experiment.outputs) do
      local judges, record, key = output.metrics, output, "metrics"
      local mine = #experiment.outputs == 1 or training.validation_field == output.name
      if training.monitor and mine then judges, record, key = training.monitor, training, "monitor" end
      local fair = ludwig and output.type ~= "binary" and judges[1] ~= "accuracy_micro"
      local classes = one_of(output.task, { "binary", "multiclass" })
      local why, place
      if classes and judges and not fair and all_accuracy(judges) then why, place = imbalance(output, options) end
      if why then
        report {
          at = { record, key },
          message = ("%s is the judge of output %q, but %s"):format(judges[1], output.name, why),
          help = ludwig and "use roc_auc, or recall beside precision"
            or "use the area under the curve (auc), precision and recall, or f1",
          related = { place },
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
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data:
  inputs: {features: 30, normalization: zscore}
  targets: {class_shares: [0.998, 0.002]}
training: {loss: binary_crossentropy, metrics: 1️⃣[accuracy]}
]=],
    },
    {
      bad = [=[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 3, activation: softmax}
data:
  inputs: {features: 30, normalization: zscore}
training:
  loss: categorical_crossentropy
  class_weights: [1, 4, 40]
  metrics: [accuracy, auc]
  monitor: 1️⃣val_accuracy
]=],
    },
    {
      bad = [=[
input_features:
  - {name: amount, type: number}
output_features:
  - name: fraud
    type: binary
    loss: {type: binary_weighted_cross_entropy, positive_class_weight: 50}
trainer: {validation_field: fraud, validation_metric: 1️⃣accuracy}
]=],
    },
    {
      good = [=[
epochzero: 1
task: binary
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data:
  inputs: {features: 30, normalization: zscore}
  targets: {class_shares: [0.998, 0.002]}
training: {loss: binary_crossentropy, metrics: [accuracy, auc]}
]=],
    },
    {
      -- The loss is the judge.
      good = [=[
epochzero: 1
task: binary
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data:
  inputs: {features: 30, normalization: zscore}
training: {loss: binary_crossentropy, class_weights: [1, 50], metrics: [accuracy], monitor: val_loss}
]=],
    },
    {
      good = [=[
epochzero: 1
task: binary
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data:
  inputs: {features: 30, normalization: zscore}
  targets: {class_shares: [0.7, 0.3]}
training: {loss: binary_crossentropy, metrics: [accuracy]}
]=],
    },
    {
      -- Ludwig's accuracy of a category is the mean over its classes.
      good = [=[
input_features:
  - {name: amount, type: number}
output_features:
  - name: kind
    type: category
    loss: {type: softmax_cross_entropy, class_weights: [1, 30, 2]}
trainer: {validation_field: kind, validation_metric: accuracy}
]=],
    },
  },
}
