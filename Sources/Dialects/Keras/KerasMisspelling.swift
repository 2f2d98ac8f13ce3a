import ConfigSyntax
import Experiment
import SourceText

/// Finds names of activations, losses and initialisers that are one slip of the finger from one of Keras.
///
/// Other names that are not known are custom objects, about which a file says nothing more.
enum KerasMisspelling {
  /// What is wrong with a name that is misspelled.
  ///
  /// - Parameters:
  ///   - node: The name, or the object that holds it as its class.
  ///   - what: What it names, as in `activation`.
  ///   - known: The standard names.
  ///   - source: The index of the node's source.
  /// - Returns: The problem; nil where the name is known, or like none that is.
  static func problem(_ node: SyntaxNode, what: String, among known: [String], source: Int) -> Problem? {
    let nameNode = node.string == nil ? node["class_name"] ?? node : node
    // Custom objects are registered under a name, and live in a module of their own.
    if node["registered_name"]?.isNull == false || node["module"]?.string?.hasPrefix("keras") == false { return nil }
    guard let name = nameNode.string, let meant = meant(by: name, among: known) else { return nil }
    return Problem(
      kind: .invalidValue,
      message: "\"\(name)\" is no \(what) of Keras",
      location: nameNode.location(source: source),
      help: "did you mean \"\(meant)\"?",
      edits: node.string == nil ? [] : [nameNode.replacingText(with: meant)]
    )
  }

  private static func meant(by name: String, among known: [String]) -> String? {
    let word = Array(KerasNames.snakeCase(name).utf8)
    let isWord = word.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || $0 == UInt8(ascii: "_") }
    guard isWord, let nearest = Spelling.nearest(to: name, among: known) else { return nil }
    let other = Array(nearest.utf8)
    guard Spelling.distance(word, other, limit: 1) != nil else { return nil }
    // Short names are one letter from names that others gave: `pelu`, `crelu`, `telu` are no misspelled `relu`.
    return other.count >= 6 || word.sorted() == other.sorted() ? nearest : nil
  }
}
