import DryRunMessages
import Kernels
import Testing

@testable import DryRun

#if canImport(Glibc)
import Glibc
#endif

/// How the user's columns and arrays become inputs and targets.
struct SampleWorldTests {
  private static let price = """
    task: regression
    model: {layers: [{kind: input, name: x, shape: [2]}, {kind: dense, name: price, units: 1}]}
    training: {loss: mse}
    """

  /// Makes data from a text that is written to a file.
  private func make(
    _ text: String,
    for experiment: String = price,
    form: Head.TargetForm = .numbers(1),
    seed: UInt64 = 1
  ) throws -> (written: Split, report: DataReport) {
    let path = "/tmp/epochzero-rows-\(getpid())-\(UInt64.random(in: 0...UInt64.max)).csv"
    let file = try #require(fopen(path, "w"))
    defer { unlink(path) }
    Array(text.utf8).withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, file) }
    fclose(file)
    var sketch = DataSketch(written: experiment)
    sketch.forms = [[form]]
    do {
      let made = try DryRunData.make(sketch.plan(), rows: path, seed: seed)
      return (made.written, made.report)
    } catch let error as NotRunnable {
      throw NotRunnable(
        String(error.reason.split(separator: path, omittingEmptySubsequences: false).joined(separator: "rows.csv"))
      )
    }
  }

  private func reason(_ text: String, for experiment: String = price, form: Head.TargetForm = .numbers(1)) -> String {
    do {
      _ = try make(text, for: experiment, form: form)
      return "nothing"
    } catch {
      return (error as? NotRunnable)?.reason ?? "\(error)"
    }
  }

  private func rows(_ header: String, _ count: Int, _ row: (Int) -> String) -> String {
    header + "\n" + (0..<count).map(row).joined(separator: "\n") + "\n"
  }

  @Test func `the last column is the target, and a quarter of the rows is held out`() throws {
    let (split, report) = try make(rows("a,b,c", 40) { "\($0),\($0 * 10),\($0 * 100)" })
    #expect(split.training.count == 30)
    #expect(split.heldOut.count == 10)
    for rows in [split.training, split.heldOut] {
      for row in 0..<rows.count {
        #expect(rows.inputs[0].pointer[2 * row + 1] == 10 * rows.inputs[0].pointer[2 * row])
        #expect(rows.targets[0].pointer[row] == 100 * rows.inputs[0].pointer[2 * row])
      }
    }
    let all = split.training.targets[0].values + split.heldOut.targets[0].values
    #expect(all.sorted() == (0..<40).map { Float($0 * 100) })
    #expect(split.training.targets[0].values != split.training.targets[0].values.sorted())
    #expect(report.path?.hasSuffix(".csv") == true)
    #expect(report.descriptions.contains("target \"price\" is column \"c\""))
    #expect(report.descriptions.contains("30 rows to train on and 10 held out, chosen at random"))
  }

  @Test func `columns are found by their names`() throws {
    let experiment = """
      task: regression
      data: {columns: {width: {normalization: zscore}, height: {kind: number}}}
      model: {layers: [{kind: input, name: x, shape: [2]}, {kind: dense, name: price, units: 1}]}
      training: {loss: mse, validation_split: 0.5}
      """
    let (split, report) = try make(
      rows("Price,height,id,width", 20) { "\($0),\(2 * $0),a\($0),\(3 * $0)" },
      for: experiment
    )
    #expect(split.heldOut.count == 10)
    let inputs = split.training.inputs[0]
    #expect(zip(inputs.column(1, of: 2), split.training.targets[0].values).allSatisfy { $0 == 2 * $1 })
    #expect(abs(Moments(inputs.column(0, of: 2)).mean) < 1e-5)
    #expect(abs(Moments(inputs.column(0, of: 2)).deviation - 1) < 1e-5)
    #expect(report.descriptions.contains("not used: column \"id\""))
  }

  @Test func `rows without a target are left out, missing inputs filled`() throws {
    let (split, report) = try make(rows("a,b,c", 40) { "\($0 == 3 ? "" : "1"),2,\($0 < 8 ? "NA" : "5")" })
    #expect(split.training.count + split.heldOut.count == 32)
    #expect(split.training.inputs[0].values.allSatisfy { $0 == 1 || $0 == 2 })
    #expect(report.descriptions.contains("1 missing cell of column \"a\" got the column's mean"))
  }

  @Test func `classes that are words are numbered as they appear`() throws {
    let experiment = """
      model: {layers: [{kind: input, name: x, shape: [1]}, {kind: dense, name: y, units: 3}]}
      training: {loss: sparse_categorical_crossentropy}
      """
    let words = ["red", "green", "blue"]
    let (split, _) = try make(rows("x,colour", 30) { "\($0 % 3),\(words[$0 % 3])" }, for: experiment, form: .oneHot(3))
    #expect(split.training.targets[0].shape == [split.training.count, 3])
    for row in 0..<split.training.count {
      let label = Int(split.training.inputs[0].pointer[row])
      #expect((0..<3).map { split.training.targets[0].pointer[3 * row + $0] } == (0..<3).map { $0 == label ? 1 : 0 })
    }
    #expect(
      reason(rows("x,colour", 30) { "1,c\($0)" }, for: experiment, form: .classIndex(3))
        == "rows.csv: target column \"colour\" has 30 different values, the model tells 3 apart"
    )
  }

  @Test func `categories of an embedding fit its size`() throws {
    let experiment = """
      task: regression
      model:
        layers:
          - {kind: input, name: zip, shape: [1], dtype: int32}
          - {kind: embedding, name: e, vocabulary_size: 4, output_dim: 2}
          - {kind: flatten, name: f}
          - {kind: dense, name: y, units: 1}
      training: {loss: mse}
      """
    let (split, _) = try make(rows("zip,y", 40) { "\(10_000 + $0 % 4),1" }, for: experiment)
    #expect(Set(split.training.inputs[0].values) == [0, 1, 2, 3])
    #expect(
      reason(rows("zip,y", 40) { "\(10_000 + $0),1" }, for: experiment)
        == "rows.csv: column \"zip\" has 40 different values, the model takes 4"
    )
  }

  @Test func `an answer of yes or no`() throws {
    let experiment = """
      task: binary
      model: {layers: [{kind: input, name: x, shape: [1]}, {kind: dense, name: y, units: 1, activation: sigmoid}]}
      training: {loss: binary_crossentropy}
      """
    let (split, _) = try make(
      rows("x,y", 20) { "\($0 % 2),\($0 % 2 == 0 ? "no" : "yes")" },
      for: experiment,
      form: .bits(1)
    )
    #expect(split.training.targets[0].values == split.training.inputs[0].values)
    let (signed, _) = try make(rows("x,y", 20) { "\($0 % 2),\($0 % 2 * 2 - 1)" }, for: experiment, form: .bits(1))
    #expect(signed.training.targets[0].values == signed.training.inputs[0].values)
  }

  @Test func `says what does not fit`() {
    #expect(
      reason(rows("a,b,c,d", 20) { _ in "1,2,3,4" })
        == "the model takes 2 features, rows.csv has 3 columns beside the target"
    )
    #expect(
      reason(rows("a", 20) { _ in "1" })
        == "rows.csv has too few columns for an input beside target \"price\", which takes 1"
    )
    #expect(reason(rows("a,b,c", 5) { _ in "1,2,3" }) == "rows.csv has 5 rows with a target; at least 10 are needed")
    #expect(reason("a,b,c\n1,2,3\n4,x,6\n") == "rows.csv:3:3: \"x\" is no number (column \"b\")")
    #expect(reason("") == "rows.csv is empty")
  }

  @Test func `another seed holds out other rows`() throws {
    let text = rows("a,b,c", 40) { "\($0),0,\($0)" }
    let first = try make(text).written.heldOut.targets[0].values
    #expect(try make(text).written.heldOut.targets[0].values == first)
    #expect(try make(text, seed: 2).written.heldOut.targets[0].values != first)
  }

  @Test(arguments: ["stored.npz", "deflated.npz"])
  func `arrays of an archive feed images`(name: String) throws {
    let folder = String(#filePath.reversed().drop { $0 != "/" }.reversed()) + "Fixtures/"
    let experiment = """
      model: {layers: [{kind: input, name: photo, shape: [2, 2, 1]}, {kind: flatten}, {kind: dense, name: kind, units: 3}]}
      training: {loss: sparse_categorical_crossentropy}
      """
    var sketch = DataSketch(written: experiment)
    sketch.forms = [[.classIndex(3)]]
    let (split, _, report) = try DryRunData.make(sketch.plan(), rows: folder + name, seed: 1)
    #expect(split.training.inputs[0].shape == [9, 2, 2, 1])
    for row in 0..<9 {
      // Rows of 16 numbers that count on: the mean of the first four pixels tells which it is.
      let number = (Int(split.training.inputs[0].pointer[4 * row]) - 2) / 16
      #expect(split.training.targets[0].pointer[row] == Float(number % 3))
    }
    #expect(report.descriptions.contains { $0.contains("was made smaller from [4, 4, 1] to [2, 2, 1]") })
  }
}
