/// The eleven causes that rules are sorted by: why a network does not work.
package enum Cause {
  /// The causes, the first of which is number 1.
  package static let titles = [
    "data not normalised",
    "results never looked at",
    "data not preprocessed",
    "no regularisation",
    "batch too large",
    "wrong learning rate",
    "wrong activation on the final layer",
    "bad gradients",
    "wrong weight initialisation",
    "network too deep",
    "wrong hidden width",
  ]

  /// Returns the title of a cause by its number, or nil when there is none.
  package static func title(of number: Int?) -> String? {
    guard let number, titles.indices.contains(number - 1) else { return nil }
    return titles[number - 1]
  }
}
