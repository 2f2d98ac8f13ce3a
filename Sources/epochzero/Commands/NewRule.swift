import ArgumentParser
import Linting
import Rules

/// `epochzero new-rule`.
struct NewRule: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new-rule",
    abstract: "Write a new rule to start from: a small one that works, with its examples.",
    discussion: "Never overwrites a file. docs/writing-rules.md goes on from there."
  )

  @Argument(
    help: ArgumentHelp("The rule's id: two kebab-case words with a slash between them.", valueName: "group/name")
  )
  var id: String

  @Option(help: ArgumentHelp("The folder of your rules; the file is GROUP/NAME.lua below it.", valueName: "folder"))
  var dir = "."

  func run() throws {
    guard let text = RuleTemplate.text(id: id) else {
      StandardStream.report(
        "error",
        "the id \"\(id)\" is not of the form \"group/name\": lower case letters, digits and \"-\""
      )
      throw ExitStatus.failure
    }
    if RuleLibrary.bundledPlugins.contains(where: { $0.path == "rules/\(id).lua" }) {
      StandardStream.report("error", "the id \"\(id)\" is taken by a bundled rule")
      throw ExitStatus.failure
    }
    let path = FilePath.join(dir, "\(id).lua")
    do throws(FileError) {
      try DiskFileSystem().create(path, with: Array(text.utf8))
    } catch {
      StandardStream.report("error", "\(path): \(error.message)")
      throw ExitStatus.failure
    }
    StandardStream.output.write(path + "\n")
    StandardStream.error.write("test it with \"epochzero test-rules \(path)\"\n")
  }
}
