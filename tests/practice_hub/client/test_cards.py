from __future__ import annotations

from pathlib import Path

import pytest
from huggingface_hub import (
    DatasetCard,
    DatasetCardData,
    EvalResult,
    HfApi,
    ModelCard,
    ModelCardData,
    metadata_update,
)

from tests.practice_hub.client.conftest import NewRepo

BAD = "---\nlicense: my-own\n---\nx"


def test_model_card(api: HfApi, repo: str) -> None:
    result = EvalResult(
        task_type="tabular-classification",
        dataset_type="wine",
        dataset_name="Wine",
        metric_type="accuracy",
        metric_value=0.93,
    )
    data = ModelCardData(
        language="en",
        license="mit",
        library_name="sklearn",
        pipeline_tag="tabular-classification",
        tags=["lesson"],
        datasets=["wine"],
        metrics=["accuracy"],
        model_name="wine",
        eval_results=[result],
    )
    card = ModelCard.from_template(data, model_id="wine", model_description="A tree.")
    card.validate()
    card.push_to_hub(repo)
    back = ModelCard.load(repo)
    assert back.data.license == "mit"
    assert back.data.eval_results[0].metric_value == 0.93
    assert "A tree." in back.text
    info = api.model_info(repo)
    assert info.tags
    assert {"license:mit", "lesson", "sklearn", "dataset:wine", "model-index"} <= set(info.tags)
    assert (info.pipeline_tag, info.library_name) == ("tabular-classification", "sklearn")
    assert info.card_data
    assert info.card_data.license == "mit"
    metadata_update(repo, {"license": "apache-2.0"}, overwrite=True)
    assert ModelCard.load(repo).data.license == "apache-2.0"


def test_bad_card(repo: str, api: HfApi, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match='- Error: "license" must be one of'):
        ModelCard(BAD).validate()
    with pytest.raises(ValueError, match="- Error"):
        ModelCard(BAD).push_to_hub(repo)
    (tmp_path / "README.md").write_text(BAD)
    with pytest.raises(ValueError, match=r"Invalid metadata in README\.md"):
        api.upload_folder(folder_path=tmp_path, repo_id=repo)
    assert "README.md" not in api.list_repo_files(repo)


def test_no_metadata(repo: str, api: HfApi) -> None:
    ModelCard("no yaml").validate()
    with pytest.warns(UserWarning, match="empty or missing yaml metadata in repo card"):
        api.upload_file(path_or_fileobj=b"no yaml", path_in_repo="README.md", repo_id=repo)


def test_dataset_card(new_repo: NewRepo) -> None:
    name = new_repo("dataset")
    data = DatasetCardData(license="cc-by-4.0", pretty_name="Penguins")
    DatasetCard.from_template(data).push_to_hub(name, repo_type="dataset")
    assert DatasetCard.load(name).data.license == "cc-by-4.0"
