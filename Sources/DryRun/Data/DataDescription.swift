import DryRunMessages
import Experiment

/// The sentences of a report on data.
struct DataDescription {
  let subject: DataSubject
  let written: VersionFacts
  let changed: VersionFacts?

  /// What synthetic data can show.
  static let syntheticLimits =
    "synthetic data show whether the network can learn a rule of this kind from examples of the stated shapes, "
    + "scales and classes; they cannot show whether your data hold such a rule, nor wrong labels, leaks, or over-fitting "
    + "to noise that only your data have"
  /// What the user's rows can show.
  static let sampleLimits =
    "these are your rows: what is learnt from them holds for data like them; a sample of a few hundred rows shows large "
    + "differences only, and over-fitting looks worse on few rows than on all of them"

  func lines(isSynthetic: Bool) -> [String] {
    var lines = subject.inputs.enumerated().map { index, form in
      "input \"\(form.name)\": " + (isSynthetic ? form.description : form.size == 1 ? form.word : "\(form.size) values")
        + normalization(ofInput: index, form)
    }
    lines += subject.targets.enumerated().map { index, form in
      "target \"\(form.name)\": " + (isSynthetic ? form.description : form.word) + normalization(ofTarget: index)
    }
    return lines + subject.assumptions
  }

  // MARK: - Private

  private func normalization(ofInput index: Int, _ form: InputForm) -> String {
    guard !form.isLookedUp else { return "" }
    let names = form.channelNames
    return sentence(
      subject.written.inputs.firstIndex(of: index).map { input in
        summary(names.map { written.inputNormalization(input, column: $0) })
      },
      changed.flatMap { changed in
        subject.changed?.inputs.firstIndex(of: index).map { input in
          summary(names.map { changed.inputNormalization(input, column: $0) })
        }
      }
    )
  }

  private func normalization(ofTarget index: Int) -> String {
    sentence(
      subject.written.targets.firstIndex(of: index).map { summary([written.targetNormalization($0)]) },
      changed.flatMap { changed in
        subject.changed?.targets.firstIndex(of: index).map { summary([changed.targetNormalization($0)]) }
      }
    )
  }

  /// The normalisation of all columns in a word or a few; nil where none is.
  private func summary(_ words: [String?]) -> String? {
    let kinds = Set(words.map { $0 ?? "none" })
    guard kinds != ["none"] else { return nil }
    return kinds.count == 1 ? kinds.first : kinds.sorted().joined(separator: " and ") + ", by column"
  }

  private func sentence(_ written: String??, _ changed: String??) -> String {
    guard let written else { return changed.flatMap(\.self).map { "; normalised by \($0)" } ?? "" }
    guard let changed, changed != written else { return written.map { "; normalised by \($0)" } ?? "" }
    return "; normalised by \(written ?? "nothing") as written, by \(changed ?? "nothing") with the fix"
  }
}

extension InputForm {
  fileprivate var channelNames: [String?] {
    guard case .columns(let columns) = kind else { return [nil] }
    return columns.map(\.name)
  }

  fileprivate var description: String {
    switch kind {
    case .columns(let columns):
      if columns.count == 1 { return columns[0].description }
      let named = columns.filter { $0.name != nil }
      guard named.isEmpty else {
        let shown = named.prefix(4).map { "\"\($0.name ?? "")\" \($0.description)" }.joined(separator: "; ")
        return "\(columns.count) columns that go together: \(shown)\(columns.count > 4 ? "; ..." : "")"
      }
      if columns[0].meaning == .binary { return "\(columns.count) zeros and ones" }
      return "\(columns.count) numbers that go together, each \(columns[0].statistics.description)"
    case .field(let places, let channels, _):
      let size = places.map { "\($0)" }.joined(separator: " x ")
      let what =
        places.count == 1
        ? "sequences of \(size) steps" : places.count == 2 ? "images of \(size)" : "volumes of \(size)"
      return "\(what), \(channels) \(channels == 1 ? "channel" : "channels"): smooth patterns at places that vary, "
        + "with noise, \(statistics[0].description)"
    case .tokens(let vocabulary):
      return "\(size) ids of \(vocabulary), as frequent as words are, in topics"
    }
  }
}

extension InputForm.Column {
  fileprivate var description: String {
    switch meaning {
    case .number: "a number \(statistics.description)"
    case .category(let count): "one of \(count) categories, each with an effect of its own"
    case .binary: "0 or 1"
    case .cyclic(let period): "a number that comes round after \(period.brief)"
    }
  }
}

extension TargetForm {
  fileprivate var description: String {
    let each = places.isEmpty ? "" : " for each of \(placeCount) places"
    switch kind {
    case .numbers:
      let rule = "half linear, the rest waves over a few directions, with 5 % noise"
      let numbers = isDistribution ? "that add up to 1" : statistics.description
      return "\(word)\(each) \(numbers)\(assumption.map { " (\($0))" } ?? ""): a smooth rule, \(rule)"
    case .bits(1):
      let share = shares.first ?? 0.5
      return "\(word)\(each), \((100 * share).brief) % of them ones"
    case .bits: return "\(word)\(each), each by a smooth rule of its own"
    case .classes:
      guard places.isEmpty else { return "\(word)\(each), by what is around it" }
      return "\(word), in clusters" + (shares.isEmpty ? ", all as frequent" : ", as frequent as stated")
    }
  }
}
