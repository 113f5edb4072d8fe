"""The window's figures: start to first full frame, memory, idle CPU, and what a key press costs.

The totem is a process of its own and so are the stand-ins; the screen is Xvfb's, read from its memory.
"""

import json
import mmap
import os
import re
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

TOTEM = str(Path(sys.argv[1]).resolve())
WIDTH, HEIGHT = 1080, 1920
IDLE_S = 20
STARTS = 5
# Where the keypad's "5" and its erasing key are on the first screen, in parts of the window.
FIVE, ERASE = (0.5, 0.597), (0.812, 0.731)


class Screen:
    """Xvfb's picture, as a checksum of every sixteenth row."""

    def __init__(self, folder):
        reading, writing = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", folder, "-nolisten", "tcp"],
            pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        self.display = ":" + os.read(reading, 16).decode().strip()
        with open(Path(folder) / "Xvfb_screen0", "rb") as file:
            self.memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack(">25I", self.memory[:100])
        self.start, self.row = header[0] + header[19] * 12, header[12]

    def rows(self):
        for y in range(0, HEIGHT, 16):
            at = self.start + y * self.row
            yield self.memory[at:at + self.row]

    def seen(self):
        value = 0
        for row in self.rows():
            value = zlib.crc32(row, value)
        return value

    def colours(self):
        return len({row[x:x + 4] for row in self.rows() for x in range(0, len(row), 64)})

    def settled(self, before, since, quiet=0.25, limit=10):
        """When the picture last changed, once it differs from `before` and nothing has changed for `quiet`."""
        last, changed = before, None
        while time.monotonic() - since < limit:
            now = self.seen()
            if now != last:
                last, changed = now, time.monotonic()
            elif changed and time.monotonic() - changed > quiet:
                return changed
            time.sleep(0.001)
        raise SystemExit("the screen never came to rest")


def cpu_ms(process):
    """Processor time of all threads so far, in milliseconds."""
    total = 0
    for task in Path(f"/proc/{process}/task").iterdir():
        total += int((task / "schedstat").read_text().split()[0])
    return total / 1e6


def wakings(process):
    """How often any of its threads had something to do."""
    tasks = (task / "status" for task in Path(f"/proc/{process}/task").iterdir())
    return sum(int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", task.read_text(), re.M)[1]) for task in tasks)


def memory_mb(process, what):
    text = Path(f"/proc/{process}/smaps_rollup").read_text()
    return int(re.search(rf"^{what}:\s+(\d+)", text, re.M)[1]) / 1024


def stand_ins(folder):
    def start(*arguments):
        process = subprocess.Popen([TOTEM, "simulate", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return process, json.loads(process.stdout.readline())

    erp, where = start("erp", "--state", f"{folder}/erp")
    tef, _ = start("tef-manager", "--state", f"{folder}/tef")
    printer, _ = start("printer", "--state", f"{folder}/papers", "--port", f"{folder}/printer")
    return [erp, tef, printer], where["listening"]


def configuration(folder, erp):
    """config/totem.toml with this folder in it."""
    text = (Path(__file__).parents[2] / "config/totem.toml").read_text()
    secret = Path(folder) / "erp-password"
    secret.write_text("demonstracao")
    secret.chmod(0o600)
    for pattern, value in [
        (r'^state = .*$', f'state = "{folder}/totem"'),
        (r'^state_dir = .*$', f'state_dir = "{folder}/totem/tef"'),
        (r'^url = .*$', f'url = "http://{erp}"'),
        (r'^password = .*$', f'password = {{ file = "{secret}" }}'),
        (r'^request_folder = .*$', f'request_folder = "{folder}/tef/req"'),
        (r'^response_folder = .*$', f'response_folder = "{folder}/tef/resp"'),
        (r'^port = .*$', f'port = "{folder}/printer"'),
        (r'^fullscreen = .*$', 'fullscreen = false'),
    ]:
        text, found = re.subn(pattern, value, text, flags=re.M)
        assert found == 1, (pattern, found)
    path = Path(folder) / "totem.toml"
    path.write_text(text)
    return str(path)


def totem(config, screen):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WAYLAND")}
    environment |= {"DISPLAY": screen.display, "TOTEM_LOG": "error"}
    return subprocess.Popen([TOTEM, "run", "--config", config], env=environment)


def end(process):
    process.send_signal(signal.SIGTERM)
    process.wait(20)


def hand(screen, *does):
    subprocess.run(["xdotool", *does], check=True, env={**os.environ, "DISPLAY": screen.display})


def reach(screen, at):
    hand(screen, "mousemove", str(round(at[0] * WIDTH)), str(round(at[1] * HEIGHT)))
    time.sleep(0.2)


def measured(screen, process, *does):
    """What one move of the hand costs: processor time, and time until the screen has changed, in milliseconds."""
    picture, spent, began = screen.seen(), cpu_ms(process), time.monotonic()
    hand(screen, *does)
    waited = (screen.settled(picture, began) - began) * 1000
    return cpu_ms(process) - spent, waited


def shown(what, figures):
    spent, waited = [sorted(column) for column in zip(*figures)]
    print(f"{what:<28}{statistics.median(spent):.1f} ms of CPU (most {spent[-1]:.1f}), "
          f"on the screen after {statistics.median(waited):.0f} ms, xdotool's own start included")


def main(folder):
    screen = Screen(folder)
    helpers, erp = stand_ins(folder)
    try:
        config = configuration(folder, erp)
        starts = []
        for round_ in range(STARTS):
            if round_:
                end(running)
                time.sleep(1)
            empty, began = screen.seen(), time.monotonic()
            running = totem(config, screen)
            starts.append(screen.settled(empty, began) - began)
            if screen.colours() < 4:
                raise SystemExit("what was drawn is not the first screen")
        print(f"start to first full frame   {min(starts):.2f} s to {max(starts):.2f} s, {STARTS} starts, the first one cold")

        time.sleep(5)
        print(f"memory on the first screen  {memory_mb(running.pid, 'Pss'):.1f} MB PSS")
        before, asleep = cpu_ms(running.pid), wakings(running.pid)
        time.sleep(IDLE_S)
        used, woken = cpu_ms(running.pid) - before, wakings(running.pid) - asleep
        print(f"idle for {IDLE_S} s              {used:.1f} ms of CPU, {used / IDLE_S / 10:.3f} %, woken {woken} times")

        downs, ups = [], []
        for turn in range(20):
            reach(screen, FIVE if turn % 2 == 0 else ERASE)
            downs.append(measured(screen, running.pid, "mousedown", "1"))
            ups.append(measured(screen, running.pid, "mouseup", "1"))
        shown("finger down to its frame", downs)
        shown("finger up to the new digit", ups)
        print(f"memory after the keys       {memory_mb(running.pid, 'Pss'):.1f} MB PSS")
        end(running)
    finally:
        for helper in helpers:
            helper.stdin.close()
            helper.terminate()
            helper.wait(10)
        screen.server.terminate()
        screen.server.wait(10)


with tempfile.TemporaryDirectory() as folder:
    main(folder)
