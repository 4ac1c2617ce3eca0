/// What a web page prints around a document and is no part of it: navigation, buttons, addresses, copyright.
public struct Furniture: Equatable, Sendable {
    public enum Reason: String, Equatable, Sendable {
        case navigation, button, dateline, source, related, follow, contact, copyright
        /// Whatever stands below the first line of the page's foot.
        case foot
        /// The page's own summary: its sentences stand again in the document.
        case summary
    }

    /// Lines of the text read, from 1.
    public let lines: ClosedRange<Int>
    public let reason: Reason

    /// Lines of one reason, by where they stand on the page and what they say (in small letters).
    struct Row: Sendable {
        enum Zone { case head, foot, either }
        enum Way { case whole, opens, holds }

        let zone: Zone
        let way: Way
        let words: [String]
        let reason: Reason

        init(_ zone: Zone, _ way: Way, _ reason: Reason, _ words: String...) {
            (self.zone, self.way, self.words, self.reason) = (zone, way, words, reason)
        }

        func fits(_ line: Line) -> Bool {
            switch way {
            case .whole: words.contains { line.bytes.count == $0.utf8.count && line.opens(with: $0) }
            case .opens: line.bytes.count <= 600 && words.contains { line.opens(with: $0) }
            case .holds: words.contains { line.holds($0) }
            }
        }
    }

    // The columns are the point.
    // swift-format-ignore
    static let table: [Row] = [
        Row(.head,   .whole, .navigation, "news updates", "news center", "news", "home", "home page", "back", "menu", "search", "login", "首页", "网站首页", "返回首页", "政务公开", "信息公开", "政府信息公开", "无障碍浏览", "长者模式", "登录", "注册", "搜索"),
        Row(.head,   .opens, .navigation, "home >", "home>", "you are here", "current location", "当前位置", "您的位置", "您现在的位置", "您所在的位置", "所在位置", "首页>", "首页 >", "首页 »", "首页＞"),
        Row(.head,   .opens, .dateline,   "release time", "release date", "published on:", "publish time", "date:", "发布时间", "发布日期", "发表时间", "发稿时间", "日期：", "时间："),
        Row(.head,   .opens, .source,     "source:", "author:", "views:", "来源：", "来源:", "信息来源", "稿件来源", "文章来源", "作者：", "浏览次数", "浏览量", "点击数", "阅读次数", "访问次数"),
        Row(.either, .whole, .related,    "related news", "related articles", "相关新闻", "相关阅读", "相关链接", "相关文章", "相关稿件", "推荐阅读"),
        Row(.either, .opens, .related,    "there is currently no data available", "no data available", "暂无数据", "暂无相关", "上一篇", "下一篇", "previous article", "next article", "previous:", "next:"),
        Row(.either, .whole, .button,     "print", "close", "share", "打印", "关闭", "收藏", "分享", "打印本页", "关闭窗口", "打印本文", "关闭本页", "返回顶部", "打印 关闭", "[打印]", "[关闭]", "【打印】", "【关闭】", "【打印】【关闭】", "大 中 小", "top"),
        Row(.either, .opens, .button,     "font size", "share to", "字号", "【字号", "[字号", "字体", "【字体", "[字体", "打印本", "分享到", "分享：", "【打印", "[打印"),
        Row(.either, .opens, .follow,     "follow the official", "follow us", "scan the", "service number", "subscription number", "扫一扫", "扫码", "关注官方", "关注我们", "微信扫一扫", "用微信扫"),
        Row(.foot,   .opens, .follow,     "more intellectual property information and services", "more information"),
        Row(.foot,   .opens, .contact,    "telephone:", "tel:", "phone:", "fax:", "head office:", "subsidiary company", "address:", "电话：", "联系电话", "传真：", "地址：", "邮编：", "网站地图", "联系我们", "关于我们", "网站声明", "主办单位", "主办：", "承办单位", "承办：", "技术支持", "网站标识码"),
        Row(.either, .holds, .copyright,  "copyright ©", "copyright (c)", "all rights reserved", "版权所有", "icp备", "icp证", "公网安备", "网站标识码"),
    ]
}
