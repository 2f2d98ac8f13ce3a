package import ConfigSyntax
package import Experiment
import SourceText

/// Joins the documents of several files into one experiment.
///
/// It is done as where an experiment file names its model: what experiment files state lies over what the others say. One of
/// the documents at most may describe a whole model; of two that do, nobody can say which is meant.
package struct ExperimentJoin {
  /// A document with what it is written in.
  package struct Part: Sendable {
    package var document: SyntaxNode
    package var dialect: any Dialect
    /// What opens the files that the document names.
    package var context: LoweringContext

    package init(document: SyntaxNode, dialect: any Dialect, context: LoweringContext) {
      self.document = document
      self.dialect = dialect
      self.context = context
    }

    /// Whether the document says by itself what the layers are.
    var describesModel: Bool {
      guard dialect is NativeDialect else { return true }
      return document["model"].map { !$0.isNull } ?? false
    }
  }

  /// The experiment, not derived yet; nil where there was nothing to join.
  package private(set) var experiment: Experiment?
  /// The dialect that turns edits of the experiment into text.
  package private(set) var dialect: (any Dialect)?
  /// The positions of the parts that were left out, since an earlier one describes the model already.
  package private(set) var leftOut: [Int] = []
  /// The position of the part that describes the model.
  package private(set) var model: Int?

  /// Joins parts; of two experiment files that state different things of one fact the earlier one counts.
  package init(_ parts: [Part]) {
    var stated: [Part] = []
    for (index, part) in parts.enumerated() {
      if !part.describesModel {
        stated.append(part)
      } else if model == nil {
        model = index
      } else {
        leftOut.append(index)
      }
    }
    if let model {
      experiment = parts[model].dialect.lower(parts[model].document, in: parts[model].context).first
      dialect = parts[model].dialect
    }
    for part in stated.reversed() {
      var lowering = NativeLowering(part.document, in: part.context, over: experiment)
      experiment = lowering.run()
      dialect = part.dialect
    }
  }
}

extension Experiment {
  /// The name of the file that the experiment was read from, in quotes.
  var mainFile: String { sources.first.map { "\"\($0.name)\"" } ?? NativeMerger.modelFile }
}
