import CPQ
import Storage

/// The test server, on which databases are made and dropped outside any transaction.
final class PostgresServer {
    private let handle: OpaquePointer

    init(_ address: String) throws {
        guard let handle = PQconnectdb(address) else { throw StorageError(.connection, "out of memory") }
        self.handle = handle
        guard PQstatus(handle) == CONNECTION_OK else {
            throw StorageError(.connection, String(cString: PQerrorMessage(handle)))
        }
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
    }

    deinit { PQfinish(handle) }

    func create(_ name: String) throws {
        try execute("CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
    }

    func drop(_ name: String) throws {
        try execute("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }

    /// Ends every connection to a database, as a restart of the server would.
    func disconnect(_ name: String) throws {
        try execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'")
    }

    /// The address of the server with the name of another database in it.
    func address(of name: String) -> String {
        let options = PQconninfo(handle)
        defer { PQconninfoFree(options) }
        var words: [String] = []
        var option = options
        while let current = option, let keyword = current.pointee.keyword {
            let key = String(cString: keyword)
            if let value = current.pointee.val, key != "dbname" {
                words.append("\(key)='\(escaped(String(cString: value)))'")
            }
            option = current.advanced(by: 1)
        }
        return (words + ["dbname='\(name)'"]).joined(separator: " ")
    }

    private func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
    }

    private func execute(_ text: String) throws {
        let result = PQexec(handle, text)
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else {
            throw StorageError(.connection, String(cString: PQresultErrorMessage(result)))
        }
    }
}
