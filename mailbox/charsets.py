"""Bytes to text by the ladder of email.md, section 3: it ends in cp1252 and never raises."""

import codecs

# These are decoded as declared, first: they are 7-bit or full of NULs, so they pass for UTF-8 by mistake.
_PASS_FOR_UTF8 = ("iso-2022", "utf-7", "utf7", "hz", "utf-16", "utf16", "utf-32", "utf32")
# What senders call one charset and mean another (WHATWG Encoding Standard, section 4.2).
_MEANT = {
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
}
# Python codecs that are no charset; two of them take quadratic time.
_NO_CHARSET = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """The text of `data` and a note (empty when nothing was guessed), given the charset its sender declared."""
    name = declared.strip().strip("\"'").lower()
    for bom, codec in _BOMS:
        if data.startswith(bom) and (text := _strict(data, codec)) is not None:
            return text, ""
    if name.startswith(_PASS_FOR_UTF8) and (text := _strict(data, name)) is not None:
        return text, ""
    if (text := _strict(data, "utf-8")) is not None:
        return text, ""
    meant = _MEANT.get(name, name)
    if meant and (text := _strict(data, meant)) is not None:
        return text, ""
    note = "The declared character set was wrong" if name else "No character set was declared"
    return data.decode("cp1252", "replace"), f"{note}, so the text was read as Windows-1252."


def _strict(data: bytes, charset: str) -> str | None:
    if charset.replace("_", "-") in _NO_CHARSET:
        return None
    try:
        text = data.decode(charset)
        text.encode()  # UTF-7 and UTF-16 let half a character through, which nothing can write
        return text
    except (ValueError, LookupError):  # ValueError: also a name with a NUL in it
        return None
