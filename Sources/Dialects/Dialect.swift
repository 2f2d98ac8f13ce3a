package import ConfigSyntax
package import Experiment
package import SourceText

/// One way of writing experiments down: recognises a document, lowers it to the IR, and turns IR edits back into text.
package protocol Dialect: Sendable {
  /// The name used in settings, output and documentation, such as `keras`.
  var name: String { get }

  /// Where the framework's defaults were read, each with its version; none for a dialect that has no framework.
  var sources: [String] { get }

  /// Returns how sure it is that the document is written in this dialect, from its content alone.
  func recognizes(_ document: SyntaxNode) -> Recognition

  /// Lowers a recognised document; never fails. Most documents hold one experiment.
  ///
  /// The result is not derived yet. What could not be read is in ``Experiment/problems``.
  func lower(_ document: SyntaxNode, in context: LoweringContext) -> [Experiment]

  /// Returns the text edits that make the changes, or nil when the files cannot say them safely.
  ///
  /// - Parameters:
  ///   - edits: Changes of facts, to be made together.
  ///   - experiment: An experiment that this dialect lowered.
  ///   - trees: The trees of ``Experiment/sources``, in step.
  /// - Returns: Edits that do not overlap, in any order.
  func textEdits(for edits: [ExperimentEdit], in experiment: Experiment, trees: [SyntaxTree]) -> [SourceEdit]?

  /// Returns what may be written at a place of a recognised document, and what stands there; nil where nothing is known.
  func guide(at place: SyntaxPlace) -> PlaceGuide?
}

/// How sure a dialect is that a document is its own.
package enum Recognition: Int, Comparable, Sendable {
  case no
  /// It has some of the dialect's marks; another dialect may have more.
  case likely
  case certain

  package static func < (left: Recognition, right: Recognition) -> Bool { left.rawValue < right.rawValue }
}

/// A text edit in one of an experiment's sources.
package struct SourceEdit: Hashable, Sendable {
  /// The index in ``Experiment/sources``.
  package var source: Int
  package var edit: TextEdit

  package init(source: Int, edit: TextEdit) {
    self.source = source
    self.edit = edit
  }
}

/// What lowering may ask of the world outside the document.
package struct LoweringContext: Sendable {
  /// A file that a document names.
  package enum Referenced: Sendable {
    case tree(SyntaxTree)
    /// It is not there or cannot be read; the text says why.
    case failed(String)
  }

  /// Returns the tree of a file named by a path relative to the document's folder.
  package var load: @Sendable (String) -> Referenced
  /// The versions of frameworks that count where the file itself tells none.
  package var frameworkVersions: FrameworkVersions

  package init(
    frameworkVersions: FrameworkVersions = FrameworkVersions(),
    load: @escaping @Sendable (String) -> Referenced = { _ in .failed("no file can be read here") }
  ) {
    self.frameworkVersions = frameworkVersions
    self.load = load
  }
}
