import Foundation
import Testing

/// Settings as the command heeds them.
struct SettingsCommandTests {
  private let quiet = ["--format", "concise", "-q"]

  @Test func `heeds the settings of the folder, unless it is isolated`() throws {
    let folder = try self.folder(["epochzero.yaml": "plugins: my-rules\nselect: [dropout/sample]\n"])
    let heeded = try Program.run(["check", "run.yaml"] + quiet, in: folder.url)
    #expect(heeded.output.contains("warning[dropout/sample]"))
    #expect(heeded.status == 1)
    let isolated = try Program.run(["check", "run.yaml", "--isolated"] + quiet, in: folder.url)
    #expect(!isolated.output.contains("dropout/sample"))
  }

  @Test func `takes the settings file that is named`() throws {
    let folder = try self.folder([
      "epochzero.yaml": "this is broken: [",
      "ci/strict.yaml": "plugins: ../my-rules\nselect: dropout/sample\nfail-on: error\n",
    ])
    let result = try Program.run(["check", "run.yaml", "--config", "ci/strict.yaml"] + quiet, in: folder.url)
    #expect(result.output.contains("warning[dropout/sample]"))
    #expect(result.errors == "")
    #expect(result.status == 0)
  }

  @Test func `reports all that is wrong with settings, each with its place, and ends with 2`() throws {
    let folder = try self.folder(["epochzero.yaml": "selekt: [all]\nignore:\n  - nope/never\nfail-on: loud\n"])
    let result = try Program.run(["check", "run.yaml"], in: folder.url)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(
      result.errors == """
        epochzero.yaml:1:1: error: unknown key "selekt": did you mean "select"?
        epochzero.yaml:3:5: error: no rule or group is called "nope/never"
        epochzero.yaml:4:10: error: "fail-on" must be "hint", "warning" or "error", not "loud"

        """
    )
  }

  @Test func `says nothing of a settings file that is named among the files`() throws {
    let folder = try self.folder(["epochzero.yaml": "ignore: [all]\n"])
    let result = try Program.run(["check", "epochzero.yaml", "run.yaml"], in: folder.url)
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.output == "no findings in 1 file\n")
  }

  @Test func `passes over files that are named and excluded when it is told to`() throws {
    let folder = try self.folder(["epochzero.yaml": "exclude: run.yaml\nplugins: my-rules\nselect: dropout/sample\n"])
    #expect(try Program.run(["check", "run.yaml"] + quiet, in: folder.url).status == 1)
    let forced = try Program.run(["check", "run.yaml", "--force-exclude"], in: folder.url)
    #expect(forced.status == 0)
    #expect(forced.output == "no findings in 0 files\n")
    let passedOn = try Program.run(
      ["check", "-", "--stdin-filename", "run.yaml", "--force-exclude", "--fix", "-q"],
      in: folder.url,
      input: Sample.config
    )
    #expect(passedOn.status == 0)
    #expect(passedOn.output == Sample.config)
  }

  @Test func `explains and lists the rules of the settings' plugins`() throws {
    let folder = try self.folder(["epochzero.yaml": "plugins: my-rules\n"])
    #expect(try Program.run(["explain", "dropout/sample"], in: folder.url).output.hasPrefix("dropout/sample\n"))
    #expect(try Program.run(["rules"], in: folder.url).output.contains("dropout/sample"))
    #expect(try Program.run(["explain", "dropout/sample", "--isolated"], in: folder.url).status == 2)
  }

  @Test func `shows the facts of a joined experiment`() throws {
    let folder = try self.folder([
      "epochzero.yaml": "experiments: [{name: joined, files: [more.yaml, run.yaml]}]\n",
      "more.yaml": "epochzero: 1\ndata: {samples: 4711}\n",
    ])
    let result = try Program.run(["facts", "run.yaml"], in: folder.url)
    #expect(result.output.contains("4711"))
    #expect(result.output.contains("joined"))
  }

  @Test func `takes the version that configs are for from the settings, and from the command line before them`() throws
  {
    let folder = try self.folder([
      "epochzero.yaml": "framework-versions: {ludwig: \"0.6\"}\n",
      "prices.yaml": "input_features: [{name: a, type: number}]\noutput_features: [{name: b, type: binary}]\n",
    ])
    func normalization(_ options: String...) throws -> String {
      let output = try Program.run(["facts", "prices.yaml"] + options, in: folder.url).output
      return output.split(separator: "\n").first { $0.hasPrefix("  normalization ") }.map(String.init) ?? output
    }
    #expect(try normalization("--isolated").contains("depends on the version: none before 0.7, zscore since 0.7"))
    #expect(try normalization().contains("\"none\""))
    #expect(try normalization("--framework-version", "0.8").contains("\"zscore\""))
    #expect(try normalization("--framework-version", "ludwig=0.8").contains("\"zscore\""))
    #expect(try normalization("--framework-version", "keras=3").contains("\"none\""))
    let shown = try Program.run(
      ["check", "--show-settings", "prices.yaml", "--framework-version", "keras=3.1"],
      in: folder.url
    )
    #expect(shown.output.contains("framework-version keras"))
    #expect(shown.output.contains("--framework-version\n"))
    #expect(shown.output.contains("epochzero.yaml:1:1\n"))
    for wrong in ["newest", "=1", "ludwig="] {
      let result = try Program.run(["facts", "prices.yaml", "--framework-version", wrong], in: folder.url)
      #expect(result.status == 2)
      #expect(result.errors.contains("--framework-version must be a version such as \"0.6\""))
    }
  }

  @Test func `knows configs by a definition of one's own, and says what is wrong with one`() throws {
    let house =
      "dialect: 1\nname: house\nrecognize: [{all: [opt.lr]}]\nkeys: {opt.lr: training.optimizer.learning_rate}\n"
    let folder = try self.folder([
      "epochzero.yaml": "dialects: [house.yaml]\n", "house.yaml": house, "own.yaml": "opt: {lr: -0.25}\n",
    ])
    let result = try Program.run(["check", "own.yaml"] + quiet, in: folder.url)
    #expect(result.output.contains("error[learning-rate/negative]"))
    #expect(try Program.run(["facts", "own.yaml"], in: folder.url).output.contains("-0.25"))
    #expect(try Program.run(["check", "--show-settings", "own.yaml"], in: folder.url).output.contains("house.yaml"))
    let broken = try self.folder(["epochzero.yaml": "dialects: [house.yaml]\n", "house.yaml": house + "laeyrs: []\n"])
    let refused = try Program.run(["check", "run.yaml"], in: broken.url)
    #expect(refused.status == 2)
    #expect(refused.errors.hasPrefix("house.yaml:5:1: error: unknown key \"laeyrs\""))
  }

  @Test func `does not take both`() throws {
    let folder = try self.folder([:])
    let result = try Program.run(["check", "--config", "a.yaml", "--isolated"], in: folder.url)
    #expect(result.status == 2)
    #expect(result.errors.contains("--isolated heeds no settings file"))
  }

  private func folder(_ files: [String: String]) throws -> TemporaryFolder {
    let base = ["run.yaml": Sample.config, "my-rules/dropout/sample.lua": Sample.rule()]
    return try TemporaryFolder(base.merging(files) { $1 })
  }
}
