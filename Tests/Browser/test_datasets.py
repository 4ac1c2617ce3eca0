"""A workbook of counts on its way to the public: taken in, declared, its small cells hidden, decided, signed and released."""
import zipfile
import pytest
from test_the_way_through import look, person

ROWS = [["city", "grade", "n"], ["A", "1", "10"], ["A", "2", "5"], ["A", "合计", "15"], ["B", "1", "8"], ["B", "2", "1"], ["B", "合计", "9"],
        ["C", "1", "7"], ["C", "2", "6"], ["C", "合计", "13"], ["合计", "1", "25"], ["合计", "2", "12"], ["合计", "合计", "37"]]
WORDS = {
    "zh": dict(take="登记并检查", declare="保存并检查单元格", hide="隐去这些单元格", former="以前的版本", submit="送审", sign="审核同意", release="签发公开"),
    "en": dict(take="Take in and check", declare="Save and check the cells", hide="Hide these cells", former="Former versions",
               submit="Submit for review", sign="Sign the review", release="Sign and release"),
}


def workbook(path, rows, hidden=False):
    def row(number, texts):
        state = " hidden='1'" if hidden and number == 2 else ""
        return f"<row r='{number}'{state}>" + "".join(f"<c t='inlineStr'><is><t>{text}</t></is></c>" for text in texts) + "</row>"

    cells = "".join(row(number, texts) for number, texts in enumerate(rows, 1))
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook><sheets><sheet name='s' r:id='r1'/></sheets></workbook>")
        book.writestr("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='r1' Target='worksheets/sheet1.xml'/></Relationships>")
        book.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{cells}</sheetData></worksheet>")
    return path


@pytest.mark.parametrize("language,width", [("zh", 1280), ("en", 320)])
def test_a_workbook_of_counts_is_hidden_signed_and_released(browser, house, tmp_path, language, width):
    words = WORDS[language]

    def press(page, label):
        page.locator("main button", has_text=label).first.click()
        look(page)

    lin = person(browser, house, "lin", language, width)
    lin.goto(f"{house.base}/{language}/office/datasets/new")
    look(lin)
    lin.fill("#title", f"机构 {width}")
    lin.set_input_files("#file", workbook(tmp_path / "hidden.xlsx", ROWS, hidden=True))
    press(lin, words["take"])
    assert lin.input_value("#title") == f"机构 {width}", "what was typed is kept when the file is refused"
    assert lin.locator("[role=alert]").count() == 1
    lin.set_input_files("#file", workbook(tmp_path / "counts.xlsx", ROWS))
    press(lin, words["take"])
    table = lin.url
    lin.select_option("#what", "counts")
    lin.fill("#population", f"agencies {width}")
    for place, use in enumerate(["dimension", "dimension", "value"]): lin.select_option(f"#use-{place}", use)
    press(lin, words["declare"])
    assert lin.locator("td", has_text="B · 2").count()
    press(lin, words["hide"])
    assert lin.locator("h2", has_text=words["former"]).count() == 1
    press(lin, words["submit"])
    for login, label in [("zhao", words["sign"]), ("wang", words["release"])]:
        officer = person(browser, house, login, language, width)
        officer.goto(table)
        look(officer)
        press(officer, label)
    reader = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    reader.goto(table.replace("/office/datasets/", "/data/"))
    look(reader)
    assert reader.locator("td", has_text="▇").count() >= 4
