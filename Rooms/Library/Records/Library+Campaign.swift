import Core
import Storage
import WorkCalendar

/// A clean-up of the office's own documents: each unit says of each what becomes of it, and three lists come out as a document
/// (国办发〔2018〕37号; 规章制定程序条例 art. 37 for rules).
extension Library {
    public struct Campaign: Decodable, Sendable, Equatable {
        public let key, title: String
        public let openedOn, dueOn: Day
        /// The document with the three lists; nil until it was made.
        public let document: String?
        public let works, decided: Int
    }

    public struct CampaignWork: Decodable, Sendable, Equatable {
        public let work, title, unit: String
        public let documentNumber: String?
        public let status: NormStatus
        public let verdict: Verdict?
        public let reason: String
    }

    public enum Verdict: String, Codable, CaseIterable, Sendable, SQLConvertible {
        case continued, repealed, lapsed

        // The columns are the point.
        // swift-format-ignore
        public var text: Core.Text {
            switch self {
            case .continued: Core.Text("继续有效", "Continued")
            case .repealed:  Core.Text("废止",     "Repealed")
            case .lapsed:    Core.Text("失效",     "Lapsed")
            }
        }
    }

    private static let office = Core.Text("由信息公开办开展清理。", "The disclosure office runs clean-ups.")

    /// Opens a clean-up over all of the office's own works that are in force, or of uncertain status, on the day.
    public func openCampaign(titled title: String, due: Day, by actor: Actor) async throws -> String {
        let role = try actor.acting(as: .disclosureOfficer, .officeHead, or: Self.office)
        let now = world.now()
        var faults: [String: Core.Text] = [:]
        if title.allSatisfy(\.isWhitespace) { faults["title"] = Core.Text("请填写清理工作的名称。", "Name the clean-up.") }
        if due <= now.beijingDay { faults["due"] = Core.Text("完成日期应晚于今天。", "It must be due later than today.") }
        guard faults.isEmpty else { throw Refusal.invalidForm(faults) }
        try await Incidents(database, world: world).refuseMarked([title], unit: actor.unit, by: actor)
        let key = world.key()
        var filter = Filter()
        filter.isOwn = true
        let own = try await catalogue(filter, at: now.beijingDay, size: 20_000).lines.filter {
            [.inForce, .noEvidence].contains($0.status)
        }
        guard !own.isEmpty else {
            throw Refusal.invalidForm(["title": Core.Text("没有需要清理的本机关文件。", "The office has no documents to clean up.")])
        }
        try await database.write { db in
            try db.run(
                """
                INSERT INTO norm_campaign (key, title, opened_on, due_on, opened_by)
                VALUES (\(key), \(title), \(now.beijingDay), \(due), \(actor.person))
                """
            )
            for line in own {
                try db.run(
                    "INSERT INTO norm_campaign_work (campaign, work, unit, reason) VALUES (\(key), \(line.id), \(line.unit), '')"
                )
            }
            try StepLog.write("openCampaign", on: "campaign/\(key)", by: actor, as: role, at: now, detail: title, in: db)
        }
        return key
    }

    public func campaigns() async throws -> [Campaign] {
        try await database.read { db in
            try db.all(
                Campaign.self,
                """
                SELECT norm_campaign.*, (SELECT count(*) FROM norm_campaign_work WHERE campaign = key) AS works,
                    (SELECT count(*) FROM norm_campaign_work WHERE campaign = key AND verdict IS NOT NULL) AS decided
                FROM norm_campaign ORDER BY key DESC LIMIT 100
                """
            )
        }
    }

    public func campaign(_ key: String) async throws -> (campaign: Campaign, works: [CampaignWork]) {
        guard let campaign = try await campaigns().first(where: { $0.key == key }) else { throw Refusal.notFound }
        let day = world.now().beijingDay
        let works = try await database.read { db in
            try db.all(
                CampaignWork.self,
                """
                SELECT norm_campaign_work.*, norm_work.title, norm_work.document_number, norm_force.status
                FROM norm_campaign_work JOIN norm_work ON norm_work.id = norm_campaign_work.work
                JOIN norm_force ON norm_force.work = norm_work.id AND norm_force.from_day <= \(day) AND norm_force.until_day > \(day)
                WHERE campaign = \(key) ORDER BY norm_campaign_work.unit, norm_work.title
                """
            )
        }
        return (campaign, works)
    }

    /// The unit in charge says what becomes of one of its documents, and why.
    public func judge(_ work: String, in key: String, _ verdict: Verdict, reason: String, by actor: Actor) async throws {
        let (campaign, works) = try await campaign(key)
        guard let found = works.first(where: { $0.work == work }) else { throw Refusal.notFound }
        guard campaign.document == nil else { throw Refusal.outOfTurn }
        let role = try actor.acting(
            as: .unitHead,
            .drafter,
            .disclosureOfficer,
            or: Core.Text("由责任单位的承办人或者负责人提出。", "A drafter or the head of the unit in charge says this.")
        )
        guard found.unit == actor.unit else {
            throw Refusal.forbidden(because: Core.Text("该文件由其他单位负责。", "Another unit answers for this document."))
        }
        guard verdict == .continued || !reason.allSatisfy(\.isWhitespace) else {
            throw Refusal.invalidForm(["reason": Core.Text("废止或者失效的，请写明理由。", "Say why it is repealed or lapsed.")])
        }
        try await Incidents(database, world: world).refuseMarked([reason], unit: actor.unit, by: actor)
        let now = world.now()
        try await database.write { db in
            try db.run(
                """
                UPDATE norm_campaign_work SET verdict = \(verdict), reason = \(reason), person = \(actor.person)
                WHERE campaign = \(key) AND work = \(work)
                """
            )
            try StepLog.write("judge", on: "campaign/\(key)", by: actor, as: role, at: now, detail: "\(work) \(verdict)", in: db)
        }
    }

    /// Makes the document with the three lists, which then goes the way of every document: review, signature, release.
    /// What it repeals is repealed by its own sentence on its own day.
    public func concludeCampaign(_ key: String, by actor: Actor) async throws -> Document {
        let (campaign, works) = try await campaign(key)
        _ = try actor.acting(as: .disclosureOfficer, .officeHead, or: Self.office)
        let open = works.filter { $0.verdict == nil }
        guard open.isEmpty else {
            throw Refusal.invalidForm([
                "campaign": Core.Text("还有\(open.count)件没有意见。", "\(open.count) documents have no verdict yet.")
            ])
        }
        guard campaign.document == nil else { throw Refusal.alreadyDone }
        let day = world.now().beijingDay
        var fields = Document.Fields(unit: actor.unit)
        (fields.kind, fields.column) = (.notice, "notices")
        fields.title = "\(Agency.name.zh)关于公布规范性文件清理结果的公告（\(campaign.title)）"
        (fields.issuer, fields.writtenOn) = (Agency.name.zh, day)
        func list(_ verdict: Verdict, _ heading: String) -> String {
            let found = works.filter { $0.verdict == verdict }
            let lines = found.enumerated().map { place, work in
                "\(place + 1). 《\(work.title)》\(work.documentNumber.map { "（\($0)）" } ?? "")"
            }
            return "\(heading)（\(found.count)件）\n" + (lines.isEmpty ? "无。" : lines.joined(separator: "\n"))
        }
        fields.body = """
            根据规范性文件清理工作安排，经各责任单位逐件提出意见，现将清理结果公布如下，自公布之日起施行。
            一、继续有效的规范性文件目录
            \(list(.continued, "下列规范性文件继续有效"))
            二、废止的规范性文件目录
            \(list(.repealed, "下列规范性文件予以废止"))
            三、失效的规范性文件目录
            \(list(.lapsed, "下列规范性文件已经失效"))
            \(Agency.name.zh)
            \(day.year)年\(day.month)月\(day.day)日
            """
        let document = try await Documents(database, world: world).add(fields, another: true, by: actor)
        try await database.write { db in
            try db.run("UPDATE norm_campaign SET document = \(document.key) WHERE key = \(key) AND document IS NULL")
        }
        return document
    }
}
