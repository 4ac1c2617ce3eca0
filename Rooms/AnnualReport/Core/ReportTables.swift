/// Table 3 of the annual report: requests received and dealt with, 25 rows by 7 columns, as 国办公开办函〔2021〕30号 prints it.
public struct RequestTable: Equatable, Sendable {
    /// The rows in print order.
    public enum Row: Int, CaseIterable, Sendable {
        case received
        case carriedOver
        case disclosed
        case partial
        case stateSecret
        case forbiddenByLaw
        case threeSecuritiesOneStability
        case thirdParty
        case internalAffairs
        case processInfo
        case enforcementFile
        case registryAccess
        case notHeld
        case wouldNeedProcessing
        case unclearAfterCorrection
        case petition
        case repeated
        case publication
        case excessive
        case confirmOrReissue
        case notCorrected
        case feeNotPaid
        case other
        case total
        case carriedForward

        public static let results = allCases.filter { $0.rawValue > carriedOver.rawValue && $0.rawValue < total.rawValue }

        /// The name in JSON and CSV.
        public var key: String { "\(self)" }
    }

    /// Six kinds of applicant, then the total: cells in row order, seven a row.
    public private(set) var cells: [Int]

    public static let columns = ApplicantKind.allCases.count + 1

    public init() { cells = Array(repeating: 0, count: Row.allCases.count * Self.columns) }

    public subscript(row: Row, kind: ApplicantKind?) -> Int {
        get { cells[Self.place(row, kind)] }
        set { cells[Self.place(row, kind)] = newValue }
    }

    public func values(_ row: Row) -> [Int] { Array(cells[(row.rawValue * Self.columns)..<((row.rawValue + 1) * Self.columns)]) }

    private static func place(_ row: Row, _ kind: ApplicantKind?) -> Int {
        row.rawValue * columns + (kind.flatMap { ApplicantKind.allCases.firstIndex(of: $0) } ?? columns - 1)
    }

    /// Counts cases into a row and its column; totals are summed by `sum`.
    public mutating func count(_ count: Int, _ row: Row, _ kind: ApplicantKind) { self[row, kind] += count }

    /// Fills the total row and the total column.
    public mutating func sum() {
        for kind in ApplicantKind.allCases { self[.total, kind] = Row.results.reduce(0) { $0 + self[$1, kind] } }
        for row in Row.allCases { self[row, nil] = ApplicantKind.allCases.reduce(0) { $0 + self[row, $1] } }
    }
}

extension Outcome {
    /// The row of table 3 that counts it.
    public var row: RequestTable.Row {
        switch self {
        case .alreadyPublic, .disclosed: .disclosed
        case .partial: .partial
        case .stateSecret: .stateSecret
        case .forbiddenByLaw: .forbiddenByLaw
        case .threeSecuritiesOneStability: .threeSecuritiesOneStability
        case .thirdParty: .thirdParty
        case .internalAffairs: .internalAffairs
        case .processInfo: .processInfo
        case .enforcementFile: .enforcementFile
        case .registryAccess: .registryAccess
        case .notHeld, .notThisAgency: .notHeld
        case .wouldNeedProcessing: .wouldNeedProcessing
        case .unclearAfterCorrection: .unclearAfterCorrection
        case .petition: .petition
        case .repeated: .repeated
        case .publication: .publication
        case .excessive: .excessive
        case .confirmOrReissue: .confirmOrReissue
        case .notCorrected: .notCorrected
        case .feeNotPaid: .feeNotPaid
        case .other: .other
        }
    }
}

// The columns are the point.
// swift-format-ignore
extension RequestTable.Row {
    /// The printed label, its level of indentation, and English beside it.
    public var label: (zh: String, en: String, level: Int, heading: String?) {
        switch self {
        case .received:        ("一、本年新收政府信息公开申请数量", "I. New requests this year", 0, nil)
        case .carriedOver:     ("二、上年结转政府信息公开申请数量", "II. Carried over from last year", 0, nil)
        case .disclosed:       ("（一）予以公开", "(1) Disclosed", 1, "三、本年度办理结果")
        case .partial:         ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "(2) Disclosed in part", 1, nil)
        case .stateSecret:     ("1.属于国家秘密", "1. State secret", 2, "（三）不予公开")
        case .forbiddenByLaw:  ("2.其他法律行政法规禁止公开", "2. Forbidden by another law or regulation", 2, nil)
        case .threeSecuritiesOneStability: ("3.危及“三安全一稳定”", "3. Endangers security or stability", 2, nil)
        case .thirdParty:      ("4.保护第三方合法权益", "4. Protects a third party", 2, nil)
        case .internalAffairs: ("5.属于三类内部事务信息", "5. Internal affairs", 2, nil)
        case .processInfo:     ("6.属于四类过程性信息", "6. Information of the process", 2, nil)
        case .enforcementFile: ("7.属于行政执法案卷", "7. Law-enforcement file", 2, nil)
        case .registryAccess:  ("8.属于行政查询事项", "8. Registry access", 2, nil)
        case .notHeld:         ("1.本机关不掌握相关政府信息", "1. Not held by this agency", 2, "（四）无法提供")
        case .wouldNeedProcessing: ("2.没有现成信息需要另行制作", "2. Would have to be made anew", 2, nil)
        case .unclearAfterCorrection: ("3.补正后申请内容仍不明确", "3. Still unclear after correction", 2, nil)
        case .petition:        ("1.信访举报投诉类申请", "1. Petition or complaint", 2, "（五）不予处理")
        case .repeated:        ("2.重复申请", "2. Repeated", 2, nil)
        case .publication:     ("3.要求提供公开出版物", "3. Asks for a publication", 2, nil)
        case .excessive:       ("4.无正当理由大量反复申请", "4. Excessive without good reason", 2, nil)
        case .confirmOrReissue: ("5.要求行政机关确认或重新出具已获取信息", "5. Asks to confirm or reissue", 2, nil)
        case .notCorrected:    ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "1. Not corrected in time", 2, "（六）其他处理")
        case .feeNotPaid:      ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "2. Fee not paid in time", 2, nil)
        case .other:           ("3.其他", "3. Other", 2, nil)
        case .total:           ("（七）总计", "(7) Total", 1, nil)
        case .carriedForward:  ("四、结转下年度继续办理", "IV. Carried forward to next year", 0, nil)
        }
    }
}

/// Table 2: what was disclosed on the agency's own motion, by the items of art. 20 that the form names.
public struct ProactiveTable: Codable, Equatable, Sendable {
    public enum Item: String, CaseIterable, Codable, Sendable {
        case rules
        case normativeDocuments
        case licences
        case penalties
        case coercive
        case fees

        // The columns are the point.
        // swift-format-ignore
        public var text: (clause: String, zh: String, en: String) {
            switch self {
            case .rules:              ("第二十条第（一）项", "规章",           "Rules")
            case .normativeDocuments: ("第二十条第（一）项", "行政规范性文件", "Normative documents")
            case .licences:           ("第二十条第（五）项", "行政许可",       "Licences")
            case .penalties:          ("第二十条第（六）项", "行政处罚",       "Penalties")
            case .coercive:           ("第二十条第（六）项", "行政强制",       "Coercive measures")
            case .fees:               ("第二十条第（八）项", "行政事业性收费", "Administrative charges")
            }
        }

        public var isDocuments: Bool { self == .rules || self == .normativeDocuments }
    }

    /// 本年制发 · 本年废止 · 现行有效.
    public struct Documents: Codable, Equatable, Sendable {
        public var made, repealed, inForce: Int

        public init(made: Int = 0, repealed: Int = 0, inForce: Int = 0) {
            (self.made, self.repealed, self.inForce) = (made, repealed, inForce)
        }
    }

    public var rules = Documents()
    public var normativeDocuments = Documents()
    /// Decisions of the year.
    public var licences = 0
    public var penalties = 0
    public var coercive = 0
    /// In fen; printed in 万元.
    public var feesFen = 0

    public init() {}

    /// The charges in 万元, two places.
    public var feesInTenThousandYuan: String {
        let hundredths = feesFen / 10_000 + (feesFen % 10_000 >= 5_000 ? 1 : 0)
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
