"""A file that the user asked for."""

import pytest

from flows.office import output
from tasks.errors import CallError


def test_a_file_is_written_with_the_folders_above_it(tmp_path):
    target = tmp_path / "a" / "b" / "laporan.pdf"
    assert output.write_output(target, b"isi") == target
    assert target.read_bytes() == b"isi"
    assert [path.name for path in target.parent.iterdir()] == ["laporan.pdf"]


def test_an_older_file_of_the_name_is_replaced(tmp_path):
    target = tmp_path / "laporan.pdf"
    target.write_bytes(b"lama")
    assert output.write_output(target, b"baru").read_bytes() == b"baru"


def test_a_place_that_is_no_folder_is_told_with_its_name(tmp_path):
    (tmp_path / "berkas").write_bytes(b"")
    with pytest.raises(CallError) as error:
        output.write_output(tmp_path / "berkas" / "laporan.pdf", b"isi")
    problem = error.value.problems[0]
    assert (problem.message, problem.place) == (
        "flows.not_writable",
        str(tmp_path / "berkas" / "laporan.pdf"),
    )


def test_a_name_that_is_a_folder_is_told_and_the_folder_stays(tmp_path):
    (tmp_path / "laporan.pdf").mkdir()
    with pytest.raises(CallError, match=r"laporan\.pdf"):
        output.write_output(tmp_path / "laporan.pdf", b"isi")
    assert (tmp_path / "laporan.pdf").is_dir()


def test_a_write_that_breaks_off_leaves_the_older_file_and_nothing_beside_it(tmp_path):
    target = tmp_path / "laporan.pdf"
    target.write_bytes(b"lama")
    with pytest.raises(TypeError):
        output.write_output(target, "teks, not bytes")  # type: ignore[arg-type]
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [
        ("laporan.pdf", b"lama")
    ]


def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path):
    sink = tmp_path / "keluaran"
    sink.symlink_to("/dev/null")
    output.write_output(sink, b"isi")
    assert sink.is_symlink()
