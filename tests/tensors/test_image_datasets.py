"""A folder of images with a CSV: read on demand, converted, refused with a reason."""

import csv

import numpy as np
import pytest
import torch
from PIL import Image
from sklearn.datasets import load_digits
from torch.utils.data import DataLoader

from lessons.pages.running.torchvision_ops import declare_missing
from lessons.tensors.image_datasets import (
    DigitFolder,
    open_grey,
    read_labels,
    write_digits,
)

declare_missing()
from torchvision import datasets  # noqa: E402
from torchvision.transforms import v2  # noqa: E402

TO_TENSOR = v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True)])


@pytest.fixture
def images():
    return torch.tensor(load_digits().images[:6], dtype=torch.float32)


@pytest.fixture
def folder(tmp_path, images):
    write_digits(tmp_path / "set", images, torch.tensor([0, 1, 2, 3, 9, 5]))
    return tmp_path / "set"


def write_csv(folder, *rows):
    with (folder / "labels.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)


# the files


def test_the_files_are_grey_pictures_and_a_table(folder, images):
    with (folder / "labels.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["label", "image"]
    assert [row[0] for row in rows] == ["0", "1", "2", "3", "9", "5"]
    assert [row[1] for row in rows] == [f"img/digit{i}.png" for i in range(6)]
    assert len(list((folder / "img").iterdir())) == 6
    for image, (_, name) in zip(images, rows, strict=True):
        with Image.open(folder / name) as picture:
            assert (picture.format, picture.mode, picture.size) == ("PNG", "L", (8, 8))
            pixels = np.asarray(picture).astype(float)
        assert (np.abs(pixels / 255 * 16 - image.numpy()) < 0.04).all()


# the dataset


def test_the_dataset_pairs_each_image_with_its_label(folder, images):
    dataset = DigitFolder(folder)
    assert len(dataset) == 6
    assert [label for _, label in dataset] == [0, 1, 2, 3, 9, 5]
    for (picture, _), image in zip(dataset, images, strict=True):
        pixels = np.asarray(picture).astype(float)
        np.testing.assert_allclose(pixels / 255 * 16, image.numpy(), atol=0.04)
    assert dataset[-2][1] == 9
    assert type(dataset[0][1]) is int


def test_the_transform_is_given_the_image_alone(folder):
    dataset = DigitFolder(str(folder), transform=lambda image: image.size)
    assert list(dataset) == [((8, 8), label) for label in (0, 1, 2, 3, 9, 5)]


def test_no_image_is_opened_before_it_is_asked_for(folder, monkeypatch):
    opened = []
    original = Image.open

    def counting(path):
        opened.append(path)
        return original(path)

    monkeypatch.setattr(Image, "open", counting)
    dataset = DigitFolder(folder)
    assert opened == []
    dataset[3], dataset[3]
    assert opened == [folder / "img/digit3.png"] * 2


def test_columns_are_found_by_their_names(folder):
    write_csv(folder, ["image", "note", "label"], ["img/digit3.png", "", "7"])
    assert DigitFolder(folder)[0][1] == 7


def test_the_table_may_have_another_name(folder):
    (folder / "labels").mkdir()
    (folder / "labels.csv").rename(folder / "labels/all.csv")
    assert DigitFolder(folder, "labels/all.csv")[4][1] == 9


# bad input


def test_a_table_that_is_not_there_is_refused_by_its_name(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"labels\.csv is not there, wanted a"):
        DigitFolder(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"all\.csv is not there"):
        DigitFolder(tmp_path / "nowhere", "all.csv")


@pytest.mark.parametrize(
    ("header", "missing"), [(["class", "image"], "label"), (["label", "file"], "image")]
)
def test_a_column_that_is_not_there_is_named_with_those_that_are(
    folder, header, missing
):
    write_csv(folder, header, ["3", "img/digit4.png"])
    message = f"has no column '{missing}', only: {', '.join(header)}"
    with pytest.raises(ValueError, match=message):
        read_labels(folder, "labels.csv")


@pytest.mark.parametrize("name", ["img/digit6.png", "img"])
def test_a_row_that_names_a_missing_image_is_refused(folder, name):
    write_csv(folder, ["label", "image"], ["3", "img/digit4.png"], ["3", name])
    message = f"labels.csv, row 1: there is no file {name}"
    with pytest.raises(FileNotFoundError, match=message):
        DigitFolder(folder)


@pytest.mark.parametrize("rows", [[["", "img/digit1.png"]], [["3", ""]], []])
def test_an_empty_cell_is_refused_and_an_empty_table(folder, rows):
    write_csv(folder, ["label", "image"], *rows)
    with pytest.raises(ValueError, match=r"labels\.csv has an empty cell, or no row"):
        DigitFolder(folder)


def test_a_file_that_is_no_image_is_refused_when_its_turn_comes(folder):
    (folder / "img/digit2.png").write_text("<html>404 Not Found</html>")
    dataset = DigitFolder(folder)
    assert dataset[1][1] == 1
    with pytest.raises(ValueError, match=r"digit2\.png is not a readable image"):
        dataset[2]


def test_half_an_image_is_refused(folder):
    path = folder / "img/digit2.png"
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(ValueError, match=r"digit2\.png is not a readable image"):
        open_grey(path)


def test_an_image_that_is_deleted_later_is_refused(folder):
    dataset = DigitFolder(folder)
    (folder / "img/digit2.png").unlink()
    with pytest.raises(ValueError, match=r"digit2\.png is not a readable image"):
        dataset[2]


def test_pixels_of_sixteen_bits_are_refused_and_not_cut_off(tmp_path):
    Image.fromarray(np.full((4, 4), 40_000, np.uint16)).save(tmp_path / "deep.png")
    with pytest.raises(ValueError, match=r"deep\.png: mode I;16, wanted 8-bit"):
        open_grey(tmp_path / "deep.png")


def test_colours_become_their_luminance(tmp_path):
    colours = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255]]], np.uint8)
    Image.fromarray(colours).save(tmp_path / "rgb.png")
    grey = np.asarray(open_grey(tmp_path / "rgb.png"))
    np.testing.assert_allclose(grey, [[0.299 * 255, 0.587 * 255, 0.114 * 255]], atol=1)


# what torchvision makes of the images


def test_crop_and_conversion_are_a_slice_and_a_division(folder):
    image, _ = DigitFolder(folder)[4]
    pixels = torch.from_numpy(np.array(image))
    recipe = v2.Compose([v2.CenterCrop(6), TO_TENSOR])
    torch.testing.assert_close(
        recipe(image).as_subclass(torch.Tensor), pixels[None, 1:7, 1:7] / 255
    )


def test_a_batch_has_its_axis_before_the_channel(folder, images):
    loader = DataLoader(DigitFolder(folder, transform=TO_TENSOR), batch_size=4)
    batch, labels = next(iter(loader))
    assert batch.shape == (4, 1, 8, 8)
    torch.testing.assert_close(batch[:, 0] * 16, images[:4], atol=0.04, rtol=0)
    assert labels.tolist() == [0, 1, 2, 3]


def test_image_folder_reads_the_same_pictures(folder):
    ours = DigitFolder(folder, transform=TO_TENSOR)
    for number, (_, label) in enumerate(ours):
        target = folder.parent / "sorted" / str(label)
        target.mkdir(parents=True)
        name = f"digit{number}.png"
        (target / name).write_bytes((folder / "img" / name).read_bytes())
    theirs = datasets.ImageFolder(
        folder.parent / "sorted", transform=v2.Compose([v2.Grayscale(), TO_TENSOR])
    )
    assert theirs.classes == ["0", "1", "2", "3", "5", "9"]
    for (image, label), index in zip(theirs, (0, 1, 2, 3, 5, 4), strict=True):
        assert torch.equal(image, ours[index][0])
        assert int(theirs.classes[label]) == ours[index][1]
