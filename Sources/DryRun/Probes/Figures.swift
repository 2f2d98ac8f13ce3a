#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Numbers as they stand in sentences.
enum Figures {
  /// Three significant digits: `0.0813`, `7.6`, `1230`, `3.2e-09`.
  static func short(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-infinity" : "infinity" }
    var text = [CChar](repeating: 0, count: 32)
    let size = abs(value)
    // Whole numbers are written out as long as one can read them.
    let format = size >= 1000 && size < 1e6 ? "%.0f" : "%.3g"
    _ = withVaList([value]) { vsnprintf(&text, text.count, format, $0) }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A share in percent: `49 %`; below one percent two digits.
  static func percent(_ share: Double) -> String {
    let percent = share * 100
    guard percent.isFinite, abs(percent) < 1e6 else { return "\(short(percent)) %" }
    // What is nearly all or nearly nothing is not all or nothing.
    if percent > 99 && percent < 100 { return "\(short((percent * 10).rounded(.down) / 10)) %" }
    return abs(percent) >= 1 || percent == 0
      ? "\(Int(percent.rounded())) %" : "\(short((percent * 100).rounded() / 100)) %"
  }

  static func count(_ number: Int, _ thing: String) -> String {
    "\(number) \(thing)\(number == 1 ? "" : "s")"
  }
}
