from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

import pytest
from huggingface_hub import HfApi, hf_hub_download
from huggingface_hub.errors import EntryNotFoundError

from practice_hub.running import RunningHub
from tests.practice_hub.client.conftest import PREFIX


def safetensors(shape: list[int], name: str = "weight") -> bytes:
    """A file in the format, with zeros."""
    size = 4 * shape[0] * shape[1]
    header = json.dumps({name: {"dtype": "F32", "shape": shape, "data_offsets": [0, size]}}).encode()
    return len(header).to_bytes(8, "little") + header + bytes(size)


def test_delete_for_good(api: HfApi, repo: str, tmp_path: Path) -> None:
    (tmp_path / "secret.bin").write_bytes(os.urandom(2000))
    (tmp_path / "keep.bin").write_bytes(os.urandom(2000))
    first = api.upload_folder(folder_path=tmp_path, repo_id=repo).oid
    api.create_tag(repo, tag="v1")
    api.delete_file("secret.bin", repo)
    files = {file.filename: file for file in api.list_lfs_files(repo)}
    assert set(files) == {"secret.bin", "keep.bin"}
    assert files["secret.bin"].size == 2000
    api.permanently_delete_lfs_files(repo, [files["secret.bin"]])
    assert [file.filename for file in api.list_lfs_files(repo)] == ["keep.bin"]
    with pytest.raises(EntryNotFoundError):
        hf_hub_download(repo, "secret.bin", revision="v1")
    with pytest.raises(EntryNotFoundError):
        hf_hub_download(repo, "secret.bin", revision=first)
    assert Path(hf_hub_download(repo, "keep.bin")).stat().st_size == 2000
    titles = [commit.title for commit in api.list_repo_commits(repo)]
    assert titles[0] == "Delete secret.bin with huggingface_hub"


@pytest.mark.practice_only
def test_deleted_for_good_is_gone_from_the_disk(
    api: HfApi, repo: str, running: RunningHub, tmp_path: Path
) -> None:
    (tmp_path / "secret.bin").write_bytes(os.urandom(5000))
    api.upload_folder(folder_path=tmp_path, repo_id=repo)
    folder = running.hub.folder
    before = {path for place in (folder.large, folder.xorbs) for path in place.rglob("*") if path.is_file()}
    api.permanently_delete_lfs_files(repo, api.list_lfs_files(repo))
    after = {path for place in (folder.large, folder.xorbs) for path in place.rglob("*") if path.is_file()}
    assert len(before - after) == 1
    assert after < before


def test_the_same_after_deleting_the_repository(api: HfApi, namespace: str, tmp_path: Path) -> None:
    """The client remembers chunks that it uploaded through Xet, and does not send them again."""
    data = os.urandom(100_000)
    (tmp_path / "w.bin").write_bytes(data)
    again = f"{namespace}/{PREFIX}-{secrets.token_hex(4)}"
    for _ in range(2):
        name = api.create_repo(again).repo_id
        api.upload_folder(folder_path=tmp_path, repo_id=name)
        assert Path(hf_hub_download(name, "w.bin", force_download=True)).read_bytes() == data
        api.delete_repo(name)


def test_safetensors(api: HfApi, repo: str) -> None:
    api.upload_file(path_or_fileobj=safetensors([3, 4]), path_in_repo="model.safetensors", repo_id=repo)
    metadata = api.get_safetensors_metadata(repo)
    assert metadata.parameter_count == {"F32": 12}
    assert metadata.files_metadata["model.safetensors"].tensors["weight"].shape == [3, 4]


def test_safetensors_in_several_files(api: HfApi, repo: str, tmp_path: Path) -> None:
    names = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]
    for number, name in enumerate(names):
        (tmp_path / name).write_bytes(safetensors([2, 2], f"w{number}"))
    index = {"metadata": {"total_size": 32}, "weight_map": {"w0": names[0], "w1": names[1]}}
    (tmp_path / "model.safetensors.index.json").write_text(json.dumps(index))
    api.upload_folder(folder_path=tmp_path, repo_id=repo)
    assert api.get_safetensors_metadata(repo).parameter_count == {"F32": 8}
    assert set(api.get_sharded_safetensors_metadata(repo).files_metadata) == set(names)
    info = api.model_info(repo)
    assert info.safetensors
    assert info.safetensors.total == 8
