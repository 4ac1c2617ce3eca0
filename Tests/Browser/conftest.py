"""Starts a real house on a loopback port for the browser to walk in, and stops it by its pid."""
import os, pathlib, signal, socket, subprocess, tempfile, time, urllib.request
import pytest
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
PASSWORD = "gongkai-demo-2022"


def program():
    folder = subprocess.check_output(["swift", "build", "--show-bin-path"], cwd=ROOT, text=True).strip()
    return pathlib.Path(folder) / "gongkai"


def corpora():
    real = ROOT.parent / "shared" / "data"
    return real if real.exists() else ROOT / "Tests" / "Fixtures" / "corpora"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class House:
    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_port(), None
        self.base = f"http://localhost:{self.port}"
        subprocess.run([program(), "demo", "--set-up-only", "--data", folder, "--corpora", corpora()], check=True, stdout=subprocess.DEVNULL)
        self.start()

    def start(self):
        self.process = subprocess.Popen([program(), "serve", "--data", self.folder, "--port", str(self.port)], stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                urllib.request.urlopen(self.base + "/health", timeout=1)
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the house did not open")

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(20)

    def run(self, *words):
        return subprocess.run([program(), *words, "--data", self.folder], capture_output=True, text=True)


@pytest.fixture(scope="session")
def house():
    with tempfile.TemporaryDirectory() as folder:
        house = House(folder)
        yield house
        house.stop()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()
