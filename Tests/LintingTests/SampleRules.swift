import Rules

/// Small rules for tests of what happens around rules.
enum SampleRules {
  /// Finds dropout above one half; the fix halves it.
  static let dropout = rule(
    "dropout/sample-high",
    """
    for _, layer in ipairs(experiment.layers) do
      if layer.kind == "dropout" and layer.rate > 0.5 then
        report { at = { layer, "rate" }, message = "drops too much", help = "drop less", fix = set(layer, "rate", layer.rate / 2) }
      end
    end
    """
  )

  /// Finds dropout above a quarter and says how much; the fix halves it, and may have to do so again.
  static let halving = rule(
    "dropout/sample-halving",
    """
    for _, layer in ipairs(experiment.layers) do
      if layer.kind == "dropout" and layer.rate > 0.25 then
        report { at = { layer, "rate" }, message = "drops " .. tostring(layer.rate), fix = set(layer, "rate", layer.rate / 2) }
      end
    end
    """
  )

  /// Finds units; its fix does not mend it.
  static let uselessFix = rule(
    "init/sample-useless",
    """
    for _, layer in ipairs(experiment.layers) do
      if layer.units then
        report { at = { layer, "units" }, message = "has units", fix = set(layer, "units", 77) }
      end
    end
    """
  )

  /// Finds dropout above an option; off unless it is asked for.
  static let optional = rule(
    "dropout/sample-optional",
    """
    for _, layer in ipairs(experiment.layers) do
      if layer.kind == "dropout" and layer.rate > options.limit then report { at = { layer, "rate" }, message = "limited" } end
    end
    """,
    metadata: "default = false, options = { limit = { type = \"number\", default = 0.5, help = \"the limit\" } },"
  )

  /// Finds dropout, for a folder of the user's.
  static let extra = rule(
    "dropout/sample-extra",
    """
    for _, layer in ipairs(experiment.layers) do
      if layer.kind == "dropout" then report { at = { layer, "rate" }, message = "dropout" } end
    end
    """
  )

  /// Finds that a layer has more than 8 units; the fix gives it one more.
  static let growing = rule(
    "width/sample-growing",
    """
    for _, layer in ipairs(experiment.layers) do
      if layer.units and layer.units > 8 then
        report { at = { layer, "units" }, message = "has " .. layer.units, fix = set(layer, "units", layer.units + 1) }
      end
    end
    """
  )

  /// Finds odd and even units in turn; each fix makes what the other rule finds.
  static let even = flipping("width/sample-even", from: 10, to: 11)
  static let odd = flipping("width/sample-odd", from: 11, to: 10)

  /// Finds dropout above one half; the fix, which is not safe, makes it zero.
  static let unsafe = rule(
    "dropout/sample-unsafe",
    """
    for _, layer in ipairs(experiment.layers) do
      if layer.kind == "dropout" and layer.rate > 0.5 then
        report { at = { layer, "rate" }, message = "drops most", fix = set(layer, "rate", 0), safe = false }
      end
    end
    """
  )

  /// Finds dropout of 0.8, and as an error one of 0.4, which its fix makes.
  static let worsening = rule(
    "dropout/sample-worsening",
    """
    for _, layer in ipairs(experiment.layers) do
      if layer.rate == 0.8 then
        report { at = { layer, "rate" }, severity = "warning", message = "is 0.8", fix = set(layer, "rate", 0.4) }
      elseif layer.rate == 0.4 then
        report { at = { layer, "rate" }, message = "is 0.4" }
      end
    end
    """,
    severity: "error"
  )

  /// Finds that a dense layer has no penalty; the fix adds one.
  static let adding = rule(
    "regularization/sample-adding",
    """
    for _, layer in ipairs(experiment.layers) do
      if layer.kind == "dense" and not layer.kernel_l2 then
        report { at = layer, message = "no penalty", fix = set(layer, "kernel_l2", 0.5) }
      end
    end
    """
  )

  /// Finds units at two places; each fix sets them.
  static let twice = rule(
    "width/sample-twice",
    """
    for _, layer in ipairs(experiment.layers) do
      if layer.units == 4 then
        report { at = { layer, "units" }, message = "is 4", fix = set(layer, "units", 5) }
        report { at = { layer, "units" }, message = "is not 6", fix = set(layer, "units", 6) }
      elseif layer.units == 5 then
        report { at = { layer, "units" }, message = "is not 6", fix = set(layer, "units", 6) }
      end
    end
    """
  )

  /// The text of a rule, to be put into a folder.
  static func text(of rule: PluginFile) -> String { String(decoding: rule.bytes, as: UTF8.self) }

  private static func flipping(_ id: String, from: Int, to: Int) -> PluginFile {
    rule(
      id,
      """
      for _, layer in ipairs(experiment.layers) do
        if layer.units == \(from) then
          report { at = { layer, "units" }, message = "has \(from)", fix = set(layer, "units", \(to)) }
        end
      end
      """
    )
  }

  /// Reports the problems of texts.
  static let problems = rule(
    "files/sample-problems",
    """
    for _, problem in ipairs(experiment.problems) do
      if problem.kind == "invalid-syntax" then report { at = problem, message = problem.message } end
    end
    """
  )

  /// Fails whenever it runs.
  static let broken = rule("depth/sample-broken", "error(\"no luck\")")

  /// Makes a plugin with a check.
  static func rule(
    _ id: String,
    _ check: String,
    severity: String = "warning",
    metadata: String = "",
    examples: String = "{ bad = [[1️⃣x]] }, { good = [[x]] }"
  ) -> PluginFile {
    let text = """
      return {
        api = 1,
        id = "\(id)",
        summary = "a rule for a test",
        severity = "\(severity)",
        docs = [[For a test.]],
        \(metadata)
        check = function(experiment, report, options)
      \(check)
        end,
        examples = {
      \(examples)
        },
      }
      """
    return PluginFile(path: "my-rules/\(id).lua", bytes: Array(text.utf8))
  }
}
