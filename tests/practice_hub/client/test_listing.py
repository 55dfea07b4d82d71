from __future__ import annotations

import secrets

import pytest
from huggingface_hub import HfApi, ModelCard

from tests.practice_hub.client.conftest import NewRepo

pytestmark = pytest.mark.practice_only  # the real Hub's index lags


@pytest.fixture
def models(new_repo: NewRepo) -> tuple[str, list[str]]:
    """Three models with a tag that nobody has, each with a tag of its own."""
    tag = f"tag-{secrets.token_hex(4)}"
    names = [new_repo() for _ in range(3)]
    for number, name in enumerate(names):
        text = f"---\nlicense: mit\ntags: [t{number}, {tag}]\npipeline_tag: text-classification\n---\n"
        ModelCard(text).push_to_hub(name)
    return tag, names


def test_find(api: HfApi, models: tuple[str, list[str]], namespace: str) -> None:
    tag, names = models

    def found(**query: object) -> set[str]:
        return {model.id for model in api.list_models(**query)}  # type: ignore[arg-type]

    assert found(search=names[1].partition("/")[2].upper()) == {names[1]}
    assert found(author=namespace, filter=tag) == set(names)
    assert found(author="nobody", filter=tag) == set()
    assert found(filter=[tag, "t2"]) == {names[2]}
    assert found(filter=[tag, "license:mit"], pipeline_tag="text-classification") == set(names)
    assert found(filter=tag, pipeline_tag="fill-mask") == set()
    assert len(found(filter=tag, limit=2)) == 2
    api.update_repo_settings(names[0], gated="auto", private=True)
    assert found(filter=tag, gated=True) == {names[0]}
    assert found(filter=tag, token=False) == set(names[1:])


def test_fields(api: HfApi, models: tuple[str, list[str]]) -> None:
    _, names = models
    [model] = api.list_models(search=names[0], cardData=True, full=True)
    assert model.card_data
    assert model.card_data.license == "mit"
    assert model.siblings
    [model] = api.list_models(search=names[0], expand=["sha"])
    assert model.sha
    assert model.tags is None
    assert api.model_info(names[0], expand=["downloadsAllTime"]).downloads_all_time == 0
    info = api.model_info(names[0], files_metadata=True)
    assert info.siblings
    assert all(file.size and file.blob_id for file in info.siblings)


def test_order_and_pages(api: HfApi, models: tuple[str, list[str]]) -> None:
    tag, names = models
    for name, times in zip(names, (2, 11, 1), strict=True):
        api.upload_file(path_or_fileobj=b"{}", path_in_repo="config.json", repo_id=name)
        for _ in range(times):
            assert api.file_exists(name, "config.json")
    by_downloads = [model.id for model in api.list_models(filter=tag, sort="downloads")]
    assert by_downloads == [names[1], names[0], names[2]]
    from huggingface_hub.utils._pagination import paginate  # noqa: PLC0415

    pages = paginate(
        f"{api.endpoint}/api/models", params={"filter": tag, "limit": 1, "sort": "downloads"}, headers={}
    )
    assert [item["id"] for item in pages] == by_downloads


def test_datasets(api: HfApi, new_repo: NewRepo, models: tuple[str, list[str]]) -> None:
    name = new_repo("dataset")
    assert [dataset.id for dataset in api.list_datasets(search=name)] == [name]
    assert list(api.list_models(search=name)) == []
