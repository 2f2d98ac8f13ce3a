package import Rules

/// What is wrong with rules, with a line for each problem.
package enum PluginProblemText {
  /// Returns lines such as `my-rules/depth/deep.lua:12:1: error[plugin]: ...`.
  package static func render(_ problems: [PluginProblem], style: TextStyle) -> String {
    problems.map { $0.heading(style) + "\n" }.joined()
  }
}
