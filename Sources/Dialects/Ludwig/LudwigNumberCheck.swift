import ConfigSyntax
import Experiment
import SourceText

/// Notes numbers that Ludwig takes for text.
///
/// Ludwig reads its configs with PyYAML (`load_yaml` in `ludwig/utils/data_utils.py`), a YAML 1.1 reader. Its resolver
/// (`yaml/resolver.py`) wants a point in the mantissa and a sign in the exponent: `1e-4` and `1.0e4` are text.
extension LudwigLowering {
  mutating func checkNumbers() {
    guard config.tree.format == .yaml, Self.mayHoldExponent(config.tree.source) else { return }
    checkNumbers(in: config, key: "")
  }

  /// What a value means to PyYAML, where a number or a truth value is wanted.
  ///
  /// What it takes for text against the writer's intention stays the number that was meant, so that the other rules see it.
  static func meaning<Value: FactRepresentable>(of node: SyntaxNode, as type: Value.Type, source: Int) -> FactValue {
    switch node.yaml11Value {
    case .boolean(let value)? where type == Bool.self: .boolean(value)
    case .integer(let value)? where type == Int.self || type == Double.self: .integer(value)
    case .number(let value)? where type == Double.self: .number(value)
    case .text(let value)? where type == String.self: .text(value)
    default: FactValue(node, source: source)
    }
  }

  /// Notes an integer that other readers take for another one: `010` is 8 to PyYAML, `1:30` is 90.
  mutating func noteOldInteger(_ member: SyntaxNode.Member, read value: FactValue) {
    guard let text = member.value.text, member.value.scalarValue != .text(text) || text.contains(":"),
      let written = value.written(in: .yaml)
    else { return }
    note(
      .ambiguousNumber,
      "Ludwig takes \"\(member.name): \(text)\" for \(written)",
      at: member.value,
      help: "YAML 1.1 readers count digits behind a leading 0 by eights, and parts between colons by sixties"
    )
  }

  // MARK: - Private

  private mutating func checkNumbers(in node: SyntaxNode, key: String) {
    // An alias stands for a node that is checked where it is written.
    guard !node.isAlias else { return }
    switch node.kind {
    case .mapping:
      for member in node.writtenMembers where !Self.textKeys.contains(member.name) && !isIgnored(member) {
        checkNumbers(in: member.value, key: member.name)
      }
    case .sequence:
      for element in node.elements { checkNumbers(in: element, key: key) }
    case .scalar:
      guard case .number? = node.scalarValue, case .text? = node.yaml11Value, let text = node.text,
        let pointed = YAML11Spelling.pointed(text)
      else { return }
      note(
        .ambiguousNumber,
        "Ludwig takes \"\(key): \(text)\" for text, not for a number",
        at: node,
        help: "YAML 1.1 readers want a point and a signed exponent: write \(pointed)",
        edits: [TextEdit(range: node.range, replacement: pointed)]
      )
    case .alias, .missing: break
    }
  }

  /// Whether the key is told to have no effect, so that its number does not matter.
  private func isIgnored(_ member: SyntaxNode.Member) -> Bool {
    experiment.problems.contains { $0.kind.isIgnoredKey && $0.location?.range == member.key.range }
  }

  /// Keys whose values are names, words or columns, however they look.
  private static let textKeys: Set<String> = [
    "name", "column", "proc_column", "split_column", "fill_value", "computed_fill_value", "str2idx", "vocab",
    "most_common", "fallback_label", "dependencies", "tied", "tied_weights", "experiment_name", "model_name",
    "ludwig_version", "base_model", "prompt", "template",
  ]

  /// Whether a digit or point stands before an `e` somewhere; most configs have none, and their nodes need no look.
  private static func mayHoldExponent(_ source: SourceText) -> Bool {
    var isAfterDigit = false
    for byte in source.bytes {
      if isAfterDigit, byte | 0x20 == UInt8(ascii: "e") { return true }
      isAfterDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: ".")
    }
    return false
  }
}
