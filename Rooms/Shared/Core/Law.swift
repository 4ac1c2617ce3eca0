import LegalText

/// Where a rule comes from, to the article: shown to officers beside the rule, checked by people against `docs/law`.
public struct Law: Hashable, Sendable {
    public let act: Act
    /// The article's number; 0 where the act is cited as a whole.
    public let article: Int

    public init(_ act: Act, _ article: Int = 0) {
        self.act = act
        self.article = article
    }

    public enum Act: String, CaseIterable, Sendable {
        case openness
        case secrecy
        case secrecyRegulation
        case personalInformation
        case attribute2016
        case documents
        case workingHours
        case civilCode
        case review
        case review2017
        case litigation
        case feeMeasures
        case reportFormat
        case businessEnvironment
        case licensing
        case penalty
        case compulsion
        case onlineServices
        /// The office's own rule, where the law is silent.
        case house
    }

    public static let house = Law(.house)
    public static func openness(_ article: Int) -> Law { Law(.openness, article) }
    public static func review(_ article: Int) -> Law { Law(.review, article) }
    public static func review2017(_ article: Int) -> Law { Law(.review2017, article) }
    public static func litigation(_ article: Int) -> Law { Law(.litigation, article) }
    public static func secrecy(_ article: Int) -> Law { Law(.secrecy, article) }
    public static func secrecyRegulation(_ article: Int) -> Law { Law(.secrecyRegulation, article) }

    public static func businessEnvironment(_ article: Int) -> Law { Law(.businessEnvironment, article) }
    public static func licensing(_ article: Int) -> Law { Law(.licensing, article) }
    public static func penalty(_ article: Int) -> Law { Law(.penalty, article) }
    public static func compulsion(_ article: Int) -> Law { Law(.compulsion, article) }
    public static func onlineServices(_ article: Int) -> Law { Law(.onlineServices, article) }

    /// "《政府信息公开条例》第十七条", "Regulation on Open Government Information, art. 17".
    public var citation: Text {
        guard article > 0 else { return act.name }
        return Text("\(act.name.zh)第\(ChineseNumeral.text(of: article))条", "\(act.name.en), art. \(article)")
    }
}

// The columns are the point.
// swift-format-ignore
extension Law.Act {
    public var name: Text {
        switch self {
        case .openness:            Text("《政府信息公开条例》",         "Regulation on Open Government Information (2019)")
        case .secrecy:             Text("《保守国家秘密法》",           "Law on Guarding State Secrets (2024)")
        case .secrecyRegulation:   Text("《保守国家秘密法实施条例》",   "Regulation implementing the Law on Guarding State Secrets (2024)")
        case .personalInformation: Text("《个人信息保护法》",           "Personal Information Protection Law")
        case .attribute2016:       Text("国办发〔2016〕80号",           "State Council Office document 国办发〔2016〕80号")
        case .documents:           Text("国办发〔2018〕37号",           "State Council Office document 国办发〔2018〕37号")
        case .workingHours:        Text("《国务院关于职工工作时间的规定》", "State Council Provisions on Working Hours")
        case .civilCode:           Text("《民法典》",                   "Civil Code")
        case .review:              Text("《行政复议法》",               "Administrative Review Law (2023)")
        case .review2017:          Text("《行政复议法》（2017年修正）", "Administrative Review Law (2017)")
        case .litigation:          Text("《行政诉讼法》",               "Administrative Litigation Law (2017)")
        case .feeMeasures:         Text("《政府信息公开信息处理费管理办法》", "Measures on Fees for Processing Information (2020)")
        case .reportFormat:        Text("国办公开办函〔2021〕30号",     "Annual report format 国办公开办函〔2021〕30号")
        case .businessEnvironment: Text("《优化营商环境条例》",         "Regulation on Improving the Business Environment (2019)")
        case .licensing:           Text("《行政许可法》",               "Administrative Licensing Law (2019)")
        case .penalty:             Text("《行政处罚法》",               "Administrative Penalty Law (2021)")
        case .compulsion:          Text("《行政强制法》",               "Administrative Compulsion Law (2011)")
        case .onlineServices:      Text("《国务院关于在线政务服务的若干规定》", "State Council Provisions on Online Government Services (2019)")
        case .house:               Text("本机关规定",                   "House rule")
        }
    }

    /// The file of `docs/law` that holds the act's text; nil where no full text was seen.
    public var file: String? {
        switch self {
        case .openness:            "openness-2019.txt"
        case .secrecy:             "secrecy-2024.txt"
        case .secrecyRegulation:   "secrecy-regulation-2024.txt"
        case .personalInformation: "personal-information-2021.txt"
        case .workingHours:        "working-hours-1995.txt"
        case .civilCode:           "civil-code-2020.txt"
        case .review:              "review-2023.txt"
        case .review2017:          "review-2017.txt"
        case .litigation:          "litigation-2017.txt"
        case .businessEnvironment: "business-environment-2019.txt"
        case .licensing:           "licensing-2019.txt"
        case .penalty:             "penalty-2021.txt"
        case .compulsion:          "compulsion-2011.txt"
        case .onlineServices:      "online-services-2019.txt"
        case .attribute2016, .documents, .feeMeasures, .reportFormat, .house: nil
        }
    }
}
