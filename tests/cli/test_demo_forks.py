"""The web processes of `medspil demo` are forked where nothing was drawn yet: after that they would draw no paper.

What draws papers (Typst) keeps threads, and a forked process gets them broken: it waits for them for ever.
"""

import signal
import subprocess
import sys
from pathlib import Path

# Typst draws where the example is filled, and again in a process forked where the site forks its own. The program that
# gets the example ready is another one here, as it takes half a minute: only where it is started is looked at.
DEMO = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
import django
django.setup()
from medspil.cli import demo
from medspil.documents.render import render_pdf

def draw():
    template = Path(sys.argv[2]) / "leaf.typ"
    render_pdf(template, {"title": "A", "lang": "en"}, created=datetime(2026, 1, 1, tzinfo=UTC), root=template.parent)

def fork_and_draw(**_options):
    child = os.fork()
    if not child:
        signal.alarm(int(sys.argv[3]))
        draw()
        os._exit(0)
    how = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os._exit(how if how >= 0 else 100 - how)

for name in "prepare_folder prepare_site refresh_index show_logins refuse_taken_port refuse_missing_parts".split():
    setattr(demo, name, lambda *_: None)
demo.fill_example, demo.run_site, sys.executable = draw, fork_and_draw, "true"
if sys.argv[1] == "filled here":
    demo.prepare_apart = lambda *_: demo.fill_example()
demo.demo([], standalone_mode=False)
"""


def forked(tmp_path: Path, how: str, patience: int) -> int:
    (tmp_path / "leaf.typ").write_text('#set document(title: "A")\n#set text(lang: "en")\n= A\nWords.')
    words = [sys.executable, "-c", DEMO, how, str(tmp_path), str(patience)]
    return subprocess.run(words, check=False, timeout=120).returncode


def test_web_processes_of_the_demo_can_draw(tmp_path: Path) -> None:
    assert forked(tmp_path, "as it is", 60) == 0


def test_they_could_not_if_the_example_were_filled_where_they_are_forked(tmp_path: Path) -> None:
    assert forked(tmp_path, "filled here", 4) == 100 + signal.SIGALRM
