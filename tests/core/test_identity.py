"""Identity numbers with their checksums, and masks that hide what they should."""

from __future__ import annotations

import pytest

from gongkai_core import identity


@pytest.mark.parametrize(
    "code", ["11341702486344515H", "11441700007280420Y", "114403006955506492", "91350100M000100Y43"]
)
def test_credit_codes_in_use_are_valid(code: str) -> None:
    assert identity.valid_credit_code(code)


def test_any_other_check_character_fails() -> None:
    stem = "11341702486344515"
    assert [sign for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY" if identity.valid_credit_code(stem + sign)] == ["H"]


@pytest.mark.parametrize("place", range(18))
def test_one_wrong_character_of_a_credit_code_is_found(place: int) -> None:
    code = "11441700007280420Y"
    wrong = code[:place] + ("1" if code[place] != "1" else "2") + code[place + 1 :]
    assert not identity.valid_credit_code(wrong)


@pytest.mark.parametrize("text", ["", "11341702486344515", "11341702486344515h", "1134170248634451IH", "１" * 18])
def test_no_credit_code(text: str) -> None:
    assert not identity.valid_credit_code(text)


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_resident_ids_of_the_standard(number: str) -> None:
    assert identity.valid_resident_id(number)


@pytest.mark.parametrize(
    "number",
    [
        "110105194912310021",  # check character
        "11010519491231002x",  # lower case
        "99010519491231002X",  # province
        "11010519490231002X",  # 31 February
        "110105491231002",  # fifteen digits, out of use since 2013
        "",
    ],
)
def test_no_resident_id(number: str) -> None:
    assert not identity.valid_resident_id(number)


@pytest.mark.parametrize(("province", "fitting"), [("11", 1), ("83", 1), ("10", 0), ("99", 0)])
def test_an_unknown_province_never_fits(province: str, fitting: int) -> None:
    stem = province + "0105" + "19491231" + "000"
    assert sum(identity.valid_resident_id(stem + check) for check in "0123456789X") == fitting


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (identity.mask_name, "张三", "张*"),
        (identity.mask_name, " 欧阳修 ", "欧**"),
        (identity.mask_name, "李", "*"),
        (identity.mask_name, "", ""),
        (identity.mask_id_number, "11010519491231002X", "1****************X"),
        (identity.mask_id_number, "E1234", "****"),
        (identity.mask_id_number, "", ""),
        (identity.mask_phone, "138-0013-8000", "138****8000"),
        (identity.mask_phone, "0797-3301234", "****34"),
        (identity.mask_phone, "12345", "****"),
        (identity.mask_phone, "无", "****"),
        (identity.mask_phone, "", ""),
        (identity.mask_email, "zhang.san@example.cn", "z****@example.cn"),
        (identity.mask_email, "z@example.cn", "****@example.cn"),
        (identity.mask_email, "example", "****"),
        (identity.mask_email, "", ""),
        (identity.mask_address, "江西省赣州市信丰县嘉定镇阳明路12号", "江西省赣州市信丰县****"),
        (identity.mask_address, "北京市海淀区中关村1号", "北京市海淀区****"),
        (identity.mask_address, "内蒙古自治区呼和浩特市新城区中山路1号", "内蒙古自治区呼和浩特市新城区****"),
        (identity.mask_address, "新疆维吾尔自治区伊犁哈萨克自治州伊宁市解放路1号",
         "新疆维吾尔自治区伊犁哈萨克自治州伊宁市****"),
        (identity.mask_address, "湖南省宁乡市玉潭街道春城社区3号", "湖南省宁乡市****"),
        (identity.mask_address, "镇巴县泾洋街道", "镇巴县****"),
        (identity.mask_address, "阳明社区3号", "****"),
        (identity.mask_address, "嘉定镇阳明小区12号", "****"),
        (identity.mask_address, "", ""),
    ],
)  # fmt: skip
def test_masks(mask: object, value: str, shown: str) -> None:
    assert mask(value) == shown  # type: ignore[operator]
