import Core
import Foundation
import Records
import WorkCalendar

/// The effects that steps leave behind as rows, each kind with what does it.
extension House {
    // The columns are the point.
    // swift-format-ignore
    private var doers: [String: @Sendable (String) async throws -> Void] {
        [
            "anchor": { day in try await log.anchor(Day(day) ?? world.now().beijingDay) },
            "warn":   { day in _ = try await requests.warn(on: Day(day) ?? world.now().beijingDay, calendar: calendar) },
            "forget": { release in try await Downloads(house: self).forget(release) },
            "sweep":  { day in try await sweep(Day(day) ?? world.now().beijingDay) },
            "library": { work in
                try await library.take([work])
                forgetPages()
            },
            "midnight": { day in
                try await library.markReleases(on: Day(day) ?? world.now().beijingDay)
                forgetPages()
            },
            "rest":   { day in if try await matters.watch(on: Day(day) ?? world.now().beijingDay) > 0 { forgetPages() } },
            "print":  { release in try await Downloads(house: self).prepare(release) },
        ]
    }

    /// Forgets what need not be kept any longer: forms after thirty days, assessments after their three years.
    private func sweep(_ day: Day) async throws {
        try await people.forgetForms(before: day.adding(-30))
        try await assessments.forget(on: day)
        _ = try await requests.emptyBaskets(before: world.now().adding(hours: -24))
    }

    /// Does what is due. - Returns: how many jobs were done or failed.
    public func work() async throws -> Int {
        let yesterday = world.now().beijingDay.adding(-1)
        try await jobs.put("anchor", key: "anchor \(yesterday)", payload: "\(yesterday)")
        let today = world.now().beijingDay
        try await jobs.put("sweep", key: "sweep \(today)", payload: "\(today)")
        // What begins or ends today does so at midnight, or as soon as somebody works again.
        try await jobs.put("midnight", key: "midnight \(today)", payload: "\(today)")
        try await jobs.put("warn", key: "warn \(today)", payload: "\(today)")
        // What matters rest on is looked at each day, and again whenever something was released or withdrawn.
        try await jobs.put("rest", key: "rest \(today) \(try await log.size())", payload: "\(today)")
        return try await jobs.work(doers)
    }

    /// Works until it is told to stop, looking once a second.
    public func keepWorking() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await keepBulk() }
            group.addTask {
                while !Task.isCancelled {
                    _ = try await work()
                    try await Task.sleep(for: .seconds(1))
                }
            }
            // The first that ends, ends both.
            try await group.next()
            group.cancelAll()
        }
    }

    /// Makes the day's bulk file beside the jobs, which it would keep waiting; looks every ten minutes.
    private func keepBulk() async throws {
        while !Task.isCancelled {
            try await Task.sleep(for: .seconds(60))
            do { try await NormBulk(house: self).write(on: world.now().beijingDay) } catch {
                FileHandle.standardError.write(Data("gongkai: the bulk file was not made: \(error)\n".utf8))
            }
            try await Task.sleep(for: .seconds(540))
        }
    }
}
