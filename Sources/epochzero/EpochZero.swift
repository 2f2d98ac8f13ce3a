import ArgumentParser

/// The `epochzero` command.
@main
struct EpochZero: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "epochzero",
    abstract: "The linter for neural-network configs."
  )
}
