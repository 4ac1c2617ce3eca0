"""Measures the scan: recall and precision per kind on the vectors, plain and inside Chinese text; its speed beside vectorscan alone.

usage: scan.py BENCH_PROGRAM [--speed] [--misses KIND]
The vectors lie in ../shared/data/vectors, the laws in ../shared/data/laws.jsonl.gz; without them there is nothing to measure.
"""
import argparse, collections, gzip, json, pathlib, subprocess, tempfile

root = pathlib.Path(__file__).resolve().parents[1]
shared = next((p / "shared/data" for p in [root.parent, *root.parents] if (p / "shared/data").is_dir()), None)
CHINA = {"CN_ID": "id_number", "USCC": "USCC", "CN_MOBILE": "phone", "CN_TEL": "phone"}
# What the Chinese cases of another kind are not: validator.js takes these for Chinese, no issuing authority does.
FOREIGN = {"98199649964", "932682198501010017"}


def scan(program, texts, table, floor):
    lines = "\n".join(json.dumps(t, ensure_ascii=False) for t in texts) + "\n"
    out = subprocess.run([program, "results", table, str(floor)], input=lines, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def lines(name):
    return [json.loads(line) for line in open(shared / "vectors" / name, encoding="utf-8")]


def personal(program, before, after, misses):
    """Exact means the same span; a touch counts as found, as the vectors' passport labels include the word before the number."""
    cases = lines("personal-data-zh.jsonl")
    found = scan(program, [before + c["text"] + after for c in cases], "house", 0.4)
    score = collections.defaultdict(collections.Counter)
    for case, got in zip(cases, found):
        # JSON from the vectors counts scalars, and so do we.
        want = [(e["type"], e["start"] + len(before), e["end"] + len(before)) for e in case["entities"]]
        kinds = {w[0] for w in want} | {"person", "address", "phone", "id_number", "email", "bank_card", "passport", "license_plate"}
        used = set()
        for kind, start, end in want:
            hit = next((i for i, g in enumerate(got) if g["kind"] == kind and g["start"] < end and g["end"] > start and i not in used), None)
            score[kind]["want"] += 1
            if hit is None:
                if misses == kind: print("MISS", kind, case["text"][start - len(before):end - len(before)], "|", case["text"], got)
                continue
            used.add(hit)
            score[kind]["touch"] += 1
            exact = (got[hit]["start"], got[hit]["end"]) == (start, end)
            score[kind]["exact"] += exact
            if misses == kind and not exact: print("SPAN", kind, got[hit]["value"], "|", case["text"])
        for i, g in enumerate(got):
            if i in used: continue
            score[g["kind"]]["false"] += 1
            if misses == g["kind"]: print("FALSE", g["kind"], g["value"], g["reason"], "|", case["text"])
    for kind, c in sorted(score.items()):
        want, touch, false = c["want"], c["touch"], c["false"]
        print(f"  {kind:16} want {want:5} recall {touch / want if want else 0:.3f} exact {c['exact'] / want if want else 0:.3f}"
              f" precision {touch / (touch + false) if touch + false else 1:.3f} false {false}")


def china(program, before, after, misses):
    cases = [c for c in lines("identifiers-china.jsonl") if c["value"] not in FOREIGN]
    found = scan(program, [before + c["value"] + after for c in cases], "house", 0.4)
    score = collections.defaultdict(collections.Counter)
    for case, got in zip(cases, found):
        kind = CHINA[case["kind"]]
        sure = any(g["kind"] == kind and (g["rule"] == "mobile") == (case["kind"] == "CN_MOBILE") and g["severity"] != "suspect" and g["end"] - g["start"] >= len(case["value"]) - 5 for g in got)
        score[case["kind"]][case["valid"], sure] += 1
        if sure != case["valid"] and misses: print("WRONG", case["kind"], case["value"], case["valid"], got)
    for kind, c in sorted(score.items()):
        right, missed, false = c[True, True], c[True, False], c[False, True]
        print(f"  {kind:16} valid {right + missed:4} recall {right / max(1, right + missed):.3f}"
              f" precision {right / max(1, right + false):.3f} wrongly sure {false}")


def speed(program, megabytes):
    text, size = [], 0
    with gzip.open(shared / "laws.jsonl.gz", "rt", encoding="utf-8") as laws:
        for line in laws:
            text.append(json.loads(line)["text"])
            size += len(text[-1].encode())
            if size > megabytes << 20: break
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(text))
        file.flush()
        best = [json.loads(subprocess.run([program, "speed", file.name, "1"], capture_output=True, text=True, check=True).stdout) for _ in range(5)]
    raw, whole = min(b["rawSeconds"] for b in best), min(b["scanSeconds"] for b in best)
    mega = best[0]["bytes"] / 1e6
    print(f"  {mega:.0f} MB of laws: vectorscan alone {mega / raw:.0f} MB/s, scan {mega / whole:.0f} MB/s of CPU time, ratio {raw / whole:.2f},"
          f" hits {best[0]['hits']}, findings {best[0]['findings']}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--misses", default="")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    for name, before, after in [("as they are", "", ""), ("inside Chinese text", "经查，相关材料载明", "等内容，现予记录。")]:
        if options.only and options.only not in name: continue
        print(f"personal-data-zh, {name}")
        personal(options.program, before, after, options.misses)
        print(f"identifiers-china, {name}")
        china(options.program, before, after, options.misses)
    if options.speed:
        print("speed")
        speed(options.program, 40)
