"""The desk, as applicant, officer, drafter and head take it: files, corrections, replies for everyone, records, mail, statistics."""
import re
import pytest
from test_the_way_through import look, person

FILING = dict(subject="外观设计国际注册的统计", description="请提供2021年的数字", name="赵小明", identity="11010519491231002X", contact="zhao@example.com")
MAIL = b"""From: Qian <qian@example.com>\r\nDate: Mon, 02 Nov 2026 10:00:00 +0800\r\nSubject: Statistics of 2020\r\nMessage-ID: <%s@example.com>\r
\r\nPlease send the statistics of 2020.\r\n"""


def fresh(browser, width):
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    # The first file that a fresh house reads waits for the scan's table to be made ready.
    page.set_default_timeout(30_000)
    return page


def follow(page, house, language, place, number, word):
    page.goto(f"{house.base}/{language}/{place}")
    page.fill("[name=number]", number)
    page.fill("[name=word]", word)
    page.click("main form button")
    look(page)


def take(who, address, name, **fields):
    who.goto(address)
    look(who)
    form = who.locator(f"main form[action$='/{name}']")
    form.evaluate("each => { let d = each.closest('details'); if (d) d.open = true }")
    for key, value in fields.items():
        field = form.locator(f"[name={key}]")
        field.select_option(value) if field.evaluate("each => each.tagName") == "SELECT" else field.fill(value)
    form.locator("button").click()
    look(who)


def file(name, text):
    return {"name": name, "mimeType": "application/octet-stream", "buffer": text}


@pytest.mark.parametrize("language,width", [("zh", 1280), ("en", 320)])
def test_a_request_with_files_is_corrected_answered_in_part_and_offered_to_everyone(browser, house, language, width):
    asker = fresh(browser, width)
    asker.goto(f"{house.base}/{language}/requests/new")
    for name, value in FILING.items():
        asker.fill(f"[name={name}]", value)
    asker.set_input_files("#tray-supportFile", [file("说明.txt", "附上说明".encode()), file("a.exe", b"MZ\0\1")])
    asker.click("main button")
    look(asker)
    assert "说明.txt" in asker.content() and asker.input_value("[name=subject]") == FILING["subject"]
    asker.click("main button")
    look(asker)
    if not asker.locator("dd.hash").count():
        asker.click("main button")
        look(asker)
    number = re.search(r"\d{4}-\d+", asker.inner_text("dl.elements"))[0]
    word = asker.inner_text("dd.hash")
    with asker.expect_download() as receipt:
        asker.click("form[action$='/receipt'] button")
    assert open(receipt.value.path(), "rb").read(5) == b"%PDF-"

    officer, head, lin, wang = (person(browser, house, login, language, width) for login in ("admin", "he", "lin", "wang"))
    page = f"{house.base}/{language}/office/requests/{number}"
    take(officer, page, "confirm")
    assert "说明.txt" in officer.content()
    take(officer, page, "askToCorrect", note="请写明年份")
    follow(asker, house, language, "requests", number, word)
    asker.fill("#correction", "2021年1月至6月")
    asker.set_input_files("#tray-correctionFile", [file("年份.txt", "2021".encode())])
    asker.click("form[action$='/correction'] button")
    look(asker)
    assert "年份.txt" in asker.content()
    take(officer, page, "correct")
    take(officer, page, "assign", unit="office")
    lin.goto(f"{page}/replyfiles")
    look(lin)
    lin.set_input_files("#replyFile", [file("统计.txt", "甲公司 12件\n联系人王五 3件".encode())])
    lin.fill("#withheld", "王五｜条例第十五条")
    lin.click("main form button:not(.second)")
    look(lin)
    assert "条例第十五条" in lin.content()
    take(lin, page, "draft", outcome="partial", body="赵小明：部分公开，见附件。")
    take(officer, page, "approveDraft")
    take(wang, page, "sign")
    follow(asker, house, language, "requests", number, word)
    with asker.expect_download() as reply:
        asker.click("form[action$='/file'] button")
    text = open(reply.value.path(), "rb").read().decode()
    assert "甲公司" in text and "王五" not in text
    asker.click("form[action$='/suggest'] button")
    look(asker)

    officer.goto(f"{house.base}/{language}/office/replies")
    look(officer)
    entry = f"{house.base}/{language}/office/replies/{number}"
    officer.goto(entry)
    look(officer)
    assert "赵小明" not in officer.input_value("#body")
    officer.click("main form button:not(.second)")
    look(officer)
    lin.goto(entry)
    look(lin)
    lin.click("main form[action$='/gate'] button")
    look(lin)
    assert "/office/documents/" in lin.url
    for path in ("replies", "records"):
        asker.goto(f"{house.base}/{language}/requests/{path}")
        look(asker)


@pytest.mark.parametrize("language,width", [("zh", 1280), ("en", 320)])
def test_a_record_is_corrected(browser, house, language, width):
    asker = fresh(browser, width)
    asker.goto(f"{house.base}/{language}/requests/records/new")
    look(asker)
    for name in ("record", "fault", "proper", "evidence", "name", "contact"):
        asker.fill(f"[name={name}]", f"{name} 内容")
    asker.fill("[name=identity]", "91350100M000100Y43")
    asker.click("main form button")
    look(asker)
    number, word = re.search(r"G\d{4}-\d+", asker.inner_text("dl.elements"))[0], asker.inner_text("dd.hash")
    officer, head, lin = (person(browser, house, login, language, width) for login in ("admin", "he", "lin"))
    officer.goto(f"{house.base}/{language}/office/records")
    look(officer)
    page = f"{house.base}/{language}/office/records/{number}"
    take(officer, page, "assign", unit="office")
    take(lin, page, "examine", text="核对属实")
    take(head, page, "correctRecord", text="已经更正")
    follow(asker, house, language, "requests/records", number, word)
    assert "已经更正" in asker.content()


@pytest.mark.parametrize("language,width", [("zh", 1280), ("en", 320)])
def test_mail_statistics_parts_and_suspensions(browser, house, language, width):
    officer = person(browser, house, "admin", language, width)
    officer.goto(f"{house.base}/{language}/office/requests/mail")
    look(officer)
    officer.set_input_files("#file", [file("a.eml", MAIL % language.encode()), file("b.eml", b"Subject: x\r\n\r\ntext")])
    officer.click("main form button")
    look(officer)
    assert officer.locator("main li strong.warn").count() == 1 and officer.locator("main li strong.bad").count() == 1
    for path in ("statistics", "statistics?by=day&from=2026-11-01&to=2026-11-30", "reports/2026/parts", "requests", "reports/2026"):
        assert officer.goto(f"{house.base}/{language}/office/{path}").status == 200
        look(officer)
    officer.goto(f"{house.base}/{language}/columns/laws")
    release = officer.locator("main a[href*='/releases/']").first.get_attribute("href")
    key = release.split("/releases/")[1].split("/")[0]
    today = officer.evaluate("new Date().toLocaleDateString('sv', {timeZone: 'Asia/Shanghai'})")
    officer.goto(f"{house.base}/{language}/office/appeals/new?about=release/{key}")
    officer.fill("[name=filedOn]", today)
    officer.fill("[name=servedOn]", today)
    officer.click("main form button")
    look(officer)
    officer.click("main a[href*='/suspensions/']")
    look(officer)
    officer.fill("[name=since]", today)
    officer.fill("[name=reason]", "违反上位法")
    officer.click("main form button")
    look(officer)
    asker = fresh(browser, width)
    asker.goto(house.base + release)
    look(asker)
    assert "违反上位法" in asker.content()
    officer.fill("[name=endReason]", "已经修改")
    officer.click("main form.steps button")
    look(officer)
    asker.goto(house.base + release)
    assert "违反上位法" not in asker.content()
