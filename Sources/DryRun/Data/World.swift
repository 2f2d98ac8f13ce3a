/// Examples as they are stored, before a version normalises and encodes them.
struct World {
  struct Input {
    var form: InputForm
    /// The rows one after another, the channels last.
    var values: [Float]
  }

  struct Target {
    enum Values {
      /// Numbers, or zeros and ones: the rows, their places, their columns.
      case numbers([Float])
      /// The index of a class for each place of each row.
      case classes([Int32])
    }

    var form: TargetForm
    var values: Values
  }

  /// How many rows there are: those to train on first, then those that are held out.
  var count: Int
  var inputs: [Input]
  var targets: [Target]
}
