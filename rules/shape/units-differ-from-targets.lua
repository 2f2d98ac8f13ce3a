-- One prediction for three targets. Classes and labels: loss/units-differ-from-classes.

return {
  api = 1,
  id = "shape/units-differ-from-targets",
  summary = "a regression output with another number of units than there are targets",
  severity = "error",
  probe = "unreachable_targets",
  untestable = "nothing can be trained as long as units and targets differ",
  needs = { "outputs.units", "outputs.task = regression", "outputs.target.features|data.targets.features" },

  docs = [[
## What it looks for
A regression output whose number of units is not the stated number of targets of an example.

## Why it is bad
With one unit for several targets frameworks broadcast: the one prediction is compared with each target and learns their
mean. The loss goes down a little and then stays, and nothing says why. Other differences stop training at the first
batch.

## Example
`Dense(1)` for three joint angles.

## Use instead
As many units as targets.

## When to ignore it
Where the loss takes more than the predictions, such as a mean and a deviation for each target.

## References
- NumPy documentation: Broadcasting; PyTorch warns of it in `torch.nn.MSELoss`, Keras does not.
]],

  check = function(experiment, report)
    if #experiment.outputs ~= 1 then return end
    local output = experiment.outputs[1]
    local target = output.target.features and output.target or experiment.data.targets
    local features, units = target.features, output.units
    -- Losses that take parameters of a distribution, or several quantiles, have more units than targets.
    local takes_more = units and features and units > features and units % features == 0
        and not one_of(output.loss, {
          "mean_squared_error", "mean_absolute_error", "root_mean_squared_error", "huber", "log_cosh",
          "mean_squared_logarithmic_error", "mean_absolute_percentage_error",
        })
    local is_flat = #output.layer.output_shape == 1
    if features and units and units ~= features and not takes_more and is_flat
        and output.task == "regression" then
      local key = output.head.units and "units" or nil
      local fix = key and output.head.units == units and set(output.head, "units", features) or nil
      report {
        at = key and { output.head, key } or output.layer,
        message = ("output %q has %d units for %d targets%s"):format(
          output.name, units, features, units == 1 and ": one prediction is compared with each of them" or ""),
        help = ("use %d units"):format(features),
        related = { { at = { target, "features" }, message = ("%d targets are stated here"):format(features) } },
        fix = fix,
        -- The number of targets may be the one that is wrong.
        safe = false,
        confirm = fix ~= nil,
      }
    end
  end,

  examples = {
    {
      bad = [==[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, shape: [12]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, name: angles, units: 1️⃣1}
data: {targets: {features: 3}}
training: {loss: mse}
]==],
      fixed = [==[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, shape: [12]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, name: angles, units: 3}
data: {targets: {features: 3}}
training: {loss: mse}
]==],
    },
    {
      good = [==[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, shape: [12]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 3}
data: {targets: {features: 3}}
training: {loss: mse}
]==],
    },
    {
      -- A mean and a deviation for each target.
      good = [==[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, shape: [12]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 6}
data: {targets: {features: 3}}
training: {loss: gaussian_nll}
]==],
    },
    {
      -- The classes of one target.
      good = [==[
epochzero: 1
task: multiclass
model:
  layers:
    - {kind: input, shape: [12]}
    - {kind: dense, units: 10, activation: softmax}
data: {targets: {features: 1, classes: 10}}
training: {loss: sparse_categorical_crossentropy}
]==],
    },
  },
}
