/// A way through a document, as definitions of dialects write it: `training.optimizer.lr`, `/defaults`, `behaviors.*`.
struct MappedPath: Hashable, Sendable {
  enum Step: Hashable, Sendable {
    /// A key, or a position in a list where the step is a number.
    case key(String)
    /// Any key, or any element.
    case any
  }

  let steps: [Step]
  /// The keys that it leads through; steps that are any are `*`.
  let names: [String]
  /// Whether it starts at the document, not at the experiment in it.
  let isAbsolute: Bool

  init(_ names: [String], isAbsolute: Bool = false) {
    self.init(steps: names.map(Step.key), isAbsolute: isAbsolute)
  }

  private init(steps: [Step], isAbsolute: Bool) {
    self.steps = steps
    self.isAbsolute = isAbsolute
    names = steps.map { step in
      switch step {
      case .key(let name): name
      case .any: "*"
      }
    }
  }

  /// Reads a path; nil where it has an empty step or an open quote.
  init?(_ text: String) {
    let isAbsolute = text.hasPrefix("/")
    var rest = isAbsolute ? text.dropFirst() : text[...]
    var steps: [Step] = []
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
    self.init(steps: steps, isAbsolute: isAbsolute)
  }

  /// The way to what holds the last key.
  var parent: MappedPath { MappedPath(steps: steps.dropLast(), isAbsolute: isAbsolute) }

  /// The last key, which is what the thing at its end is called.
  var lastName: String { names.last ?? "" }

  /// What a condition calls the name of the file.
  static let file = MappedPath(["$file"])

  /// As it is written.
  var text: String {
    (isAbsolute ? "/" : "") + names.map { $0.contains(".") ? "\"\($0)\"" : $0 }.joined(separator: ".")
  }
}
