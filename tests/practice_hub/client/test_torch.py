"""PyTorch models by `PyTorchModelHubMixin`, and Transformers: two of the ways in which learners publish."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from huggingface_hub import HfApi, ModelCard, PyTorchModelHubMixin

from tests.practice_hub.client.conftest import NewRepo


class PenguinNet(
    torch.nn.Module,  # type: ignore[misc]
    PyTorchModelHubMixin,
    library_name="penguin-net",
    tags=["lesson"],
    license="mit",
    repo_url="https://example.org/penguins",
    pipeline_tag="tabular-classification",
):
    def __init__(self, hidden: int = 8) -> None:
        super().__init__()
        self.layers = torch.nn.Sequential(
            torch.nn.Linear(4, hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, 3)
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y: torch.Tensor = self.layers(x)
        return y


def test_mixin(api: HfApi, repo: str) -> None:
    model = PenguinNet(hidden=16)
    model.push_to_hub(repo)
    assert {"README.md", "config.json", "model.safetensors"} <= set(api.list_repo_files(repo))
    back = PenguinNet.from_pretrained(repo)
    x = torch.randn(2, 4)
    assert torch.equal(model(x), back(x))
    card = ModelCard.load(repo)
    assert card.data.license == "mit"
    assert {"lesson", "pytorch_model_hub_mixin"} <= set(card.data.tags)
    parameters = sum(parameter.numel() for parameter in model.parameters())
    info = api.model_info(repo)
    assert info.safetensors
    assert info.safetensors.total == parameters
    assert sum(api.get_safetensors_metadata(repo).parameter_count.values()) == parameters


def test_mixin_private_and_tagged(api: HfApi, new_repo: NewRepo) -> None:
    name = new_repo(private=True)
    first, second = PenguinNet(), PenguinNet()
    first.push_to_hub(name)
    api.create_tag(name, tag="v1")
    second.push_to_hub(name)
    x = torch.randn(2, 4)
    assert torch.equal(PenguinNet.from_pretrained(name, revision="v1")(x), first(x))
    assert torch.equal(PenguinNet.from_pretrained(name)(x), second(x))


@pytest.fixture
def published(api: HfApi, repo: str) -> tuple[str, torch.nn.Module]:
    """A tiny BERT with random weights and a tokenizer of three words."""
    from tokenizers import Tokenizer, models, pre_tokenizers  # noqa: PLC0415
    from transformers import (  # noqa: PLC0415
        BertConfig,
        BertForSequenceClassification,
        PreTrainedTokenizerFast,
    )

    config = BertConfig(
        vocab_size=64,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        num_labels=2,
    )
    model = BertForSequenceClassification(config).eval()
    model.push_to_hub(repo)
    words = Tokenizer(models.WordLevel({"[UNK]": 0, "good": 1, "bad": 2}, unk_token="[UNK]"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(tokenizer_object=words, unk_token="[UNK]", pad_token="[UNK]").push_to_hub(repo)
    return repo, model


def test_transformers(api: HfApi, published: tuple[str, torch.nn.Module], tmp_path: Path) -> None:
    from transformers import (  # noqa: PLC0415
        AutoConfig,
        AutoModel,
        AutoModelForSequenceClassification,
        AutoTokenizer,
        pipeline,
    )

    name, model = published
    tokenizer = AutoTokenizer.from_pretrained(name)
    assert tokenizer("good bad")["input_ids"] == [1, 2]
    back = AutoModelForSequenceClassification.from_pretrained(name).eval()
    ids = torch.tensor([[1, 2]])
    with torch.no_grad():
        assert torch.allclose(model(ids).logits, back(ids).logits, atol=1e-6)
    assert AutoConfig.from_pretrained(name).model_type == "bert"
    [answer] = pipeline("text-classification", model=name)("good bad")
    assert answer["label"] in {"LABEL_0", "LABEL_1"}
    api.create_tag(name, tag="v1.0")
    AutoModel.from_pretrained(name, revision="v1.0")
    with pytest.raises(OSError, match="is not a local folder and is not a valid model identifier"):
        AutoModel.from_pretrained(f"{name}-is-not-there")
    api.update_repo_settings(name, gated="auto")
    with pytest.raises(OSError, match="gated repo"):
        AutoModel.from_pretrained(name, token=False, cache_dir=tmp_path)
