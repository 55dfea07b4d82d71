"""One repository's Git objects and references: what is put in comes out, and nothing else."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from dulwich.objects import Blob, Tree
from dulwich.objects import Commit as GitCommit

from practice_hub.errors import DamagedError
from practice_hub.store.git import FILE_MODE, Commit, Entry, GitRepository, pointer_to

MESSAGE = "Version 1.0.0\n\n  What changed. "


@pytest.fixture
def git(tmp_path: Path) -> GitRepository:
    return GitRepository.create(tmp_path / "made/on/the/way/1.git")


def version(git: GitRepository, text: str, *parents: str) -> Commit:
    return git.add_commit({"d/a.txt": git.add_blob(text.encode())}, text, "ada", 1000, parents)


def test_a_version_is_what_was_put_in(git: GitRepository) -> None:
    blob = git.add_blob(b"one")
    made = git.add_commit({"d/a.txt": blob}, MESSAGE, "ada", 1000, ())
    assert made == git.commit(made.oid) == Commit(made.oid, made.tree, (), "ada", 1000, MESSAGE)
    assert (made.title, made.description) == ("Version 1.0.0", "What changed.")
    assert git.blob(blob) == b"one"
    files = git.files(made)
    assert files.files == {"d/a.txt": Entry("d/a.txt", blob, 3, None, 0)}
    assert list(files.folders) == ["d"]


def test_each_object_is_asked_for_as_what_it_is(git: GitRepository) -> None:
    made = version(git, "one")
    for wrong in (made.tree, made.oid, "0" * 40):
        with pytest.raises(DamagedError, match=f"The Git object {wrong} in 1.git is damaged"):
            git.blob(wrong)
    with pytest.raises(DamagedError, match=f"The Git object {made.tree} in 1.git is damaged"):
        git.commit(made.tree)


def test_messages_that_git_cannot_hold(git: GitRepository) -> None:
    """Git's messages end at NUL, and are of UTF-8, which has no halves of characters."""
    assert version(git, "a\0b").message == "ab"
    made = git.add_commit({}, "a\ud800b", "ada", 1000, ())
    assert made.message == "a?b"
    assert version(git, "Add X").message == "Add X"


def test_what_another_program_wrote(git: GitRepository) -> None:
    """Texts that are not UTF-8 are shown with a sign instead of what cannot be read."""
    blob, tree, commit = Blob.from_string(b"one"), Tree(), GitCommit()
    tree.add(b"\xff.txt", FILE_MODE, blob.id)
    commit.tree = tree.id
    commit.author = commit.committer = b"Andr\xe9 <andre@practice-hub.invalid>"
    commit.author_time = commit.commit_time = 1000
    commit.author_timezone = commit.commit_timezone = 0
    commit.message = b"na\xefve\n"
    for made in (blob, tree, commit):
        git.repo.object_store.add_object(made)
    found = git.commit(commit.id.decode())
    assert (found.author, found.message) == ("Andr�", "na�ve")
    assert list(git.files(found).files) == ["�.txt"]


def test_history(git: GitRepository) -> None:
    first = version(git, "one")
    second = version(git, "two", first.oid)
    third = version(git, "three", second.oid)
    assert list(git.log(third.oid)) == [third, second, first]


def test_large_files_have_the_size_of_the_file(git: GitRepository) -> None:
    pointer = pointer_to("ab" * 32, 123_456_789)
    blob = git.add_blob(pointer)
    made = git.add_commit({"model.bin": blob}, "Add", "ada", 1000, ())
    assert git.files(made).files["model.bin"] == Entry(
        "model.bin", blob, 123_456_789, "ab" * 32, len(pointer)
    )


def test_what_several_references_lead_to_is_checked(git: GitRepository) -> None:
    """What was read once is not the end of it."""
    good, bad = version(git, "good"), version(git, "bad")
    for name, made in (("heads/a", bad), ("heads/main", good), ("tags/v1", good)):
        git.set_reference(f"refs/{name}", made.oid)
    git.check_objects()
    (git.path / "objects" / bad.oid[:2] / bad.oid[2:]).unlink()
    with pytest.raises(DamagedError, match=bad.oid):
        git.check_objects()


def test_a_damaged_file_is_listed_beside_the_others(git: GitRepository) -> None:
    blobs = {name: git.add_blob(name.encode()) for name in ("whole", "damaged")}
    made = git.add_commit(blobs, "Add", "ada", 1000, ())
    path = git.path / "objects" / blobs["damaged"][:2] / blobs["damaged"][2:]
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    path.write_bytes(b"")
    assert {name: entry.size for name, entry in git.files(made).files.items()} == {"damaged": 0, "whole": 5}


def test_what_is_there_is_not_written_again(git: GitRepository) -> None:
    blob = git.add_blob(b"one")
    path = git.path / "objects" / blob[:2] / blob[2:]
    before = path.stat()
    assert git.add_blob(b"one") == blob
    assert path.stat().st_ino == before.st_ino


def test_references(git: GitRepository) -> None:
    first, second = version(git, "one"), version(git, "two")
    assert (git.references(), git.reference("refs/heads/main")) == ({}, None)
    git.set_reference("refs/tags/v1", first.oid)
    git.set_reference("refs/heads/main", first.oid)
    git.set_reference("refs/heads/main", second.oid)
    assert list(git.references().items()) == [("refs/heads/main", second.oid), ("refs/tags/v1", first.oid)]
    assert git.reference("refs/heads/main") == second.oid
    git.remove_reference("refs/tags/v1")
    assert list(git.references()) == ["refs/heads/main"]
    assert git.reference("refs/tags/v1") is None


@pytest.mark.parametrize("content", ["", "0" * 40, "a" * 39, "no commit"])
def test_a_damaged_reference_is_named(git: GitRepository, content: str) -> None:
    (git.path / "refs/heads/main").write_text(content)
    with pytest.raises(DamagedError) as raised:
        git.reference("refs/heads/main")
    assert raised.value.message == (
        "The reference refs/heads/main in 1.git is damaged on the Hub's disk, so it is not served."
        " Delete it, and make it again."
    )
    assert git.references() == {}


def test_what_a_revision_means(git: GitRepository) -> None:
    first, second = version(git, "one"), version(git, "two")
    git.set_reference("refs/heads/main", first.oid)
    git.set_reference("refs/tags/v1", second.oid)
    (git.path / "refs/heads/half.lock").write_text(first.oid)
    meanings = {
        "main": first.oid,
        "v1": second.oid,
        "refs/heads/main": first.oid,
        "refs/tags/v1": second.oid,
        first.oid: first.oid,
        first.oid[:7]: first.oid,
        first.oid[:6]: None,
        first.tree: None,
        "0" * 40: None,
        "none": None,
        "": None,
        "half.lock": None,
        "../heads/main": None,
        "refs/heads/../heads/main": None,
        "refs/heads//main": None,
    }
    assert {revision: git.resolve(revision) for revision in meanings} == meanings


def test_longest_name_of_a_reference(git: GitRepository) -> None:
    made = version(git, "one")
    name = "refs/heads/" + "a" * 244
    git.set_reference(name, made.oid)
    git.set_reference(f"{name}a", made.oid)
    assert (len(name), git.resolve(name), git.resolve(f"{name}a")) == (255, made.oid, None)
