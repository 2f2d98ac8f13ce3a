/// Something that must hold for any bytes.
protocol FuzzTarget {
  /// Feeds the bytes to the code and stops the process when something does not hold.
  ///
  /// Returns whether the input was of the kind that the target is for; others are not kept in the corpus.
  func run(_ bytes: [UInt8]) -> Bool
}

/// All targets by name.
enum FuzzTargets {
  static let names = [
    "json", "yaml", "ini", "python", "prototxt", "keras", "ludwig", "native", "darknet", "caffe", "rules", "settings",
    "ignores",
    "fixes",
    "server",
  ]

  static func target(named name: String) -> (any FuzzTarget)? {
    switch name {
    case "json": SyntaxTarget(format: .json)
    case "yaml": SyntaxTarget(format: .yaml)
    case "ini": SyntaxTarget(format: .ini)
    case "prototxt": SyntaxTarget(format: .protoText)
    case "python": SyntaxTarget(format: .python)
    case "keras", "ludwig", "native", "darknet", "caffe": LoweringTarget(dialect: name)
    case "rules": RuleTarget()
    case "settings": SettingsTarget()
    case "ignores": IgnoreTarget()
    case "fixes": FixTarget()
    case "server": ServerTarget()
    default: nil
    }
  }
}

/// Stops the process with a message, which libFuzzer takes for a crash and keeps the input of.
func demand(_ condition: Bool, _ message: @autoclosure () -> String) {
  if !condition { fatalError("broken invariant: \(message())") }
}
