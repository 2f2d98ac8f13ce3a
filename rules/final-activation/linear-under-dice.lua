local overlaps = { dice = "Dice", tversky = "Tversky" }

-- Activations whose values have no bound on one side at least. Tanh and the like reach below 0, but not without end.
local unbounded = {
  linear = true, relu = true, leaky_relu = true, prelu = true, elu = true, selu = true, celu = true, gelu = true,
  silu = true, mish = true, softplus = true, exponential = true,
}

-- Layers through which the values of the last weight layer pass as they are.
local transparent = {
  activation = true, dropout = true, spatial_dropout = true, alpha_dropout = true, gaussian_dropout = true,
  reshape = true, permute = true, identity = true, batch_normalization = true,
}

local function ends_plainly(output)
  local layer = output.layer
  for _ = 1, 20 do
    if layer == nil then return false end
    if layer == output.head then return true end
    if not transparent[layer.kind] then return false end
    layer = layer.inputs[1]
  end
  return false
end

return {
  api = 1,
  id = "final-activation/linear-under-dice",
  summary = "a Dice loss on raw values",
  severity = "error",
  cause = 7,
  untestable = "the inside of the network is not in the file",
  needs = { "outputs.loss = dice, tversky", "outputs.activation" },
  docs = [[
## What it looks for

A Dice or Tversky loss that neither applies an activation itself nor gets probabilities: the network ends without one. In MONAI,
`DiceLoss`, `DiceCELoss`, `DiceFocalLoss`, `GeneralizedDiceLoss` and `TverskyLoss` apply sigmoid or softmax only when told to, and
its segmentation networks end in a convolution. Networks, training loops and loss classes of the author's own are left alone.

## Why it is bad

Dice divides twice the sum of prediction times target by the sum of both. That is a share of overlap only for predictions
between 0 and 1. Raw values are negative about as often as not, so the denominator crosses 0, the loss has no lower bound, and
making all values large pays more than getting a mask right. Where cross-entropy is added, as in `DiceCELoss`, that half still
trains, and the Dice half pulls beside it.

## Example

```json
"loss": {"_target_": "DiceCELoss", "to_onehot_y": true}
```

## Use instead

`"softmax": true` for classes that exclude each other, `"sigmoid": true` for one class or for classes that overlap. In Keras,
`softmax` or `sigmoid` on the last layer.

## When to ignore it

When code that the linter cannot see applies the activation between the network and the loss.

## References

- MONAI 1.6.1, `monai/losses/dice.py`: `sigmoid: bool = False`, `softmax: bool = False`.
- Milletari, Navab and Ahmadi, *V-Net*, 2016, section 3: the Dice objective on a voxel-wise softmax.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local name = overlaps[output.loss]
      if name and output.loss_expects == "probabilities" and unbounded[output.activation] then
        local layer = output.activation_layer
        if layer and ends_plainly(output) then
          local instead = output.units > 1 and "softmax" or "sigmoid"
          report {
            at = { layer, "activation" },
            message = ("output %q ends in %s, so its values are no probabilities, and the %s loss has no lower bound on "
              .. "them"):format(output.name, output.activation, name),
            help = ("use %q"):format(instead),
            related = { { at = { output, "loss" }, message = "the loss is stated here" } },
            fix = set(layer, "activation", instead),
            -- Channels may be labels that overlap.
            safe = false,
          }
        elseif origin(output, "activation").kind == "default" then
          report {
            at = { output, "loss" },
            message = ("the %s loss gets raw values: the network ends without an activation and the loss applies none, "
              .. "so it has no lower bound"):format(name),
            help = "give the loss softmax: true for classes that exclude each other, sigmoid: true for one class or for "
              .. "classes that overlap",
            fix = set(output, "from_logits", true),
            safe = false,
          }
        end
      end
    end
  end,

  examples = {
    {
      bad = [=[
{
  "network_def": {"_target_": "UNet", "spatial_dims": 3, "in_channels": 1, "out_channels": 3},
  "network": "$@network_def.to(@device)",
  "loss": {"_target_": 1️⃣"DiceCELoss", "to_onehot_y": true},
  "optimizer": {"_target_": "torch.optim.Adam", "params": "$@network.parameters()", "lr": 0.0002}
}
]=],
      fixed = [=[
{
  "network_def": {"_target_": "UNet", "spatial_dims": 3, "in_channels": 1, "out_channels": 3},
  "network": "$@network_def.to(@device)",
  "loss": {"_target_": "DiceCELoss", "to_onehot_y": true, "softmax": true},
  "optimizer": {"_target_": "torch.optim.Adam", "params": "$@network.parameters()", "lr": 0.0002}
}
]=],
    },
    {
      bad = [=[
{
  "network_def": {"_target_": "SegResNet", "in_channels": 1, "out_channels": 1},
  "network": "$@network_def.to(@device)",
  "loss": {"_target_": 1️⃣"DiceLoss", "sigmoid": false},
  "optimizer": {"_target_": "torch.optim.Adam", "params": "$@network.parameters()", "lr": 0.0002}
}
]=],
      fixed = [=[
{
  "network_def": {"_target_": "SegResNet", "in_channels": 1, "out_channels": 1},
  "network": "$@network_def.to(@device)",
  "loss": {"_target_": "DiceLoss", "sigmoid": true},
  "optimizer": {"_target_": "torch.optim.Adam", "params": "$@network.parameters()", "lr": 0.0002}
}
]=],
    },
    {
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer",
      "config": {"name": "in", "batch_shape": [null, 64, 64, 1]}},
    {"module": "keras.layers", "class_name": "Conv2D",
      "config": {"name": "mask", "filters": 1, "kernel_size": [1, 1], "activation": 1️⃣"linear"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "dice"}
}
]=],
      fixed = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer",
      "config": {"name": "in", "batch_shape": [null, 64, 64, 1]}},
    {"module": "keras.layers", "class_name": "Conv2D",
      "config": {"name": "mask", "filters": 1, "kernel_size": [1, 1], "activation": "sigmoid"}}
  ]},
  "compile_config": {"optimizer": "adam", "loss": "dice"}
}
]=],
    },
    {
      good = [=[
{
  "network_def": {"_target_": "UNet", "spatial_dims": 3, "in_channels": 1, "out_channels": 3},
  "network": "$@network_def.to(@device)",
  "loss": {"_target_": "DiceCELoss", "to_onehot_y": true, "softmax": true},
  "optimizer": {"_target_": "torch.optim.Adam", "params": "$@network.parameters()", "lr": 0.0002}
}
]=],
    },
    {
      -- The loss applies an activation of the author's own.
      good = [=[
{
  "network_def": {"_target_": "UNet", "spatial_dims": 3, "in_channels": 1, "out_channels": 3},
  "network": "$@network_def.to(@device)",
  "loss": {"_target_": "DiceLoss", "other_act": "$torch.nn.Softplus()"},
  "optimizer": {"_target_": "torch.optim.Adam", "params": "$@network.parameters()", "lr": 0.0002}
}
]=],
    },
    {
      -- What the author's network ends in is not known, nor what the author's loss does with it.
      good = [=[
{
  "network_def": {"_target_": "scripts.net.Segmenter", "out_channels": 3},
  "network": "$@network_def.to(@device)",
  "loss": {"_target_": "DiceLoss"},
  "optimizer": {"_target_": "torch.optim.Adam", "params": "$@network.parameters()", "lr": 0.0002}
}
]=],
    },
    {
      good = [=[
{
  "network_def": {"_target_": "UNet", "spatial_dims": 3, "in_channels": 1, "out_channels": 3},
  "network": "$@network_def.to(@device)",
  "loss": {"_target_": "scripts.losses.DiceLoss"},
  "optimizer": {"_target_": "torch.optim.Adam", "params": "$@network.parameters()", "lr": 0.0002}
}
]=],
    },
  },
}
