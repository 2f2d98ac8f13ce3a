/// A row of plain values that grows at its end and has one owner.
///
/// A parser writes a few bytes at a time. An `Array` asks at each write whether it is shared, which costs more than the
/// write; this cannot be shared. Its memory never shrinks.
struct GrowingBuffer<Element: BitwiseCopyable>: ~Copyable {
  private var elements: UnsafeMutablePointer<Element>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 64) {
    self.capacity = max(capacity, 1)
    elements = .allocate(capacity: self.capacity)
  }

  deinit {
    elements.deallocate()
  }

  var isEmpty: Bool { count == 0 }

  var last: Element? { count > 0 ? elements[count &- 1] : nil }

  subscript(index: Int) -> Element {
    @inline(__always)
    get {
      precondition(index >= 0 && index < count)
      return elements[index]
    }
    @inline(__always)
    set {
      precondition(index >= 0 && index < count)
      elements[index] = newValue
    }
  }

  mutating func reserveCapacity(_ minimum: Int) {
    if minimum > capacity { move(toCapacity: minimum) }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { move(toCapacity: 2 * capacity) }
    (elements + count).initialize(to: element)
    count &+= 1
  }

  /// Appends the elements of another buffer from a place on.
  mutating func append(from first: Int, of other: borrowing GrowingBuffer<Element>) {
    precondition(first >= 0 && first <= other.count)
    let number = other.count &- first
    if number > capacity &- count { move(toCapacity: 2 * capacity + number) }
    (elements + count).initialize(from: other.elements + first, count: number)
    count &+= number
  }

  mutating func popLast() -> Element? {
    guard count > 0 else { return nil }
    count &-= 1
    return elements[count]
  }

  mutating func removeLast(_ number: Int = 1) {
    count = max(0, count - number)
  }

  mutating func removeAll() {
    count = 0
  }

  /// Returns whether a closure takes any of the elements.
  func contains(where matches: (Element) -> Bool) -> Bool {
    UnsafeBufferPointer(start: elements, count: count).contains(where: matches)
  }

  @inline(never)
  private mutating func move(toCapacity newCapacity: Int) {
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: newCapacity)
    moved.initialize(from: elements, count: count)
    elements.deallocate()
    elements = moved
    capacity = newCapacity
  }
}

// Only its owner writes, and the owner may hand it on.
extension GrowingBuffer: @unchecked Sendable where Element: Sendable {}
