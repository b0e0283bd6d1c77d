"""Swagger UI comes from the installation itself."""

import re

import httpx2

ROOT = "http://auteur.test"


async def test_swagger_ui_asks_for_nothing_outside(anonymous: httpx2.AsyncClient) -> None:
    page = (await anonymous.get(f"{ROOT}/docs")).text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert addresses
    for address in addresses:
        assert address.startswith("/"), address
        answer = await anonymous.get(f"{ROOT}{address}")
        assert answer.status_code == 200, address
    assert "https://" not in page
