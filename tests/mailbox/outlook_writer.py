"""A small writer of .msg files (MS-CFB, MS-OXMSG): as much as Outlook's own files hold of what we read."""

import struct
from datetime import UTC, datetime

SECTOR, MINI = 512, 64
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = dict[str, "bytes | Tree"]


def message(
    texts: dict[int, str], sent: datetime | None = None, attachments: tuple[Tree, ...] = (), *, head: int = 32
) -> Tree:
    """A mail's storage from MAPI properties (number: text)."""
    tree: Tree = {}
    rows = b""
    for number, text in texts.items():
        data = text.encode("utf-16-le")
        tree[f"__substg1.0_{number:04X}001F"] = data
        rows += struct.pack("<HHIII", 0x001F, number, 6, len(data) + 2, 0)
    if sent is not None:
        ticks = int((sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
        rows += struct.pack("<HHIQ", 0x0040, 0x0039, 6, ticks)
    tree["__properties_version1.0"] = b"\0" * head + rows
    for number, attachment in enumerate(attachments):
        tree[f"__attach_version1.0_#{number:08X}"] = attachment
    return tree


def attached_file(name: str, kind: str, data: bytes) -> Tree:
    rows = struct.pack("<HHIII", 0x0102, 0x3701, 6, len(data), 0) + struct.pack("<HHIII", 3, 0x3705, 6, 1, 0)
    tree: Tree = {"__substg1.0_37010102": data}
    for number, text in ((0x3707, name), (0x370E, kind)):
        tree[f"__substg1.0_{number:04X}001F"] = text.encode("utf-16-le")
        rows += struct.pack("<HHIII", 0x001F, number, 6, len(text) * 2 + 2, 0)
    tree["__properties_version1.0"] = b"\0" * 8 + rows
    return tree


def attached_message(inside: Tree) -> Tree:
    rows = struct.pack("<HHIII", 0x000D, 0x3701, 6, 0, 0) + struct.pack("<HHIII", 3, 0x3705, 6, 5, 0)
    return {"__substg1.0_3701000D": inside, "__properties_version1.0": b"\0" * 8 + rows}


def file(root: Tree) -> bytes:
    """The compound file: every stream below 4 KB in the mini stream, as the format wants it."""
    entries: list[list[object]] = [["Root Entry", 5, b"", []]]
    _collect(root, 0, entries)
    mini, mini_fat, sectors, fat = b"", [], [], []  # type: bytes, list[int], list[bytes], list[int]
    places: list[tuple[int, int]] = []
    for _, kind, data, _ in entries:
        assert isinstance(data, bytes)
        if kind != 2 or not data:
            places.append((_END if kind == 2 else 0, 0))
        elif len(data) < 4096:
            first = len(mini_fat)
            count = -(-len(data) // MINI)
            mini_fat += [*range(first + 1, first + count), _END]
            mini += data.ljust(count * MINI, b"\0")
            places.append((first, len(data)))
        else:
            places.append((_chain(data, sectors, fat), len(data)))
    places[0] = (_chain(mini, sectors, fat) if mini else _END, len(mini))
    table = struct.pack(f"<{len(mini_fat)}I", *mini_fat)
    mini_fat_sectors = -(-len(table) // SECTOR)
    mini_fat_at = _chain(table.ljust(mini_fat_sectors * SECTOR, b"\xff"), sectors, fat) if mini_fat else _END
    directory = b"".join(_entry(number, entries, places) for number in range(len(entries)))
    directory_at = _chain(directory, sectors, fat)
    count = 1
    while (len(fat) + count) * 4 > count * SECTOR:
        count += 1
    fat_at = len(sectors)
    fat += [_FAT] * count
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(count * SECTOR, b"\xff")
    sectors += [table[at : at + SECTOR] for at in range(0, len(table), SECTOR)]
    difat = [*range(fat_at, fat_at + count)] + [_FREE] * (109 - count)
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + b"\0" * 6
    )
    head += struct.pack("<IIIIIIIII", 0, count, directory_at, 0, 4096, mini_fat_at, mini_fat_sectors, _END, 0)
    return head + struct.pack("<109I", *difat) + b"".join(sectors)


def _collect(tree: Tree, parent: int, entries: list[list[object]]) -> None:
    for name, content in tree.items():
        number = len(entries)
        children = entries[parent][3]
        assert isinstance(children, list)
        children.append(number)
        if isinstance(content, bytes):
            entries.append([name, 2, content, []])
        else:
            entries.append([name, 1, b"", []])
            _collect(content, number, entries)


def _chain(data: bytes, sectors: list[bytes], fat: list[int]) -> int:
    first = len(sectors)
    pieces = [data[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(data), SECTOR)]
    fat += [*range(first + 1, first + len(pieces)), _END]
    sectors += pieces
    return first


def _entry(number: int, entries: list[list[object]], places: list[tuple[int, int]]) -> bytes:
    """One directory entry; siblings hang in a row to the right, which readers accept."""
    name, kind, _, children = entries[number]
    assert isinstance(name, str) and isinstance(kind, int) and isinstance(children, list)
    right = _FREE
    for _, _, _, siblings in entries:
        assert isinstance(siblings, list)
        if number in siblings[:-1]:
            right = siblings[siblings.index(number) + 1]
    text = name.encode("utf-16-le")
    start, size = places[number]
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBB", len(text) + 2, kind, 1)
        + struct.pack("<III", _FREE, right, children[0] if children else _FREE)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
