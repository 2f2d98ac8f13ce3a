import Kernels
import Testing

struct RecurrentTests {
  @Test func `recurrent layers agree with PyTorch`() throws {
    func layer(_ options: RecurrentOptions) -> MakeOperation {
      { try $0.recurrent($1[0], initial: Array($1.dropFirst()), options) }
    }
    func both(_ merge: BidirectionalMerge, _ options: RecurrentOptions) -> MakeOperation {
      { try $0.bidirectional($1[0], merge: merge, options) }
    }
    func options(
      _ cell: RecurrentOptions.Cell,
      _ units: Int,
      sequences: Bool = false
    ) -> RecurrentOptions {
      RecurrentOptions(cell, units: units, returnsSequences: sequences)
    }

    var makers: [(String, MakeOperation)] = [
      ("simple, linear", layer(RecurrentOptions(.simple, units: 4, activation: .linear))),
      ("lstm, softsign", layer(RecurrentOptions(.lstm, units: 4, activation: .softsign))),
      ("lstm, wide", layer(options(.lstm, 17, sequences: true))),
      ("lstm, both ways, last", both(.concatenate, options(.lstm, 3))),
      ("both ways, add", both(.add, options(.simple, 3, sequences: true))),
      ("both ways, multiply", both(.multiply, options(.simple, 3, sequences: true))),
      ("both ways, average", both(.average, options(.simple, 3))),
    ]
    let cells: [(String, RecurrentOptions.Cell)] = [
      ("simple", .simple),
      ("lstm", .lstm),
      ("gru", .gru(resetsAfter: true)),
      ("gru before", .gru(resetsAfter: false)),
    ]
    for (name, cell) in cells {
      makers += [
        (name, layer(options(cell, 5))),
        ("\(name), sequences", layer(options(cell, 5, sequences: true))),
        ("\(name), backwards", layer(RecurrentOptions(cell, units: 2, returnsSequences: true, goesBackwards: true))),
        ("\(name), no bias", layer(RecurrentOptions(cell, units: 2, hasBias: false))),
        ("\(name), states", layer(RecurrentOptions(cell, units: 3, returnsSequences: true, returnsState: true))),
        ("\(name), both ways", both(.concatenate, options(cell, 2, sequences: true))),
        (
          "\(name), relu",
          layer(RecurrentOptions(cell, units: 4, activation: .relu, recurrentActivation: .hardSigmoid))
        ),
      ]
    }
    try compareFamily("recurrent", makers)
  }

  @Test func `what does not fit is refused`() throws {
    let backend = ProcessorBackend()
    let options = RecurrentOptions(.lstm, units: 3)
    let input = try Signal([2, 4, 3])
    let state = try Signal([2, 3])
    let flat = try Signal([2, 4])
    #expect(throws: KernelError.self) { try backend.recurrent(flat, options) }
    #expect(throws: KernelError.self) { try backend.recurrent(input, initial: [state], options) }
    #expect(throws: KernelError.self) { try backend.bidirectional(flat, merge: .add, options) }
  }
}
