/// libFuzzer's loop, which the driver is linked with.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Runs one target under libFuzzer: `fuzz TARGET [libFuzzer's options and folders]`.
@main
enum Main {
  /// The target that runs.
  ///
  /// Set once, before libFuzzer starts, and only read afterwards by its one thread.
  nonisolated(unsafe) private static var target: any FuzzTarget = SyntaxTarget(format: .json)

  static func main() {
    if CommandLine.arguments.dropFirst() == ["--list"] { return print(FuzzTargets.names.joined(separator: " ")) }
    guard CommandLine.arguments.count > 1, let target = FuzzTargets.target(named: CommandLine.arguments[1]) else {
      print("usage: fuzz \(FuzzTargets.names.joined(separator: "|")) [libFuzzer's options and folders]")
      return
    }
    Self.target = target
    // libFuzzer does not get to see the target's name.
    CommandLine.unsafeArgv[1] = CommandLine.unsafeArgv[0]
    var count = CommandLine.argc - 1
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
    _ = runFuzzer(&count, &arguments) { bytes, count in
      Main.target.run(Array(UnsafeBufferPointer(start: bytes, count: count))) ? 0 : -1
    }
  }
}
