"""gongkai redact: the rendition that may be handed out, and redactions that hide nothing."""
import json, zipfile
from test_command_line import run

LETTER = "身份证号11010519491231002X，电话１３８ 1234 5678。\n其余照旧。\n"


def test_what_the_scan_finds_is_withheld_and_proven(tmp_path):
    (tmp_path / "a.txt").write_text(LETTER)
    answer = run("redact", tmp_path / "a.txt", "--out", tmp_path / "b.txt", "--findings", "all", "--article", "条例第十五条", "--json")
    told = json.loads(answer.stdout)
    assert answer.returncode == 0 and told["verified"] and told["withheld"] >= 2
    assert all(check["found"] == 0 for check in told["checks"])
    text = (tmp_path / "b.txt").read_text()
    assert "11010519491231002X" not in text and "１３８" not in text and "▇（条例第十五条）" in text
    assert text.startswith("身份证号") and text.endswith("。\n其余照旧。\n")


def test_a_list_of_findings_is_withheld(tmp_path):
    (tmp_path / "a.csv").write_text("姓名,电话\n张三,13812345678\n李四,13912345678\n")
    (tmp_path / "f.json").write_text(json.dumps([{"file": "a.csv", "kind": "name", "value": "张三", "start": 6, "end": 8}, "13812345678"]))
    answer = run("redact", tmp_path / "a.csv", "--out", tmp_path / "b.csv", "--findings", tmp_path / "f.json", "--fixed-width", "--json")
    assert answer.returncode == 0
    assert (tmp_path / "b.csv").read_text() == "姓名,电话\n▇▇▇▇▇,▇▇▇▇▇\n李四,13912345678\n"


def test_nothing_is_written_under_a_name_that_says_it(tmp_path):
    (tmp_path / "a.txt").write_text("张三")
    (tmp_path / "f.json").write_text('["张三"]')
    answer = run("redact", tmp_path / "a.txt", "--out", tmp_path / "张三.txt", "--findings", tmp_path / "f.json")
    assert answer.returncode == 1 and ("nothing was written" in answer.stderr or "没有写出" in answer.stderr)
    assert not (tmp_path / "张三.txt").exists()
    assert run("redact", tmp_path / "a.txt", "--out", tmp_path / "b.docx", "--findings", "all").returncode == 1
    assert run("redact", tmp_path / "a.txt").returncode == 2


def test_a_black_marker_in_a_word_file_is_found(tmp_path):
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "<w:p><w:r><w:rPr><w:highlight w:val='black'/></w:rPr><w:t>张三</w:t></w:r></w:p><w:p><w:r><w:t>公开</w:t></w:r></w:p>"
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", f"<w:document xmlns:w='{word}'><w:body>{body}</w:body></w:document>")
    answer = run("redact", "check", tmp_path / "a.docx", "--json")
    assert answer.returncode == 1
    [found] = json.loads(answer.stdout)
    assert (found["kind"], found["text"]) == ("highlight", "张三") and found["place"].startswith("paragraph 1") and found["reason"]
    (tmp_path / "b.txt").write_text("公开")
    clean = run("redact", "check", tmp_path / "b.txt", "--json")
    assert clean.returncode == 0 and json.loads(clean.stdout) == []


def test_a_file_with_a_secrecy_mark_is_not_redacted(tmp_path):
    (tmp_path / "a.txt").write_text("机密★5年\n电话13812345678\n")
    answer = run("redact", tmp_path / "a.txt", "--out", tmp_path / "b.txt", "--findings", "all", "--json")
    assert answer.returncode == 1 and "secrecy mark" in answer.stderr
    assert not (tmp_path / "b.txt").exists()
