"""The three embedded servers, through the clients the application uses."""

import asyncio
import os
import socket
import stat
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg  # type: ignore[import-untyped]
import boto3
import pytest
import redis.asyncio
from botocore.config import Config
from botocore.exceptions import ClientError
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from backend.core.settings import Settings
from backend.embedded.data_directory import blocking_folder
from backend.embedded.process import Account, LauncherError
from backend.embedded.services import EmbeddedServices, ServiceAddresses, embedded_services

if TYPE_CHECKING:
    from types_boto3_s3.client import S3Client


@pytest.fixture
def s3_client(own_services: EmbeddedServices) -> "Iterator[S3Client]":
    client = connect_s3(own_services.addresses)
    yield client
    client.close()


def connect_s3(addresses: ServiceAddresses) -> "S3Client":
    return boto3.client(
        "s3",
        endpoint_url=addresses.s3_endpoint_url,
        aws_access_key_id=addresses.s3_access_key,
        aws_secret_access_key=addresses.s3_secret_key,
        region_name="us-east-1",
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}, retries={"max_attempts": 1}),
    )


async def connect_postgres(addresses: ServiceAddresses) -> asyncpg.Connection:
    return await asyncpg.connect(addresses.database_url.replace("+asyncpg", ""))


def status_of(request: urllib.request.Request) -> int:
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


async def test_the_environment_is_what_the_settings_read(
    own_services: EmbeddedServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in own_services.addresses.environment().items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.database.url == own_services.postgres.url
    assert settings.redis.url.get_secret_value() == own_services.valkey.url
    assert settings.s3.endpoint_url == settings.s3.public_url == own_services.s3.endpoint_url
    assert settings.s3.secret_key.get_secret_value() == own_services.s3.secret
    assert settings.s3.bucket == "auteur-assets"


async def test_postgres_18_in_utf8_with_room_for_every_process(own_services: EmbeddedServices) -> None:
    engine = create_async_engine(own_services.addresses.database_url)
    try:
        async with engine.connect() as connection:
            names = ("server_version_num", "server_encoding", "max_connections", "TimeZone", "listen_addresses")
            values = [(await connection.execute(text(f"SHOW {name}"))).scalar_one() for name in names]
    finally:
        await engine.dispose()
    assert int(values[0]) // 10000 == 18
    assert values[1:] == ["UTF8", "100", "UTC", "127.0.0.1"]


async def test_postgres_refuses_a_wrong_password(own_services: EmbeddedServices) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(host="127.0.0.1", port=own_services.postgres.port, user="app", password="wrong")


async def test_a_valkey_write_survives_kill_9_and_the_port_stays(own_services: EmbeddedServices) -> None:
    port = own_services.valkey.port
    client = redis.asyncio.Redis.from_url(own_services.addresses.redis_url)
    try:
        await client.set("kept", "yes")
        await own_services.valkey.kill()
        with pytest.raises(redis.exceptions.ConnectionError):
            await client.ping()
        await own_services.valkey.start()
        assert await client.get("kept") == b"yes"
    finally:
        await client.aclose()
    assert own_services.valkey.port == port


async def test_valkey_refuses_a_client_without_the_password(own_services: EmbeddedServices) -> None:
    client = redis.asyncio.Redis(port=own_services.valkey.port)
    try:
        with pytest.raises(redis.exceptions.AuthenticationError):
            await client.ping()
    finally:
        await client.aclose()


async def test_a_committed_row_survives_kill_9_of_postgres_and_the_port_stays(own_services: EmbeddedServices) -> None:
    port = own_services.postgres.port
    connection = await connect_postgres(own_services.addresses)
    await connection.execute("CREATE TABLE kept (value text)")
    await connection.execute("INSERT INTO kept VALUES ('yes')")
    await own_services.postgres.kill()
    await own_services.postgres.start()
    connection.terminate()
    connection = await connect_postgres(own_services.addresses)
    try:
        assert await connection.fetchval("SELECT value FROM kept") == "yes"
    finally:
        await connection.close()
    assert own_services.postgres.port == port


async def test_an_object_survives_kill_9_and_the_port_stays(
    own_services: EmbeddedServices, s3_client: "S3Client"
) -> None:
    port = own_services.s3.port
    bucket = own_services.addresses.s3_bucket
    s3_client.put_object(Bucket=bucket, Key="kept", Body=b"yes", ContentType="text/plain")
    await own_services.s3.kill()
    await own_services.s3.start()
    found = s3_client.get_object(Bucket=bucket, Key="kept")
    assert (found["Body"].read(), found["ContentType"]) == (b"yes", "text/plain")
    assert own_services.s3.port == port


async def test_after_each_restart_every_object_can_be_read_at_once(
    own_services: EmbeddedServices, s3_client: "S3Client"
) -> None:
    bucket = own_services.addresses.s3_bucket
    stored = {f"restart/{number}": f"object {number}".encode() * 1000 for number in range(4)}
    for number, (key, body) in enumerate(stored.items()):
        s3_client.put_object(Bucket=bucket, Key=key, Body=body)
        await own_services.s3.restart()
        for earlier in list(stored)[: number + 1]:
            assert s3_client.get_object(Bucket=bucket, Key=earlier)["Body"].read() == stored[earlier]


async def test_anonymous_s3_access_is_refused_and_a_presigned_address_works(
    own_services: EmbeddedServices, s3_client: "S3Client"
) -> None:
    bucket = own_services.addresses.s3_bucket
    s3_client.put_object(Bucket=bucket, Key="private", Body=b"secret")
    address = f"{own_services.s3.endpoint_url}/{bucket}/private"
    presigned = s3_client.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "private"})
    assert status_of(urllib.request.Request(presigned)) == 200
    assert status_of(urllib.request.Request(address)) == 403
    assert status_of(urllib.request.Request(address, method="PUT", data=b"x")) == 403


async def test_no_other_port_of_the_s3_store_gives_the_object_away(
    own_services: EmbeddedServices, s3_client: "S3Client"
) -> None:
    bucket = own_services.addresses.s3_bucket
    s3_client.put_object(Bucket=bucket, Key="private", Body=b"secret")
    filer = own_services.s3.ports[6]
    address = f"http://127.0.0.1:{filer}/buckets/{bucket}/private"
    assert status_of(urllib.request.Request(address)) == 401
    assert status_of(urllib.request.Request(address, method="POST", data=b"x")) == 401


async def test_s3_makes_no_bucket_from_a_mistyped_name(s3_client: "S3Client") -> None:
    with pytest.raises(ClientError, match="NoSuchBucket"):
        s3_client.put_object(Bucket="auteur-asset", Key="x", Body=b"x")


@pytest.mark.parametrize(("origin", "status"), [("http://allowed.test", 200), ("http://other.test", 403)])
async def test_only_pages_of_the_allowed_origin_may_send_to_s3(
    own_services: EmbeddedServices, origin: str, status: int
) -> None:
    headers = {"Origin": origin, "Access-Control-Request-Method": "PUT"}
    address = f"{own_services.s3.endpoint_url}/{own_services.addresses.s3_bucket}/x"
    assert status_of(urllib.request.Request(address, method="OPTIONS", headers=headers)) == status


async def test_every_port_is_closed_to_the_network(own_services: EmbeddedServices) -> None:
    for service in own_services.all:
        for port in service.ports:
            with socket.socket() as listener:  # free on every other address than 127.0.0.1
                listener.bind(("127.0.0.2", port))


async def test_data_and_keys_survive_a_stop(data_directory: Path) -> None:
    async with embedded_services(data_directory) as services:
        connection = await connect_postgres(services.addresses)
        await connection.execute("CREATE TABLE kept AS SELECT 'yes' AS value")
        await connection.close()
        first = services.addresses
    async with embedded_services(data_directory) as services:
        connection = await connect_postgres(services.addresses)
        assert await connection.fetchval("SELECT value FROM kept") == "yes"
        await connection.close()
        assert services.addresses.s3_secret_key == first.s3_secret_key
    assert (data_directory / "pg18" / "data" / "PG_VERSION").read_text().strip() == "18"


async def test_a_second_instance_on_the_same_data_is_refused(own_services: EmbeddedServices) -> None:
    with pytest.raises(LauncherError, match="already running on the data folder"):
        async with embedded_services(own_services.data.path):
            pass


async def test_secrets_are_closed_to_other_accounts(own_services: EmbeddedServices) -> None:
    root = own_services.data.path
    for path in (root / "secrets.json", root / "valkey" / "valkey.conf"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for name in ("logs", "run", "s3", "valkey", "pg18"):
        assert stat.S_IMODE((root / name).stat().st_mode) == 0o700


async def test_a_server_that_cannot_start_is_named_with_the_reason(data_directory: Path) -> None:
    (data_directory / "pg18" / "data").mkdir(parents=True)
    (data_directory / "pg18" / "data" / "PG_VERSION").write_text("12")
    with pytest.raises(LauncherError, match=r"PostgreSQL does not start; its log is \S+ and ends with: \S+"):
        async with embedded_services(data_directory):
            pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to give up its rights for Postgres")
async def test_under_root_a_closed_parent_of_the_data_is_named_and_stays_closed(data_directory: Path) -> None:
    closed = data_directory / "closed"
    closed.mkdir(parents=True)
    closed.chmod(0o700)
    with pytest.raises(LauncherError, match=f"may not enter {closed}: set AUTEUR_DATA_DIR"):
        async with embedded_services(closed / "data"):
            pass
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_a_folder_without_the_right_to_enter_is_named(tmp_path: Path) -> None:
    owner = Account("owner", uid=os.geteuid(), gid=os.getegid())
    outer = tmp_path / "outer"
    (outer / "inner").mkdir(parents=True)
    assert blocking_folder(owner, outer / "inner") is None
    outer.chmod(0o600)
    assert blocking_folder(owner, outer / "inner") == outer
    outer.chmod(0o700)


async def test_a_left_over_server_is_ended_before_the_next_start(data_directory: Path) -> None:
    async with embedded_services(data_directory) as services:
        await services.valkey.stop()
        sleeper = await asyncio.create_subprocess_exec("/bin/sleep", "60", start_new_session=True)
        ticks = Path(f"/proc/{sleeper.pid}/stat").read_text().rpartition(")")[2].split()[19]
        services.data.pid_file("valkey").write_text(f"{sleeper.pid} {ticks}\n")
        await services.valkey.start()
        assert await asyncio.wait_for(sleeper.wait(), 1) == -9


async def test_a_process_that_was_given_an_old_id_is_left_alone(data_directory: Path) -> None:
    async with embedded_services(data_directory) as services:
        await services.valkey.stop()
        sleeper = await asyncio.create_subprocess_exec("/bin/sleep", "60", start_new_session=True)
        try:
            services.data.pid_file("valkey").write_text(f"{sleeper.pid} 1\n")
            await services.valkey.start()
            assert sleeper.returncode is None
        finally:
            sleeper.kill()
            await sleeper.wait()
