"""Broken shapes are mended with a report, or refused where mending would change what they say."""

import pytest
import shapely

from evenhand.maps import MapError, read_layer, repaired
from maps.drawing import collection, feature, square, written

SPIKE = [[20, 45], [21, 45], [21, 46], [20.5, 46], [20.5, 46.2], [20.5, 46], [20, 46], [20, 45]]
BOW_TIE = [[20, 45], [21, 46], [21, 45], [20, 46], [20, 45]]
SMALL_TWIST = [[20, 45], [21, 45], [21, 46], [20.001, 46], [20, 45.999], [20.001, 45.999], [20, 46], [20, 45]]


def layer_of(folder, *rings):
    shapes = [feature({"type": "Polygon", "coordinates": [list(ring)]}) for ring in rings]
    return read_layer(written(folder, collection(*shapes)))


def test_valid_shapes_stay_as_they_are(tmp_path):
    layer = layer_of(tmp_path, *square(20, 45)["coordinates"])
    assert repaired(layer) is layer


@pytest.mark.parametrize("ring", [SPIKE, SMALL_TWIST])
def test_a_spike_or_a_small_twist_is_mended_and_reported(tmp_path, ring):
    mended = repaired(layer_of(tmp_path, ring))
    assert shapely.is_valid(mended.shapes).all()
    assert [change.feature for change in mended.changes] == [1]
    assert "made valid" in mended.changes[0].text()


def test_a_ring_that_crosses_itself_in_the_middle_is_refused(tmp_path):
    with pytest.raises(MapError, match=r"features\[1\] its shape is not valid \(self-intersection\)"):
        repaired(layer_of(tmp_path, *square(30, 45)["coordinates"], BOW_TIE))


def test_a_ring_without_a_surface_is_refused_on_the_equator_too(tmp_path):
    with pytest.raises(MapError, match="not valid"):
        repaired(layer_of(tmp_path, [[0, 0], [1, 0], [0.5, 0], [0, 0]]))
