/// A way through a document, as definitions of dialects write it: `training.optimizer.lr`, `/defaults`, `behaviors.*`.
struct MappedPath: Hashable, Sendable {
  enum Step: Hashable, Sendable {
    /// A key, or a position in a list where the step is a number.
    case key(String)
    /// Any key, or any element.
    case any
  }

  var steps: [Step]
  /// Whether it starts at the document, not at the experiment in it.
  var isAbsolute = false

  init(_ names: [String]) {
    steps = names.map(Step.key)
  }

  /// Reads a path; nil where it has an empty step or an open quote.
  init?(_ text: String) {
    var rest = text[...]
    if rest.hasPrefix("/") {
      isAbsolute = true
      rest = rest.dropFirst()
    }
    steps = []
    while !rest.isEmpty {
      if rest.hasPrefix("\"") {
        rest = rest.dropFirst()
        guard let end = rest.firstIndex(of: "\"") else { return nil }
        steps.append(.key(String(rest[..<end])))
        rest = rest[rest.index(after: end)...]
        guard rest.isEmpty || rest.hasPrefix(".") else { return nil }
      } else {
        let end = rest.firstIndex(of: ".") ?? rest.endIndex
        guard end > rest.startIndex else { return nil }
        let step = String(rest[..<end])
        steps.append(step == "*" ? .any : .key(step))
        rest = rest[end...]
      }
      guard rest.hasPrefix(".") else { break }
      rest = rest.dropFirst()
      if rest.isEmpty { return nil }
    }
    guard isAbsolute || !steps.isEmpty else { return nil }
  }

  /// The keys that it leads through; steps that are any are `*`.
  var names: [String] {
    steps.map { step in
      switch step {
      case .key(let name): name
      case .any: "*"
      }
    }
  }

  /// The last key, which is what the thing at its end is called.
  var lastName: String { names.last ?? "" }

  /// What a condition calls the name of the file.
  static let file = MappedPath(["$file"])

  /// As it is written.
  var text: String {
    (isAbsolute ? "/" : "") + names.map { $0.contains(".") ? "\"\($0)\"" : $0 }.joined(separator: ".")
  }
}
