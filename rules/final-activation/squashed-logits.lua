-- A detection head that takes logits, behind an activation.

return {
  api = 1,
  id = "final-activation/squashed-logits",
  summary = "an activation in front of a detection head that takes logits",
  severity = "warning",
  cause = 7,
  untestable = "dry runs have no detection heads",
  needs = { "outputs.task = detection", "outputs.activation", "outputs.loss_expects = logits" },

  docs = [[
## What it looks for
A detection head such as Darknet's `[yolo]` or `[region]` whose layer in front states an activation that cuts its values:
`logistic`, `relu`, `leaky`, `tanh`.

## Why it is bad
The head takes logits: it applies a sigmoid to places, objectness and classes itself, and the exponential function to sizes.
Behind a second sigmoid no probability leaves 0.5 to 0.73 and no box is smaller than its anchor; behind ReLU no probability
falls below 0.5.

## Example
```ini
[convolutional]
size=1
filters=18
activation=leaky

[yolo]
mask=0,1,2
classes=1
```

## Use instead
`activation=linear`, or `new_coords=1` in the head, which takes probabilities and wants `activation=logistic` in front.

## When to ignore it
With a fork of Darknet whose heads apply nothing.

## References
- Darknet (AlexeyAB/darknet), `src/yolo_layer.c` `forward_yolo_layer`, `src/region_layer.c` `forward_region_layer`.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local layer = output.activation_layer
      if output.task == "detection" and output.loss_expects == "logits" and layer and output.activation ~= "linear"
          and origin(layer, "activation").kind == "stated" then
        report {
          at = { layer, "activation" },
          message = ("%q takes logits and applies its own functions, but %q gives it what went through %s"):format(
            output.name, layer.name, output.activation),
          help = 'write "linear"',
          fix = set(layer, "activation", "linear"),
          safe = false,
          related = { { at = output, message = "this head" } },
        }
      end
    end
  end,

  examples = {
    {
      bad = [==[
[net]
batch=64
width=64
height=64
channels=3

[convolutional]
batch_normalize=1
filters=16
size=3
stride=2
pad=1
activation=leaky

[convolutional]
size=1
filters=18
activation=1️⃣leaky

[yolo]
mask=0,1,2
classes=1
num=3
]==],
      fixed = [==[
[net]
batch=64
width=64
height=64
channels=3

[convolutional]
batch_normalize=1
filters=16
size=3
stride=2
pad=1
activation=leaky

[convolutional]
size=1
filters=18
activation=linear

[yolo]
mask=0,1,2
classes=1
num=3
]==],
    },
    {
      -- With new_coords the head takes probabilities.
      good = [==[
[net]
batch=64
width=64
height=64
channels=3

[convolutional]
batch_normalize=1
filters=16
size=3
stride=2
pad=1
activation=swish

[convolutional]
size=1
filters=18
activation=logistic

[yolo]
mask=0,1,2
classes=1
num=3
new_coords=1
]==],
    },
  },
}
