/// The best so many, by score, and of equal ones those that come first in the index.
struct Ranking {
    /// Score above, and below it the place from the end: one comparison orders both.
    private var heap: [UInt64] = []
    private let room: Int

    /// A score that a passage yet to come must exceed; zero while there is room.
    private(set) var threshold: UInt32 = 0

    init(room: Int) {
        self.room = max(room, 0)
        heap.reserveCapacity(min(self.room, 4096) + 1)
        if room <= 0 { threshold = .max }
    }

    /// Takes a passage whose score exceeds the threshold.
    mutating func push(_ score: UInt32, _ place: UInt32) {
        guard room > 0 else { return }
        let entry = UInt64(score) << 32 | UInt64(~place)
        if heap.count < room {
            heap.append(entry)
            rise(heap.count - 1)
        } else if entry > heap[0] {
            heap[0] = entry
            sink()
        }
        if heap.count == room { threshold = UInt32(heap[0] >> 32) }
    }

    /// The best first.
    var best: [(score: UInt32, place: UInt32)] {
        heap.sorted(by: >).map { (UInt32($0 >> 32), ~UInt32(truncatingIfNeeded: $0)) }
    }

    private mutating func rise(_ start: Int) {
        var place = start
        while place > 0, heap[(place - 1) / 2] > heap[place] {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private mutating func sink() {
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < heap.count && heap[child] < heap[least] { least = child }
            if least == place { return }
            heap.swapAt(place, least)
            place = least
        }
    }
}
