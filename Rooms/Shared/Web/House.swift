import Core
import Foundation
import Records
import Scan
import Storage
import Synchronization
import WorkCalendar

/// Everything a page may ask: the stores of all rooms, the calendar, the pages.
public struct House: Sendable {
    public let database: any Database
    public let world: World
    private let shelf: CalendarShelf
    public let calendars: Calendars
    public let jobs: Jobs
    public let audit: Audit
    public let people: People
    public let documents: Documents
    public let reviews: Reviews
    public let waivers: Waivers
    public let releases: Releases
    public let library: Library
    public let ledgers: Ledgers
    public let incidents: Incidents
    public let requests: DisclosureRequests
    public let appeals: Appeals
    public let annualReports: AnnualReports
    public let matters: Matters
    public let datasets: Datasets
    public let limited: LimitedReleases
    public let assessments: Assessments
    /// Within how many hours another person confirms a release that one leader made in an emergency.
    public let emergencyHours: Int
    public let log: TransparencyLog
    /// What anonymous visits' forms are sealed with.
    public let secret: String
    /// The address that the public knows: `https://www.example.gov.cn`.
    public let site: String
    /// Whether cookies may only travel over TLS: true where TLS ends in front of us.
    public let isSecure: Bool
    /// Whether a proxy on this machine tells the visitor's address.
    public let isBehindProxy: Bool
    /// This node's search index; without one the database's own search answers.
    public var index: PublicIndex?
    /// Where this node keeps the files that it makes of everything public.
    public var openFolder = FileManager.default.temporaryDirectory.appendingPathComponent("gongkai-open-\(UUID().uuidString)").path
    let pages: Pages
    let cache = PageCache()
    let counts = Counts()

    public init(
        log: TransparencyLog,
        calendar: WorkCalendar,
        secret: String,
        site: String,
        isSecure: Bool,
        isBehindProxy: Bool = false,
        scanTable: Table? = nil,
        emergencyHours: Int = 24
    ) throws {
        (self.log, self.secret, self.site) = (log, secret, site)
        shelf = CalendarShelf(calendar)
        (self.isSecure, self.isBehindProxy) = (isSecure, isBehindProxy)
        (database, world) = (log.database, log.world)
        calendars = Calendars(database, world: world)
        jobs = Jobs(database, world: world)
        audit = Audit(database, world: world)
        people = People(database, world: world)
        documents = Documents(database, world: world)
        reviews = Reviews(database, world: world, table: scanTable)
        assessments = Assessments(reviews)
        self.emergencyHours = emergencyHours
        waivers = Waivers(database, world: world)
        releases = Releases(log)
        library = Library(releases)
        requests = DisclosureRequests(database, world: world, vault: Vault(secret: secret, world: world))
        limited = LimitedReleases(database, world: world, vault: Vault(secret: secret, world: world))
        appeals = Appeals(database, world: world)
        annualReports = AnnualReports(database, world: world)
        matters = Matters(database, world: world)
        datasets = Datasets(
            log,
            ledger: try DossierLedger(log.database, world: log.world, secret: secret, table: scanTable),
            table: scanTable
        )
        ledgers = Ledgers(database, world: world)
        incidents = Incidents(database, world: world)
        pages = try Pages()
    }

    /// Working days by all notices that are loaded.
    public var calendar: WorkCalendar { shelf.calendar }

    /// Takes the notices that are stored into the calendar.
    public func loadCalendar() async throws { shelf.take(try await calendars.notices()) }

    /// What is public has changed: every page is made anew.
    public func forgetPages() { cache.empty() }

    /// Looks once a second whether another process has released or withdrawn something: each is a leaf of the log.
    public func watchTheLog() async throws {
        var known = "\(try await log.size()) \(try await appeals.suspensionState()) \(world.now().beijingDay)"
        while !Task.isCancelled {
            try await Task.sleep(for: .seconds(1))
            // A suspended provision is marked on the page of its document; at midnight what pages say of "today" is no longer so.
            let state = "\(try await log.size()) \(try await appeals.suspensionState()) \(world.now().beijingDay)"
            if state != known { cache.empty() }
            known = state
            try await loadCalendar()
        }
    }
}

/// The calendar that came with the program, and with it what was loaded since.
private final class CalendarShelf: Sendable {
    private let base: WorkCalendar
    private let loaded: Mutex<WorkCalendar>

    init(_ base: WorkCalendar) {
        self.base = base
        loaded = Mutex(base)
    }

    var calendar: WorkCalendar { loaded.withLock { $0 } }

    func take(_ notices: [HolidayNotice]) {
        let whole = base.adding(notices)
        loaded.withLock { $0 = whole }
    }
}
