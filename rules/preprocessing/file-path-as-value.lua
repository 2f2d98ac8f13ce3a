-- The path of a picture or sound that is given to the network in the file's place.

local media = {
  image = "image", img = "image", photo = "image", picture = "image", thumbnail = "image", xray = "image",
  audio = "audio", wav = "audio", sound = "audio", recording = "audio", speech = "audio",
}
local files = { path = true, file = true, filename = true, filepath = true, url = true, uri = true }

-- "image" or "audio" where a name says that it is the path of one.
local function medium_of(name)
  local words = words_of(name)
  local last, before = words[#words] or "", words[#words - 1] or ""
  return files[last] and media[before] or nil
end

return {
  api = 1,
  id = "preprocessing/file-path-as-value",
  summary = "the path of a picture or sound in the place of what is in the file",
  severity = "warning",
  cause = 3,
  untestable = "what the column holds is not in the file, and made-up rows would show only what they are made to show",
  needs = { "inputs.type", "dialect = ludwig" },
  options = {
    allow = { type = "list", default = {}, help = "names of features whose paths themselves say something" },
  },
  docs = [[
## What it looks for

An input feature of a Ludwig config whose name is that of an image's or sound's path (`image_path`, `audio_file`),
with another type than `image` or `audio`: category, text, number, set, bag, sequence.

## Why it is bad

Ludwig opens the file for the types `image` and `audio` only. As a category each path is a class with one example, as
text it is its letters: the network never sees a pixel. Where folders are named by class, the path tells the target,
the figures are perfect, and the network is of no use.

## Example

```yaml
input_features: [{name: image_path, type: category}]
```

## Use instead

`type: image`, `type: audio`.

## When to ignore it

When the path is what the network is to be trained on.

## References

- Ludwig, `features/image_feature.py`: reads the files that the column names.
- Kaufman, Rosset and Perlich, *Leakage in Data Mining*, 2011.
]],

  check = function(experiment, report, options)
    if experiment.dialect ~= "ludwig" then return end
    for _, input in ipairs(experiment.inputs) do
      local medium = medium_of(input.name)
      local other = medium and one_of(input.type, { "category", "text", "number", "set", "bag", "sequence" })
      if medium and other and not one_of(input.name, options.allow) then
        report {
          at = { input, "type" },
          message = ("feature %q is of type %s, so the network gets the path and never sees the file"):format(
            input.name, input.type),
          help = ('write "type: %s"'):format(medium),
        }
      end
    end
  end,

  examples = {
    {
      bad = [=[
input_features:
  - {name: image_path, type: 1️⃣category}
  - {name: audioFile, type: 2️⃣text}
output_features:
  - {name: sort, type: category}
]=],
    },
    {
      good = [=[
input_features:
  - {name: image_path, type: image}
  - {name: audio_file, type: audio}
  - {name: image_quality, type: category}
  - {name: photo_count, type: number}
  - {name: url, type: text}
  - {name: file_type, type: category}
  - {name: image, type: category}
output_features:
  - {name: sort, type: category}
]=],
    },
  },
}
