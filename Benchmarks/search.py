"""Search over a loaded house: cold start, and p50 and p99 of four kinds of questions through the API.

python3 Benchmarks/search.py PROGRAM DATA"""
import json, random, re, statistics, subprocess, sqlite3, sys, time, urllib.parse, urllib.request
program, data, port = sys.argv[1], sys.argv[2], 8195
s=time.perf_counter()
p=subprocess.Popen([program,"serve","--data",data,"--port",str(port)],stderr=subprocess.DEVNULL)
while True:
    try: urllib.request.urlopen(f"http://localhost:{port}/zh/").read(); break
    except OSError: time.sleep(0.002)
print(f"cold start to the first page: {(time.perf_counter()-s)*1000:.0f} ms")
db=sqlite3.connect(f"file:{data}/gongkai.sqlite?mode=ro",uri=True); texts=[b for b, in db.execute("SELECT body FROM passage WHERE length(body)>30")]
random.seed(7)
def pick(n):
    while True:
        t=random.choice(texts); i=random.randrange(len(t)-n); w=t[i:i+n]
        if re.fullmatch(rf"[\u4e00-\u9fff]{{{n}}}",w): return w
kinds={"two characters":[pick(2) for _ in range(120)],"four characters":[pick(4) for _ in range(120)],"three terms":[" ".join(pick(2) for _ in range(3)) for _ in range(120)],
 "whole questions":[pick(6)+"应当"+pick(6)+"吗？" for _ in range(120)]}
for name,qs in kinds.items():
    times=[]
    for q in qs:
        s=time.perf_counter(); urllib.request.urlopen(f"http://localhost:{port}/api/v1/search?q={urllib.parse.quote(q)}").read(); times.append((time.perf_counter()-s)*1000)
    times.sort(); print(f"{name}: p50 {statistics.median(times):.1f} ms, p99 {times[int(len(times)*.99)-1]:.1f} ms")
p.terminate()
