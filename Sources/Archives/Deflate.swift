import CZlib

/// Unpacks deflated bytes through zlib.
enum Deflate {
  /// Returns the unpacked bytes, which must be `size` of them.
  static func unpack(_ packed: [UInt8], size: Int, name: String) throws(ArchiveError) -> [UInt8] {
    var status = Z_MEM_ERROR
    // One byte of room more than claimed shows a member that holds more.
    let bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { output, count in
      var packed = packed
      packed.withUnsafeMutableBufferPointer { input in
        var stream = z_stream()
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        // Negative bits: no zlib header before the data.
        guard inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
          return
        }
        status = inflate(&stream, Z_FINISH)
        count = Int(stream.total_out)
        inflateEnd(&stream)
      }
    }
    switch status {
    case Z_STREAM_END: return bytes
    case Z_MEM_ERROR: throw ArchiveError(.tooLarge, "there is no memory to unpack \"\(name)\" from the archive")
    default: throw ArchiveError(.damaged, "\"\(name)\" in the archive cannot be unpacked: its data are damaged")
    }
  }

  /// Returns the CRC-32 of bytes.
  static func checksum(of bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: crc32(0, $0.baseAddress, UInt32($0.count))) }
  }
}
