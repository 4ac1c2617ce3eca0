import LegalText
import Testing
import WorkCalendar

@Suite("The history lines of a preamble")
struct HistoryTests {
    @Test("give each day its act, the deciding text and the order")
    func lines() {
        let preamble = """
            （2007年4月5日中华人民共和国国务院令第492号公布　根据2016年2月6日《国务院关于修改部分行政法规的决定》第一次修订）
            2019年4月3日 中华人民共和国国务院令第711号修订
            2019年5月15日 施行
            """
        let lines = HistoryLine.read(preamble)
        #expect(lines.map(\.day) == [Day(2007, 4, 5), Day(2016, 2, 6), Day(2019, 4, 3), Day(2019, 5, 15)])
        #expect(lines.map(\.action) == [.promulgated, .revised, .revised, .commenced])
        #expect(lines[0].number == "中华人民共和国国务院令第492号")
        #expect(lines[1].by == "国务院关于修改部分行政法规的决定")
        #expect(lines[1].sentence.hasSuffix("第一次修订"))
    }

    @Test("never read a day that the calendar does not have")
    func impossibleDay() {
        #expect(HistoryLine.read("2019年2月30日公布").isEmpty)
    }
}
