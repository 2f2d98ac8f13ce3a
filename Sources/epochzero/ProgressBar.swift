import Reporting

/// A line on standard error that says how far a dry run is; it is gone when the run has ended.
struct ProgressBar {
  private let style: TextStyle
  private static let cells = 20

  /// Makes a bar; nil where nobody sees it, or wants to.
  init?(isQuiet: Bool, _ color: ColorChoice) {
    guard !isQuiet, StandardStream.error.isTerminal, !StandardStream.isDumb else { return nil }
    style = StandardStream.error.style(color)
  }

  /// Shows how far it is, from 0 to 1, and what is being done.
  func show(_ share: Double, _ text: String) {
    let full = Int(min(max(share, 0), 1) * Double(Self.cells))
    let marks: (full: Character, empty: Character) = style.hasBlocks ? ("█", "░") : ("#", "-")
    let bar =
      String(repeating: marks.full, count: full) + String(repeating: marks.empty, count: Self.cells - full)
    let room = StandardStream.error.width - Self.cells - 2
    let shown = text.printable.prefix(max(0, room))
    StandardStream.error.write("\r\u{1B}[K" + style.apply(.cyan, to: bar) + " " + shown)
  }

  func erase() { StandardStream.error.write("\r\u{1B}[K") }
}
