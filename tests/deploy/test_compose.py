"""What the compose file promises to whoever runs it, read from the file itself."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from backend.core.settings import LimitSettings, Settings
from backend.embedded.options import REPOSITORY
from scripts import compose_standins
from tests.embedded.test_env_example import setting_names

COMPOSE = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "backend", "worker", "cli")
# They come from files, in a process that has no other use for them.
SECRETS = {"DATABASE__PASSWORD", "REDIS__PASSWORD", "S3__ACCESS_KEY", "S3__SECRET_KEY"}
# Fixed by how the images are built and run.
FIXED = {"EMBEDDED", "SPA_DIR", "LOG_JSON", "WORKER__ALIVE_FILE"}
LIMITS = {f"LIMITS__{name}".upper() for name in LimitSettings.model_fields if name.endswith("_bytes")}


def test_every_setting_is_passed_on_to_the_application() -> None:
    for service in OURS:
        passed = set(SERVICES[service]["environment"])
        assert setting_names() - SECRETS - FIXED <= passed, service
        assert not passed & SECRETS, service


def test_no_secret_has_a_default_in_the_file() -> None:
    text = (REPOSITORY / "docker-compose.yml").read_text()

    assert not re.search(r"(PASSWORD|SECRET_KEY|ACCESS_KEY|ROOT_USER)[A-Z_]*: *(?!/run/secrets)\S", text)


def test_the_application_never_sees_the_root_account_of_the_store() -> None:
    for service in (*OURS, "frontend"):
        mounts = " ".join(SERVICES[service].get("volumes", []))
        assert "secrets/minio" not in mounts, service
        assert not any("ROOT" in name for name in SERVICES[service]["environment"]), service


def test_only_nginx_is_open_and_the_console_on_this_host_only() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert set(ports) == {"frontend"}
    page, console = ports["frontend"]
    assert page.endswith(":8080")
    assert console.startswith("127.0.0.1:")


def test_the_stores_have_no_way_out() -> None:
    internal = {name for name, network in COMPOSE["networks"].items() if (network or {}).get("internal")}

    for store in ("db", "redis", "minio"):
        assert set(SERVICES[store]["networks"]) <= internal


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "ollama"])
def test_a_container_may_do_no_more_than_it_must(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "mem_limit" in service
    assert service["logging"]["options"]["max-size"]
    if name == "init":
        assert service["network_mode"] == "none"
    elif name not in ("migrate", "backend", "worker", "frontend", "cli"):
        assert not service["user"].startswith("0")
    if name not in ("init", "migrate", "cli"):
        assert service["restart"] == "unless-stopped"
        assert service["healthcheck"]["test"]


@pytest.mark.parametrize("dockerfile", ["Dockerfile.backend", "Dockerfile.worker", "frontend/Dockerfile"])
def test_an_image_ends_as_an_account_without_rights(dockerfile: str) -> None:
    text = (REPOSITORY / dockerfile).read_text()
    last_stage = text[text.rindex("\nFROM ") :]

    assert re.findall(r"^USER (\d+)", last_stage, re.MULTILINE)[-1] != "0"
    assert "# syntax=" not in text


def test_the_worker_may_drain_before_it_is_killed() -> None:
    drain = re.search(r"WORKER__DRAIN_SECONDS:-(\d+)", SERVICES["worker"]["environment"]["WORKER__DRAIN_SECONDS"])
    grace = re.search(r":-(\d+)\}s", SERVICES["worker"]["stop_grace_period"])
    assert drain
    assert grace

    assert int(drain[1]) + 10 <= int(grace[1])


def test_nginx_takes_what_the_application_takes(tmp_path: Path) -> None:
    script = REPOSITORY / "deploy" / "nginx-settings.sh"
    assert set(SERVICES["frontend"]["environment"]) >= LIMITS

    def body_limit(**variables: str) -> int:
        subprocess.run(["sh", script, tmp_path], env={"PATH": "/usr/bin:/bin", **variables}, check=True)
        found = re.search(r"client_max_body_size (\d+);", (tmp_path / "settings.conf").read_text())
        assert found
        return int(found[1])

    largest = max(getattr(Settings().limits, name.removeprefix("LIMITS__").lower()) for name in LIMITS)
    assert largest < body_limit() < largest + 2_000_000
    assert body_limit(LIMITS__SCRIPT_BYTES="900000000") > 900_000_000


def test_nginx_is_told_of_other_stores_and_proxies(tmp_path: Path) -> None:
    subprocess.run(
        ["sh", REPOSITORY / "deploy" / "nginx-settings.sh", tmp_path],
        env={
            "PATH": "/usr/bin:/bin",
            "S3__ENDPOINT_URL": "http://seaweedfs:8333/",
            "S3__PUBLIC_URL": "https://pictures.example:9443/path",
            "S3__BUCKET": "film",
            "AUTEUR_TRUSTED_PROXIES": "172.16.0.0/12,10.0.0.7",
        },
        check=True,
    )
    settings = (tmp_path / "settings.conf").read_text()

    assert 'set $object_store "http://seaweedfs:8333";' in settings
    assert 'set $object_origin " https://pictures.example:9443";' in settings
    assert "location ^~ /film/ {" in settings
    assert settings.count("set_real_ip_from") == 2
    assert (tmp_path / "trusted-proxies.geo").read_text() == "172.16.0.0/12 1;\n10.0.0.7 1;\n"


def test_stand_ins_get_the_names_that_our_files_pin() -> None:
    pinned = {service["image"] for service in SERVICES.values()}
    for dockerfile in ("Dockerfile.backend", "Dockerfile.worker", "frontend/Dockerfile"):
        pinned |= set(re.findall(r"^FROM (\S+)", (REPOSITORY / dockerfile).read_text(), re.MULTILINE))

    assert set(compose_standins.NAMES) <= pinned
    assert (compose_standins.MINIO_WITH_CLIENT / "mc").stat().st_mode & 0o111
