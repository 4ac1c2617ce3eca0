/// The table's rows on trade secrets, other agencies' papers, document numbers and maps.
enum BusinessKinds {
    static let rows: [Kind] = [
        Kind(
            "tradeSecretMark",
            "trade_secret",
            "商业秘密标识",
            "Mark of a trade secret",
            pattern:
                #"(?:(?:核心|普通)商(?:业秘)?密|商密[★▲☆]|(?:含有|属于|涉及)(?:本公司|我公司|我司|公司)(?:的)?商业秘密|商业秘密[，,]? ?(?:严禁|不得|请勿|禁止)(?:外传|泄露|公开|复制)|trade secrets? of|commercial[- ]in[- ]confidence|company confidential|proprietary and confidential)"#,
            isCaseless: true,
            check: .asIs,
            alone: 0.85,
            .serious,
            "《政府信息公开条例》第十五条",
            seen: ["核心商密▲10年", "本材料含有我公司商业秘密", "Commercial-in-confidence"],
            unseen: ["依法保护商业秘密", "涉及商业秘密、个人隐私的除外"]
        ),
        Kind(
            "tradeSecretCue",
            "trade_secret",
            "商业秘密线索",
            "Cue of a trade secret",
            pattern: #"(?:标底价?|投标报价|成本价|进货价|底价|毛利率|配方比例|工艺参数|客户名单|供应商名单|源代码|技术诀窍|未公开的?(?:配方|图纸|算法|工艺))\s?(?:为|是|：|:|如下)"#,
            check: .asIs,
            alone: 0.65,
            .notice,
            "《政府信息公开条例》第十五条、《反不正当竞争法》第十条",
            seen: ["投标报价为320万元", "客户名单如下"],
            unseen: ["不得泄露标底", "投标报价应当合理"]
        ),
        Kind(
            "otherAgency",
            "other_agency",
            "其他机关的文件",
            "Another agency's paper",
            pattern: #"(?:部|委|局|厅|署|办|院|省|市|政府|办公厅|委员会)(?:来函|来文|来电|转来|移送的|函告|商请|会签意见|征求意见稿|内部通报)"#,
            check: .asIs,
            alone: 0.6,
            .notice,
            "《政府信息公开条例》第十条、第十一条",
            seen: ["工业和信息化部来函", "国家市场监督管理总局会签意见"],
            unseen: ["本局发函", "来函收悉"]
        ),
        Kind(
            "documentNumber",
            "document_number",
            "未公开文号",
            "Unpublished document number",
            pattern: #"[一-鿿]{2,10} ?[〔\[［(（](?:19|20)\d{2}[〕\]］)）] ?(?:第 ?)?\d{1,5} ?号"#,
            check: .documentNumber,
            alone: 0.7,
            .notice,
            "《政府信息公开条例》第十条、第十七条",
            seen: ["国密发〔2021〕3号", "内部明电〔2020〕15号"],
            unseen: ["国知办函办字〔2022〕495号", "国办发〔2018〕123号"]
        ),
        Kind(
            "map",
            "map_without_approval",
            "无审图号的地图",
            "Map without approval number",
            pattern: #"图 ?(?:\d{1,3}|[一二三四五六七八九十])[-.\d]{0,5}[^\n]{0,40}(?:地图|区划图|区位图|分布图|位置图|示意图|规划图)"#,
            check: .mapCaption,
            alone: 0.7,
            .notice,
            "《地图管理条例》第三十七条",
            seen: ["正文\n图1 全国行政区划图", "图1 全国行政区划图"],
            unseen: ["正文\n图1 全国行政区划图\n审图号：GS(2021)1234号", "绘制地图应当合法", "参见图1 全国行政区划图"]
        ),
    ]
}
