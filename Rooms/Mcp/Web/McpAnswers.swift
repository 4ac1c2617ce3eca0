import Core
import Records
import WorkCalendar

/// What the tools answer, as software reads it: no field has another meaning in another tool.
enum McpAnswer {
    /// What proves that a document was made public: the leaf of its release in the log.
    struct Proof: Encodable {
        let release: String
        let leaf: Int
        let contentHash: String
        let publishedOn: Day
        /// Where the release, the leaf, and the path from it to the signed head are served.
        let releaseUrl, leafUrl, inclusionUrl: String
        /// Whether the words answered stand in the content of that release; older texts stand in the office's collection.
        let holdsThisText: Bool
    }

    /// Which text of a work: the days it was promulgated and counts from and to.
    struct Version: Encodable {
        let promulgated, effective, until: Day?

        init(_ text: Library.Text) {
            (promulgated, effective) = (text.promulgated, text.effective)
            until = text.isLast ? nil : text.untilDay.adding(-1)
        }
    }

    struct Search: Encodable {
        struct Line: Encodable {
            let title, article, excerpt, url: String
            let documentNumber: String?
            let publishedOn: Day
            /// How it stands in law on the day; nil where the library does not hold it.
            let status: NormStatus?
            let proof: Proof
        }
        let results: [Line]
        let total: Int
        let at: Day
        let didYouMean: String?
    }

    struct Article: Encodable {
        struct Line: Encodable {
            let number: String
            let headings: [String]
            /// nil where the text is too long to be given whole.
            let text: String?
            let url: String
        }
        let title, id: String
        let documentNumber, issuer: String?
        let at: Day
        let status: NormStatus
        let evidence: [NormEvent.Evidence]
        let notes: [Text]
        let version: Version?
        /// A later text that is known already.
        let upcoming: Version?
        let articles: [Line]
        /// Whether all words of the text are given.
        let isWhole: Bool
        let url: String
        let proof: Proof
    }

    struct Verification: Encodable {
        /// Whether it stands in a text in force on the day, or in the newest text held of a work whose status no evidence tells.
        let occurs: Bool
        let at: Day
        let places: [Place]
        /// Where it stands in texts that are not in force on that day.
        let elsewhere: [Place]
        let nearest: Nearest?
    }

    struct Place: Encodable {
        let title, id: String
        /// As printed; several where it goes over a boundary.
        let articles: [String]
        let printed: String
        /// Whether punctuation and white space are the same too.
        let isExact: Bool
        let status: NormStatus
        let version: Version?
        let url: String
        let proof: Proof
    }

    struct Nearest: Encodable {
        struct Difference: Encodable {
            /// `same`; `quoted` for what only the quotation has; `law` for what only the text has.
            let side: String
            let text: String
        }
        let title, id, article, text: String
        /// 1 for the same words, 0 for none in common.
        let likeness: Double
        let differences: [Difference]
        let status: NormStatus
        let version: Version?
        let url: String
        let proof: Proof
    }

    struct Citing: Encodable {
        struct Place: Encodable {
            let title, id: String
            /// The article that cites; nil before the first.
            let article: String?
            let words: String
            let citedArticle: String?
            /// Whether it only ends or changes what it cites.
            let isClause: Bool
            /// How the citing work stands on the day.
            let status: NormStatus
            let url: String
        }
        let title, id: String
        let article: String?
        let at: Day
        let status: NormStatus
        let total, works: Int
        let places: [Place]
        let proof: Proof
    }
}
