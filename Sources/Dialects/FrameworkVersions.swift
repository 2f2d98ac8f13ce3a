/// The versions of frameworks that configs are for, as the command line and settings say; what a file itself says counts more.
package struct FrameworkVersions: Hashable, Sendable {
  /// A version with who says so.
  package struct Version: Hashable, Sendable {
    package var text: String
    /// Who says so, as in "inferred from the settings".
    package var from: String

    package init(_ text: String, from: String) {
      self.text = text
      self.from = from
    }
  }

  /// The version of whatever framework a file is for.
  package var common: Version?
  /// The versions by the names of dialects, which count more.
  package var byDialect: [String: Version]

  package init(common: Version? = nil, byDialect: [String: Version] = [:]) {
    self.common = common
    self.byDialect = byDialect
  }

  /// Returns the version of the framework whose configs the dialect reads; nil where nothing is said.
  package subscript(dialect: String) -> Version? { byDialect[dialect] ?? common }

  /// Returns these versions with what others say in front of them.
  package func overridden(by other: FrameworkVersions) -> FrameworkVersions {
    var versions = self
    if let common = other.common { versions = FrameworkVersions(common: common) }
    versions.byDialect.merge(other.byDialect) { $1 }
    return versions
  }

  /// Returns whether a text is a version: numbers, and perhaps a suffix, with points between them, such as `0.6` or `2.10.0rc1`.
  package static func isVersion(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return text.utf8.count <= 40 && parts.first?.allSatisfy(\.isASCIIDigit) == true
      && parts.allSatisfy { part in !part.isEmpty && part.allSatisfy { $0.isASCIIDigit || $0.isASCIILowercase } }
  }

  /// The same as a regular expression.
  package static let pattern = "^[0-9]+(\\.[0-9a-z]+)*$"
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
  fileprivate var isASCIILowercase: Bool { ("a"..."z").contains(self) }
}
