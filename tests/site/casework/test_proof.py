"""The computation against robots: the browser's script and the server agree, and nothing else passes."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
import quickjs
from django.core.cache import caches
from django.test import Client, RequestFactory

import gongkai.casework
from citizen import Citizen
from gongkai.agencies.models import Setting
from gongkai.casework import drafts, proof, throttle
from gongkai.casework.models import ApplicationDraft, Case

from .conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SCRIPT = Path(gongkai.casework.__file__).parent / "static" / "casework" / "proof.js"
PAGE = """
var queue = [], focus = null;
function setTimeout(work) { queue.push(work); }
var form = {
  elements: {nonce: {value: NONCE}, proof: {value: ""}, answer: {value: "", disabled: false}},
  getAttribute: function () { return BITS; },
  parts: {"[data-proof-question]": {hidden: false, contains: function (x) { return x !== null; }},
          "[data-proof-done]": {hidden: true}},
  querySelector: function (name) { return this.parts[name]; }
};
var document = {activeElement: null, querySelector: function () { return form; }};
"""


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    caches["shared"].clear()


def solved(nonce: str, bits: int) -> str:
    """What the page's own script finds, and how the page looks then."""
    engine = quickjs.Context()
    engine.eval(PAGE.replace("NONCE", json.dumps(nonce)).replace("BITS", json.dumps(str(bits))))
    engine.eval(SCRIPT.read_text(encoding="utf-8"))
    while engine.eval("queue.length > 0 && form.elements.proof.value === ''"):
        engine.eval("queue.shift()()")
    assert engine.eval("form.elements.answer.disabled && form.parts['[data-proof-question]'].hidden")
    assert engine.eval("!form.parts['[data-proof-done]'].hidden")
    return str(engine.eval("form.elements.proof.value"))


@pytest.mark.parametrize("bits", [1, 8, 12])
def test_the_script_finds_what_the_server_takes(bits: int) -> None:
    Setting.objects.create(key=proof.BITS.key, value=bits)
    draft, _ = drafts.start()
    work = proof.work_for(draft)
    assert work and work.bits == bits
    counter = solved(work.nonce, bits)
    assert proof.holds(draft, work.nonce, counter)
    assert not any(proof.zero_bits(f"{work.nonce}.{n}") >= bits for n in range(int(counter)))  # the first there is


def test_nothing_else_is_taken(world: World) -> None:
    Setting.objects.create(key=proof.BITS.key, value=8)
    draft, other = drafts.start()[0], drafts.start()[0]
    work = proof.work_for(draft)
    assert work
    counter = next(n for n in range(10**6) if proof.zero_bits(f"{work.nonce}.{n}") >= 8)
    assert proof.holds(draft, work.nonce, str(counter))
    wrong = next(n for n in range(10**6) if proof.zero_bits(f"{work.nonce}.{n}") < 8)
    for nonce, given in (
        (work.nonce, str(wrong)), (work.nonce, ""), (work.nonce, "x"), (work.nonce, "１"), (work.nonce, "9" * 21),
        ("", str(counter)), (work.nonce.replace(".8:", ".0:"), str(counter)), (f"{work.nonce}\0", str(counter)),
    ):  # fmt: skip
        assert not proof.holds(draft, nonce, given), (nonce, given)
    assert not proof.holds(other, work.nonce, str(counter))  # work for one application helps no other


def test_work_ends_after_its_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    Setting.objects.create(key=proof.BITS.key, value=1)
    draft, _ = drafts.start()
    work = proof.work_for(draft)
    assert work
    counter = next(str(n) for n in range(100) if proof.zero_bits(f"{work.nonce}.{n}") >= 1)
    monkeypatch.setattr(proof, "MINUTES", -1)
    assert not proof.holds(draft, work.nonce, counter)


def test_zero_bits_are_those_of_the_digest() -> None:
    for text in ("", "a", "clock"):
        digest = "".join(f"{byte:08b}" for byte in hashlib.sha256(text.encode()).digest())
        assert proof.zero_bits(text) == len(digest) - len(digest.lstrip("0"))


@pytest.mark.slow
def test_with_script_no_question_is_answered(world: World) -> None:
    Setting.objects.create(key=proof.BITS.key, value=8)
    citizen = Citizen(world.bureau)
    citizen.until_confirm()
    page = citizen.client.get("/apply/confirm/").content.decode()
    assert "casework/proof" in page and 'data-proof="8"' in page
    nonce = re.search(r'name="nonce" value="([^"]+)"', page)[1]
    data = {"key": citizen.key(), "promise": "on", "nonce": nonce}
    wrong = citizen.post("/apply/confirm/", {**data, "proof": "x"}).content.decode()
    assert "请填写" in wrong and not Case.objects.exists()
    citizen.post("/apply/confirm/", {**data, "proof": solved(nonce, 8)})
    assert Case.objects.count() == 1


@pytest.mark.slow
def test_an_office_may_do_without(world: World) -> None:
    Setting.objects.create(key=proof.BITS.key, value=0)
    citizen = Citizen(world.bureau)
    citizen.until_confirm()
    page = citizen.client.get("/apply/confirm/").content.decode()
    assert "proof.js" not in page and 'name="nonce"' not in page
    citizen.submit()
    assert Case.objects.count() == 1


# Limits -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("peer", "told", "address"),
    [
        ("203.0.113.9", "", "203.0.113.9"), ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"), ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("10.0.0.5", "198.51.100.1", "198.51.100.1"), ("2001:db8:1:2:aaaa::1", "", "2001:db8:1:2::/64"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_an_address_is_what_a_front_server_of_ours_says(settings: Any, peer: str, told: str, address: str) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.5"]
    headers = {"HTTP_X_FORWARDED_FOR": told} if told else {}
    assert throttle.address(RequestFactory().get("/", REMOTE_ADDR=peer, **headers)) == address


def test_drafts_without_end_are_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "DRAFTS", throttle.Limit("draft", 3, 600))
    answers = [Client().post("/apply/organ/", {"organ": str(world.bureau.public_id)}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429, 429]
    assert ApplicationDraft.objects.count() == 3 and "请过几分钟再试" in answers[-1].content.decode()
