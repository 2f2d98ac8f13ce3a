import DryRunMessages
import JSONText

/// What experiments by themselves gave, as one JSON object.
package enum ExperimentJSON {
  /// The version of the format; it grows when a member changes its meaning or goes away.
  package static let version = 1

  /// Returns the object as text that ends with a line end; members that are not known are left out.
  package static func render(_ reports: [NamedReport]) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", version)
      writer.key("experiments")
      writer.array(of: reports) { writer, named in
        writer.object { writer in
          writer.member("name", named.name)
          writer.key("report")
          named.report.write(to: &writer)
        }
      }
    }
    return writer.text + "\n"
  }
}
