import WorkCalendar

/// Clauses that repeal: 《X》同时废止, 废止《X》, 由《X》废止, lists under a colon and in annexes.
extension ClauseReader {
    mutating func repeal(_ sentence: CitationReader.Sentence) {
        var floor = sentence.range.lowerBound
        var at = floor
        while at < sentence.range.upperBound {
            guard let sign = nextSign(at, sentence) else { return }
            at = sign.after
            guard !isCited(sign.start, sentence) else { continue }
            if repealForward(sign, sentence) { continue }
            repealBackward(sign, floor, sentence)
            floor = sign.after
        }
    }

    /// A word that ends the force of a text.
    struct Sign {
        let start: Int
        let after: Int
        let suspends: Bool
        let replaces: Bool
    }

    private func nextSign(_ from: Int, _ sentence: CitationReader.Sentence) -> Sign? {
        var at = from
        while at < sentence.range.upperBound {
            switch bytes.three(at) {
            case 0xE5BA9F:
                if let after = bytes.pastOne(["废止", "废除"], at) { return Sign(start: at, after: after, suspends: false, replaces: false) }
            case 0xE5BBA2:
                if let after = bytes.past("廢止", at) { return Sign(start: at, after: after, suspends: false, replaces: false) }
            case 0xE5A4B1:
                if let after = bytes.past("失效", at) { return Sign(start: at, after: after, suspends: false, replaces: false) }
            case 0xE4BD9C:
                if let after = bytes.past("作废", at) { return Sign(start: at, after: after, suspends: false, replaces: false) }
            case 0xE5819C:
                if let after = bytes.pastOne(["停止执行", "停止施行", "停止适用", "停止实施", "停止使用"], at), !bytes.ends("不", at) {
                    return Sign(start: at, after: after, suspends: bytes.ends("暂时", at) || bytes.ends("暂", at), replaces: false)
                }
            case 0xE4B88D:
                if let after = bytes.pastOne(["不再执行", "不再适用", "不再施行", "不再有效"], at) {
                    return Sign(start: at, after: after, suspends: false, replaces: false)
                }
            case 0xE69BBF:
                if let start = bytes.beforeOne(["代"], at) { return Sign(start: start, after: at + 3, suspends: false, replaces: true) }
            default: break
            }
            at += bytes[at] < 0x80 ? 1 : 3
        }
        return nil
    }

    /// 废止《A》和《B》; 本标准代替《A》.
    private mutating func repealForward(_ sign: Sign, _ sentence: CitationReader.Sentence) -> Bool {
        let next = bytes.pastBlanks(sign.after)
        if bytes.has("的《", next) { return true }
        let list = citations[sentence.citations].filter { $0.kind != .internal && $0.range.lowerBound >= next }
        guard let first = list.first, first.range.lowerBound - next <= 180 else { return isListOpening(sign, sentence) }
        let between = next..<first.range.lowerBound
        let isDirect = between.isEmpty || isAgencyAndDay(between)
        guard isDirect, !isPlanned(max(sentence.range.lowerBound, sign.start - 60)..<sign.start) else { return false }
        guard !bytes.ends("由", sign.start), !bytes.ends("被", sign.start) else { return false }
        var end = first.range.lowerBound
        for citation in list {
            let joint = end..<citation.range.lowerBound
            guard citation == first || joint.count <= 240 && !holds(["；", "修改", "同时", "。"], joint) else { break }
            strike(citation, sign, sentence, .withText)
            end = citation.range.upperBound
        }
        return true
    }

    /// The words between 废止 and a title say only who issued it, and when.
    private func isAgencyAndDay(_ range: Range<Int>) -> Bool {
        bytes.beforeOne(["发布的", "公布的", "印发的", "制定的", "颁布的", "通过的", "批准的", "原", "的"], range.upperBound) != nil
            && !holds(["，", "后", "前", "之日", "规定"], range)
    }

    /// 《A》、《B》同时废止; 本办法由《X》废止.
    private mutating func repealBackward(_ sign: Sign, _ floor: Int, _ sentence: CitationReader.Sentence) {
        guard bytes.pastOne(Self.goesOn, sign.after) == nil else { return }
        let list = citations[sentence.citations].filter {
            $0.range.lowerBound >= floor && $0.range.upperBound <= sign.start && $0.kind != .internal
        }
        guard let last = list.last else { return repealUntitled(sign, floor, sentence) }
        let middle = last.range.upperBound..<sign.start
        guard middle.count <= 180, !isPlanned(middle) else { return }
        // 适用《A》第十七条的规定，…不再适用 says nothing against A.
        if bytes.has("不再", sign.start), holds(["，"], middle) { return }
        if agent(last, floor) || sign.replaces {
            guard agent(last, floor) else { return }
            let struck = list.dropLast().filter { !agent($0, floor) }
            if struck.isEmpty {
                let subject = floor..<last.range.lowerBound
                if holds(["该章", "该节", "该条", "该款", "本章", "本节", "本条", "本款"], subject) {
                    return add(.repealedPartlyBy, sentence.range, target: last)
                }
                guard isOwn(subject) else { return }
                return add(.repealedBy, sentence.range, target: last)
            }
            for citation in struck { strike(citation, sign, sentence, .withText) }
            return
        }
        let effective = day(in: middle) ?? day(before: list[0], floor) ?? .withText
        var parts: [String: [Citation.Reference]] = [:]
        var order: [Citation] = []
        let start = limb(list, middle)
        for citation in list where citation.range.lowerBound >= start && !isGround(citation) {
            let key = (citation.title ?? citation.documentNumber ?? citation.text) + (citation.documentNumber ?? "")
            if parts[key] == nil { order.append(citation) }
            parts[key, default: []] += citation.reference.map { [$0] } ?? []
        }
        let isPart = holds(["中关于", "中有关", "中的", "中与", "中涉及", "有关", "关于"], middle) && holds(["规定", "条款", "内容", "部分"], middle)
        for citation in order {
            let key = (citation.title ?? citation.documentNumber ?? citation.text) + (citation.documentNumber ?? "")
            let isThisPart = isPart && citation == order.last
            strike(citation, sign, sentence, effective, references: parts[key] ?? [], isPart: isThisPart)
        }
    }

    /// 原办法同时废止; 以前的规定与本规定不一致的同时废止 names nothing and is an override.
    private mutating func repealUntitled(_ sign: Sign, _ floor: Int, _ sentence: CitationReader.Sentence) {
        let before = max(floor, sign.start - 90)..<sign.start
        guard !sign.replaces, !isPlanned(before), let old = bytes.findLast("原", before) else { return }
        let words: [StaticString] = ["原法", "原条例", "原办法", "原规定", "原细则", "原规则", "原通知", "原试行", "原暂行"]
        guard bytes.pastOne(words, old) != nil, holds(["同时", "即行", "相应", "予以"], old..<sign.start) else { return }
        add(.repealOlder, sentence.range)
    }

    mutating func strike(
        _ citation: Citation,
        _ sign: Sign,
        _ sentence: CitationReader.Sentence,
        _ effective: Clause.Effective,
        references: [Citation.Reference]? = nil,
        isPart: Bool = false,
        line: Range<Int>? = nil
    ) {
        let references = references ?? citation.reference.map { [$0] } ?? []
        let title = citation.title ?? ""
        // A licence that lapses is no law: 《采矿许可证》自行废止.
        guard !Self.papers.contains(where: { title.hasSuffix($0) }) else { return }
        var kind: Clause.Kind = sign.suspends ? .suspend : references.isEmpty && !isPart ? .repeal : .repealPartly
        if kind == .repeal, let ownTitle, TitleKey(title).key == TitleKey(ownTitle).key { kind = .repealOlder }
        if ["办法", "规定", "条例", "细则", "规则", "暂行办法", "暂行规定"].contains(title), kind == .repeal { kind = .repealOlder }
        add(kind, line ?? sentence.range, target: citation, references: references, effective: effective)
    }

    /// The start of the limb that lists what is struck: 根据《A》…，《B》同时废止 strikes B alone.
    private func limb(_ list: [Citation], _ middle: Range<Int>) -> Int {
        var start = list[list.count - 1].range.lowerBound
        for index in list.indices.dropLast().reversed() {
            let joint = list[index].range.upperBound..<list[index + 1].range.lowerBound
            guard joint.count <= 420, isJoint(joint) else { break }
            start = list[index].range.lowerBound
        }
        return start
    }

    /// The words between two struck titles: 、和, brackets, and who issued the next one.
    private func isJoint(_ range: Range<Int>) -> Bool {
        !holds(["施行", "之日", "已经", "规定的", "为准", "执行。", "制定本", "不一致"], range) || holds(["发布施行的", "公布施行的", "颁布施行的"], range)
    }

    /// Whether a title only says why or from when: 根据《A》, 自《A》施行之日起.
    private func isGround(_ citation: Citation) -> Bool {
        let (start, end) = (citation.range.lowerBound, citation.range.upperBound)
        if bytes.beforeOne(["根据", "依据", "依照", "按照", "自", "随着"], start) != nil { return true }
        // 以交通部令第9号修改的《A》: the order made the text of A, it is not struck beside it.
        if citation.kind == .documentNumber, bytes.pastOne(["公布", "发布", "修改", "修正", "修订", "印发", "文公布", "文发布", "文修改"], end) != nil {
            return true
        }
        var limb = start
        while limb > 0, start - limb < 150, bytes[limb - 1] != 0x0A, bytes.beforeOne(["，", "。", "、", "；", "》"], limb) == nil {
            limb = bytes.back(limb)
        }
        let isMade = bytes.beforeOne(["修正的", "修改的", "修订的"], start) != nil
        if !isMade, bytes.pastOne(["根据", "依据", "依照", "按照"], bytes.pastBlanks(limb)) != nil { return true }
        // 根据《关于修改A的决定》修正的《A》: the decision made the text, it is not struck.
        if bytes.pastOne(["修正的", "修订的", "修改的", "第一次修", "第二次修", "第三次修", "第四次修"], end) != nil { return true }
        return bytes.pastOne(["施行之日", "施行后", "实施后", "实施之日", "公布施行", "生效之日", "的规定制定", "制定"], end) != nil
    }

    /// Whether a title is who strikes: 由《X》废止, 被《X》代替.
    private func agent(_ citation: Citation, _ floor: Int) -> Bool {
        let start = citation.range.lowerBound
        if bytes.beforeOne(["由", "被", "已被", "已由"], start) != nil { return true }
        guard let by = bytes.findLast("被", max(floor, start - 150)..<start) ?? bytes.findLast("由", max(floor, start - 60)..<start) else {
            return false
        }
        return !holds(["，", "、", "；", "》", "自由", "理由"], by..<start) && bytes.ends("的", start)
    }

    private func isOwn(_ range: Range<Int>) -> Bool {
        CitationReader.ownNames.contains { bytes.find($0, range) != nil }
            || bytes.pastSpace(range.lowerBound, range.upperBound) >= range.upperBound - 6
    }

    /// Whether the words speak of a repeal that is to come or may come.
    func isPlanned(_ range: Range<Int>) -> Bool {
        holds(["应当", "可以", "需要", "建议", "及时", "是否", "修改或", "修订或", "修改、", "修订、", "尚未", "未被", "不得", "认为", "申请", "自动", "期满", "届满"], range)
            || holds(["提请", "决定是否", "如果", "可能", "拟", "证书", "许可证", "批准文件"], range)
    }

    private static let goesOn: [StaticString] = [
        "前", "后", "之前", "之后", "的", "、", "或", "和", "与", "日期", "程序", "公告", "决定", "时", "情况", "案", "《",
    ]

    private func day(in range: Range<Int>) -> Clause.Effective? {
        var at = range.lowerBound
        while at < range.upperBound {
            if let (day, end) = bytes.day(at), bytes.has("起", end) || bytes.has("起", bytes.pastBlanks(end)) { return .day(day) }
            at += 1
        }
        return nil
    }

    /// 自2021年1月1日起，《A》废止; not of 本法自…起施行，《A》同时废止, where the text's own day is meant.
    private func day(before citation: Citation, _ floor: Int) -> Clause.Effective? {
        let range = max(floor, citation.range.lowerBound - 60)..<citation.range.lowerBound
        guard holds(["起，", "起,"], range) else { return nil }
        return day(in: range)
    }

    private static let papers = ["证", "证书", "证明", "执照", "合同", "批件", "许可", "申请表", "通知单", "批准书", "登记表", "申报表"]

    func holds(_ words: [StaticString], _ range: Range<Int>) -> Bool {
        words.contains { bytes.find($0, range) != nil }
    }
}
