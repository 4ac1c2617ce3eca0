import ArgumentParser
import Core
import Foundation
import LegalText
import WorkCalendar

/// All works written out, one after another.
extension NormsCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case json, markdown, csv, akn }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write all works out: json (an object a line), markdown, csv (the list), akn (Akoma Ntoso 3.0).",
            discussion: "Works are read twice, one at a time: first for what they repeal, then to be written with their status."
        )
        @Argument(help: "json, markdown, csv or akn.")
        var format: Format
        @OptionGroup var place: NormPlace
        @Option(help: "The file to write; standard output where none is given.")
        var out: String?
        @Option(help: "The day whose status is written, YYYY-MM-DD; today where none is given.")
        var at: String?
        @Option(help: "Only this work.")
        var only: String?

        func run() async throws {
            let day = try NormsCommand.day(at, "--at")
            let source = try await place.open()
            var library = NormLibrary(heads: try source.heads())
            var wanted: String?
            if let only {
                guard case .work(let found, _) = library.find(only) else { throw Refused("no single work bears the title \(only).") }
                wanted = library.heads[found].id
            }
            try await source.each { library.collect($0) }
            let output = try Output(out)
            output.write(NormExport.opening(format.rawValue))
            let export = NormExport(library: library, day: day)
            try await source.each { record in
                guard wanted == nil || wanted == record.id else { return }
                output.write(try export.text(of: record, as: format.rawValue))
            }
            output.write(NormExport.closing(format.rawValue))
            try output.close()
        }
    }

    /// A file, written beside its place and moved there when it is whole; or standard output.
    private final class Output {
        private let handle: FileHandle
        private let path: String?
        private var waiting = Data()

        init(_ path: String?) throws {
            self.path = path
            guard let path else {
                handle = .standardOutput
                return
            }
            guard FileManager.default.createFile(atPath: path + ".part", contents: nil),
                let file = FileHandle(forWritingAtPath: path + ".part")
            else {
                throw Refused("\(path) can not be written.")
            }
            handle = file
        }

        func write(_ text: String) {
            waiting.append(contentsOf: text.utf8)
            if waiting.count > 1 << 20 { flush() }
        }

        private func flush() {
            handle.write(waiting)
            waiting.removeAll(keepingCapacity: true)
        }

        func close() throws {
            flush()
            guard let path else { return }
            try handle.close()
            guard rename(path + ".part", path) == 0 else { throw Refused("\(path) can not be written.") }
        }
    }
}
