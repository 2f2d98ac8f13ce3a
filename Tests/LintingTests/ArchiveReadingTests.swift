import Linting
import Rules
import SourceText
import Testing

struct ArchiveReadingTests {
  private let config = """
    {"module": "keras", "class_name": "Sequential", "config": {"name": "net", "layers": [
      {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 8]}},
      {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "drop", "rate": 0.8}}
    ]}}
    """

  @Test func `lints the config inside a Keras archive, and offers no fix`() throws {
    let files = MemoryFileSystem()
    files["net.keras"] = storedArchive(of: config, named: "config.json")
    let report = check(files, ["net.keras"])
    let finding = try #require(report.findings.first)
    #expect(report.findings.count == 1)
    #expect(finding.source.name == "net.keras/config.json")
    #expect(finding.source.displayPosition(at: finding.range.start).line == 3)
    #expect(finding.fix == nil)
  }

  @Test func `says that the fixes of an archive are not made`() {
    let files = MemoryFileSystem()
    files["net.keras"] = storedArchive(of: config, named: "config.json")
    let session = LintSession(fileSystem: files, rules: RuleSet(loading: [SampleRules.dropout]))
    let outcome = Fixer(session: session).fix(Discovery(["net.keras"], in: files).inputs)
    #expect(outcome.changes.isEmpty)
    #expect(
      outcome.notes == [
        FileProblem(
          file: "net.keras/config.json",
          message: "a fix left out: archives are not written; take the file out, fix it, and put it back"
        )
      ]
    )
  }

  @Test func `reads an archive that an experiment names`() {
    let files = MemoryFileSystem(["run.yaml": "epochzero: 1\nmodel: net.keras\n"])
    files["net.keras"] = storedArchive(of: config, named: "config.json")
    #expect(check(files, ["run.yaml"]).findings.map(\.source.name) == ["net.keras/config.json"])
  }

  @Test func `says what is wrong with an archive that has no config`() {
    let files = MemoryFileSystem()
    files["net.keras"] = storedArchive(of: "x", named: "other.txt")
    let report = check(files, ["net.keras"])
    #expect(report.errors == [FileProblem(file: "net.keras", message: "the archive holds no \"config.json\"")])
  }

  @Test func `says that HDF5 is not read`() {
    let files = MemoryFileSystem()
    files["net.h5"] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]
    #expect(check(files, ["net.h5"]).errors.first?.message.contains("HDF5") == true)
  }

  private func check(_ files: MemoryFileSystem, _ paths: [String]) -> LintReport {
    let session = LintSession(fileSystem: files, rules: RuleSet(loading: [SampleRules.dropout]))
    return session.check(Discovery(paths, in: files).inputs)
  }

  /// Makes a ZIP archive with one member that is not packed.
  private func storedArchive(of text: String, named name: String) -> [UInt8] {
    let data = Array(text.utf8)
    let name = Array(name.utf8)
    let shared = number(checksum(data), 4) + number(data.count, 4) + number(data.count, 4) + number(name.count, 2)
    let header = number(0x0403_4B50, 4) + number(20, 2) + number(0, 8) + shared + number(0, 2) + name
    let entry =
      number(0x0201_4B50, 4) + number(20, 2) + number(20, 2) + number(0, 8) + shared + number(0, 12) + number(0, 4)
      + name
    let end =
      number(0x0605_4B50, 4) + number(0, 4) + number(1, 2) + number(1, 2) + number(entry.count, 4)
      + number(header.count + data.count, 4) + number(0, 2)
    return header + data + entry + end
  }

  private func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private func checksum(_ data: [UInt8]) -> Int {
    var result: UInt32 = 0xFFFF_FFFF
    for byte in data {
      result ^= UInt32(byte)
      for _ in 0..<8 { result = result >> 1 ^ (result & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return Int(result ^ 0xFFFF_FFFF)
  }
}
