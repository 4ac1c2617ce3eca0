/// Proofs of birth dates, ages of minors and names in Latin letters.
enum PersonChecks {
    static func birthDate(_ range: Range<Int>, _ bytes: [UInt8], _ day: Int?) -> Proof? {
        let numbers = bytes[range].split { !$0.isDigit }.map { $0.reduce(0) { $0 * 10 + Int($1) - 48 } }
        guard Numbers.isIsolated(range, bytes), var year = numbers.first else { return nil }
        var (month, date) = (numbers.count > 1 ? numbers[1] : 1, numbers.count > 2 ? numbers[2] : 1)
        if year > 19_000_000 { (year, month, date) = (year / 10_000, year / 100 % 100, year % 100) }
        guard (1900...2099).contains(year), (1...12).contains(month), (1...31).contains(date) else { return nil }
        let first = bytes[range].firstIndex(where: \.isDigit) ?? range.lowerBound
        let start = first
        var end = range.upperBound
        for tail in ["出生", "生"] where end - start > tail.utf8.count && bytes[(end - tail.utf8.count)..<end].elementsEqual(tail.utf8) {
            end -= tail.utf8.count
            break
        }
        while end > start, bytes[end - 1] == 32 { end -= 1 }
        var proof = Proof(
            range: start..<end,
            value: two(year) + "-" + two(month) + (numbers.count > 2 || numbers.count == 1 ? "-" + two(date) : "")
        )
        proof.reason = Bilingual("写明为出生日期", "Said to be a date of birth")
        if let day, day - (year * 10_000 + month * 100 + date) < 140_000 {
            proof.reason = Bilingual("出生日期显示不满十四周岁", "The date of birth is that of a child under fourteen")
        }
        return proof
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// An age under eighteen that is someone's, not a rule's.
    static func minor(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        guard let first = bytes[range].firstIndex(where: \.isDigit) else { return nil }
        let before = String(decoding: bytes[max(0, range.lowerBound - 30)..<range.lowerBound], as: UTF8.self)
        let after = String(decoding: bytes[range.upperBound..<min(bytes.count, range.upperBound + 12)], as: UTF8.self)
        let rule = ["满", "不足", "未", "至", "到", "—", "-", "以上", "以下", "超过", "低于", "少于", "大于", "年龄为", "每"]
        guard !rule.contains(where: { before.hasSuffix($0) }),
            !["以上", "以下", "以内", "至", "的儿童", "的未成年", "前", "-", "—"].contains(where: after.hasPrefix)
        else { return nil }
        let tail = first..<range.upperBound
        guard first == 0 || !bytes[first - 1].isWord else { return nil }
        return Proof(
            range: tail,
            value: String(decoding: bytes[tail], as: UTF8.self),
            reason: Bilingual("某人的年龄不满十八周岁", "Someone's age is under eighteen")
        )
    }

    /// A name in Latin letters behind its cue; the cue is not part of it.
    static func foreignName(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        var start = range.lowerBound
        let words = String(decoding: bytes[range], as: UTF8.self)
        guard Numbers.isIsolated(range, bytes) else { return nil }
        if let colon = bytes[range].lastIndex(where: { $0 == UInt8(ascii: ":") }) {
            start = colon + 1
        } else if let wide = Array(bytes[range]).firstRange(of: Array("：".utf8)) {
            start = range.lowerBound + wide.upperBound
        } else {
            let cue = words.prefix { $0 != " " }
            start += cue.utf8.count
        }
        while start < range.upperBound, bytes[start] == 32 { start += 1 }
        let name = String(decoding: bytes[start..<range.upperBound], as: UTF8.self)
        let first = name.prefix { $0 != " " && $0 != "." }
        let notNames: Set = [
            "The", "Office", "Department", "Ministry", "China", "Person", "Name", "State", "Number", "Of", "Address", "Company",
            "Information", "All", "This",
        ]
        guard start < range.upperBound, !notNames.contains(String(first)) else { return nil }
        return Proof(
            range: start..<range.upperBound,
            value: name,
            reason: Bilingual("称谓或“姓名”之后的外文姓名", "A name in Latin letters behind its cue")
        )
    }
}
