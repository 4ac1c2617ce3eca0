"""The library over a loaded house: each kind of page on random days, one client, p50 and p99 at the client; impact by the clock; the bulk file.

python3 Benchmarks/library.py PROGRAM DATA"""
import http.client, json, random, subprocess, sys, time, urllib.request
program, data, port = sys.argv[1], sys.argv[2], 8196
start = time.perf_counter()
impact = subprocess.run([program, "norms", "impact", "中华人民共和国生态环境法典", "--on", "2026-08-15", "--data", data, "--json"], capture_output=True, check=True)
answer = json.loads(impact.stdout)
print(f"impact of the Ecological Environment Code: {time.perf_counter() - start:.2f} s, {len(answer['dependents'])} works in {answer['places']} places")
server = subprocess.Popen([program, "serve", "--data", data, "--port", str(port), "--without-work"], stderr=subprocess.DEVNULL)
while True:
    try:
        urllib.request.urlopen(f"http://localhost:{port}/health").read()
        break
    except OSError:
        time.sleep(0.01)
client = http.client.HTTPConnection("localhost", port)


def get(path):
    start = time.perf_counter()
    client.request("GET", path)
    response = client.getresponse()
    body = response.read()
    return response.status, (time.perf_counter() - start) * 1000, body


works = []
for page in range(1, 42):
    works += [work["id"] for work in json.loads(get(f"/api/v1/norms?page={page}")[2])["works"]]
random.seed(1)
day = lambda: f"{random.randint(1995, 2026)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
kinds = {
    "an article on a day": (600, lambda: f"/zh/norms/{random.choice(works)}/articles/art-{random.randint(1, 30)}?at={day()}"),
    "a work on a day": (600, lambda: f"/zh/norms/{random.choice(works)}?at={day()}"),
    "history": (300, lambda: f"/zh/norms/{random.choice(works)}/history?at={day()}"),
    "citations": (300, lambda: f"/zh/norms/{random.choice(works)}/citations?at={day()}"),
    "the catalogue on a day": (60, lambda: f"/zh/norms?at={day()}"),
}
for name, (count, path) in kinds.items():
    got = [get(path()) for _ in range(count)]
    times = sorted(time for status, time, _ in got if status == 200)
    print(f"{name}: {len(times)} of {count} found, p50 {times[len(times) // 2]:.1f} ms, p99 {times[int(len(times) * 0.99)]:.1f} ms")
server.terminate()
