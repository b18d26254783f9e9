"""Makes pictures.zip, pictures of all kinds, and pictures.csv, what Pillow shows of each.

    pip install pillow==13.0.0
    python make_pictures.py

All but the flat ones show a scene of 64 x 48 pixels: left quarter white, top blue, bottom red. The
table has the three colours as Pillow reads them, upright, in sRGB, on white, and how far a reader
may be from them: JPEG and lossy WebP are not exact near the edges.
"""

import csv
import io
import struct
import zipfile
import zlib
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

HERE = Path(__file__).parent
W, H = 64, 48
WHITE, BLUE, RED = (255, 255, 255), (30, 60, 200), (200, 40, 30)
BLACK = Image.new("RGB", (W, H))
SRGB = ImageCms.createProfile("sRGB")
WHOLE = ((0, 0, 1, 1),)
ADAM7 = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}

files = {}


def save(name, image, kind=None, **options):
    out = io.BytesIO()
    image.save(out, kind or Image.registered_extensions()[Path(name).suffix], **options)
    files[name] = out.getvalue()


def scene(left=WHITE, top=BLUE, bottom=RED, mode="RGB"):
    image = Image.new(mode, (W, H), left)
    image.paste(top, (W // 4, 0, W, H // 2))
    image.paste(bottom, (W // 4, H // 2, W, H))
    return image


def clear():
    return scene((90, 90, 90, 0), (*BLUE, 255), (*RED, 128), "RGBA")


def turned(orientation):
    """The scene as a camera stores it, and the note it leaves."""
    image = scene()
    note = Image.Exif()
    note[0x0112] = orientation
    return {
        "image": image.transpose(TURNS[orientation]) if orientation in TURNS else image,
        "exif": note,
    }


def profile(red, green, blue, gamma=None):
    """sRGB's profile with other primaries, in XYZ for D50."""
    data = bytearray(ImageCms.ImageCmsProfile(SRGB).tobytes())
    for tag in range(struct.unpack_from(">I", data, 128)[0]):
        name, offset, _ = struct.unpack_from(">4sII", data, 132 + 12 * tag)
        if name in (b"rXYZ", b"gXYZ", b"bXYZ"):
            xyz = {b"r": red, b"g": green, b"b": blue}[name[:1]]
            struct.pack_into(">3i", data, offset + 8, *(round(v * 65536) for v in xyz))
        if name == b"rTRC" and gamma:  # The other two share it.
            struct.pack_into(">H2xi", data, offset + 8, 0, round(gamma * 65536))
    return bytes(data)


DISPLAY_P3 = profile(
    (0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407)
)
ADOBE_RGB = profile(
    (0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457), 2.2
)


def within(icc):
    """The scene in the numbers of another profile."""
    image = ImageCms.profileToProfile(scene(), SRGB, io.BytesIO(icc))
    return {"image": image, "icc_profile": icc}


def chunk(name, content):
    content = name + content
    return struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))


def png(name, colour, bits, left, top, bottom, before=b"", passes=WHOLE):
    """Of any depth and order; the three are the samples of a pixel."""
    rows = b""
    for x0, y0, dx, dy in passes:
        for y in range(y0, H, dy):
            row = [left if x < W // 4 else top if y < H // 2 else bottom for x in range(x0, W, dx)]
            text = "".join(f"{sample:0{bits}b}" for pixel in row for sample in pixel)
            text += "0" * (-len(text) % 8)
            rows += b"\0" + int(text, 2).to_bytes(len(text) // 8, "big")
    header = struct.pack(">2I5B", W, H, bits, colour, 0, 0, passes is ADAM7)
    files[name] = b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            chunk(b"IHDR", header),
            before,
            chunk(b"IDAT", zlib.compress(rows, 9)),
            chunk(b"IEND", b""),
        )
    )


def pngs():
    for bits in (1, 2, 4, 8, 16):
        most = (1 << bits) - 1
        png(f"grey_{bits}.png", 0, bits, [most], [most // 4], [most // 2])
    for bits in (8, 16):
        most = (1 << bits) - 1
        deep = [[sample * most // 255 for sample in colour] for colour in (WHITE, BLUE, RED)]
        alpha = [[*deep[0], 0], [*deep[1], most], [*deep[2], most // 2]]
        png(f"rgb_{bits}.png", 2, bits, *deep)
        png(f"rgba_{bits}.png", 6, bits, *alpha)
        png(f"grey_alpha_{bits}.png", 4, bits, [9, 0], [most // 4, most], [most // 4, most // 2])
        png(f"interlaced_{bits}.png", 6, bits, *alpha, passes=ADAM7)
    png("interlaced_1.png", 0, 1, [1], [0], [1], passes=ADAM7)
    png("grey_key.png", 0, 8, [3], [100], [200], chunk(b"tRNS", b"\0\3"))
    png("rgb_key.png", 2, 8, [1, 2, 3], BLUE, RED, chunk(b"tRNS", b"\0\1\0\2\0\3"))
    palette = chunk(b"PLTE", bytes(WHITE + BLUE + RED))
    for bits in (2, 4, 8):
        png(f"palette_{bits}.png", 3, bits, [0], [1], [2], palette)
    png("palette_1.png", 3, 1, [0], [1], [0], palette)
    png("palette_alpha.png", 3, 8, [0], [1], [2], palette + chunk(b"tRNS", b"\0\xff\x80"))
    broken = chunk(b"iCCP", b"name\0\0" + zlib.compress(b"no profile"))
    png("profile_broken.png", 2, 8, WHITE, BLUE, RED, broken)
    save("display_p3.png", **within(DISPLAY_P3))
    save("orientation_6.png", **turned(6))
    save("animated.png", scene(), save_all=True, append_images=[BLACK])


def jpegs():
    def jpeg(name, image, **options):
        save(name, image, **{"kind": "JPEG", "quality": 95, **options})

    def without(marker, name):
        data = files[name]
        at = data.index(marker) - 4
        return data[:at] + data[at + 2 + struct.unpack_from(">H", data, at + 2)[0] :]

    for orientation in range(1, 9):
        jpeg(f"orientation_{orientation}.jpg", **turned(orientation))
    for subsampling in ("4:4:4", "4:2:2", "4:2:0"):
        jpeg(f"rgb_{subsampling.replace(':', '')}.jpg", scene(), subsampling=subsampling)
    jpeg("progressive.jpg", scene(), progressive=True)
    jpeg("restarts.jpg", scene(), restart_marker_blocks=2)
    jpeg("grey.jpg", scene().convert("L"))
    jpeg("kept_rgb.jpg", scene(), keep_rgb=True)  # No YCbCr; Adobe's mark says so.
    files["kept_rgb_unmarked.jpg"] = without(b"Adobe", "kept_rgb.jpg")
    files["unmarked.jpg"] = without(b"JFIF", "rgb_420.jpg")
    jpeg("display_p3.jpg", **within(DISPLAY_P3))
    jpeg("adobe_rgb.jpg", **within(ADOBE_RGB))
    jpeg("grey_with_rgb_profile.jpg", scene().convert("L"), icc_profile=DISPLAY_P3)
    jpeg("profile_broken.jpg", scene(), icc_profile=b"no profile" * 20)
    cmyk = scene().convert("CMYK")
    jpeg("cmyk.jpg", cmyk)
    files["cmyk_unmarked.jpg"] = without(b"Adobe", "cmyk.jpg")
    ycc = Image.merge("RGB", cmyk.split()[:3]).convert("YCbCr").point(lambda v: 255 - v)
    jpeg("ycck.jpg", Image.merge("CMYK", (*ycc.split(), cmyk.split()[3])))
    data = bytearray(files["ycck.jpg"])
    data[data.index(b"Adobe") + 11] = 2  # Adobe's mark for YCCK.
    files["ycck.jpg"] = bytes(data)
    jpeg("second_picture.jpg", scene(), kind="MPO", save_all=True, append_images=[BLACK])
    files["film_behind.jpg"] = files["rgb_420.jpg"] + b"\0\0\0\x18ftypmp42" + bytes(900)


def webps():
    lossless, lossy = {"lossless": True}, {"quality": 90}
    for name, options in (("lossless", lossless), ("lossy", lossy)):
        save(f"{name}.webp", scene(), **options)
        save(f"{name}_alpha.webp", clear(), **options)
        save(f"{name}_grey.webp", scene().convert("L"), **options)
        save(f"{name}_display_p3.webp", **within(DISPLAY_P3), **options)
        save(f"{name}_animated.webp", scene(), save_all=True, append_images=[BLACK], **options)
        for orientation in (3, 6, 7):
            save(f"{name}_orientation_{orientation}.webp", **turned(orientation), **options)


def others():
    save("rgb.gif", scene())
    save("alpha.gif", clear())
    save("animated.gif", scene(), save_all=True, append_images=[BLACK])
    save("bilevel.bmp", scene(1, 0, 1, "1"))
    save("grey.bmp", scene().convert("L"))
    save("palette.bmp", scene().quantize(3))
    save("rgb.bmp", scene())
    save("rgba.bmp", clear())
    for compression in ("raw", "packbits", "tiff_lzw", "tiff_deflate", "jpeg"):
        save(f"rgb_{compression}.tif", scene(), compression=compression)
    lzw = {"compression": "tiff_lzw"}
    save("bilevel.tif", scene(1, 0, 1, "1"), compression="group4")
    save("grey.tif", scene().convert("L"), **lzw)
    deep = scene().convert("L").convert("I").point(lambda value: value * 256).convert("I;16")
    save("grey_16.tif", deep, **lzw)
    save("palette.tif", scene().quantize(3), **lzw)
    save("rgba.tif", clear(), **lzw)
    save("cmyk.tif", scene().convert("CMYK"), **lzw)
    save("ycbcr.tif", scene().convert("YCbCr"), compression="tiff_deflate")
    save("display_p3.tif", **within(DISPLAY_P3), **lzw)
    save("orientation_5.tif", **turned(5), **lzw)
    for size in ((1, 1), (1, 500), (500, 1)):
        for suffix in ("png", "jpg", "webp", "gif", "bmp", "tif"):
            save(f"{size[0]}x{size[1]}.{suffix}", Image.new("RGB", size, BLUE))


def shown(data):
    """The colours left, above and below."""
    image = Image.open(io.BytesIO(data))
    icc = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 257).convert("L")
    image = image.convert("RGBA")
    on_white = Image.new("RGBA", image.size, "white")
    on_white.alpha_composite(image)
    image = on_white.convert("RGB")
    if icc in (DISPLAY_P3, ADOBE_RGB) and Image.open(io.BytesIO(data)).mode != "L":
        image = ImageCms.profileToProfile(image, io.BytesIO(icc), SRGB)
    places = ((1, 24), (40, 12), (40, 36)) if image.size == (W, H) else ((0, 0),) * 3
    return [image.getpixel(place) for place in places]


pngs()
jpegs()
webps()
others()
with zipfile.ZipFile(HERE / "pictures.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for name, data in files.items():
        archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
with (HERE / "pictures.csv").open("w", newline="", encoding="utf-8") as table:
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(("file", "left", "top", "bottom", "tolerance"))
    for name, data in files.items():
        lossy = name.endswith(".jpg") or name.startswith("lossy") or "jpeg" in name
        colours = (" ".join(map(str, colour)) for colour in shown(data))
        writer.writerow((name, *colours, 12 if lossy else 2))
