import Kernels
import Testing

@testable import DryRun

#if canImport(Glibc)
import Glibc
#endif

/// Reading of the user's rows, down to numbers.
struct RowSourceTests {
  private static let sample = RowSample(limit: 1000, seed: 1)
  private static let folder = String(#filePath.reversed().drop { $0 != "/" }.reversed()) + "Fixtures/"

  private func array(_ name: String, rows: Int = 1000) throws -> NumPyArray {
    let bytes = try FileBytes.read(Self.folder + name + ".npy")
    return try NumPyArray(bytes, name: name, file: name, sample: RowSample(limit: rows, seed: 1))
  }

  private func table(_ text: String, rows: Int = 1000) throws -> CSVTable {
    try CSVTable(Array(text.utf8), name: "rows.csv", sample: RowSample(limit: rows, seed: 1))
  }

  private func reason(_ body: () throws -> Void) -> String {
    do {
      try body()
    } catch {
      return (error as? NotRunnable)?.reason ?? "\(error)"
    }
    return "nothing"
  }

  // MARK: - NumPy

  @Test(arguments: ["little-f2", "little-f4", "little-f8", "big-f4", "big-f8", "version-2", "version-3"])
  func `reads floats of any size, order and version`(name: String) throws {
    let array = try array(name)
    #expect(array.shape == [2, 3])
    #expect(array.values == [1.5, -2, 3, 4, 5, 6.25])
  }

  @Test(arguments: ["little-i2", "big-i4", "little-i8", "i1"])
  func `reads whole numbers with a sign`(name: String) throws {
    #expect(try array(name).values == [1, -2, 3, 4, 5, 6])
  }

  @Test(arguments: ["u1", "little-u2", "big-u4", "little-u8"])
  func `reads whole numbers without a sign`(name: String) throws {
    #expect(try array(name).values == [1, 2, 3, 4, 5, 6])
  }

  @Test func `reads booleans`() throws {
    #expect(try array("b1").values == [1, 1, 1, 1, 1, 1])
  }

  @Test func `reads an array whose first axis is the fastest`() throws {
    let array = try array("fortran")
    #expect(array.shape == [2, 3, 4])
    #expect(array.values == (0..<24).map(Float.init))
  }

  @Test func `reads a sample of the rows, in their order`() throws {
    let array = try array("vector", rows: 2)
    #expect(array.shape == [2])
    #expect(array.fileRows == 5)
    #expect(array.values[0] < array.values[1])
  }

  @Test(arguments: [
    ("objects", "objects holds Python objects, which are not read; save it with a dtype of numbers"),
    ("records", "records holds records of several fields; save a plain array of numbers"),
    ("words", "words holds values of type \"<U3\"; whole numbers, floats and booleans are read"),
    ("scalar", "scalar holds a single number, not rows"),
    ("empty", "empty has no rows: its shape is (0, 3)"),
  ])
  func `says what an array is that cannot be read`(name: String, expected: String) {
    #expect(reason { _ = try array(name) } == expected)
  }

  @Test(arguments: ["little-f4.npy", "fortran.npy", "version-3.npy", "stored.npz", "deflated.npz"])
  func `an array that is cut off anywhere is refused`(name: String) throws {
    let bytes = try FileBytes.read(Self.folder + name)
    for count in 1..<bytes.count {
      #expect(throws: NotRunnable.self) {
        _ = try RowSource(Array(bytes.prefix(count)), name: name, sample: Self.sample)
      }
    }
  }

  @Test(arguments: ["little-f4.npy", "fortran.npy", "stored.npz", "deflated.npz"])
  func `no changed byte breaks the reader`(name: String) throws {
    let bytes = try FileBytes.read(Self.folder + name)
    for offset in 0..<min(bytes.count, 400) {
      for value in [0, 0x20, 0x28, 0x39, 0x7F, 0xFF] as [UInt8] {
        var broken = bytes
        broken[offset] = value
        _ = try? RowSource(broken, name: name, sample: Self.sample)
      }
    }
    #expect(throws: NotRunnable.self) { _ = try RowSource([0x93], name: name, sample: Self.sample) }
  }

  @Test(arguments: ["stored.npz", "deflated.npz"])
  func `reads the arrays of an archive`(name: String) throws {
    guard case .arrays(let arrays) = try RowSource(Self.folder + name, sample: Self.sample) else {
      Issue.record("no arrays")
      return
    }
    #expect(arrays[0].shape == [12, 4, 4, 1])
    #expect(arrays[0].values == (0..<192).map(Float.init))
    #expect(arrays[0].name == (name == "stored.npz" ? "x" : "X_train"))
  }

  // MARK: - CSV

  @Test(arguments: [
    "a,b\n1,2\n3,4\n", "a;b\r\n1;2\r\n3;4", "\u{FEFF}a\tb\n1\t2\n\n3\t4\n", "\"a\",b\n\"1\",2\n3,\"4\"\n",
    "a,b\r1,2\r3,4\r",
    "a , b\n 1, 2\n3 ,4\n",
  ])
  func `reads columns whatever separates and ends them`(text: String) throws {
    let table = try table(text)
    #expect(table.names == ["a", "b"])
    #expect(table.rows == 2)
    #expect(try table.numbers(0) == [1, 3])
    #expect(try table.numbers(1) == [2, 4])
  }

  @Test func `reads quotes, separators and line ends inside quotes`() throws {
    let table = try table("name,n\n\"say \"\"hi\"\"\",1\n\"a, b\r\nc\",2\n")
    #expect(table.texts(0) == ["say \"hi\"", "a, b\r\nc"])
    #expect(try table.numbers(1) == [1, 2])
  }

  @Test func `takes the first row for a header only if it has no numbers`() throws {
    #expect(try table("1,2\n3,4\n").names.isEmpty)
    #expect(try table("1,2\n3,4\n").rows == 2)
    #expect(try table("x,label\n3,yes\n").names == ["x", "label"])
  }

  @Test func `reads decimal commas between semicolons, powers of ten and truth values`() throws {
    #expect(try table("a;b\n1,5;-2,25\n").numbers(1) == [-2.25])
    #expect(try table("a,b\n1e-3,TRUE\n-2.5E2,false\n").numbers(0) == [0.001, -250])
    #expect(try table("a,b\n1e-3,TRUE\n-2.5E2,false\n").numbers(1) == [1, 0])
  }

  @Test func `knows missing cells`() throws {
    let numbers = try table("a,b\n1,\n,2\nNA,3\n?,4\n5,nan\n").numbers(0)
    #expect(numbers.map(\.isNaN) == [false, true, true, true, false])
    #expect(try table("a,b\n1,\n").numbers(1)[0].isNaN)
  }

  @Test(arguments: [
    ("a,height\n1,2\n3,abc\n", "rows.csv:3:3: \"abc\" is no number (column \"height\")"),
    ("1,2\n3,\"4x\"\n", "rows.csv:2:3: \"4x\" is no number (column 2)"),
    ("a,b\n\"x\ny\",1\n\"z\",é1\n", "rows.csv:4:5: \"é1\" is no number (column \"b\")"),
    ("a,b\n1,2\n3,1e99\n", "rows.csv:3:3: \"1e99\" is no number (column \"b\")"),
    ("a,b\n1,2\n3\n", "rows.csv:3:1: this row has 1 cell, the header has 2"),
    ("1,2\n3,4,5\n", "rows.csv:2:1: this row has 3 cells, the first row has 2"),
    ("a,b\n", "rows.csv has a header and no rows"),
    ("\n\n", "rows.csv is empty"),
    ("a,b\n1,\"2\n3,4\n", "rows.csv:2:3: the quote is never closed"),
    ("a,b\n\"1\"x,2\n", "rows.csv:2:4: text stands behind a closing quote; write two quotes for one inside"),
    ("a\0b", "rows.csv is neither text nor a NumPy array; give CSV, NPY or NPZ"),
  ])
  func `says where a table is wrong`(text: String, expected: String) {
    #expect(reason { _ = try table(text).numbers(1) } == expected)
  }

  @Test func `no cut breaks the reader of tables`() {
    let text = Array("\u{FEFF}a;\"b\"\r\n1;\"2\"\"3\"\r\n\"x\r\ny\";4,5\n;\n".utf8)
    for count in 0...text.count {
      _ = try? CSVTable(Array(text.prefix(count)), name: "rows.csv", sample: Self.sample).numbers(1)
      _ = try? CSVTable(Array(text.suffix(count)), name: "rows.csv", sample: Self.sample).texts(0)
    }
  }

  @Test func `chooses rows from all over a long table`() throws {
    let text = "a,b\n" + (0..<2000).map { "\($0),1" }.joined(separator: "\n")
    let table = try table(text, rows: 200)
    let numbers = try table.numbers(0)
    #expect(table.fileRows == 2000)
    #expect(numbers.count == 200)
    #expect(numbers == numbers.sorted())
    #expect(Set(numbers).count == 200)
    #expect(abs(Moments(numbers).mean - 1000) < 120)
  }

  // MARK: - Files

  @Test func `says why a file cannot be opened`() {
    #expect(
      reason { _ = try RowSource("/no/such/rows.csv", sample: Self.sample) }
        == "/no/such/rows.csv cannot be read: No such file or directory"
    )
    #expect(reason { _ = try RowSource("/", sample: Self.sample) } == "/ is a folder, not a file of rows")
    #expect(
      reason { _ = try RowSource("/dev/null", sample: Self.sample) } == "/dev/null is no plain file, not a file of rows"
    )
  }
}
