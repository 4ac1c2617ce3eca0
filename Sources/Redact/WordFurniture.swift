/// What of a Word file is built anew: elements by name, with the attributes that say how they look, and no others.
enum WordFurniture {
    // The columns are the point.
    // swift-format-ignore
    private static let table: [String: String] = [
        "body": "",                "p": "",                 "pPr": "",                 "r": "",
        "jc": "val",               "ind": "left right firstLine hanging firstLineChars leftChars rightChars hangingChars start end",
        "spacing": "before after line lineRule beforeLines afterLines val",            "outlineLvl": "val",
        "numPr": "",               "ilvl": "val",           "numId": "val",            "keepNext": "val",
        "keepLines": "val",        "pageBreakBefore": "val", "pBdr": "",               "contextualSpacing": "val",
        "rPr": "",                 "b": "val",              "bCs": "val",              "i": "val",
        "iCs": "val",              "u": "val color",        "strike": "val",           "dstrike": "val",
        "sz": "val",               "szCs": "val",           "color": "val",            "vertAlign": "val",
        "em": "val",               "w": "val",              "position": "val",         "highlight": "val",
        "shd": "val color fill",   "rFonts": "ascii hAnsi eastAsia cs hint",           "caps": "val",
        "tab": "val pos leader",   "br": "type",            "cr": "",                  "noBreakHyphen": "",
        "t": "",                   "sym": "font char",      "tabs": "",                "textAlignment": "val",
        "tbl": "",                 "tblPr": "",             "tblW": "w type",          "tblBorders": "",
        "tblLayout": "type",       "tblInd": "w type",      "tblGrid": "",             "gridCol": "w",
        "tr": "",                  "trPr": "",              "trHeight": "val hRule",   "tblHeader": "val",
        "cantSplit": "val",        "tc": "",                "tcPr": "",                "tcW": "w type",
        "gridSpan": "val",         "vMerge": "val",         "vAlign": "val",           "tcBorders": "",
        "tblCellMar": "",          "top": "val sz space color w type",                 "left": "val sz space color w type",
        "bottom": "val sz space color w type",              "right": "val sz space color w type",
        "insideH": "val sz space color",                    "insideV": "val sz space color",
        "sectPr": "",              "pgSz": "w h orient",    "pgMar": "top right bottom left header footer gutter",
        "cols": "num space",       "docGrid": "type linePitch charSpace",              "type": "val",
        "docDefaults": "",         "rPrDefault": "",        "pPrDefault": "",          "tblStylePr": "type",
        "abstractNum": "abstractNumId",                     "num": "numId",            "abstractNumId": "val",
        "lvl": "ilvl",             "start": "val",          "numFmt": "val",           "lvlText": "val",
        "lvlJc": "val",            "lvlOverride": "ilvl",   "startOverride": "val",    "suff": "val",
        "multiLevelType": "val",   "lvlRestart": "val",     "isLgl": "val",
    ]

    private static let rules = table.mapValues { Set($0.split(separator: " ").map(String.init)) }

    /// What is gone with all that is in it: what was deleted, said, or instructed.
    static let gone: Set<String> = [
        "del", "moveFrom", "delText", "instrText", "delInstrText", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange",
        "trPrChange", "numberingChange", "sdtPr", "sdtEndPr", "commentReference", "annotationRef", "ruby", "binData", "fldData",
        "customXmlPr",
        "smartTagPr", "background", "nsid", "tmpl", "bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "altChunk",
    ]

    static func knows(_ name: String) -> Bool { rules[name] != nil }

    /// The attributes that are kept, named anew.
    static func attributes(of node: XMLNode) -> [(name: String, value: String)] {
        guard let kept = rules[node.name] else { return [] }
        return node.attributes.compactMap { each in
            let local = String(each.name.split(separator: ":").last ?? "")
            guard kept.contains(local), isHarmless(each.value, isWord: node.name == "rFonts" || node.name == "lvlText") else { return nil }
            return (name: "w:" + local, value: each.value)
        }
    }

    /// Numbers, colours and names of looks; words only for fonts and numbering.
    private static func isHarmless(_ value: String, isWord: Bool) -> Bool {
        if isWord { return value.unicodeScalars.count <= 40 }
        return value.utf8.count <= 24
            && value.utf8.allSatisfy { $0 == 45 || $0 == 46 || $0 == 37 || (48...57).contains($0) || (97...122).contains($0 | 32) }
    }
}
