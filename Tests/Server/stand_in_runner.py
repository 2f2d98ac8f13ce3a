#!/usr/bin/env python3
"""Stands in for epochzero-dryrun where editors and the server are tested: trains nothing, and says what it is told to say.

STAND_IN names the verdict; with "hang" it works until it is told to give up. Its process is written into the file STAND_IN_PROCESS.
"""

import json
import os
import subprocess
import sys


def send(message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    sys.stdout.buffer.flush()


def receive():
    """Return the next message; nothing once nobody talks any more."""
    length = 0
    while (line := sys.stdin.buffer.readline()).strip():
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    return json.loads(sys.stdin.buffer.read(length)) if length else None


def run(seed, losses):
    curve = [[1 + 28.4 * index, loss] for index, loss in enumerate(losses)]
    return {"seed": seed, "steps": 200, "training": curve, "held_out": curve, "score": losses[-1], "probes": {"layers": []}}


def report(verdict):
    flat, falling = [1.0, 0.99, 0.97, 0.96, 0.95, 0.95, 0.95, 0.95], [1.0, 0.8, 0.5, 0.35, 0.25, 0.18, 0.14, 0.125]
    changed = falling if verdict == "confirmed" else flat
    ratio = flat[-1] / changed[-1]
    return {
        "verdict": verdict,
        "judgement": {
            "metric": "loss",
            "pairs": [{"seed": seed, "written": flat[-1], "changed": changed[-1]} for seed in (1, 2, 3)],
            "baseline": 1.0,
            "ratio": ratio,
            "interval": [ratio * 0.9, ratio * 1.1],
            "test": "a stand-in's test",
            "minimum_ratio": 1.15,
        },
        "explanation": "nothing was trained",
        "written": {"runs": [run(1, flat)]},
        "changed": {"runs": [run(1, changed)]},
        "checks": [],
        "plan": {
            "scalings": [{"what": "batch", "from": 256, "to": 32}],
            "assumptions": [],
            "omissions": [],
            "estimated_memory": 1,
            "estimated_work": 1.0,
            "training_rows": 400,
            "held_out_rows": 100,
            "written_batch": 32,
            "changed_batch": 32,
            "written_steps": 200,
            "changed_steps": 200,
        },
        "data": {"descriptions": [], "limits": "a stand-in has none"},
        "seconds": 0.1,
        "threads": 1,
        "library": "no library",
    }


def main():
    verdict = os.environ.get("STAND_IN", "confirmed")
    if path := os.environ.get("STAND_IN_PROCESS"):
        with open(path, "w") as file:
            file.write(str(os.getpid()))
    version = subprocess.run([os.environ.get("EPOCHZERO", "epochzero"), "--version"], stdout=subprocess.PIPE, text=True).stdout.split()[-1]
    send({"method": "ready", "params": {"version": version}})
    while message := receive():
        if message["method"] != "run":
            continue
        send({"method": "progress", "params": {"share": 0.5, "activity": "seed 1 of 3 to 9"}})
        while verdict == "hang":
            if (message := receive()) is None or message["method"] == "cancel":
                return
        send({"id": message["id"], "result": report(verdict)})


main()
