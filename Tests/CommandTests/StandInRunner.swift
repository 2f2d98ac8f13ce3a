import DryRunMessages
import Foundation
import JSONText
import Release
import TestSupport

/// A script in the place of a runner, which answers its first job with the first report and so on, whatever is asked.
struct StandInRunner {
  let folder: TemporaryFolder

  /// Makes the script, with the configs and rules of `Tests/Fixtures/dry-runs` beside it and settings that launch it.
  ///
  /// A job beyond the reports is never answered; `settings` are further lines of the settings.
  init(_ reports: [DryRunReport], settings: String = "") throws {
    folder = try TemporaryFolder([
      "epochzero.yaml": "dryrun: {launcher: [sh, stand-in.sh]}\nplugins: rules\nselect: golden\n\(settings)",
      "stand-in.sh": """
      send() { printf 'Content-Length: %d\\r\\n\\r\\n' "$(wc -c <"$1")"; cat "$1"; }
      send ready.json
      job=0
      while read -r header; do
        read -r _
        size=${header#*: }
        head -c "${size%?}" >message
        grep -q '"method":"run"' message || exit 0
        job=$((job + 1))
        echo >"job-$job"
        send progress.json
        if [ -e "report-$job.json" ]; then send "report-$job.json"; else sleep 100; fi
      done

      """,
      "ready.json": #"{"jsonrpc":"2.0","method":"ready","params":{"version":"\#(Release.versionNumber)"}}"#,
      "progress.json": #"{"jsonrpc":"2.0","method":"progress","params":{"share":0.5,"activity":"seed 2 of 3 to 9"}}"#,
    ])
    for (index, report) in reports.enumerated() {
      var writer = JSONWriter(isCompact: true)
      writer.object { writer in
        writer.member("jsonrpc", "2.0")
        writer.member("id", index + 1)
        writer.key("result")
        report.write(to: &writer)
      }
      try Data(writer.text.utf8).write(to: folder.url.appendingPathComponent("report-\(index + 1).json"))
    }
    for name in ["rules", "robot.yaml"] {
      try FileManager.default.copyItem(
        at: Self.fixtures.appendingPathComponent(name),
        to: folder.url.appendingPathComponent(name)
      )
    }
  }

  static let fixtures = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent()
    .deletingLastPathComponent()
    .appendingPathComponent("Fixtures/dry-runs")
}
