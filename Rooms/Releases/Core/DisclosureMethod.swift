/// By which way a piece of information reaches whom: what the questions of arts 10 to 23 end in.
public enum DisclosureMethod: String, Codable, CaseIterable, Sendable {
    case internet
    case gazette
    /// Named recipients only.
    case limitedScope
    case onApplication
    /// The rest is public, what may not be is made unreadable.
    case partial
    case notDisclosed
    /// Another department decides, or discloses.
    case refer

    // The columns are the point.
    // swift-format-ignore
    public var text: Text {
        switch self {
        case .internet:      Text("互联网公开",     "Internet")
        case .gazette:       Text("互联网和公报公开", "Internet and gazette")
        case .limitedScope:  Text("限定范围公开",   "Limited scope")
        case .onApplication: Text("依申请公开",     "On application")
        case .partial:       Text("区分处理后公开", "Partial disclosure")
        case .notDisclosed:  Text("不予公开",       "Not disclosed")
        case .refer:         Text("提请或者转由主管部门决定", "Referred to the competent department")
        }
    }
}

/// The decision of how to disclose, as questions in the order of the law. Each answer leads on or ends, and cites its article.
public struct MethodQuestions: Sendable {
    public enum Answer: String, Codable, CaseIterable, Sendable {
        case yes
        case no
        /// The office can not tell: the competent department decides (art. 17).
        case unsure
    }

    public enum Question: String, CaseIterable, Codable, Sendable {
        case madeOrHeldByUs
        case stateSecret
        case forbiddenByLaw
        case threeSecuritiesOneStability
        case tradeSecret
        case personalPrivacy
        case otherThirdPartyHarm
        case thirdPartyConsents
        case publicInterestOverride
        case internalAffairs
        case processInfo
        case enforcementFile
        case mustDiscloseByLaw
        case disclosedAllTheSame
        case separable
        case concernsOtherAgencies
        case otherAgenciesConfirmed
        case needsApproval
        case approved
        case scopePrescribed
        case publicInterest
        case forTheGazette
        case onlySpecificPersons
    }

    /// Where an answer leads: to another question, or to the end.
    public enum Next: Equatable, Sendable {
        case ask(Question)
        case end(DisclosureMethod)
    }

    public struct Row: Sendable {
        public let question: Question
        public let text: Text
        public let yes: Next
        public let no: Next
        /// Nil where not knowing is no answer: someone must find out.
        public let unsure: Next?
        public let law: Law

        init(_ question: Question, _ zh: String, _ en: String, yes: Next, no: Next, unsure: Next? = nil, _ law: Law) {
            (self.question, text, self.yes, self.no, self.unsure, self.law) = (question, Text(zh, en), yes, no, unsure, law)
        }
    }

    // "行政机关不能确定政府信息是否可以公开的，应当……报有关主管部门或者保密行政管理部门确定" (art. 17): the column `unsure`.
    // The columns are the point.
    // swift-format-ignore
    public static let rows: [Row] = [
        .init(.madeOrHeldByUs,  "是否由本机关制作，或者从公民、法人和其他组织获取并由本机关保存？", "Was it made by this agency, or obtained from citizens or organisations and kept here?",
              yes: .ask(.stateSecret), no: .end(.refer), unsure: .end(.refer), .openness(10)),
        .init(.stateSecret,     "是否依法确定为国家秘密？", "Is it a state secret by law?",
              yes: .end(.notDisclosed), no: .ask(.forbiddenByLaw), unsure: .end(.refer), .openness(14)),
        .init(.forbiddenByLaw,  "法律、行政法规是否禁止公开？", "Does a law or administrative regulation forbid disclosure?",
              yes: .end(.notDisclosed), no: .ask(.threeSecuritiesOneStability), unsure: .end(.refer), .openness(14)),
        .init(.threeSecuritiesOneStability, "公开后是否可能危及国家安全、公共安全、经济安全、社会稳定？", "Could disclosure endanger national, public or economic security, or social stability?",
              yes: .end(.notDisclosed), no: .ask(.tradeSecret), unsure: .end(.refer), .openness(14)),
        .init(.tradeSecret,     "是否涉及商业秘密？", "Does it touch a trade secret?",
              yes: .ask(.thirdPartyConsents), no: .ask(.personalPrivacy), unsure: .end(.refer), .openness(15)),
        .init(.personalPrivacy, "是否涉及个人隐私？", "Does it touch personal privacy?",
              yes: .ask(.thirdPartyConsents), no: .ask(.otherThirdPartyHarm), unsure: .end(.refer), .openness(15)),
        .init(.otherThirdPartyHarm, "公开是否会对第三方其他合法权益造成损害？", "Would disclosure harm another lawful interest of a third party?",
              yes: .ask(.thirdPartyConsents), no: .ask(.internalAffairs), unsure: .end(.refer), .openness(15)),
        .init(.thirdPartyConsents, "第三方是否同意公开（已书面征求意见）？", "Does the third party consent, asked in writing?",
              yes: .ask(.internalAffairs), no: .ask(.publicInterestOverride), .openness(32)),
        .init(.publicInterestOverride, "不公开是否会对公共利益造成重大影响？", "Would withholding it gravely affect the public interest?",
              yes: .ask(.internalAffairs), no: .ask(.separable), .openness(15)),
        .init(.internalAffairs, "是否属于人事管理、后勤管理、内部工作流程等内部事务信息？", "Is it internal: personnel, logistics, internal work flow?",
              yes: .ask(.mustDiscloseByLaw), no: .ask(.processInfo), .openness(16)),
        .init(.processInfo,     "是否属于讨论记录、过程稿、磋商信函、请示报告等过程性信息？", "Is it of the process: minutes, drafts, consultation letters, requests for instructions?",
              yes: .ask(.mustDiscloseByLaw), no: .ask(.enforcementFile), .openness(16)),
        .init(.enforcementFile, "是否属于行政执法案卷信息？", "Is it from a law-enforcement file?",
              yes: .ask(.mustDiscloseByLaw), no: .ask(.concernsOtherAgencies), .openness(16)),
        .init(.mustDiscloseByLaw, "法律、法规、规章是否规定该信息应当公开？", "Does a law, regulation or rule require its disclosure?",
              yes: .ask(.concernsOtherAgencies), no: .ask(.disclosedAllTheSame), .openness(16)),
        .init(.disclosedAllTheSame, "该信息可以不予公开；本机关是否仍决定公开？", "It may be withheld; does the agency decide to disclose it all the same?",
              yes: .ask(.concernsOtherAgencies), no: .ask(.separable), .openness(16)),
        .init(.separable,       "不应当公开的内容能否作区分处理？", "Can what may not be disclosed be separated?",
              yes: .end(.partial), no: .end(.notDisclosed), .openness(37)),
        .init(.concernsOtherAgencies, "公开是否涉及其他机关？", "Does disclosure concern other agencies?",
              yes: .ask(.otherAgenciesConfirmed), no: .ask(.needsApproval), .openness(11)),
        .init(.otherAgenciesConfirmed, "是否已与有关机关协商、确认？", "Have the agencies concerned been consulted, and have they confirmed?",
              yes: .ask(.needsApproval), no: .end(.refer), .openness(11)),
        .init(.needsApproval,   "公开是否依照规定需要批准？", "Does its disclosure need an approval by rule?",
              yes: .ask(.approved), no: .ask(.scopePrescribed), .openness(11)),
        .init(.approved,        "是否已经批准？", "Has it been approved?",
              yes: .ask(.scopePrescribed), no: .end(.refer), .openness(11)),
        .init(.scopePrescribed, "规定是否限定了公开的范围？", "Does a rule prescribe to whom it is disclosed?",
              yes: .end(.limitedScope), no: .ask(.publicInterest), .house),
        .init(.publicInterest,  "是否涉及公众利益调整、需要公众广泛知晓或者需要公众参与决策，或者属于第二十条、第二十一条所列信息？", "Does it adjust public interests, need to be widely known or call for participation, or is it listed in arts 20 or 21?",
              yes: .ask(.forTheGazette), no: .ask(.onlySpecificPersons), .openness(19)),
        .init(.forTheGazette,   "是否属于规章、规范性文件等应当在公报刊登的文件？", "Is it a rule or normative document that belongs in the gazette?",
              yes: .end(.gazette), no: .end(.internet), .openness(23)),
        .init(.onlySpecificPersons, "是否只涉及特定对象？", "Does it concern specific persons only?",
              yes: .end(.limitedScope), no: .end(.onApplication), .openness(13)),
    ]

    /// One answered question on the way.
    public struct Step: Codable, Equatable, Sendable {
        public let question: Question
        public let answer: Answer
        public let zh: String
        public let en: String
        public let article: String
    }

    /// What a set of answers comes to.
    public struct Outcome: Encodable, Equatable, Sendable {
        /// Nil while a question on the way is open.
        public let method: DisclosureMethod?
        public let path: [Step]
        /// The question that is to be answered next.
        public let open: Question?
        /// What must happen besides.
        public let duties: [Duty]

        public var articles: [String] {
            path.reduce(into: []) { cited, step in if !cited.contains(step.article) { cited.append(step.article) } }
        }

        private enum Key: String, CodingKey { case method, path, open, duties, articles }

        public func encode(to encoder: any Encoder) throws {
            var row = encoder.container(keyedBy: Key.self)
            try row.encode(method, forKey: .method)
            try row.encode(path, forKey: .path)
            try row.encode(open, forKey: .open)
            try row.encode(duties, forKey: .duties)
            try row.encode(articles, forKey: .articles)
        }
    }

    public struct Duty: Codable, Equatable, Sendable {
        public let zh: String
        public let en: String
        public let article: String
    }

    /// Reads answers as JSON tells them: "yes", "no", "unsure", true or false.
    /// - Throws: `Refusal.invalid` for a question or an answer that there is not.
    public static func answers(_ told: [String: Any]) throws(Refusal) -> [Question: Answer] {
        var answers: [Question: Answer] = [:]
        for (name, value) in told {
            guard let question = Question(rawValue: name) else {
                throw .invalid(name, "没有问题\(name)。", "There is no question \(name).")
            }
            let word = (value as? Bool).map { $0 ? "yes" : "no" } ?? "\(value)"
            guard let answer = Answer(rawValue: word) else {
                throw .invalid(name, "\(name)应回答yes、no或者unsure，不是\(word)。", "\(name) is answered yes, no or unsure, not \(word).")
            }
            answers[question] = answer
        }
        return answers
    }

    /// Walks the table as far as the answers lead.
    /// - Throws: `Refusal.invalid` where a question that asks for yes or no is answered "unsure".
    public static func outcome(_ answers: [Question: Answer]) throws(Refusal) -> Outcome {
        var path: [Step] = []
        var place = Question.madeOrHeldByUs
        while let row = rows.first(where: { $0.question == place }) {
            guard let answer = answers[place] else { return Outcome(method: nil, path: path, open: place, duties: duties(path, nil)) }
            path.append(Step(question: place, answer: answer, zh: row.text.zh, en: row.text.en, article: row.law.citation.zh))
            let next: Next
            switch answer {
            case .yes: next = row.yes
            case .no: next = row.no
            case .unsure:
                guard let unsure = row.unsure else {
                    throw .invalid(
                        place.rawValue,
                        "“\(row.text.zh)”请先查明，再回答是或者否。",
                        "Find out first, then answer yes or no: “\(row.text.en)”"
                    )
                }
                next = unsure
            }
            switch next {
            case .ask(let question): place = question
            case .end(let method): return Outcome(method: method, path: path, open: nil, duties: duties(path, method))
            }
        }
        preconditionFailure("the table has a row for every question")
    }

    private static func duties(_ path: [Step], _ method: DisclosureMethod?) -> [Duty] {
        func said(_ question: Question, _ answer: Answer) -> Bool { path.contains { $0.question == question && $0.answer == answer } }
        var duties: [Duty] = []
        func owe(_ zh: String, _ en: String, _ law: Law) { duties.append(Duty(zh: zh, en: en, article: law.citation.zh)) }
        let isOut = method.map { [.internet, .gazette, .limitedScope, .partial].contains($0) } ?? false
        if said(.personalPrivacy, .yes), isOut {
            owe(
                "公开个人信息前进行影响评估，报告至少保存三年。",
                "Assess the impact before personal information is disclosed; keep the report three years at least.",
                Law(.personalInformation, 55)
            )
        }
        if said(.publicInterestOverride, .yes) {
            owe("将决定公开的内容和理由书面告知第三方。", "Tell the third party in writing what is disclosed and why.", .openness(32))
        }
        if method == .notDisclosed || method == .partial {
            owe("定期评估审查；因情势变化可以公开的应当公开。", "Assess again from time to time; disclose what circumstances no longer forbid.", .openness(18))
        }
        if let method, [.internet, .gazette].contains(method) {
            owe("自形成或者变更之日起20个工作日内公开。", "Disclose within 20 working days from when it was made or changed.", .openness(26))
        }
        return duties
    }
}
