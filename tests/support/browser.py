"""Debian's chromium, found or installed, and driven without a window."""

import base64
import fcntl
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

_PROGRAMS = ("chromium", "chromedriver")
_INSTALL = "apt-get install chromium chromium-driver"


def find_chromium() -> tuple[str, str]:
    """Return the paths of chromium and its driver; install them, or fail and say how."""
    with (Path(tempfile.gettempdir()) / "senr-duck-tests-chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two test processes must not install at once
        if not all(map(shutil.which, _PROGRAMS)):
            _install_chromium()
    browser, driver = map(shutil.which, _PROGRAMS)
    if not browser or not driver:
        pytest.fail(f"the report is tested in a browser, and chromium is not here: {_INSTALL}")
    return browser, driver


def _install_chromium() -> None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        pytest.fail(f"the report is tested in a browser; as root: {_INSTALL}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get -q update", f"{_INSTALL} -y -q --no-install-recommends"):
        done = subprocess.run(
            command.split(), env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            pytest.fail(f"{command} failed: {done.stderr[-1000:]}")


class Browser:
    """Shows one page at a time in a window; reads what the page logs and requests."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, page: Path, width: int = 1280, height: int = 900, scheme: str = "light") -> None:
        """Open a file in a window; what was logged before is forgotten."""
        self.driver.get("about:blank")
        self.resize(width, height, scheme)
        self._read_log("performance")
        self._read_log("browser")
        self.driver.get(page.absolute().as_uri())

    def resize(self, width: int, height: int = 900, scheme: str = "light") -> None:
        """Change the window's size in CSS pixels and the scheme that the reader prefers."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def run(self, script: str, *arguments: Any) -> Any:
        """Return what a script returns."""
        return self.driver.execute_script(script, *arguments)

    def read_messages(self) -> list[str]:
        """Return what the console says since the page was opened."""
        return [entry["message"] for entry in self._read_log("browser")]

    def read_requests(self) -> list[str]:
        """Return the addresses that were asked for since the page was opened, its own first."""
        events = [
            json.loads(entry["message"])["message"] for entry in self._read_log("performance")
        ]
        return [
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        ]

    def take_picture(self, path: Path) -> None:
        """Write a picture of the window."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(self.driver.get_screenshot_as_base64()))

    def _read_log(self, name: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.driver.get_log(name)
        return entries


@contextmanager
def start_browser() -> Iterator[Browser]:
    """Provide a browser without a window, and close it afterwards."""
    chromium, chromedriver = find_chromium()
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    # no sandbox: tests may run as root, in a container, on pages of their own
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(chromedriver))
    try:
        yield Browser(driver)
    finally:
        driver.quit()
