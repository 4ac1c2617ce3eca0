"""The way through, as five persons take it: in a real browser, in both languages, wide and narrow, with axe-core on every page."""
import re, signal, subprocess, threading, urllib.parse, urllib.request
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PASSWORD, corpora

NOTICE = (corpora() / "keypoints" / "2022-key-points.en.txt").read_text()
WORDS = {
    "zh": dict(read="读取", save="保存", submit="送审", unit="处室负责人签字", reviewer="保密审核签字", release="签发公开"),
    "en": dict(read="Read it", save="Save", submit="Submit for review", unit="Sign as unit head", reviewer="Sign the confidentiality", release="Sign and release"),
}


def look(page):
    """What every page owes: no violation of WCAG, no sideways scrolling, under 60 KB, nothing unfilled."""
    found = Axe().run(page).response["violations"]
    assert not found, [(each["id"], each["nodes"][0]["html"]) for each in found]
    wide = page.evaluate("""document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('*')]
        .filter(each => each.getBoundingClientRect().right > innerWidth).map(each => each.outerHTML.slice(0, 90))""")
    assert not wide, (page.url, wide)
    html = page.content()
    assert "{{" not in html
    assert len(html.encode()) < 60_000, page.url


def person(browser, house, login, language, width=1280):
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.set_default_timeout(8000)
    page.goto(f"{house.base}/{language}/office/sign-in")
    look(page)
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("main button")
    look(page)
    return page


def press(page, label):
    page.click(f"main button:has-text('{label}')")
    look(page)


@pytest.mark.parametrize("language,width", [("zh", 1280), ("en", 360)])
def test_a_notice_becomes_public_owed_and_withdrawn(browser, house, language, width):
    words, number = WORDS[language], 600 + width
    lin = person(browser, house, "lin", language, width)
    lin.goto(f"{house.base}/{language}/office/documents/new")
    lin.fill("#text", NOTICE.replace("in 2022\n", f"in {width}\n", 1).replace("No. 495", f"No. {number}"))
    press(lin, words["read"])
    assert lin.input_value("#writtenOn") == "2022-05-26"
    assert lin.input_value("#issuer") == "State Intellectual Property Office"
    assert lin.input_value("#documentNumber").endswith(f"No. {number}")
    assert "NEWS CENTER" not in lin.input_value("#body")
    lin.fill("#documentNumber", f"国知办函办字[2022]{number}号")
    press(lin, words["save"])
    assert lin.input_value("#documentNumber") == f"国知办函办字〔2022〕{number}号"
    document = lin.url
    press(lin, words["submit"])
    review = lin.url
    assert not lin.locator("main button", has_text=words["unit"]).count(), "the drafter is offered no signature"
    for login, label in [("chen", "unit"), ("zhao", "reviewer")]:
        page = person(browser, house, login, language, width)
        page.goto(review)
        press(page, words[label])
    wang = person(browser, house, "wang", language, width)
    wang.goto(review)
    wang.goto(review + "/method")
    look(wang)
    for name, answer in dict(madeOrHeldByUs="yes", stateSecret="no", forbiddenByLaw="no", threeSecuritiesOneStability="no", tradeSecret="no", personalPrivacy="no", otherThirdPartyHarm="no", internalAffairs="no", processInfo="no", enforcementFile="no", concernsOtherAgencies="no", needsApproval="no", scopePrescribed="no", publicInterest="yes", forTheGazette="no").items():
        wang.select_option(f"[name={name}]", answer)
    wang.click("main form button")
    look(wang)
    wang.goto(review)
    wang.click(f"main a:has-text('{words['release']}')")
    look(wang)
    wang.fill("[name=reason]", "art. 19")
    press(wang, words["release"])
    public = wang.url.replace("/office", "")
    for path in ["", "/proof"]:
        wang.goto(public + path)
        look(wang)
    for kind, mark in [("txt", b"Hague"), ("json", b"contentHash"), ("html", b"<!doctype"), ("pdf", b"%PDF-")]:
        assert mark in urllib.request.urlopen(f"{public}.{kind}").read(200_000)
    lin.goto(document)
    lin.goto(document + "/ledger")
    look(lin)
    lin.fill("[name=year]", str(2000 + width % 100))
    lin.click("main form button")
    look(lin)
    assert lin.locator("tbody tr").count() == 14
    lin.click("tbody a >> nth=0")
    look(lin)
    wang.goto(public.replace("/releases", "/office/releases"))
    wang.fill("#reason", "withdrawn in a test")
    wang.click("main button.danger")
    look(wang)
    assert wang.goto(public).status == 410
    look(wang)
    assert "withdrawn in a test" in wang.content()
    assert house.run("log", "verify").returncode == 0


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", ["/", "/columns/laws", "/columns/notices", "/search?q=Hague", "/search?q=%E5%95%86%E6%A0%87", "/log", "/ledger/2022", "/units/office"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_public_pages(browser, house, language, path, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    assert page.goto(f"{house.base}/{language}{path}").status == 200
    look(page)
    page.close()


FILING = {"subject": "Hague", "description": "The Hague Agreement in 2022", "name": "张三", "identity": "11010519491231002X", "contact": "zhang@example.com"}


@pytest.mark.parametrize("language,width", [("zh", 1280), ("en", 320)])
def test_a_request_is_answered_reviewed_and_counted(browser, house, language, width):
    asker = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    asker.set_default_timeout(8000)
    asker.goto(f"{house.base}/{language}/requests/new")
    look(asker)
    for name, value in FILING.items():
        asker.fill(f"[name={name}]", value)
    asker.click("main button")
    look(asker)
    assert "Hague" in asker.content()
    asker.click("main button")
    look(asker)
    number = re.search(r"\d{4}-\d+", asker.inner_text("dl.elements"))[0]
    word = asker.inner_text("dd.hash")
    officer, head, lin, wang = (person(browser, house, login, language, width) for login in ("admin", "he", "lin", "wang"))
    page = f"{house.base}/{language}/office/requests/{number}"

    def step(who, name, **fields):
        who.goto(page)
        look(who)
        form = who.locator(f"main form[action$='/{name}']")
        form.evaluate("each => { let d = each.closest('details'); if (d) d.open = true }")
        for key, value in fields.items():
            field = form.locator(f"[name={key}]")
            field.select_option(value) if field.evaluate("each => each.tagName") == "SELECT" else field.fill(value)
        form.locator("button").click()
        look(who)

    officer.goto(f"{house.base}/{language}/office/requests")
    look(officer)
    step(officer, "confirm")
    step(head, "extend", workingDays="10")
    step(officer, "assign", unit="office")
    step(lin, "search", place="OA", found="nothing")
    step(lin, "draft", outcome="processInfo", body="属于过程性信息，理由如下。")
    step(officer, "approveDraft")
    step(wang, "sign")
    step(officer, "deliver", way="e-mail, receipt kept")
    asker.goto(f"{house.base}/{language}/requests")
    look(asker)
    asker.fill("[name=number]", number)
    asker.fill("[name=word]", word)
    asker.click("main form button")
    look(asker)
    assert "属于过程性信息" in asker.content()
    asker.click("form[action$='/rate'] button")
    look(asker)
    officer.goto(f"{page}/letter?as=html")
    assert "先向国家知识产权局申请行政复议" in officer.content()
    officer.goto(f"{house.base}/{language}/office/appeals/new?about=request/{number}")
    today = officer.evaluate("new Date().toLocaleDateString('sv', {timeZone: 'Asia/Shanghai'})")
    look(officer)
    officer.fill("[name=filedOn]", today)
    officer.fill("[name=servedOn]", today)
    officer.click("main form button")
    look(officer)
    appeal = officer.url
    for name in ("answer", "decide"):
        form = officer.locator(f"form[action$='/{name}']")
        form.evaluate("each => { each.closest('details').open = true }")
        form.locator("button").click()
        look(officer)
    assert officer.request.get(appeal + "/bundle").body().startswith(b"%PDF-")
    for path in (f"reports/{today[:4]}", f"reports/{today[:4]}/explain?row=processInfo&kind=person", "appeals"):
        assert officer.goto(f"{house.base}/{language}/office/{path}").status == 200
        look(officer)
    answer = officer.request.get(f"{house.base}/{language}/office/reports/{today[:4]}/file?as=json").json()
    assert all(check["passed"] for check in answer["checks"])
    assert answer["table4"]["review"]["upheld"] >= 1


@pytest.mark.parametrize("language,width", [("zh", 1280), ("en", 320)])
def test_the_administrator_sees_jobs_and_audit(browser, house, language, width):
    admin = person(browser, house, "admin", language, width)
    for path in ["jobs", "audit", "ledger"]:
        assert admin.goto(f"{house.base}/{language}/office/{path}").status == 200
        look(admin)


def test_a_secrecy_mark_is_stopped_at_the_door(browser, house):
    lin = person(browser, house, "lin", "zh")
    lin.goto(f"{house.base}/zh/office/documents/new")
    lin.fill("#text", "关于某事的通知\n机密★10年\nQQZZ正文")
    press(lin, "读取")
    assert "24小时" in lin.content() and "QQZZ" not in lin.content()
    zhao = person(browser, house, "zhao", "zh")
    assert "须在24小时内报告" in zhao.content()


@pytest.mark.parametrize("name,data,sentence", [
    ("a.docx", b"PK\x03\x04 truncated", "文件已损坏"),
    ("a.pdf", b"%PDF-1.7\nno more", "文件已损坏"),
    ("a.txt", b"text\0with nul", "空字符"),
    ("../../etc/passwd", b"\xd0\xcf\x11\xe0 ole", "有密码"),
    ("a.png", b"\x89PNG\r\n\x1a\n", "不认识"),
])
def test_a_bad_upload_is_refused_with_a_sentence(browser, house, name, data, sentence):
    lin = person(browser, house, "lin", "zh")
    lin.goto(f"{house.base}/zh/office/documents/new")
    lin.set_input_files("#file", {"name": name, "mimeType": "application/octet-stream", "buffer": data})
    press(lin, "读取")
    assert sentence in lin.content()


def test_gb18030_docx_and_pdf_are_read(browser, house, tmp_path):
    text = "关于外观设计工作的通知\n国知办函办字〔2022〕77号\n国家知识产权局\n2022年5月26日\n"
    (tmp_path / "a.md").write_text(text.replace("\n", "\n\n"))
    (tmp_path / "a.html").write_text(f"<!doctype html><meta charset=utf-8><pre>{text}</pre>")
    subprocess.run(["pandoc", "a.md", "-o", "a.docx"], cwd=tmp_path, check=True)
    subprocess.run(["chromium", "--headless", "--no-sandbox", "--print-to-pdf=a.pdf", "a.html"], cwd=tmp_path, check=True, capture_output=True)
    files = [text.encode("gb18030"), text.encode("utf-16"), (tmp_path / "a.docx").read_bytes(), (tmp_path / "a.pdf").read_bytes()]
    lin = person(browser, house, "lin", "zh")
    for data in files:
        lin.goto(f"{house.base}/zh/office/documents/new")
        lin.set_input_files("#file", {"name": "a", "mimeType": "application/octet-stream", "buffer": data})
        press(lin, "读取")
        assert lin.input_value("#documentNumber") == "国知办函办字〔2022〕77号"
        assert lin.input_value("#writtenOn") == "2022-05-26"


def test_everything_acknowledged_survives_kill_9(browser, house):
    """The house is killed while texts are being saved; log and content agree afterwards, and no acknowledged text is lost."""
    lin = person(browser, house, "lin", "en")
    saved = []

    def save():
        for number in range(40):
            try:
                lin.goto(f"{house.base}/en/office/documents/new", timeout=3000)
                lin.fill("#text", f"A text\nnumber {number}\n")
                lin.click("main button")
                lin.fill("#title", f"Killed {number}")
                lin.click("main button:has-text('Save')")
                if re.search(r"documents/[0-9a-f-]{36}$", lin.url):
                    saved.append(lin.url)
            except Exception:
                return

    threading.Timer(2.0, lambda: house.process.send_signal(signal.SIGKILL)).start()
    save()
    house.process.wait(10)
    house.start()
    assert saved
    assert house.run("log", "verify").returncode == 0
    assert house.run("check").returncode == 0
    again = person(browser, house, "lin", "en")
    for address in saved:
        assert again.goto(address).status == 200


@pytest.mark.parametrize("language,width", [("zh", 1280), ("en", 360)])
def test_the_lists_of_powers(browser, house, language, width):
    admin = person(browser, house, "admin", language, width)
    for path in ["powers", "powers?type=penalty", "office/powers", "office/powers/new?list=power", "office/powers/new?list=guide", "office/powers/import"]:
        admin.goto(f"{house.base}/{language}/{path}")
        look(admin)
    admin.goto(f"{house.base}/{language}/office/powers/new?list=power")
    admin.fill("[name=name]", f"职权 {language}")
    press(admin, dict(zh="保存草稿", en="Save the draft")[language])
    admin.goto(admin.url + "/bases")
    admin.fill("#words", "最高人民法院关于审理")
    press(admin, dict(zh="查找", en="Find")[language])
    admin.click("ul.list a >> nth=0")
    look(admin)
