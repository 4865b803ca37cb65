"""Personal data at rest: sealed, bound to where it belongs, named by algorithm and key."""

import base64
import json
import os
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.core.files.storage import default_storage

from gongkai.documents import cipher
from gongkai.documents.blobs import read, store
from gongkai.documents.numbering import take


def test_what_is_sealed_opens_only_where_it_belongs():
    sealed = cipher.seal("张三 13800000000", "casework.applicant.name")
    assert sealed.startswith("aesgcm$k1$")
    assert "13800000000" not in sealed
    assert cipher.unseal(sealed, "casework.applicant.name") == "张三 13800000000"
    with pytest.raises(InvalidTag):
        cipher.unseal(sealed, "casework.applicant.phone")


def test_equal_texts_are_sealed_differently_but_indexed_alike():
    assert cipher.seal("同一人", "a.b") != cipher.seal("同一人", "a.b")
    assert cipher.blind_index("36220219900101123x") == cipher.blind_index(" 36220219900101123X ")


def test_keys_rotate_and_old_values_still_open(settings):
    old = cipher.seal("旧", "a.b")
    keys = json.loads(settings.KEY_FILE.read_text())
    keys["keys"]["k2"] = base64.b64encode(os.urandom(32)).decode()
    keys["current"] = "k2"
    settings.KEY_FILE = settings.KEY_FILE.with_name("rotated.json")
    settings.KEY_FILE.write_text(json.dumps(keys))
    assert cipher.seal("新", "a.b").startswith("aesgcm$k2$")
    assert cipher.unseal(old, "a.b") == "旧"


def test_a_missing_key_file_says_what_to_do(settings, tmp_path):
    settings.KEY_FILE = tmp_path / "none.json"
    with pytest.raises(cipher.CipherUnavailable, match="gongkai site init"):
        cipher.seal("x", "a.b")


def test_the_key_file_is_its_owners_alone(settings):
    assert settings.KEY_FILE.stat().st_mode & 0o077 == 0


@pytest.mark.django_db
@pytest.mark.parametrize("sealed", [True, False])
def test_a_file_comes_back_as_it_was_given_and_a_changed_one_does_not(sealed):
    content = "申请书：张三，身份证号略".encode()
    blob = store(content, name="申请书.txt", content_type="text/plain", sealed=sealed)
    path = Path(default_storage.path(blob.location))
    stored = path.read_bytes()
    assert (content in stored) is not sealed
    assert read(blob) == content
    path.write_bytes(stored[:-1] + bytes([stored[-1] ^ 1]))
    with pytest.raises((ValueError, InvalidTag)):
        read(blob)


@pytest.mark.django_db
def test_numbers_are_never_given_twice():
    assert [take("test.2026") for _ in range(3)] == [1, 2, 3]
    assert take("test.2026", 5) == 4
    assert take("test.2026") == 9
    assert take("test.2027") == 1
