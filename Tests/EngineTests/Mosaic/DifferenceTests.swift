import Mosaic
import Testing

@Suite("A new table of counts beside all that is out")
struct DifferenceTests {
    private func table(_ text: String, _ name: String) throws -> CellTable {
        let data = try CSV.read(text)
        let names = data.columns.map(\.name).filter { $0 != "n" }
        return try CellTable(data, name: name, dimensions: names, value: "n", countsOnly: true)
    }

    private func difference(_ new: String, _ old: String..., minimum: Int = 3) throws -> DifferenceReport {
        let out = try old.enumerated().map { try table($0.element, "old\($0.offset + 1)") }
        return try Mosaic.difference(table(new, "new"), against: PublishedCells(out), minimum: minimum)
    }

    @Test("a cell that a printed total gives away is disclosed by the table alone")
    func alone() throws {
        let found = try difference("a,b,n\nA,X,*\nA,Y,10\nA,合计,11\n")
        #expect(found.disclosed.map(\.value) == [1])
        #expect(found.disclosed.map(\.at) == [["a": "A", "b": "X"]])
        #expect(found.with.isEmpty)
        #expect(!found.safe)
        #expect(found.disclosed[0].sentence.en == "(a = A, b = X), hidden in «new», can be worked out: it is 1")
    }

    @Test("two hidden cells of one row fall to an earlier table that prints a column's total")
    func margin() throws {
        let new = "a,b,n\nA,X,*\nA,Y,*\nA,合计,11\nB,X,20\nB,Y,15\nB,合计,35\n"
        #expect(try difference(new).safe)
        let found = try difference(new, "b,n\nX,21\nY,25\n", "c,n\nU,40\nV,6\n")
        #expect(found.disclosed.map(\.value) == [1, 10])
        #expect(found.with == ["old1"])
        #expect(found.published == 4)
        #expect(found.sentence.en == "2 hidden numbers can be worked out with «old1»")
    }

    @Test("a cell that an earlier table hides and the new one prints is disclosed, and what follows from it")
    func printedNow() throws {
        let found = try difference("b,a,n\nX,A,1\n", "a,b,n\nA,X,*\nA,Y,*\nA,合计,11\n")
        #expect(found.disclosed.map(\.value) == [1, 10])
        #expect(found.disclosed.map(\.table) == ["old1", "old1"])
        #expect(found.with == ["old1"])
        #expect(!found.safe)
    }

    @Test("a cell that an earlier table hid in vain is no news when it is printed")
    func knownBefore() throws {
        #expect(try difference("a,b,n\nA,X,5\n", "a,b,n\nA,X,*\nA,Y,6\nA,合计,11\n").disclosed.isEmpty)
    }

    @Test("a hidden cell that an earlier table prints is disclosed")
    func printed() throws {
        let found = try difference("a,b,n\nA,X,*\nA,Y,*\nA,合计,11\n", "b,a,n\nX,A,1\n")
        #expect(found.disclosed.map(\.value) == [1, 10])
        #expect(found.disclosed.allSatisfy { $0.with == ["old1"] })
    }

    @Test("a finer earlier table adds up to the hidden cell")
    func finer() throws {
        let found = try difference("a,n\nA,*\nB,20\nC,*\n合计,40\n", "a,c,n\nA,U,1\nA,V,1\nB,U,10\nB,V,10\n")
        #expect(found.disclosed.map(\.value) == [2, 18])
        #expect(found.with == ["old1"])
    }

    @Test("a new table that prints an old one's hidden total gives the old one away")
    func backward() throws {
        let found = try difference("b,n\nX,21\nY,25\n", "a,b,n\nA,X,*\nA,Y,*\nA,合计,11\nB,X,20\nB,Y,15\nB,合计,35\n")
        #expect(found.hidden == 0)
        #expect(found.disclosed.map(\.table) == ["old1", "old1"])
        #expect(found.disclosed.compactMap(\.value).sorted() == [1, 10])
    }

    @Test("ages cut at 60 in one table and at 61 in another leave those of 60")
    func ages() throws {
        let old = "age,n\n0-17岁,30\n18-59岁,50\n60岁及以上,20\n"
        let new = "age,n\n0-17岁,30\n18-60岁,52\n61岁及以上,18\n"
        let found = try difference(new, old)
        #expect(found.small.map(\.value).first == 2)
        #expect(found.small.map(\.group.en).contains("age = 60"))
        #expect(found.with == ["old1"])
        #expect(try difference(new.replacing("52", with: "55").replacing("61岁及以上,18", with: "61岁及以上,15"), old).safe)
    }

    @Test("a number printed again with one more tells who came")
    func changed() throws {
        let found = try difference("a,n\nA,106\nB,50\n", "a,n\nA,105\nB,20\n")
        #expect(found.changed.map(\.before) == [105])
        #expect(found.changed.map(\.with) == [["old1"]])
        #expect(!found.safe)
    }

    @Test("hidden cells whose sum is small are a small group")
    func sum() throws {
        let found = try difference("a,n\nA,*\nB,*\nC,20\n合计,22\n")
        #expect(found.small.map(\.value) == [2])
        #expect(found.narrow.map(\.interval) == [.init(least: 0, most: 2), .init(least: 0, most: 2)])
    }

    @Test("hidden cells of a total that is used up are none")
    func bounds() throws {
        let found = try difference("a,n\nA,*\nB,*\nC,20\n合计,20\n")
        #expect(found.disclosed.map(\.value) == [0, 0])
    }

    @Test("rows left out where the total is larger are hidden, not empty")
    func omitted() throws {
        let found = try difference("a,b,n\nA,X,10\nA,Y,5\nA,合计,15\nB,X,7\nB,合计,9\n合计,X,17\n合计,Y,7\n合计,合计,24\n")
        #expect(found.disclosed.map(\.value) == [2])
        #expect(found.disclosed.map(\.at) == [["a": "B", "b": "Y"]])
    }

    @Test("marks with a bound are used")
    func marks() throws {
        let found = try difference("a,n\nA,<3\nB,<3\nC,20\n合计,24\n")
        #expect(found.disclosed.map(\.value) == [2, 2])
    }
}
