"""Keys: made once, read back, never overwritten, never mistaken for another kind of file."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from uphold.statement import fingerprint, new_key, read_private_key, read_public_key, salt_for
from uphold.statement.errors import KeyFileError

PEM = serialization.Encoding.PEM
PKCS8 = serialization.PrivateFormat.PKCS8


def test_a_new_key_lies_in_two_files_that_only_its_owner_can_both_read(tmp_path: Path) -> None:
    made = new_key(tmp_path / "fjordline.key")
    assert stat.S_IMODE(made.private_file.stat().st_mode) == 0o600
    assert made.public_file == tmp_path / "fjordline.key.pub"
    private, public = read_private_key(made.private_file), read_public_key(made.public_file)
    assert private.public_key() == public
    raw = public.public_bytes_raw()
    assert made.fingerprint.replace(" ", "") == hashlib.sha256(raw).hexdigest()
    assert {len(group) for group in made.fingerprint.split(" ")} == {4}
    assert fingerprint(public) == fingerprint(raw) == made.fingerprint


@pytest.mark.parametrize("there", ["own.key", "own.key.pub"])
def test_no_file_is_overwritten(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine")
    with pytest.raises(KeyFileError, match="exists already") as raised:
        new_key(tmp_path / "own.key")
    assert there in str(raised.value)
    assert [path.name for path in tmp_path.iterdir()] == [there]
    assert (tmp_path / there).read_text() == "mine"


def test_a_dangling_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "own.key").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(KeyFileError):
        new_key(tmp_path / "own.key")
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="cannot be written: No such file"):
        new_key(tmp_path / "nowhere" / "own.key")


def test_the_public_file_is_wanted_for_checking(tmp_path: Path) -> None:
    made = new_key(tmp_path / "own.key")
    with pytest.raises(KeyFileError, match="give the public one"):
        read_public_key(made.private_file)
    with pytest.raises(KeyFileError, match="no private Ed25519 key"):
        read_private_key(made.public_file)


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"-----BEGIN PUBLIC KEY-----\nAAAA\n"])
def test_a_file_that_is_no_key_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "own.key").write_bytes(content)
    with pytest.raises(KeyFileError, match="no public Ed25519 key"):
        read_public_key(tmp_path / "own.key")
    with pytest.raises(KeyFileError, match="no private Ed25519 key"):
        read_private_key(tmp_path / "own.key")


def test_a_key_of_another_kind_or_with_a_password_is_refused(tmp_path: Path) -> None:
    curve = ec.generate_private_key(ec.SECP256R1())
    file = tmp_path / "own.key"
    file.write_bytes(curve.private_bytes(PEM, PKCS8, serialization.NoEncryption()))
    with pytest.raises(KeyFileError, match="no private Ed25519 key"):
        read_private_key(file)
    locked = serialization.BestAvailableEncryption(b"secret")
    file.write_bytes(Ed25519PrivateKey.generate().private_bytes(PEM, PKCS8, locked))
    with pytest.raises(KeyFileError, match="locked with a password"):
        read_private_key(file)
    with pytest.raises(KeyFileError, match="cannot be read"):
        read_private_key(tmp_path / "none.key")


def test_a_salt_is_the_same_for_one_customer_and_another_for_the_next() -> None:
    one, other = (Ed25519PrivateKey.from_private_bytes(bytes([each]) * 32) for each in (1, 2))
    assert salt_for(one, "acme") == salt_for(one, "acme")
    assert len({salt_for(key, name) for key in (one, other) for name in ("acme", "globex")}) == 4
