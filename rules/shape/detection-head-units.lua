-- The layer in front of a detection head gives another number of values than its classes and anchors need.

local formulas = {
  yolo = "(classes + 5) * anchors of its mask", gaussian_yolo = "(classes + 9) * anchors of its mask",
  region = "(classes + coords + 1) * num", detection = "side * side * ((1 + coords) * num + classes)",
}

return {
  api = 1,
  id = "shape/detection-head-units",
  summary = "filters in front of a detection head that do not fit its classes and anchors",
  severity = "error",
  untestable = "nothing can be trained as long as the head refuses what it is given",
  needs = { "outputs.wanted_units", "outputs.units" },

  docs = [[
## What it looks for
A detection head (`[yolo]`, `[Gaussian_yolo]`, `[region]`, `[detection]` of Darknet) behind a layer that gives another
number of values for each place than the head's classes, anchors and coordinates make.

## Why it is bad
For each anchor the head reads four coordinates (eight with uncertainties), whether there is an object, and one value for
each class. Darknet stops where the numbers differ. It is what most first trainings on one's own classes fail at: `classes`
was changed in the heads, and `filters` in the convolutions in front of them was not, or in one of them not.

## Example
One class and three anchors behind the 255 filters that the 80 classes of COCO need:

```ini
[convolutional]
size=1
filters=255
activation=linear

[yolo]
mask=0,1,2
classes=1
num=9
```

## Use instead
`filters=18`: (1 + 5) * 3. Where `mask` is absent, all of `num` anchors count.

## When to ignore it
With a fork of Darknet whose heads read other values.

## References
- Darknet (AlexeyAB/darknet), `src/yolo_layer.c` `make_yolo_layer`, `src/gaussian_yolo_layer.c`, `src/region_layer.c`,
  `src/detection_layer.c`; `src/parser.c`: "filters= in the [convolutional]-layer doesn't correspond to classes= or mask=".
- AlexeyAB/darknet, README, "How to train (to detect your custom objects)": filters=(classes + 5) x 3.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local wanted, units = output.wanted_units, output.units
      if wanted and units and wanted ~= units then
        local head = output.head
        local key = head.filters and "filters" or head.units and "units" or nil
        local changes = key and head[key] == units
        local defaults = origin(output, "classes").kind == "default" and experiment.framework or nil
        report {
          at = changes and { head, key } or output,
          message = ("%q gives %d values for each place, but %q needs %d: %s, with %s classes%s and %s anchors"):format(
            head.name or output.layer.name, units, output.name, wanted, formulas[output.loss] or "by classes and anchors",
            output.classes, defaults and (", which %s takes where none is stated,"):format(defaults) or "",
            output.anchors),
          help = key and ("write %d here, or mend classes and anchors of the head"):format(wanted)
            or ("give the head %d values"):format(wanted),
          related = { { at = output, message = "this head" } },
          fix = changes and set(head, key, wanted) or nil,
          -- The classes or the anchors may be what is wrong.
          safe = false,
        }
      end
    end
  end,

  examples = {
    {
      bad = [==[
[net]
batch=64
subdivisions=16
width=416
height=416
channels=3

[convolutional]
filters=32
size=3
stride=2
pad=1
activation=leaky

[convolutional]
size=1
filters=1️⃣255
activation=linear

[yolo]
mask=0,1,2
anchors=10,14, 23,27, 37,58, 81,82, 135,169, 344,319
classes=1
num=6
]==],
      fixed = [==[
[net]
batch=64
subdivisions=16
width=416
height=416
channels=3

[convolutional]
filters=32
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
anchors=10,14, 23,27, 37,58, 81,82, 135,169, 344,319
classes=1
num=6
]==],
    },
    {
      bad = [==[
[net]
batch=64
subdivisions=8
width=416
height=416
channels=3

[convolutional]
batch_normalize=1
filters=32
size=3
stride=2
pad=1
activation=leaky

[convolutional]
size=1
filters=1️⃣125
activation=linear

[region]
anchors=1.3,1.7, 3.1,4.0, 5.0,8.1, 9.4,5.1, 11.2,10.0
classes=3
coords=4
num=5
]==],
      fixed = [==[
[net]
batch=64
subdivisions=8
width=416
height=416
channels=3

[convolutional]
batch_normalize=1
filters=32
size=3
stride=2
pad=1
activation=leaky

[convolutional]
size=1
filters=40
activation=linear

[region]
anchors=1.3,1.7, 3.1,4.0, 5.0,8.1, 9.4,5.1, 11.2,10.0
classes=3
coords=4
num=5
]==],
    },
    {
      good = [==[
[net]
batch=64
subdivisions=16
width=416
height=416
channels=3

[convolutional]
batch_normalize=1
filters=32
size=3
stride=2
pad=1
activation=leaky

[convolutional]
size=1
filters=255
activation=linear

[yolo]
mask=0,1,2
classes=80
num=9

[route]
layers=0

[convolutional]
size=1
filters=21
activation=linear

[yolo]
mask=3,4,5
classes=2
num=9
]==],
    },
    {
      -- Uncertainties take four more values for each anchor.
      good = [==[
[net]
batch=64
subdivisions=16
width=512
height=512
channels=3

[convolutional]
batch_normalize=1
filters=32
size=3
stride=2
pad=1
activation=leaky

[convolutional]
size=1
filters=57
activation=linear

[Gaussian_yolo]
mask=0,1,2
classes=10
num=9
]==],
    },
  },
}
