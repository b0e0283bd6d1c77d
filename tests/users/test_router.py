"""Sign-in and API tokens through the API."""

import httpx2
import pytest

from tests.conftest import EMAIL, PASSWORD, World


async def test_a_session_is_an_http_only_cookie_that_signing_out_ends(client: httpx2.AsyncClient) -> None:
    assert (await client.get("auth/me")).json()["email"] == EMAIL
    secret = client.cookies["auteur_session"]
    assert (await client.post("auth/logout")).status_code == 204
    answer = await client.get("auth/me", headers={"cookie": f"auteur_session={secret}"})
    assert answer.status_code == 401
    assert answer.json()["code"] == "users.invalid_token"


async def test_the_cookie_cannot_be_read_by_scripts(world: World, client: httpx2.AsyncClient) -> None:
    answer = await client.post("auth/login", json={"email": EMAIL.upper(), "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


async def test_a_wrong_password_and_an_unknown_address_answer_alike(client: httpx2.AsyncClient) -> None:
    answers = [
        await client.post("auth/login", json={"email": email, "password": password})
        for email, password in ((EMAIL, "wrong"), ("nobody@example.org", PASSWORD))
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].json() == answers[1].json()
    assert answers[0].headers["content-type"] == "application/problem+json"


async def test_guessing_is_slowed_down(client: httpx2.AsyncClient) -> None:
    for _ in range(10):
        assert (await client.post("auth/login", json={"email": EMAIL, "password": "guess"})).status_code == 401
    answer = await client.post("auth/login", json={"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


async def test_a_token_works_everywhere_until_it_is_revoked(
    client: httpx2.AsyncClient, anonymous: httpx2.AsyncClient
) -> None:
    made = (await client.post("auth/tokens", json={"name": "pipeline"})).json()
    client.cookies.clear()
    headers = {"authorization": f"Bearer {made['token']}"}
    assert (await client.get("projects", headers=headers)).status_code == 200
    listed = (await client.get("auth/tokens", headers=headers)).json()["items"]
    assert [token["name"] for token in listed] == ["pipeline"]
    assert "token" not in listed[0]
    assert listed[0]["last_used_at"] is not None
    assert (await client.delete(f"auth/tokens/{made['id']}", headers=headers)).status_code == 204
    assert (await client.get("projects", headers=headers)).status_code == 401


async def test_the_token_is_not_stored_in_the_clear(world: World, client: httpx2.AsyncClient) -> None:
    made = (await client.post("auth/tokens", json={"name": "pipeline"})).json()
    rows = await world.sql("SELECT encode(token_hash, 'escape') || name FROM access_tokens")
    assert all(made["token"] not in str(row[0]) for row in rows)


@pytest.mark.parametrize("header", ["Bearer nonsense", "Basic aW5lczp4", "Bearer"])
async def test_a_wrong_authorization_header_never_falls_back_to_the_cookie(
    client: httpx2.AsyncClient, header: str
) -> None:
    assert (await client.get("auth/me", headers={"authorization": header})).status_code == 401


async def test_a_page_of_another_address_cannot_use_the_cookie(client: httpx2.AsyncClient) -> None:
    answer = await client.post("projects", json={"name": "x"}, headers={"origin": "https://evil.test"})
    assert answer.status_code == 403
    assert answer.json()["code"] == "request.foreign_origin"
    own = await client.post("projects", json={"name": "x"}, headers={"origin": "http://auteur.test"})
    assert own.status_code == 201
