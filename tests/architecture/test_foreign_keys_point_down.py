"""Foreign keys point down: import-linter does not see a foreign key that is written as a string."""

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.tree import layers

OURS = [model for model in apps.get_models() if model.__module__.startswith("medspil.")]


def room(model: type[models.Model]) -> str:
    """Return the room a model lives in."""
    return model.__module__.split(".")[1]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_model_points_only_to_its_own_room_and_to_rooms_below(model: type[models.Model]) -> None:
    heights = layers()
    for field in model._meta.get_fields():
        if isinstance(field, (models.ForeignKey, models.ManyToManyField)):
            target = field.related_model
            assert isinstance(target, type)
            assert target.__module__.startswith("medspil."), f"{model._meta.label}.{field.name} points out of the house"
            if room(target) != room(model):
                assert heights[room(target)] < heights[room(model)], f"{model._meta.label}.{field.name} points up"


def test_every_room_with_models_has_a_height() -> None:
    assert {room(model) for model in OURS} <= set(layers())
    assert len(OURS) >= 10
