-- A monitor that nothing computes.

local long_names = {
  mae = "meanabsoluteerror", mse = "meansquarederror", rmse = "rootmeansquarederror", acc = "accuracy",
  mape = "meanabsolutepercentageerror", msle = "meansquaredlogarithmicerror", kld = "kldivergence",
  bce = "binarycrossentropy", prc = "auc", auroc = "auc", rocauc = "auc", prauc = "auc",
}

-- A name in one spelling: lower case, without underscores, long.
local function spelled(name)
  local plain = string.gsub(name:lower(), "[^%w]", "")
  return long_names[plain] or plain
end

-- Whether a metric goes by a monitor's name: "f1" by "f1_score", "mae" of the output "price" by "price_mae".
local function goes_by(metric, monitor)
  local rest = monitor
  for _ = 1, 8 do
    local own = spelled(rest)
    if string.find(own, metric, 1, true) or string.find(metric, own, 1, true) then return true end
    rest = string.match(rest, "^[^_/]+[_/](.+)$")
    if not rest then return false end
  end
  return false
end

return {
  api = 1,
  id = "monitoring/monitor-not-computed",
  summary = "a monitor that is neither the loss nor one of the metrics",
  severity = "warning",
  cause = 2,
  untestable = "it is about what is looked at, not about how the network learns",
  needs = { "training.monitor", "outputs.metrics" },
  docs = [[
## What it looks for

A monitored name that is neither the loss nor one of the stated metrics, with `val_` in front or an output's name in
it. Only where the metrics are stated, in the experiment file or in the Keras model.

## Why it is bad

The monitor is looked up by name in what was computed. Keras warns once ("conditioned on metric ... which is not
available") and goes on: training never stops early, no best weights are kept, the rate never drops.

## Example

```yaml
training: {metrics: [accuracy], monitor: val_auc, early_stopping: 5}
```

## Use instead

Add the metric, or monitor one that is there.

## When to ignore it

When code adds the metric: add it to the file's metrics.

## References

- Keras, `callbacks/early_stopping.py`.
]],

  check = function(experiment, report)
    if experiment.dialect == "ludwig" then return end
    local computed, listed = {}, {}
    for _, output in ipairs(experiment.outputs) do
      if not output.metrics then return end
      for _, metric in ipairs(output.metrics) do
        computed[#computed + 1] = spelled(metric)
        listed[#listed + 1] = ("%q"):format(metric)
      end
    end
    for _, monitor in ipairs(experiment.training.monitor) do
      -- Without "val_" in front a name may be anything that code computes.
      local base = string.match(monitor, "^val[idaton]*[_/](.+)$")
      local found = base == nil or string.find(base:lower(), "loss", 1, true) ~= nil
      for _, metric in ipairs(computed) do found = found or goes_by(metric, base) end
      if not found then
        report {
          at = { experiment.training, "monitor" },
          message = ("%q is monitored, but it is neither the loss nor one of the metrics (%s)"):format(
            monitor, #listed > 0 and table.concat(listed, ", ") or "there are none"),
          help = "add the metric, or monitor val_loss",
          related = { { at = { experiment.outputs[1], "metrics" }, message = "what is computed" } },
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
data: {inputs: {features: 12}}
training: {loss: binary_crossentropy, metrics: [accuracy], monitor: 1️⃣val_auc, early_stopping: 5}
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
data: {inputs: {features: 12}}
training: {loss: binary_crossentropy, metrics: [accuracy, AUC], monitor: [val_auc, val_loss], early_stopping: 5}
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
data: {inputs: {features: 12}}
training: {loss: mse, metrics: [RootMeanSquaredError], monitor: val_rmse}
]=],
    },
    {
      -- Several outputs: the output's name stands in the monitor's.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, name: trunk, units: 64, activation: relu}
    - {kind: dense, name: price, units: 1}
    - {kind: dense, name: sort, units: 3, activation: softmax, from: trunk}
data: {inputs: {features: 12}}
outputs:
  price: {loss: huber, metrics: [mae]}
  sort: {loss: categorical_crossentropy, metrics: [categorical_accuracy]}
training: {monitor: [val_price_mae, val_sort_accuracy]}
]=],
    },
    {
      -- Which metrics there are is not said.
      good = [=[
epochzero: 1
task: binary
model:
  layers:
    - {kind: dense, units: 1, activation: sigmoid}
data: {inputs: {features: 12}}
training: {loss: binary_crossentropy, monitor: val_auc}
]=],
    },
  },
}
