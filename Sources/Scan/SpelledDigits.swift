/// Digits that someone wrote as Chinese characters, one by one: 一三八〇〇…, 壹叁捌零零….
enum SpelledDigits {
    // The columns are the point.
    // swift-format-ignore
    private static let digits: [Unicode.Scalar: UInt8] = {
        let spelled: [UInt8: String] = [
            0: "〇○零Ｏ洞◯⭕", 1: "一壹幺弌㈠㊀", 2: "二贰貳两弍㈡㊁", 3: "三叁參弎㈢㊂", 4: "四肆㈣㊃",
            5: "五伍㈤㊄", 6: "六陆陸㈥㊅", 7: "七柒拐㈦㊆", 8: "八捌㈧㊇", 9: "九玖勾㈨㊈",
        ]
        return spelled.reduce(into: [:]) { all, row in for scalar in row.value.unicodeScalars { all[scalar] = row.key + 48 } }
    }()

    /// The pattern that says that a text may hold such a row; the second shadow is made only then.
    static let pattern: Pattern = {
        let spelled = "[〇○零◯洞一壹幺二贰貳两三叁參四肆五伍六陆陸七柒拐八捌九玖勾㈠㈡㈢㈣㈤㈥㈦㈧㈨㊀㊁㊂㊃㊄㊅㊆㊇㊈]"
        let any = "(?:\(spelled)|[0-9])[-. ]{0,2}"
        // Of seven digits the middle or an end is spelled; a row of which none of these is, is none that a person writes.
        return try! Pattern("(?:\(spelled)[-. ]{0,2}(?:\(any)){6}|(?:\(any)){6}\(spelled))")
    }()

    static func digit(_ text: UnsafeBufferPointer<UInt8>, _ place: Int, _ width: Int) -> UInt8? {
        guard width == 3, place + 3 <= text.count else { return nil }
        let value = UInt32(text[place] & 0x0F) << 12 | UInt32(text[place + 1] & 0x3F) << 6 | UInt32(text[place + 2] & 0x3F)
        return Unicode.Scalar(value).flatMap { digits[$0] }
    }

    /// Rows of seven digits and more, at least one of them spelled; a blank, a dash or a dot may stand between.
    static func rows(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var rows: [Range<Int>] = []
        var start = 0
        var end = 0
        var (count, spelled, held) = (0, 0, 0)
        func close() {
            if count >= 7, spelled > 0 { rows.append(start..<end) }
            (count, spelled, held) = (0, 0, 0)
        }
        var place = 0
        while place < text.count {
            let lead = text[place]
            let width = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
            let isSpelled = digit(text, place, width) != nil
            if isSpelled || lead.isDigit {
                if count == 0 { start = place }
                (count, spelled, held) = (count + 1, spelled + (isSpelled ? 1 : 0), 0)
                end = place + width
            } else if count > 0, held < 2, lead.isSeparator || lead == 0xC2 {
                held += 1
            } else {
                close()
            }
            place += width
        }
        close()
        return rows
    }
}
