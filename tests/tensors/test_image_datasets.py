"""A folder of images with a CSV: read on demand, converted, refused with a reason."""

import csv

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from torch.utils.data import DataLoader

from lessons.pages.running.torchvision_ops import declare_missing
from lessons.tensors.image_datasets import (
    OUTLINES,
    FashionFolder,
    draw_garment,
    open_grey,
    read_index,
    show_image,
    write_idx,
    write_image_set,
)

declare_missing()
from torchvision import datasets, transforms  # noqa: E402
from torchvision.transforms import v2  # noqa: E402

CATEGORIES = ["Ankle boot", "T-shirt", "T-shirt", "Dress", "Bag"]


@pytest.fixture
def folder(tmp_path):
    write_image_set(tmp_path / "set", CATEGORIES)
    return tmp_path / "set"


def write_csv(folder, *rows):
    with (folder / "index.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)


# the drawn pictures


@pytest.mark.parametrize("category", OUTLINES)
def test_a_garment_is_a_grey_image_of_its_shade_on_black(category):
    pixels = np.asarray(draw_garment(category, shade=90))
    assert pixels.shape == (28, 28)
    assert pixels.dtype == np.uint8
    assert set(np.unique(pixels)) == {0, 90, 255}
    edge = np.concatenate([pixels[[0, -1]].ravel(), pixels[:, [0, -1]].ravel()])
    assert (edge == 0).all()


def test_no_two_garments_look_alike():
    drawn = {draw_garment(category, shade=200).tobytes() for category in OUTLINES}
    assert len(drawn) == len(OUTLINES)


def test_the_image_set_has_the_layout_of_the_course(folder):
    with (folder / "index.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["category", "image"]
    assert [row[0] for row in rows] == CATEGORIES
    assert [row[1] for row in rows] == [f"img/fashion{i}.png" for i in range(5)]
    assert len(list((folder / "img").iterdir())) == 5
    for number, (category, name) in enumerate(rows):
        with Image.open(folder / name) as image:
            assert image.format == "PNG"
            expected = draw_garment(category, shade=100 + 6 * number)
            assert image.tobytes() == expected.tobytes()


def test_every_image_is_shown_with_the_same_greys():
    fig, ax = plt.subplots()
    show_image(ax, Image.linear_gradient("L").point(lambda v: v // 4 + 50), "Dress")
    assert ax.images[0].get_clim() == (0, 255)
    assert ax.get_title() == "Dress"
    assert not ax.axison
    plt.close(fig)


# the dataset


def test_the_dataset_pairs_each_image_with_its_label(folder):
    dataset = FashionFolder("index.csv", folder)
    assert len(dataset) == 5
    samples = list(dataset)
    assert [label for _, label in samples] == CATEGORIES
    for number, (image, label) in enumerate(samples):
        expected = draw_garment(label, shade=100 + 6 * number)
        assert image.tobytes() == expected.tobytes()
    assert dataset[-1][1] == "Bag"


def test_the_transform_is_given_the_image_alone(folder):
    dataset = FashionFolder(
        "index.csv", str(folder), transform=lambda image: image.size
    )
    assert list(dataset) == [((28, 28), category) for category in CATEGORIES]


def test_no_image_is_opened_before_it_is_asked_for(folder, monkeypatch):
    opened = []
    original = Image.open

    def counting(path):
        opened.append(path)
        return original(path)

    monkeypatch.setattr(Image, "open", counting)
    dataset = FashionFolder("index.csv", folder)
    assert opened == []
    dataset[3], dataset[3]
    assert opened == [folder / "img/fashion3.png"] * 2


def test_columns_are_found_by_their_names(folder):
    write_csv(folder, ["image", "note", "category"], ["img/fashion3.png", "", "NA"])
    image, label = FashionFolder("index.csv", folder)[0]
    assert label == "NA"
    assert image.tobytes() == draw_garment("Dress", shade=118).tobytes()


def test_images_may_stand_beside_a_csv_in_a_folder_below(folder):
    (folder / "labels").mkdir()
    (folder / "index.csv").rename(folder / "labels/all.csv")
    assert FashionFolder("labels/all.csv", folder)[4][1] == "Bag"


# bad input


def test_an_empty_folder_is_refused_by_the_name_of_what_is_missing(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"index\.csv is not there, wanted a"):
        FashionFolder("index.csv", tmp_path)
    with pytest.raises(FileNotFoundError, match=r"nowhere.index\.csv is not there"):
        FashionFolder("index.csv", tmp_path / "nowhere")


def test_a_label_column_that_is_not_there_is_named_with_those_that_are(folder):
    write_csv(folder, ["label", "image"], ["Bag", "img/fashion4.png"])
    message = r"index\.csv has no column 'category', only: label, image"
    with pytest.raises(ValueError, match=message):
        read_index(folder, "index.csv")


def test_an_image_column_that_is_not_there_is_named(folder):
    write_csv(folder, ["category", "file"], ["Bag", "img/fashion4.png"])
    with pytest.raises(ValueError, match="has no column 'image', only: category, file"):
        read_index(folder, "index.csv")


@pytest.mark.parametrize("name", ["img/fashion5.png", "img"])
def test_a_row_that_names_a_missing_image_is_refused(folder, name):
    write_csv(folder, ["category", "image"], ["Bag", "img/fashion4.png"], ["Bag", name])
    with pytest.raises(FileNotFoundError, match=f"names {name} in row 1: no such file"):
        FashionFolder("index.csv", folder)


@pytest.mark.parametrize("row", [["", "img/fashion1.png"], ["Bag", ""]])
def test_an_empty_cell_is_refused(folder, row):
    write_csv(folder, ["category", "image"], ["Bag", "img/fashion4.png"], row)
    with pytest.raises(ValueError, match=r"index\.csv has an empty cell in row 1"):
        FashionFolder("index.csv", folder)


def test_a_table_without_rows_is_refused(folder):
    write_csv(folder, ["category", "image"])
    with pytest.raises(ValueError, match=r"index\.csv lists no images"):
        FashionFolder("index.csv", folder)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x89PNG"])
def test_a_file_that_is_no_csv_is_refused(folder, content):
    (folder / "index.csv").write_bytes(content)
    with pytest.raises(ValueError, match=r"index\.csv is not a CSV file with a header"):
        FashionFolder("index.csv", folder)


def test_a_file_that_is_no_image_is_refused_when_its_turn_comes(folder):
    (folder / "img/fashion2.png").write_text("<html>404 Not Found</html>")
    dataset = FashionFolder("index.csv", folder)
    assert dataset[1][1] == "T-shirt"
    with pytest.raises(ValueError, match=r"fashion2\.png is not a readable image"):
        dataset[2]


def test_half_an_image_is_refused(folder):
    path = folder / "img/fashion2.png"
    path.write_bytes(path.read_bytes()[:90])
    with pytest.raises(ValueError, match=r"fashion2\.png is not a readable image"):
        open_grey(path)


def test_an_image_that_is_deleted_later_is_refused(folder):
    dataset = FashionFolder("index.csv", folder)
    (folder / "img/fashion2.png").unlink()
    with pytest.raises(ValueError, match=r"fashion2\.png is not a readable image"):
        dataset[2]


def test_pixels_of_sixteen_bits_are_refused_and_not_cut_off(tmp_path):
    Image.fromarray(np.full((4, 4), 40_000, np.uint16)).save(tmp_path / "deep.png")
    with pytest.raises(ValueError, match=r"deep\.png has mode I;16, wanted 8-bit"):
        open_grey(tmp_path / "deep.png")


def test_colours_become_their_luminance(tmp_path):
    colours = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255]]], np.uint8)
    Image.fromarray(colours).save(tmp_path / "rgb.png")
    grey = np.asarray(open_grey(tmp_path / "rgb.png"))
    np.testing.assert_allclose(grey, [[0.299 * 255, 0.587 * 255, 0.114 * 255]], atol=1)


# what torchvision makes of the images


def test_crop_and_conversion_are_a_slice_and_a_division():
    image = draw_garment("Bag", shade=77)
    pixels = torch.from_numpy(np.array(image))
    expected = pixels[None, 4:24, 4:24] / 255
    first = transforms.Compose([transforms.CenterCrop(20), transforms.ToTensor()])
    second = v2.Compose(
        [v2.CenterCrop(20), v2.PILToTensor(), v2.ToDtype(torch.float32, scale=True)]
    )
    for recipe in (first, second):
        torch.testing.assert_close(recipe(image), expected)


def test_a_batch_has_its_axis_before_the_channel(folder):
    dataset = FashionFolder("index.csv", folder, transform=v2.PILToTensor())
    images, labels = next(iter(DataLoader(dataset, batch_size=4)))
    assert images.shape == (4, 1, 28, 28)
    assert list(labels) == CATEGORIES[:4]


# the format of Fashion-MNIST


def test_an_idx_file_is_a_header_and_the_bytes(tmp_path):
    write_idx(tmp_path / "a", torch.tensor([[1, 2, 255], [4, 5, 6]], dtype=torch.uint8))
    header = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3]
    assert list((tmp_path / "a").read_bytes()) == [*header, 1, 2, 255, 4, 5, 6]


def test_write_idx_refuses_what_is_not_bytes(tmp_path):
    with pytest.raises(TypeError, match=r"are torch\.int64, wanted torch\.uint8"):
        write_idx(tmp_path / "a", torch.tensor([1, 2]))
    assert not (tmp_path / "a").exists()


@given(sizes=st.lists(st.integers(1, 300), min_size=1, max_size=3).filter(
    lambda sizes: np.prod(sizes) < 10_000
))  # fmt: skip
def test_torchvision_reads_back_what_write_idx_writes(tmp_path_factory, sizes):
    path = tmp_path_factory.mktemp("idx") / "values"
    values = torch.arange(int(np.prod(sizes))).to(torch.uint8).reshape(sizes)
    write_idx(path, values)
    read = datasets.mnist.read_sn3_pascalvincent_tensor(str(path))
    assert torch.equal(read, values)


def test_the_real_class_reads_a_drawn_set(tmp_path):
    raw = tmp_path / "FashionMNIST/raw"
    raw.mkdir(parents=True)
    images = torch.stack(
        [v2.PILToTensor()(draw_garment(name, shade=99))[0] for name in CATEGORIES]
    )
    for part in ("train", "t10k"):
        write_idx(raw / f"{part}-images-idx3-ubyte", images)
        labels = torch.tensor([9, 0, 0, 3, 8], dtype=torch.uint8)
        write_idx(raw / f"{part}-labels-idx1-ubyte", labels)
    dataset = datasets.FashionMNIST(tmp_path)
    names = [dataset.classes[label].split("/")[0] for _, label in dataset]
    assert names == CATEGORIES
    assert torch.equal(dataset.data, images)
