"""Throws mutated vectors, random bytes and random marks at the scan for a time, and says whether it fell or pointed outside.

usage: fuzz_scan.py BENCH_PROGRAM SECONDS [SEED]
"""
import json, pathlib, random, subprocess, sys, time

program, seconds = sys.argv[1], float(sys.argv[2])
rand = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
root = pathlib.Path(__file__).resolve().parents[1]
vectors = next(p / "shared/data/vectors" for p in [root.parent, *root.parents] if (p / "shared/data/vectors").is_dir())
seeds = [json.loads(line).get("text") or json.loads(line).get("value") or "" for name in ("identifiers-china", "identifiers-general", "personal-data-zh")
         for line in open(vectors / f"{name}.jsonl", encoding="utf-8")]
seeds += ["机密★10年", "绝 密 ☆ 长期", "秘密\n★ 5年", "TOP SECRET//NOFORN", "-----BEGIN RSA PRIVATE KEY-----", "住在北京市朝阳区人民路224号8栋2170室"]
odd = list("★☆密机绝秘０１９Ａ＠．。·・\u200b\u00ad\u2060\ufeff\ue000〇一二三壹贰拾点艾特@.-–— \n\r\t\0()（）[]【】:：/年月日解密长期第号室路栋") + ["🌟", "𝟏", "١", "é", "\U0010ffff"]


def mutate():
    kind = rand.random()
    if kind < 0.1: return bytes(rand.randrange(256) for _ in range(rand.randrange(300))).decode("utf-8", "replace")
    if kind < 0.2: return "".join(rand.choice(odd) for _ in range(rand.randrange(200)))
    text = list("".join(rand.choice(seeds) for _ in range(rand.randrange(1, 4))))
    for _ in range(rand.randrange(1, 12)):
        place = rand.randrange(len(text) + 1)
        act = rand.randrange(4)
        if act == 0: text.insert(place, rand.choice(odd))
        elif act == 1 and text: del text[min(place, len(text) - 1)]
        elif act == 2 and text: text[min(place, len(text) - 1)] = rand.choice(odd)
        else: text[place:place] = text[: rand.randrange(20)]
    return "".join(text)


until, count, found = time.time() + seconds, 0, 0
while time.time() < until:
    texts = [mutate() for _ in range(2000)]
    run = subprocess.run([program, "results", "house", "0"], input="".join(json.dumps(t) + "\n" for t in texts), capture_output=True, text=True)
    rows = run.stdout.splitlines()
    if run.returncode != 0 or len(rows) != len(texts):
        print("fell over:", json.dumps(texts[len(rows)], ensure_ascii=False), run.stderr[-500:])
        sys.exit(1)
    for text, row in zip(texts, rows):
        for each in json.loads(row):
            found += 1
            if not 0 <= each["start"] < each["end"] <= len(text):
                print("points outside:", json.dumps(text, ensure_ascii=False), each)
                sys.exit(1)
    count += len(texts)
print(f"{count} texts, {found} findings, no fall, every place inside")
