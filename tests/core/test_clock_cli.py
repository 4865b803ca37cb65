"""`gongkai` and `gongkai clock` from the outside: what they print, and with which status they end."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from gongkai_core import cli

ROOT = Path(__file__).resolve().parents[2]
CASE = {"id": "甲", "received_on": "2021-03-01", "today": "2021-03-30"}


@pytest.fixture
def gongkai(monkeypatch, capsys):
    """Run the command in this process: (status, standard output, standard error)."""

    def run(*arguments, stdin=""):
        data = stdin if isinstance(stdin, bytes) else stdin.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        status = cli.main(arguments)
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.fixture
def refused(gongkai):
    """Run a command that must end with 2 and one Chinese line; return the line."""

    def run(*arguments, stdin=""):
        status, out, err = gongkai(*arguments, stdin=stdin)
        assert (status, out) == (2, "")
        assert err.startswith("gongkai：") and err.count("\n") == 1 and err.endswith("\n")
        assert "Traceback" not in err
        return err

    return run


def process(*arguments, **options):
    """Start the command as a process of its own."""
    code = "import sys; from gongkai_core.cli import main; sys.exit(main())"
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **options.pop("env", {})},
        stderr=subprocess.PIPE,
        **options,
    )


def test_one_case_gives_one_result(gongkai):
    status, out, err = gongkai("clock", stdin=json.dumps(CASE))
    result = json.loads(out)
    assert (status, err) == (0, "")
    assert (result["id"], result["reply_by"], result["overdue"]) == ("甲", "2021-03-29", True)
    assert "甲" in out and "\\u" not in out


def test_a_result_has_the_fields_of_the_contract_in_its_order(gongkai):
    _, out, _ = gongkai("clock", stdin=json.dumps({"received_on": "2021-03-01"}))
    assert list(json.loads(out)) == [
        *("id", "law", "received_on", "correction_notice_by", "reply_by", "reply_by_original", "longest_reply_by"),
        *("third_party_answer_by", "co_maker_answer_by", "fee_pay_by", "working_days_used", "days_left", "state"),
        *("overdue", "warnings", "projected", "provisional", "explanation"),
    ]


def test_a_case_that_cannot_be_computed_is_reported_in_its_place(gongkai):
    cases = [CASE, {"id": 2, "law": "3"}, 5, {"received_on": "2021-03-01", "law": "1"}, {**CASE, "id": "乙"}]
    status, out, err = gongkai("clock", stdin=json.dumps(cases))
    results = json.loads(out)
    assert (status, err) == (1, "")
    assert [result.get("id") for result in results] == ["甲", None, None, None, "乙"]
    assert [list(result) for result in results[1:4]] == [["error"]] * 3
    assert [result["error"]["code"] for result in results[1:4]] == ["no_receipt", "missing_field", "unknown_law"]
    assert set(results[1]["error"]) == {"code", "message", "article"}


def test_a_single_case_that_cannot_be_computed(gongkai):
    status, out, _ = gongkai("clock", stdin='{"received_on": "2021-02-30"}')
    assert status == 1
    assert json.loads(out)["error"]["code"] == "bad_date"


def test_no_case_at_all(gongkai):
    assert gongkai("clock", stdin="[]") == (0, "[]\n", "")


def test_the_table_is_for_people(gongkai):
    asked = {"type": "third_party_asked", "ref": "a", "sent_on": "2021-03-10"}
    warned = {"type": "extended", "notice_sent_on": "2021-04-01"}
    cases = [CASE, {**CASE, "today": "2021-03-12", "events": [asked, warned]}, {}]
    cases.append({**CASE, "events": [{"type": "replied", "on": "2021-03-30"}]})
    status, out, _ = gongkai("clock", "--table", stdin=json.dumps(cases))
    assert status == 1
    for words in (
        "第 1 件　甲　办理中（已逾期 1 个工作日）",
        "等待第三方意见（剩 13 个工作日）",
        "没有末日",
        "没有计入",
        "第 3 件　不能计算：没有收到日",
        "已答复（逾期）",
        "计入20个工作日",
        "〔RPY-01　条例第三十三条第二款",
    ):
        assert words in out


@pytest.mark.parametrize("arguments", [("clock", "--json"), ("--json", "clock"), ("--json", "clock", "--table")])
def test_json_is_accepted_everywhere(gongkai, arguments):
    status, out, _ = gongkai(*arguments, stdin=json.dumps(CASE))
    assert status == 0
    assert json.loads(out)["reply_by"] == "2021-03-29"


@pytest.mark.parametrize(
    ("stdin", "word"),
    [
        ("", "内容为空"),
        ("{", "第 1 行第 2 列"),
        (b"\xd5\xfe\xb8\xae", "UTF-8"),
        ('"2021-03-01"', "JSON 对象"),
        ("5", "JSON 对象"),
        ('{"id": NaN}', "数值"),
        ('{"id": ' + "9" * 5000 + "}", "数值"),
        ("[" * 100_000, "嵌套过深"),
    ],
)
def test_input_that_cannot_be_used(refused, stdin, word):
    assert word in refused("clock", stdin=stdin)


def test_a_byte_order_mark_is_no_harm(gongkai):
    assert gongkai("clock", stdin=b"\xef\xbb\xbf" + json.dumps(CASE).encode())[0] == 0


def test_a_lone_surrogate_goes_out_as_it_came():
    with process("clock", stdin=subprocess.PIPE, stdout=subprocess.PIPE) as run:
        out, err = run.communicate(b'{"id": "\\ud800", "received_on": "2021-03-01"}')
    assert (run.returncode, err) == (0, b"")
    assert json.loads(out)["id"] == "\ud800"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ((), "缺少参数：命令"),
        (("colck",), "未知的命令：colck"),
        (("--colour",), "未知的选项：--colour"),
        (("clock", "--tabel"), "未知的选项或者参数：--tabel"),
        (("clock", "--tab"), "--tab"),
        (("clock", "extra"), "extra"),
        (("clock", "--calendar"), "--calendar 缺少值"),
        (("clock", "--table=1"), "--table 不带值"),
        (("clock", "--calendar", "no/such/file"), "文件不存在"),
        (("clock", "--calendar", "."), "这是文件夹"),
        (("clock", "一\n二"), "一 二"),
    ],
)
def test_a_command_line_that_cannot_be_used(refused, arguments, word):
    assert word in refused(*arguments)


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"{", "JSON"), (b"\xff", "UTF-8"), (b"[]", "以年份为键"), (b'{"2027": {"off_days": ["x"]}}', "不是日期")],
)
def test_a_calendar_that_cannot_be_used(refused, tmp_path, content, word):
    path = tmp_path / "2027.json"
    path.write_bytes(content)
    assert word in refused("clock", "--calendar", str(path))


def test_a_calendar_is_laid_over(gongkai, tmp_path):
    path = tmp_path / "2027.json"
    entry = {"2027": {"off_days": ["2027-01-01", "2027-01-04"], "work_days": [], "papers": ["国办发明电〔2026〕9号"]}}
    path.write_text(json.dumps(entry), encoding="utf-8")
    case = json.dumps({"received_on": "2026-12-10", "today": "2026-12-10"})
    before = json.loads(gongkai("clock", stdin=case)[1])
    after = json.loads(gongkai("clock", "--calendar", str(path), stdin=case)[1])
    assert (before["reply_by"], before["provisional"]) == ("2027-01-07", True)
    assert (after["reply_by"], after["provisional"]) == ("2027-01-11", False)


def test_help_is_in_chinese(gongkai):
    for arguments in (("--help",), ("-h",), ("clock", "--help")):
        status, out, _ = gongkai(*arguments)
        assert status == 0
        assert out.startswith("用法：") and "usage" not in out
    _, out, _ = gongkai("--help")
    assert all(f"    {name} " in out for name in cli.COMMANDS)


def test_other_packages_add_commands(gongkai, monkeypatch):
    monkeypatch.setattr(cli, "entry_points", lambda group: [EntryPoint("echo", "core.test_clock_cli:echo", group)])
    assert gongkai("echo", "a", "--json", "b") == (7, "a --json b\n", "")
    assert gongkai("--json", "echo", "--help")[:2] == (7, "--json --help\n")
    assert "echo" in gongkai("--help")[1]


def echo(argv):
    print(*argv)
    return 7


def test_a_command_whose_package_is_not_installed(refused, monkeypatch):
    monkeypatch.setattr(cli, "entry_points", lambda group: [EntryPoint("site", "no_such_package.cli:site", group)])
    assert "no_such_package" in refused("site")


def test_a_fault_of_ours_is_one_line_too(gongkai, monkeypatch):
    monkeypatch.setattr("gongkai_core.cli.clock.compute", lambda case, calendar: 1 / 0)
    status, out, err = gongkai("clock", stdin=json.dumps(CASE))
    assert (status, out, err.count("\n")) == (70, "", 1)
    assert "程序内部错误" in err and "ZeroDivisionError" in err


def test_an_interrupt_is_quiet(gongkai, monkeypatch):
    def interrupted(case, calendar):
        raise KeyboardInterrupt

    monkeypatch.setattr("gongkai_core.cli.clock.compute", interrupted)
    assert gongkai("clock", stdin=json.dumps(CASE)) == (130, "", "")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_closed_pipe_is_quiet(unbuffered):
    cases = json.dumps([CASE] * 2000).encode()
    env = {"PYTHONUNBUFFERED": unbuffered}
    with process("clock", stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env) as run:
        run.stdin.write(cases)
        run.stdin.close()
        assert run.stdout.read(10)
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("count", [1, 2000])
def test_a_full_disk_is_not_taken_for_success(unbuffered, count):
    with Path("/dev/full").open("wb") as full:
        run = process("clock", stdin=subprocess.PIPE, stdout=full, env={"PYTHONUNBUFFERED": unbuffered})
        _, err = run.communicate(json.dumps([CASE] * count).encode())
    assert (run.returncode, err.decode()) == (2, "gongkai：无法读写：磁盘已满\n")


def test_a_closed_standard_input_is_refused():
    with process("clock", stdout=subprocess.PIPE, preexec_fn=lambda: os.close(0)) as run:
        out, err = run.communicate()
    assert (run.returncode, out) == (2, b"")
    assert "内容为空" in err.decode()


def test_the_locale_does_not_matter():
    with process("clock", stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={"PYTHONIOENCODING": "ascii"}) as run:
        out, err = run.communicate(json.dumps([CASE], ensure_ascii=False).encode())
    assert (run.returncode, err) == (0, b"")
    assert json.loads(out)[0]["id"] == "甲"
