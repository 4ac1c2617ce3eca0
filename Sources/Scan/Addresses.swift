/// Addresses down to a door: grown to both sides from a house number behind a road, a village or an estate.
enum Addresses {
    // The units, the widest first.
    private static let units: [[Unicode.Scalar]] = words([
        "号楼", "号院", "号库", "号", "弄", "栋", "幢", "座", "单元", "楼层", "层", "楼", "室", "房", "户", "门", "组", "队", "社", "排", "支弄", "巷", "甲", "乙", "座",
        "梯", "铺", "期", "区",
    ])
    private static let unitStarts = ScalarSet(units.map { $0[0] })
    private static let unitEnds = ScalarSet(units.map { $0[$0.count - 1] })
    private static let inner = Set(words(["号楼", "栋", "幢", "座", "单元", "层", "楼", "室", "房", "户", "门", "梯"]))
    private static let estates = words([
        "大厦", "小区", "花园", "公寓", "广场", "中心", "宿舍", "大院", "家属院", "院内", "新村", "苑", "园", "城", "府", "院", "楼", "里", "庭", "湾", "庄", "居", "轩", "阁",
        "内", "村",
    ])
    private static let estateEnds = ScalarSet(estates.map { $0[$0.count - 1] })
    private static func words(_ texts: [String]) -> [[Unicode.Scalar]] { texts.map { Array($0.unicodeScalars) } }
    private static let roads = ScalarSet("路街巷道弄里同村组区园苑庄屯乡镇城坊寓厦场院湾楼营沟寨段线径".unicodeScalars)

    static func proof(_ range: Range<Int>, _ bytes: [UInt8]) -> Proof? {
        let line = Context.line(around: range, in: bytes, reach: 150)
        let scalars = Array(String(decoding: bytes[line], as: UTF8.self).unicodeScalars)
        var offsets: [Int] = []
        var offset = line.lowerBound
        for scalar in scalars {
            offsets.append(offset)
            offset += UTF8.width(scalar)
        }
        offsets.append(offset)
        guard let anchor = offsets.firstIndex(of: range.lowerBound), let anchorEnd = offsets.firstIndex(of: range.upperBound) else {
            return nil
        }
        let text = Line(scalars: scalars)
        var (end, units) = text.doors(from: anchorEnd, first: anchor)
        guard let start = text.start(before: anchor) else { return nil }
        while end > start, scalars[end - 1] == " " { end -= 1 }
        guard end - start >= 5, !(start..<end).contains(where: { text.starts(withAny: notices, at: $0, before: end) }) else { return nil }
        let isDoor = !inner.isDisjoint(with: units)
        let hasArea = text.hasArea(start..<anchor)
        return Proof(
            range: offsets[start]..<offsets[end],
            value: String(String.UnicodeScalarView(scalars[start..<end].filter { $0 != " " })),
            factor: hasArea ? 1 : isDoor ? 0.8 : 0.65,
            severity: isDoor ? .serious : .notice,
            reason: isDoor ? Bilingual("地址具体到门户", "An address down to a door") : Bilingual("地址具体到门牌", "An address down to a house number")
        )
    }

    private static let notices = words(["公告", "文件"])

    private struct Line {
        let scalars: [Unicode.Scalar]

        /// Past the doors behind a house number; which units they were.
        func doors(from end: Int, first: Int) -> (Int, [[Unicode.Scalar]]) {
            var units = [unit(endingAt: end)]
            var end = end
            while end < scalars.count {
                var next = end
                while next < scalars.count, betweens.contains(scalars[next]), next - end < 2 { next += 1 }
                // 院内, 大厦… stand between a number and the next.
                let (number, hasNumber) = number(from: next)
                if hasNumber, let unit = unit(at: number) {
                    // A comma ends an address unless a door follows.
                    units.append(unit)
                    end = number + unit.count
                    continue
                }
                if hasNumber, number - next >= 3, number - next <= 5, scalars[next..<number].allSatisfy({ $0.value < 128 }),
                    next == end || scalars[next - 1] == "-"
                {
                    // 8栋2单元1705: the room without its word; eleven digits were a telephone.
                    units.append(["室"])
                    end = number
                    break
                }
                guard next == end || scalars[next - 1] == " ", let estate = estate(from: next) else { break }
                end = estate
            }
            return (end, units)
        }

        private func unit(endingAt end: Int) -> [Unicode.Scalar] {
            guard end > 0, unitEnds.contains(scalars[end - 1]) else { return [] }
            return Addresses.units.first { starts(with: $0, at: end - $0.count) } ?? []
        }

        private func unit(at place: Int) -> [Unicode.Scalar]? {
            guard place < scalars.count, unitStarts.contains(scalars[place]) else { return nil }
            return Addresses.units.first { starts(with: $0, at: place) }
        }

        private func number(from place: Int) -> (Int, Bool) {
            var end = place
            while end < scalars.count, end - place < 8 {
                let value = scalars[end].value
                if value < 128
                    ? UInt8(value).isAlphanumeric || value == 45 && end > place
                    : numerals.contains(scalars[end])
                {
                    end += 1
                } else {
                    break
                }
            }
            return (end, end > place)
        }

        /// Past an estate's or building's name of two to ten characters that more doors follow, or that ends the address.
        private func estate(from place: Int) -> Int? {
            var end = place
            while end < scalars.count, end - place < 12, isHan(scalars[end]) {
                end += 1
                guard end - place >= 2, estateEnds.contains(scalars[end - 1]) else { continue }
                for name in estates where ends(with: name, at: end) {
                    // 院内 may end it; a bare 园 or 里 only where a number follows.
                    let (number, hasNumber) = number(from: end)
                    if hasNumber, unit(at: number) != nil || number - end >= 3 { return end }
                    if name.count > 1, end - place >= 3, end >= scalars.count || !isHan(scalars[end]) { return end }
                }
            }
            return nil
        }

        /// Where the address begins: at its province, else at its first area, else at the road's own name.
        func start(before anchor: Int) -> Int? {
            var first = anchor
            while first > 0, anchor - first < 45,
                isHan(scalars[first - 1]) || isNumber(scalars[first - 1])
                    || scalars[first - 1] == " " && first > 1 && isHan(scalars[first - 2])
            {
                first -= 1
            }
            let own = first..<anchor
            for place in own where starts(withAny: Areas.provinces, Areas.provinceStarts, at: place) { return place }
            var begin = first
            // The last cue before the first area or road ends what is not the address.
            var place = first
            while place < anchor {
                if cueStarts.contains(scalars[place]) {
                    for cue in cues where starts(with: cue, at: place) && place + cue.count <= anchor {
                        begin = max(begin, place + cue.count)
                    }
                }
                if begin > first, place >= begin, counties.contains(scalars[place]) { break }
                place += 1
            }
            while begin < anchor, scalars[begin] == " " || isNumber(scalars[begin]) && begin == first { begin += 1 }
            guard roads.contains(scalars[anchor]) || anchor - begin >= 1 else { return nil }
            // 第三组第5号 and the like are no places; a road has a name.
            guard anchor - begin >= 1, anchor - begin <= 40 else { return nil }
            if hasArea(begin..<anchor) {
                return begin
            }
            return anchor - begin > 8 ? nil : begin
        }

        func hasArea(_ range: Range<Int>) -> Bool {
            range.contains { place in
                (areaEnds.contains(scalars[place]) && place > range.lowerBound)
                    || starts(withAny: Areas.provinces, Areas.provinceStarts, at: place)
            }
        }

        private func isHan(_ scalar: Unicode.Scalar) -> Bool { (0x4E00...0x9FFF).contains(scalar.value) }
        private func isNumber(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 128 && UInt8(scalar.value).isDigit }

        private func starts(with word: [Unicode.Scalar], at place: Int) -> Bool {
            guard place >= 0, place + word.count <= scalars.count else { return false }
            for (offset, scalar) in word.enumerated() where scalars[place + offset] != scalar { return false }
            return true
        }

        private func starts(withAny words: [[Unicode.Scalar]], _ first: ScalarSet, at place: Int) -> Bool {
            first.contains(scalars[place]) && words.contains { starts(with: $0, at: place) }
        }

        func starts(withAny words: [[Unicode.Scalar]], at place: Int, before end: Int) -> Bool {
            words.contains { place + $0.count <= end && starts(with: $0, at: place) }
        }

        private func ends(with word: [Unicode.Scalar], at end: Int) -> Bool { starts(with: word, at: end - word.count) }
    }

    private static let betweens = ScalarSet(" -—之第,，".unicodeScalars)
    private static let numerals = ScalarSet("〇零一二三四五六七八九十百东西南北甲乙丙丁负".unicodeScalars)
    private static let counties = ScalarSet("市县区旗州".unicodeScalars)
    private static let areaEnds = ScalarSet("省市县区旗州盟镇乡".unicodeScalars)
    private static let cueStarts = ScalarSet(cues.map { $0[0] })

    private static let cues = words([
        "地址为", "地址是", "地址", "住址为", "住址", "住所地", "住所", "居住地", "居住于", "居住在", "居住", "户籍地", "户籍", "住在", "现住", "家住", "位于", "坐落于", "坐落", "寄往",
        "寄到", "送到", "送至", "前往",
        "来自", "搬到", "迁至", "设在", "在", "至", "到", "往", "于", "为", "是", "住",
    ])
}

/// The areas at the head of an address.
enum Areas {
    static let provinces: [[Unicode.Scalar]] = [
        "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州",
        "云南", "陕西",
        "甘肃", "青海", "台湾", "内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门",
    ].map { Array($0.unicodeScalars) }

    static let provinceStarts = ScalarSet(provinces.map { $0[0] })
}
