"""Our public page beside nginx and gunicorn+Flask serving the same bytes: requests a second and p99, in one run.

python3 Benchmarks/pages.py PROGRAM DATA [SECONDS]   (needs nginx, wrk, flask, gunicorn)"""
import atexit, os, pathlib, re, subprocess, sys, tempfile, time, urllib.request

program, data = sys.argv[1], sys.argv[2]
seconds = sys.argv[3] if len(sys.argv) > 3 else "5"
work = pathlib.Path(tempfile.mkdtemp()); work.chmod(0o755)
ours, theirs, flask = 8191, 8192, 8193
house = subprocess.Popen([program, "serve", "--data", data, "--port", str(ours)], stderr=subprocess.DEVNULL)
for _ in range(100):
    try: urllib.request.urlopen(f"http://localhost:{ours}/health"); break
    except OSError: time.sleep(0.05)
import json
found = json.load(urllib.request.urlopen(f"http://localhost:{ours}/api/v1/search?q=%E5%A4%96%E8%A7%82%E8%AE%BE%E8%AE%A1"))
path = found["results"][0]["url"].split("/articles/")[0]
page = urllib.request.urlopen(f"http://localhost:{ours}{path}").read()
tag = urllib.request.urlopen(f"http://localhost:{ours}{path}").headers["ETag"]
(work / "page.html").write_bytes(page)
(work / "nginx.conf").write_text(f"""worker_processes 2; daemon off; pid {work}/pid; error_log /dev/null;
events {{ worker_connections 1024; }}
http {{ access_log off; types {{ text/html html; }} keepalive_requests 1000000000; server {{ listen 127.0.0.1:{theirs}; listen [::1]:{theirs}; root {work}; }} }}""")
nginx = subprocess.Popen(["nginx", "-c", str(work / "nginx.conf")], stderr=subprocess.DEVNULL)
(work / "app.py").write_text(f"""from flask import Flask, Response
app = Flask(__name__)
page = open("{work}/page.html", "rb").read()
@app.get("/page.html")
def show(): return Response(page, mimetype="text/html")
""")
gunicorn = subprocess.Popen([sys.executable, "-m", "gunicorn", "-w", "2", "-b", f"127.0.0.1:{flask}", "--chdir", str(work), "app:app"],
    stderr=subprocess.DEVNULL)
for process in (house, nginx, gunicorn): atexit.register(process.terminate)
time.sleep(2)

def wrk(address, *headers):
    words = ["wrk", "-t2", "-c64", f"-d{seconds}s", "--latency"] + [w for h in headers for w in ("-H", h)] + [address]
    text = subprocess.check_output(words, text=True)
    p99 = re.search(r"99%\s+([\d.]+)(\w+)", text)
    p99 = float(p99[1]) * {"us": 0.001, "ms": 1, "s": 1000}[p99[2]]
    assert "Non-2xx" not in text or headers, text
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), p99

rows = [
    ("nginx, static file, 127.0.0.1", wrk(f"http://127.0.0.1:{theirs}/page.html")),
    ("ours, document page, 127.0.0.1", wrk(f"http://127.0.0.1:{ours}{path}")),
    ("nginx, static file, [::1]", wrk(f"http://[::1]:{theirs}/page.html")),
    ("ours, document page, [::1]", wrk(f"http://[::1]:{ours}{path}")),
    ("ours, 304", wrk(f"http://127.0.0.1:{ours}{path}", f"If-None-Match: {tag}")),
    ("ours, /robots.txt (small, through the router)", wrk(f"http://127.0.0.1:{ours}/robots.txt")),
    ("gunicorn 2 workers + Flask", wrk(f"http://127.0.0.1:{flask}/page.html")),
]
base = rows[0][1]
print(f"{len(page)} bytes a page, 64 connections, {seconds} s each")
for name, (rate, p99) in rows:
    print(f"{name:50} {rate:9.0f} req/s  p99 {p99:7.2f} ms   {rate / base[0]:5.2f} of nginx's rate, {p99 / base[1]:5.2f} of its p99")
status = pathlib.Path(f"/proc/{house.pid}/status").read_text()
print("resident after the run:", re.search(r"VmRSS:\s+(.*)", status)[1])
