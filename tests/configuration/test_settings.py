"""The settings: what is taken from the environment, what is made once, and what is refused with its mend."""

from __future__ import annotations

import stat
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path

import pytest

from banter.configuration import check, report
from banter.settings import SettingsError, load_settings, settings_problems
from tests.configuration.folder import ROOT, Folder

MAIL = {"BANTER_SMTP_HOST": "smtp.example.com", "BANTER_SMTP_FROM": "sales@example.com"}
KEYS = {"BANTER_ADMIN_TOKEN": "canary-token-1", "BANTER_SECRET": "canary-secret-of-length"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "playbook").mkdir()
    return tmp_path


def test_with_nothing_set_everything_has_a_default(root: Path) -> None:
    settings = load_settings({}, root=root)
    assert settings.database_url == f"sqlite:///{root}/var/banter.db"
    assert settings.playbook == root / "playbook"
    assert settings.public_url == "http://127.0.0.1:8080"
    assert settings.smtp is None
    assert (settings.rate_conversation, settings.rate_address, settings.turn_timeout) == (30, 30000, 10.0)
    assert settings.trusted_proxies == ()


def test_the_first_start_makes_a_token_and_a_secret_and_keeps_them_for_the_owner_only(root: Path) -> None:
    first = load_settings({}, root=root)
    again = load_settings({}, root=root)
    assert first.admin_token_is_new
    assert not again.admin_token_is_new
    assert (again.admin_token, again.secret) == (first.admin_token, first.secret)
    assert first.admin_token != first.secret
    assert len(first.admin_token) >= 43  # 256 bits
    for name in ("admin-token", "secret"):
        assert stat.S_IMODE((root / "var" / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((root / "var").stat().st_mode) == 0o700
    assert sorted(path.name for path in (root / "var").iterdir()) == ["admin-token", "secret"]


def test_given_keys_are_taken_and_nothing_is_made(root: Path) -> None:
    settings = load_settings({**KEYS, "BANTER_DATABASE_URL": "postgresql://banter:pw@db/banter"}, root=root)
    assert settings.admin_token == "canary-token-1"
    assert settings.secret == "canary-secret-of-length"
    assert not settings.admin_token_is_new
    assert not (root / "var").exists()


def test_many_first_starts_at_once_agree_on_one_token(root: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from banter.settings import load_settings; sys.stdin.read(1);"
        "s = load_settings({}, root=Path(sys.argv[1])); print(s.admin_token, s.secret, s.admin_token_is_new)"
    )
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(root)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(8)
    ]
    for start in starts:  # each waits for this, so that all begin together
        assert start.stdin is not None
        start.stdin.write("x")
        start.stdin.flush()
    said = [start.communicate(timeout=60)[0].split() for start in starts]
    assert len({(token, secret) for token, secret, _ in said}) == 1
    assert sorted(new for _, _, new in said) == ["False"] * 7 + ["True"]
    assert sorted(path.name for path in (root / "var").iterdir()) == ["admin-token", "secret"]


def test_an_empty_variable_counts_as_not_set(root: Path) -> None:
    settings = load_settings({"BANTER_ADMIN_TOKEN": "", "BANTER_SMTP_HOST": " "}, root=root)
    assert settings.admin_token_is_new
    assert settings.smtp is None


def test_mail_is_sent_with_starttls_unless_told_otherwise(root: Path) -> None:
    smtp = load_settings(MAIL, root=root).smtp
    assert smtp is not None
    assert (smtp.host, smtp.port, smtp.user, smtp.sender, smtp.starttls) == (
        "smtp.example.com", 587, None, "sales@example.com", True,
    )  # fmt: skip
    plain = load_settings({**MAIL, "BANTER_SMTP_STARTTLS": "no", "BANTER_SMTP_PORT": "25"}, root=root).smtp
    assert plain is not None
    assert (plain.port, plain.starttls) == (25, False)


def test_proxies_are_read_as_addresses_and_networks(root: Path) -> None:
    networks = load_settings({"BANTER_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8,::1"}, root=root).trusted_proxies
    assert [ip_address(a) in n for a, n in zip(("127.0.0.1", "10.9.9.9", "::1"), networks, strict=True)] == [True] * 3


@pytest.mark.parametrize(
    ("url", "becomes"),
    [
        ("sqlite:///var/other.db", "sqlite:///{root}/var/other.db"),
        ("sqlite:////srv/banter.db", "sqlite:////srv/banter.db"),
        ("postgresql://u:p@h:5432/d", "postgresql://u:p@h:5432/d"),
        ("postgresql+psycopg2://u@/d?host=/tmp", "postgresql+psycopg2://u@/d?host=/tmp"),
    ],
)
def test_a_database_is_a_file_or_postgresql(root: Path, url: str, becomes: str) -> None:
    assert load_settings({"BANTER_DATABASE_URL": url}, root=root).database_url == becomes.format(root=root)


@pytest.mark.parametrize(
    ("env", "variable", "mend"),
    [
        ({"BANTER_DATABASE_URL": "postgres://u:canary@h/d"}, "BANTER_DATABASE_URL", "write postgresql://"),
        ({"BANTER_DATABASE_URL": "mysql://u:canary@h/d"}, "BANTER_DATABASE_URL", "must begin with sqlite:///"),
        ({"BANTER_DATABASE_URL": "postgresql://u:canary@h"}, "BANTER_DATABASE_URL", "names no database"),
        ({"BANTER_DATABASE_URL": "postgresql://u:can#ary:x@h/d"}, "BANTER_DATABASE_URL", "%-encoded"),
        ({"BANTER_DATABASE_URL": "sqlite://"}, "BANTER_DATABASE_URL", "must begin with"),
        ({"BANTER_DATABASE_URL": "sqlite:///:memory:"}, "BANTER_DATABASE_URL", "nothing is kept"),
        ({"BANTER_ADMIN_TOKEN": "can"}, "BANTER_ADMIN_TOKEN", "4 characters or more"),
        ({"BANTER_ADMIN_TOKEN": "canary canary"}, "BANTER_ADMIN_TOKEN", "without spaces"),
        ({"BANTER_SECRET": "canary"}, "BANTER_SECRET", "8 characters or more"),
        ({"BANTER_PLAYBOOK": "plybook"}, "BANTER_PLAYBOOK", "there is no folder"),
        ({"BANTER_PUBLIC_URL": "chat.example.com"}, "BANTER_PUBLIC_URL", "e.g. https://chat.example.com"),
        ({"BANTER_PUBLIC_URL": "http://h:99999"}, "BANTER_PUBLIC_URL", "e.g. https://chat.example.com"),
        ({"BANTER_PUBLIC_URL": "http://h/?a=b"}, "BANTER_PUBLIC_URL", "before any ? or #"),
        ({**MAIL, "BANTER_SMTP_HOST": "smtp://h"}, "BANTER_SMTP_HOST", "a host name only"),
        ({**MAIL, "BANTER_SMTP_PORT": "smtp"}, "BANTER_SMTP_PORT", "from 1 to 65535"),
        ({**MAIL, "BANTER_SMTP_FROM": "Sales"}, "BANTER_SMTP_FROM", "one e-mail address"),
        ({**MAIL, "BANTER_SMTP_STARTTLS": "maybe"}, "BANTER_SMTP_STARTTLS", "yes or no"),
        ({**MAIL, "BANTER_SMTP_USER": "u"}, "BANTER_SMTP_PASSWORD", "set together"),
        ({**MAIL, "BANTER_SMTP_PASSWORD": "canary"}, "BANTER_SMTP_USER", "set together"),
        ({"BANTER_SMTP_HOST": "smtp.example.com"}, "BANTER_SMTP_FROM", "is missing"),
        ({"BANTER_SMTP_PASSWORD": "canary"}, "BANTER_SMTP_PASSWORD", "BANTER_SMTP_HOST is not"),
        ({"BANTER_RATE_CONVERSATION": "0"}, "BANTER_RATE_CONVERSATION", "from 1 to"),
        ({"BANTER_RATE_ADDRESS": "-5"}, "BANTER_RATE_ADDRESS", "from 1 to"),
        ({"BANTER_TRUSTED_PROXIES": "proxy"}, "BANTER_TRUSTED_PROXIES", "e.g. 127.0.0.1, 10.0.0.0/8"),
        ({"BANTER_TURN_TIMEOUT": "0.5"}, "BANTER_TURN_TIMEOUT", "from 1 to 300"),
        ({"BANTER_TURN_TIMEOUT": "30s"}, "BANTER_TURN_TIMEOUT", "e.g. 10"),
        ({"BANTER_DATABSE_URL": "sqlite:///x.db"}, "BANTER_DATABSE_URL", "did you mean BANTER_DATABASE_URL?"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_its_mend_and_without_its_secret(
    root: Path, env: dict[str, str], variable: str, mend: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(env, root=root)
    assert caught.value.variable == variable
    assert mend in str(caught.value)
    assert "canary" not in str(caught.value)
    assert not (root / "var").exists()  # nothing is made by a start that fails


def test_all_faulty_values_are_named_at_once(root: Path) -> None:
    env = {"BANTER_TURN_TIMEOUT": "x", "BANTER_SECRET": "x", "BANTER_SMTP_PORT": "x"}
    with pytest.raises(SettingsError) as caught:
        load_settings(env, root=root)
    assert [name for name, _ in caught.value.problems] == ["BANTER_SECRET", "BANTER_SMTP_PORT", "BANTER_TURN_TIMEOUT"]


def test_a_variable_of_somebody_elses_is_let_be(root: Path) -> None:
    assert settings_problems({"BANTER_FRIDAY": "1", "PATH": "/bin", "BANTER_HOST": "h"}, root=root) == ()


def test_secrets_are_in_no_repr(root: Path) -> None:
    env = {**KEYS, **MAIL, "BANTER_DATABASE_URL": "postgresql://u:canary@h/d"}
    settings = load_settings({**env, "BANTER_SMTP_USER": "u", "BANTER_SMTP_PASSWORD": "canary"}, root=root)
    assert "canary" not in repr(settings)
    assert "canary" not in str(settings)


def test_a_kept_file_that_was_emptied_is_named_and_not_printed(root: Path) -> None:
    load_settings({}, root=root)
    (root / "var" / "secret").write_text("canary")
    with pytest.raises(SettingsError, match="delete that file and a new one is made") as caught:
        load_settings({}, root=root)
    assert caught.value.variable == "BANTER_SECRET"
    assert "canary" not in str(caught.value)


def test_a_folder_that_cannot_be_made_is_an_error_with_its_mend(root: Path) -> None:
    (root / "var").write_text("a file where the folder should be")
    with pytest.raises(SettingsError, match=r"BANTER_ADMIN_TOKEN: .* cannot be made"):
        load_settings({}, root=root)


def test_check_names_faulty_settings_with_their_line_in_the_env_file(folder: Folder) -> None:
    env_file = folder.path.parent / ".env"
    env_file.write_text("# mail\n\nBANTER_SMTP_PORT=many\nBANTER_TURN_TIMEOUT='30'\nnot a line\n", encoding="utf-8")
    faults = check(folder.path, {"BANTER_SMTP_PORT": "many", "BANTER_RATE_ADDRESS": "few"}, env_file=env_file)
    assert report(faults) == (
        ".env:3: BANTER_SMTP_PORT: must be a whole number from 1 to 65535\n"
        ".env:5: is not a setting; write NAME=value, with quotes around a value that has spaces\n"
        "environment: BANTER_RATE_ADDRESS: must be a whole number from 1 to 1000000"
    )
    assert not (folder.path.parent / "var").exists()
