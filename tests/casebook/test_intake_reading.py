"""A street's draft is read in every dialect, and nothing of it falls away in silence."""

import pytest

from casebook.intake.reading import read_draft
from tests.casebook.docx_drafts import SAMPLES


@pytest.fixture(params=SAMPLES, scope="module")
def read(request):
    sample = SAMPLES[request.param]()
    return sample, read_draft(sample.raw, f"草稿{sample.suffix}")


def everything(draft) -> str:
    words = [draft.title, *(f"{part.heading}\n{part.text}" for part in draft.parts)]
    words += [f"{picture.caption}{picture.alt}" for picture in draft.pictures]
    return "\n".join([*words, *(left.message for left in draft.leftovers), *draft.log])


def test_title_and_sections_are_found(read):
    sample, draft = read
    assert (draft.title, tuple(part.block for part in draft.parts)) == (sample.title, sample.blocks)


def test_every_visible_character_is_accounted_for(read):
    sample, draft = read
    assert draft.account.visible > 100
    assert draft.account.complete, draft.account


def test_what_is_reported_is_what_is_there(read):
    sample, draft = read
    assert {left.kind for left in draft.leftovers} == sample.leftovers
    assert len(draft.unplaced) == sample.unplaced
    assert len(draft.pictures) == sample.pictures


def test_words_come_along_or_stay_behind_as_they_should(read):
    sample, draft = read
    text = everything(draft)
    assert not [word for word in sample.absent if word in text]
    assert not [word for word in sample.present if word not in text]
