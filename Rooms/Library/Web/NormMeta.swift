import Core
import Foundation
import Records
import WorkCalendar

/// What machines read of a work's page: the tags of the guide for government websites, and schema.org/Legislation.
enum NormMeta {
    static func tags(_ shown: NormPages.Shown) -> [Frame.Meta] {
        let work = shown.work
        let values = [
            ("ArticleTitle", work.title),
            ("PubDate", (shown.text?.promulgated ?? work.promulgated)?.description ?? ""),
            ("ContentSource", work.issuer ?? Agency.name.zh),
            ("ColumnName", "规范性文件数据库"),
            ("DocumentNumber", work.documentNumber ?? ""),
            ("EffectiveDate", shown.text?.effective?.description ?? ""),
            ("Validity", (shown.force?.status ?? .noEvidence).text.zh),
        ]
        return values.filter { !$0.1.isEmpty }.map { .init(name: $0.0, content: $0.1) }
    }

    private struct Legislation: Encodable {
        let context = "https://schema.org"
        let type = "Legislation"
        let name: String
        let legislationIdentifier, legislationType, legislationDate, datePublished, legislationDateVersion, temporalCoverage: String?
        let legislationPassedBy: Organization?
        /// Left out where nothing proves how it stands.
        let legislationLegalForce: String?
        let inLanguage, url: String
        let sha256: String?

        private enum CodingKeys: String, CodingKey {
            case name, legislationIdentifier, legislationType, legislationDate, datePublished, legislationDateVersion, temporalCoverage
            case legislationPassedBy, legislationLegalForce, inLanguage, url, sha256
            case context = "@context"
            case type = "@type"
        }
    }

    private struct Organization: Encodable {
        let type = "Organization"
        let name: String

        private enum CodingKeys: String, CodingKey {
            case name
            case type = "@type"
        }
    }

    /// From the first to the last day of a text; open where no later one is known.
    private static func coverage(_ text: Library.Text?) -> String? {
        guard let text, let from = text.effective else { return nil }
        return text.isLast ? "\(from)/.." : "\(from)/\(text.untilDay.adding(-1))"
    }

    /// JSON-LD that can stand in a script element: no `<` is left in it.
    static func legislation(_ shown: NormPages.Shown, site: String) throws -> String {
        let (work, text) = (shown.work, shown.text)
        let force: String? =
            switch shown.force?.status {
            case .inForce?: "https://schema.org/InForce"
            case .amended?, .noEvidence?, nil: nil
            case .repealed?, .expired?, .notYetInForce?: "https://schema.org/NotInForce"
            }
        let value = Legislation(
            name: work.title,
            legislationIdentifier: work.documentNumber,
            legislationType: work.topic,
            legislationDate: work.promulgated?.description,
            datePublished: text?.promulgated?.description,
            legislationDateVersion: text?.effective?.description,
            temporalCoverage: coverage(text),
            legislationPassedBy: work.issuer.map(Organization.init),
            legislationLegalForce: force,
            inLanguage: "zh-CN",
            url: "\(site)\(shown.base)\(shown.query)",
            sha256: text?.hash
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self).replacing("<", with: "\\u003c")
    }
}
