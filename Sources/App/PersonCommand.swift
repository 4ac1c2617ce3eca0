import ArgumentParser
import Core
import Foundation
import Records
import WorkCalendar

/// `gongkai person add|delegate`: who works at the desk, and in which role.
struct PersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person",
        abstract: "The persons at the desk.",
        subcommands: [Add.self, Delegate.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a person with roles; the password is read from standard input.",
            discussion: "Example:  gongkai person add lin --zh 林舒 --en \"Lin Shu\" --role drafter --data var/demo < password"
        )

        @Argument(help: "The account's name.")
        var login: String
        @Option(help: "The name in Chinese.")
        var zh: String
        @Option(help: "The name in Latin letters.")
        var en: String
        @Option(help: "The unit's code.")
        var unit = People.office
        @Option(help: "A role: \(Role.allCases.map(\.rawValue).joined(separator: ", ")). May be given several times.")
        var role: [String]
        @OptionGroup var store: Store

        func validate() throws {
            for name in role where Role(rawValue: name) == nil { throw ValidationError("There is no role \(name).") }
            guard UnitNames.reference.all.contains(where: { $0.code == unit && $0.kind == .unit }) else {
                throw ValidationError("There is no unit with the code \(unit).")
            }
        }

        func run() async throws {
            let log = try await store.log()
            let people = People(log.database, world: log.world)
            try await people.addReferenceUnits()
            let password = (readLine(strippingNewline: true) ?? "")
            do { _ = try await people.actor(login) } catch Refusal.notFound {
                try await people.add(login, name: Text(zh, en), unit: unit, roles: role.compactMap(Role.init), password: password)
                return print("\(login) can sign in")
            }
            throw Refused("There is a person with the login \(login) already.")
        }
    }

    struct Delegate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let another person of the unit act in a role, between two days.")

        @Argument(help: "Who lends the role.")
        var from: String
        @Argument(help: "Who acts.")
        var to: String
        @Option(help: "The role.")
        var role: String
        @Option(help: "The first day, YYYY-MM-DD.")
        var since: String
        @Option(help: "The last day, YYYY-MM-DD.")
        var until: String
        @OptionGroup var store: Store

        func validate() throws {
            guard Role(rawValue: role) != nil else { throw ValidationError("There is no role \(role).") }
            for day in [since, until] where Day(day) == nil { throw ValidationError("\(day) is no date of the form 2022-05-26.") }
        }

        func run() async throws {
            guard let role = Role(rawValue: role), let since = Day(since), let until = Day(until) else { return }
            let log = try await store.log()
            let people = People(log.database, world: log.world)
            do {
                try await people.delegate(role, to: to, since: since, until: until, by: try await people.actor(from))
            } catch Refusal.notFound { throw Refused("There is no person with the login \(from) or \(to).") }
            print("\(to) acts as \(role.text.en.lowercased()) from \(since) to \(until)")
        }
    }
}
