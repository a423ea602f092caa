"""The typefaces: files of pinned packages, and what of them a browser gets."""

import io

import pytest
from fontTools.ttLib import TTFont

from reports.formats.typefaces import FACES, Face, print_css, screen_css, screen_file, text_outline

ON_SCREEN = [face for face in FACES if face.screen]


def test_every_face_is_a_file_of_a_package_and_no_variable_one():
    for face in FACES:
        with TTFont(face.file, lazy=True) as font:
            assert "fvar" not in font
            assert font["OS/2"].usWeightClass == face.weight


def test_print_names_each_face_s_own_file():
    assert print_css().count("@font-face") == len(FACES)
    assert all(face.file.as_uri() in print_css() for face in FACES)


def test_the_screen_s_rules_lead_to_the_run_s_assets():
    assert 'url("../../assets/source-sans-regular.woff2") format("woff2")' in screen_css("../../")
    assert screen_css("").count("@font-face") == len(ON_SCREEN)


@pytest.mark.parametrize("face", ON_SCREEN, ids=lambda face: face.screen)
def test_the_screen_s_cut_is_small_writes_indonesian_and_is_the_same_twice(face: Face):
    subset = screen_file(face)
    font = TTFont(io.BytesIO(subset))
    assert set(map(ord, "AZaz09.,–—…“”‘’é→·½")) <= set(font.getBestCmap())
    assert font.flavor == "woff2"
    assert len(subset) < 25_000
    assert subset == screen_file(face)


def test_figures_are_of_one_width():
    for face in FACES:
        with TTFont(face.file, lazy=True) as font:
            cmap, widths = font.getBestCmap(), font["hmtx"]
            assert len({widths[cmap[ord(figure)]][0] for figure in "0123456789"}) == 1, face.name


def test_letters_are_drawn_one_beside_the_other_as_wide_as_the_typeface_has_them():
    font = TTFont(FACES[1].file)
    widths = [font["hmtx"][name][0] for name in "KONSEP"]
    path, width = text_outline("KONSEP", 87)
    assert width == sum(widths) + 5 * 87
    assert path.count("Z") >= len("KONSEP")
    assert text_outline("") == ("", 0)
