/// A growing row of plain values, owned once, without the checks of an array: for the inner loops of building.
struct Store<Element: BitwiseCopyable>: ~Copyable {
    private(set) var pointer: UnsafeMutablePointer<Element>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int = 64) {
        self.capacity = max(capacity, 1)
        pointer = .allocate(capacity: self.capacity)
    }

    deinit {
        pointer.deallocate()
    }

    var buffer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: pointer, count: count) }

    subscript(place: Int) -> Element {
        @inline(__always) get { pointer[place] }
        @inline(__always) set { pointer[place] = newValue }
    }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { reserve(count + 1) }
        pointer[count] = element
        count += 1
    }

    mutating func append(contentsOf elements: UnsafeBufferPointer<Element>) {
        guard let start = elements.baseAddress else { return }
        reserve(count + elements.count)
        (pointer + count).update(from: start, count: elements.count)
        count += elements.count
    }

    /// Room for so many elements in all; what is new is not initialised.
    mutating func reserve(_ wanted: Int) {
        guard wanted > capacity else { return }
        let roomier = max(wanted, capacity * 2)
        let moved = UnsafeMutablePointer<Element>.allocate(capacity: roomier)
        moved.update(from: pointer, count: count)
        pointer.deallocate()
        pointer = moved
        capacity = roomier
    }

    /// Sets the number of elements; those beyond the former end are what the caller wrote there.
    mutating func resize(_ wanted: Int) {
        reserve(wanted)
        count = wanted
    }

    mutating func removeAll() {
        count = 0
    }
}

extension Store where Element == UInt8 {
    /// A number in groups of seven bits, low ones first.
    mutating func append(varint value: Int) {
        var rest = UInt64(bitPattern: Int64(value))
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func append(text: String) {
        var text = text
        text.withUTF8 { append(contentsOf: $0) }
    }
}

/// Reads numbers and texts one after another out of bytes that were checked when their file was opened.
struct ByteCursor {
    private(set) var place: UnsafePointer<UInt8>

    init(_ place: UnsafePointer<UInt8>) {
        self.place = place
    }

    mutating func varint() -> Int {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = place.pointee
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 || shift > 56 { return Int(truncatingIfNeeded: value) }
            shift += 7
        }
    }

    mutating func bytes(_ count: Int) -> UnsafeBufferPointer<UInt8> {
        defer { place += count }
        return UnsafeBufferPointer(start: place, count: count)
    }

    mutating func text() -> String {
        String(decoding: bytes(varint()), as: UTF8.self)
    }
}
