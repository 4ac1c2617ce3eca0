import Core
import Foundation
import LegalText
import Records
import Scan
import Web

/// Takes the real notice of 2022 through the whole way: drafted, reviewed, signed, released, and made into the ledger.
struct DemoNotice {
    let house: House

    func release(_ text: String) async throws {
        let actor = { try await house.people.actor($0) }
        let read = DocumentText.read(text)
        var fields = Document.Fields(unit: People.office)
        fields.language = .en
        fields.title = read.title?.value ?? ""
        // The source gives the number only in Latin letters; the officer types the Chinese one.
        fields.documentNumber = "国知办函办字〔2022〕495号"
        fields.issuer = read.issuer?.value
        if case .day(let day)? = read.written?.value { fields.writtenOn = day }
        fields.topic = "Government affairs disclosure"
        fields.body = read.withoutFurniture(text)
        if try await house.documents.same(as: fields) != nil { return }
        let document = try await house.documents.add(fields, by: try await actor("lin"))
        let review = try await house.reviews.submit(document.key, by: try await actor("lin"))
        try await house.reviews.take(.signAsUnit, on: review.key, seeing: review.hash, by: try await actor("chen"))
        for finding in try await house.reviews.findings(of: review).filter(\.isOpen).map(\.finding) {
            try await house.reviews.decide(
                finding.range.lowerBound,
                finding.rule.rawValue,
                .accept,
                reason: "公文载明的公务信息",
                on: review.key,
                by: try await actor("zhao")
            )
        }
        if try await house.reviews.findings(of: review).contains(where: \.publishesPersonalInformation) {
            try await house.assessments.assess(
                review.key,
                purpose: "公开公务联系方式，便于公众咨询",
                impact: "仅涉及公务信息，影响轻微",
                measures: "不含私人联系方式",
                by: try await actor("zhao")
            )
        }
        try await house.reviews.take(.signAsReviewer, on: review.key, seeing: review.hash, by: try await actor("zhao"))
        let key = try await house.releases.release(
            review: review.key,
            seeing: review.hash,
            attribute: .proactive,
            reason: "涉及公众广泛知晓的工作要点（条例第十九条）",
            method: .internet,
            by: try await actor("wang")
        )
        let points = KeyPoints.read(
            read,
            issued: fields.writtenOn ?? house.world.now().beijingDay,
            calendar: house.calendar,
            units: .reference
        )
        try await house.ledgers.take(
            points,
            year: 2022,
            document: document.key,
            content: document.content.hash,
            issued: fields.writtenOn ?? house.world.now().beijingDay,
            by: try await actor("lin")
        )
        for entry in try await house.ledgers.entries(year: 2022, for: .desk) where entry.task.number == "1" {
            try await house.ledgers.attach(
                release: key,
                note: "The key points themselves are public",
                to: entry.task.key,
                by: try await actor("lin")
            )
        }
        house.forgetPages()
    }
}
