/// What the programs of one release have in common.
package enum Release {
  /// The version of the programs, which the packages and the editors' extensions have from here.
  package static let versionNumber = "0.1.0"
}
