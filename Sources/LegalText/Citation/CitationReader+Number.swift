/// Document numbers, read backwards from their 号.
extension CitationReader {
    /// The document number that ends here with 号 and begins not before a floor, normalised.
    func documentNumber(endingAt end: Int, downTo floor: Int) -> (start: Int, number: String)? {
        let sign = end - 3
        var at = backOverDigits(sign, floor)
        let isArabic = at < sign
        if !isArabic { at = backOverNumerals(sign, floor) }
        guard at < sign else { return nil }
        let serialStart = at
        at = bytes.backOverBlanks(at, downTo: floor)
        if bytes.ends("第", at) { at -= 3 }
        at = bytes.backOverBlanks(at, downTo: floor)
        if isArabic, let close = closer(at), let open = yearBefore(at - close, floor) {
            let start = agencyStart(open, floor, limit: 20)
            guard start < open else { return nil }
            return DocumentNumber(bytes.string(start..<end)).map { (start, $0.normalised) }
        }
        var year: String?
        if bytes.ends("年", at) {
            let digits = backOverDigits(at - 3, floor)
            guard at - 3 - digits == 4 else { return nil }
            year = bytes.string(digits..<at)
            at = bytes.backOverBlanks(digits, downTo: floor)
        }
        guard let word = bytes.beforeOne(["令", "公告"], at) else { return nil }
        let start = agencyStart(word, floor, limit: 30)
        guard word - start >= 3, let (serial, _) = bytes.number(serialStart) else { return nil }
        let agency = bytes.string(start..<word)
        return (start, "\(agency)\(bytes.string(word..<at))\(year ?? "")第\(serial)号")
    }

    private func backOverDigits(_ end: Int, _ floor: Int) -> Int {
        var at = end
        while at > floor {
            if bytes[at - 1] >= 0x30, bytes[at - 1] <= 0x39 {
                at -= 1
            } else if at - 3 >= floor, bytes.three(at - 3) >= 0xEFBC90, bytes.three(at - 3) <= 0xEFBC99 {
                at -= 3
            } else {
                break
            }
        }
        return at
    }

    private func backOverNumerals(_ end: Int, _ floor: Int) -> Int {
        var at = end
        while at - 3 >= floor {
            let sign = bytes.three(at - 3)
            guard chineseDigit(sign) != nil || sign == 0xE58D81 || sign == 0xE799BE || sign == 0xE58D83 else { break }
            at -= 3
        }
        return at
    }

    /// The width of a bracket that closes right before a place.
    private func closer(_ at: Int) -> Int? {
        guard at > 0 else { return nil }
        if bytes[at - 1] == 0x29 || bytes[at - 1] == 0x5D { return 1 }
        return bytes.beforeOne(["〕", "）", "］", "】", "﹞", "〗"], at).map { at - $0 }
    }

    /// Where the bracket opens around the year that ends here.
    private func yearBefore(_ end: Int, _ floor: Int) -> Int? {
        var end = end
        end = bytes.beforeOne(["年"], end) ?? end
        let start = backOverDigits(end, floor)
        let width = end - start
        guard width == 4 || width == 12 else { return nil }
        if start > floor, bytes[start - 1] == 0x28 || bytes[start - 1] == 0x5B { return start - 1 }
        return bytes.beforeOne(["〔", "（", "［", "【", "﹝", "〖"], start)
    }

    /// Where the agency's name begins before a place: Chinese characters, cut after the word that leads to it.
    private func agencyStart(_ end: Int, _ floor: Int, limit: Int) -> Int {
        var at = bytes.backOverBlanks(end, downTo: floor)
        let name = at
        while at - 3 >= floor, bytes[at - 3] >= 0xE4, bytes[at - 3] <= 0xE9, name - at < limit * 3 {
            let sign = bytes.three(at - 3)
            // 以, 按, 据, 和, 与, 及, 由, 的, 号, 日, 原, 经, 照, 称: no code begins before them.
            let isWithin = bytes.has("和国", at - 3) && bytes.ends("共", at - 3) || bytes.pastOne(["经体", "经贸", "经信", "经济"], at - 3) != nil
            if Self.stops.contains(sign), !isWithin { break }
            at -= 3
        }
        return at
    }

    private static let stops: Set<UInt32> = Set(
        ["以", "按", "据", "和", "与", "由", "的", "号", "日", "原", "经", "照", "称", "据", "年", "是", "即"].map { word in
            Array(word.utf8).reduce(0) { $0 << 8 | UInt32($1) }
        }
    )
}
