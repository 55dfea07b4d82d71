"""A lesson that somebody else wrote, in the preview: it reads nothing from outside of it, and runs nothing in it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.chromium import running_browser
from tests.spokeshave.serve.previews import Preview, preview, write_by_rename
from tests.spokeshave.sites import copy_lesson

_SECRET = "outside of the lesson"
_OVERLAY = "section#spokeshave-preview[role=alert]"
_CLOBBERING = (
    *("body", "createElement", "currentScript", "querySelector", "querySelectorAll", "getElementById"),
    *("hidden", "readyState", "addEventListener"),
)
_FORMS = "\n".join(
    [
        *(f'<form name="{name}"><input name="append"></form>' for name in _CLOBBERING),
        '<form id="a"><input name="getClientRects"><input name="getBoundingClientRect"></form>',
        '<p id="spokeshave-preview">mine</p>',
    ]
)
_HOSTILE = """
<script>window.ran = "inline"; document.title = "stolen"</script>
<script src="files/evil.js"></script><script type="module" src="files/evil.mjs"></script>
<img alt="x" src="fig/none.png" onerror="window.ran = 'onerror'">
<svg onload="window.ran = 'onload'"><script>window.ran = "svg"</script></svg>
<iframe title="x" srcdoc="<script>parent.ran = 'srcdoc'</script>"></iframe>
<iframe title="x" src="javascript:parent.ran = 'frame'"></iframe>
<iframe title="x" src="files/frame.html"></iframe><iframe title="x" src="fig/evil.svg"></iframe>
<details open ontoggle="window.ran = 'ontoggle'"><summary>x</summary></details>

<a id="link" href="javascript:window.ran = 'link'">x</a> [y](javascript:window.ran='y'){#second}

<button id="button" onclick="window.ran = 'click'">x</button>

<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">

<META CONTENT="0;url=http://127.0.0.1:9/" HTTP-EQUIV=refresh>

<base href="http://127.0.0.1:9/">
"""
_NAME = "<img src=x onerror=window.ran=1>.md"


def _with_links(root: Path, outside: Path) -> None:
    """Links out of the lesson: of a file, of a folder, of a folder of pages, and of a page."""
    (outside / "folder").mkdir(parents=True)
    for path in ("x.txt", "folder/y.txt", "page.md"):
        (outside / path).write_text(f"{_SECRET}\n", encoding="utf-8")
    (root / "episodes/fig").mkdir()
    (root / "episodes/fig/x.txt").symlink_to(outside / "x.txt")
    (root / "episodes/files").symlink_to(outside / "folder")
    (root / "episodes/loose.txt").symlink_to("../../outside/x.txt")


def _asked(running: Preview, *paths: str) -> list[tuple[int, bool]]:
    """For each path: the status of the answer, and whether it tells the secret."""
    answers = (running.ask(path) for path in paths)
    return [(answer.status, _SECRET in text) for answer, text in answers]


def test_links_lead_out_of_nothing(tmp_path: Path) -> None:
    """Neither a link in the lesson nor one that gets into the built site while it is shown."""
    root, outside = copy_lesson("tiny", tmp_path / "lesson"), tmp_path / "outside"
    _with_links(root, outside)
    with preview(root, tmp_path / "temporary") as running:
        paths = ("/fig/x.txt", "/files/y.txt", "/files/", "/loose.txt")
        assert _asked(running, *paths) == [(404, False)] * 4
        (site,) = (
            page.parent
            for page in (tmp_path / "temporary").rglob("01-first.html")
            if "instructor" not in page.parts
        )
        (site / "x.txt").symlink_to(outside / "x.txt")
        (site / "out").symlink_to(outside)
        (site / "02-second.html").unlink()
        (site / "02-second.html").symlink_to(outside / "x.txt")
        paths_of_the_site = ("/x.txt", "/out/x.txt", "/out/", "/out", "/02-second.html")
        assert _asked(running, *paths_of_the_site) == [(404, False)] * 5


def _lesson(tmp_path: Path) -> tuple[Path, str]:
    """A hostile lesson: its first episode, and the text of it."""
    root = copy_lesson("tiny", tmp_path / "lesson")
    for path, text in {
        "files/evil.js": "window.ran = 'file'",
        "files/evil.mjs": "window.ran = 'module'",
        "files/frame.html": "<title>x</title><script>parent.ran = 'frame'</script><script src=evil.js></script>",
        "fig/evil.svg": '<svg xmlns="http://www.w3.org/2000/svg"><script>parent.ran = "drawing"</script></svg>',
    }.items():
        place = root / "episodes" / path
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, encoding="utf-8")
    episode = root / "episodes/01-first.md"
    text = episode.read_text(encoding="utf-8").replace("## Seeds\n", f"## Seeds\n{_HOSTILE}\n{_FORMS}\n\n", 1)
    episode.write_text(text, encoding="utf-8")
    return episode, text


def _provoke(page: Page) -> None:
    for name in ("link", "second", "button"):
        page.eval_on_selector(f"#{name}", "element => element.click()")


def test_a_hostile_page_runs_nothing(tmp_path: Path) -> None:
    """It cannot keep the preview from showing what is wrong, which is text whatever stands in it."""
    episode, text = _lesson(tmp_path)
    root = episode.parents[1]
    with preview(root, tmp_path / "temporary") as running, running_browser() as browser:
        page = browser.new_page()
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(f"{running.address}01-first.html")
        title = page.title()
        assert title != "stolen"
        _provoke(page)
        page.evaluate("document.documentElement.dataset.seen = true")

        # A new text is put into the page, which then is loaded anew.
        write_by_rename(episode, text.replace("A stone does not.", "A stone never does."))
        expect(page.get_by_text("A stone never does.")).to_be_visible()
        expect(page.locator("html[data-seen]")).to_have_count(0)
        page.wait_for_load_state()
        _provoke(page)

        overlay = page.locator(_OVERLAY)
        write_by_rename(episode, text.replace("teaching: 10", "teaching: ["))
        expect(overlay).to_contain_text("episodes/01-first.md:")
        page.get_by_role("button", name="Close (Esc)").click()
        expect(overlay).to_have_count(0)
        write_by_rename(episode, text)
        (root / f"learners/{_NAME}").write_text("---\ntitle: [\n---\n", encoding="utf-8")
        expect(overlay).to_contain_text(f"learners/{_NAME}:")
        expect(overlay.locator("img")).to_have_count(0)
        config = root / "config.yaml"
        write_by_rename(config, f"{config.read_text(encoding='utf-8')}'{_NAME}': 1\n'{_NAME}': 2\n")
        expect(overlay).to_contain_text(f"`{_NAME}` stands here for the second time")
        expect(overlay.locator("img")).to_have_count(0)
        page.keyboard.press("Escape")
        expect(overlay).to_have_count(0)

        assert page.evaluate("window.ran") is None
        assert page.title() == title
        assert page.url == f"{running.address}01-first.html"
        elsewhere = ("http://127.0.0.1:9", "https:")
        assert [address for address in requests if address.startswith(elsewhere)] == []
        assert f"{running.address}files/evil.js" in requests  # it was asked for, and not run


def test_scripts_run_for_who_asks_for_them(tmp_path: Path) -> None:
    """So what the test before has shown is not that the lesson is harmless."""
    episode, text = _lesson(tmp_path)
    harmless = text.replace(_HOSTILE, "\n<script>window.ran = 'inline'</script>\n").replace(_FORMS, "")
    episode.write_text(harmless, encoding="utf-8")
    lesson = episode.parents[1]
    with (
        preview(lesson, tmp_path / "temporary", "--port", "0", "--scripts") as running,
        running_browser() as browser,
    ):
        page = browser.new_page()
        page.goto(f"{running.address}01-first.html")
        assert page.evaluate("window.ran") == "inline"
        assert running.ask("/files/evil.js")[0].headers["Content-Type"].startswith("text/javascript")
