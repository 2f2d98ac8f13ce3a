-- A hidden layer that says nothing of its activation, in a framework that takes a sigmoid then.

local sigmoids = { "sigmoid", "hard_sigmoid" }

-- The layer of a section or config entry whose activation a default decides.
local function is_default_sigmoid(layer)
  return one_of(layer.activation, sigmoids) and origin(layer, "activation").kind == "default"
end

return {
  api = 1,
  id = "gradients/sigmoid-by-default",
  summary = "a layer without an activation, for which the framework takes a sigmoid",
  severity = "warning",
  cause = 8,
  probe = "gradient_norm",
  needs = { "layers.activation = sigmoid, hard_sigmoid" },
  kinds = { "dense", "conv1d", "conv2d", "conv3d", "activation" },

  docs = [[
## What it looks for
A convolution or dense layer that states no activation, where the framework's own choice is a sigmoid. Darknet takes
`logistic` for `[convolutional]` and `[connected]`; nearly all other frameworks take none.

## Why it is bad
In a hidden layer the slope of a sigmoid is at most a quarter, and 0 where it saturates: each such layer takes three
quarters of the gradient at least, and its output is never negative. In front of a detection head, which takes logits and
applies sigmoids of its own, no value can leave 0.5 to 0.73, and boxes cannot get their sizes. Nothing is said of it: the
network just trains badly.

## Example
```ini
[convolutional]
batch_normalize=1
filters=64
size=3
pad=1
```

## Use instead
What was meant: `activation=leaky` in a hidden layer of Darknet, `activation=linear` in front of `[yolo]`.

## When to ignore it
Where a sigmoid is meant; but then it is better written down.

## References
- Darknet (AlexeyAB/darknet), `src/parser.c`: `parse_convolutional` and `parse_connected`, "logistic".
- LeCun et al. (1998): Efficient BackProp, section 4.4.
]],

  check = function(experiment, report)
    local takes_logits, is_output = {}, {}
    for _, output in ipairs(experiment.outputs) do
      if output.activation_layer then
        is_output[output.activation_layer.index] = true
        takes_logits[output.activation_layer.index] = output.loss_expects == "logits" and output.name or nil
      end
    end
    for _, layer in ipairs(experiment.layers) do
      if is_default_sigmoid(layer) then
        local framework = origin(layer, "activation").framework
        local head = takes_logits[layer.index]
        if head then
          report {
            at = layer,
            message = ("%q states no activation, and %s takes a sigmoid then, but %q takes logits and applies its own")
              :format(layer.name, framework, head),
            help = 'write "linear"',
            fix = set(layer, "activation", "linear"),
            trial = set(layer, "activation", "linear"),
            once = true,
          }
        elseif not is_output[layer.index] then
          report {
            at = layer,
            message = ("%q states no activation, and %s takes a sigmoid then, whose slope is at most 1/4: little gradient "
              .. "gets through"):format(layer.name, framework),
            help = 'write the one that is meant, such as "leaky" or "relu"',
            fix = set(layer, "activation", "leaky_relu"),
            safe = false,
            trial = set(layer, "activation", "relu"),
            once = true,
          }
        end
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

[1️⃣convolutional]
filters=16
size=3
stride=2
pad=1

[avgpool]

[connected]
output=10
activation=linear

[softmax]
]==],
      fixed = [==[
[net]
batch=64
width=64
height=64
channels=3

[convolutional]
filters=16
size=3
stride=2
pad=1
activation=leaky

[avgpool]

[connected]
output=10
activation=linear

[softmax]
]==],
    },
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

[1️⃣convolutional]
size=1
filters=18

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
      -- A sigmoid that is written down is meant, and so is one behind the last layer.
      good = [==[
[net]
batch=64
width=64
height=64
channels=3

[convolutional]
filters=16
size=3
pad=1
activation=logistic

[convolutional]
filters=1
size=3
pad=1

[cost]
]==],
    },
    {
      -- In most frameworks a layer without an activation has none.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 32}
    - {kind: dense, units: 1, activation: sigmoid}
data: {inputs: {features: 12}}
]==],
    },
  },
}
