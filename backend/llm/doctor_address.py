"""The doctor's checks of the way to the server: address, name, port, HTTP."""

import ipaddress
import json

from backend.clients.llm_probe import HttpAnswer, ProbeFailed, addresses, connect, get, proxy_for
from backend.llm import mends
from backend.llm.address import BadAddressError, mended
from backend.llm.examination import Check, Examination, Finding
from backend.llm.mends import Mend

GREETING = "Ollama is running"


async def _url(now: Examination) -> Finding:
    address = now.settings.base_url
    try:
        right = mended(address)
    except BadAddressError as error:
        return Finding("failed", f"{address}: {error.detail}", Mend(error.fix))
    if right != address:
        how = (
            "has no http://"
            if "://" not in address
            else "ends with a slash"
            if address.endswith("/")
            else "is not written as it is used"
        )
        # The client mends this by itself, so the other checks go on.
        now.settings = now.settings.model_copy(update={"base_url": right})
        finding = Finding("warning", f"{address} {how}.", Mend("Write the address like this.", right))
    else:
        finding = Finding("ok", address)
    now.proxy = proxy_for(right, now.host)
    return finding


async def _dns(now: Examination) -> Finding:
    try:
        ipaddress.ip_address(now.host)
    except ValueError:
        pass
    else:
        return Finding("ok", f"{now.host} is an address already.")
    try:
        found = await addresses(now.host, now.port)
    except ProbeFailed as failure:
        return Finding(
            "failed",
            f"The name {now.host} has no address here: {failure.words}.",
            mends.unknown_host(now.host, now.surroundings),
        )
    return Finding("ok", f"{now.host} is {', '.join(found[:4])}.")


async def _tcp(now: Examination) -> Finding:
    where = f"{now.host}:{now.port}"
    try:
        await connect(now.host, now.port)
    except ProbeFailed as failure:
        detail = f"{where} cannot be reached: {failure.words}."
        if now.proxy:
            return Finding("warning", f"{detail} Requests go through the proxy {now.proxy}.")
        if not now.is_set_up:
            detail = f"No Ollama at {where}, and no other address is set. The built-in rules do its work."
        mend = mends.nobody_listens(now.parts, now.surroundings)
        return Finding("failed" if now.is_set_up else "off", detail, mend)
    return Finding("ok", f"{where} takes connections.")


async def _http(now: Examination) -> Finding:
    try:
        answer = await _get(now, "/")
    except ProbeFailed as failure:
        if now.proxy:
            return Finding("failed", f"No answer: {failure.words}.", mends.proxy_in_the_way(now.proxy, now.host))
        if failure.reason == "tls":
            return Finding(
                "failed",
                f"The certificate or the TLS connection is not accepted: {failure.words}.",
                Mend(
                    "Ollama itself has no TLS: write http. Behind a proxy with TLS, use a known issuer's certificate."
                ),
            )
        return Finding(
            "failed",
            f"The port is open, but no HTTP answer comes: {failure.words}.",
            mends.not_ollama(now.root, now.parts.path),
        )
    if now.proxy and answer.status in (403, 407, 502, 503, 504):
        detail = f"The proxy answers {answer.status} in the place of the server."
        return Finding("failed", detail, mends.proxy_in_the_way(now.proxy, now.host))
    if answer.status == 403:
        return Finding(
            "failed",
            "The server answers 403: it does not accept this host or origin.",
            Mend("Allow it where Ollama runs, or in the proxy in front.", mends.ollama_variable("OLLAMA_ORIGINS", "*")),
        )
    if answer.status == 200 and GREETING in answer.text:
        return Finding("ok", f"“{GREETING}”.")
    return Finding("ok", f"Answers with status {answer.status}, without Ollama's greeting.")


async def _version(now: Examination) -> Finding:
    version = _member(await _get(now, "/api/version"), "version")
    if not isinstance(version, str):
        return _not_ollama(now, "/api/version")
    return Finding("ok", f"Ollama {version}.")


async def _tags(now: Examination) -> Finding:
    models = _member(await _get(now, "/api/tags"), "models")
    if not isinstance(models, list):
        return _not_ollama(now, "/api/tags")
    names = (found.get("model") or found.get("name") for found in models if isinstance(found, dict))
    now.models = sorted(str(name) for name in names if name)
    if not now.models:
        return Finding("warning", "No model is installed.", mends.pull(now.settings.model, []))
    shown = ", ".join(now.models[:6]) + (" …" if len(now.models) > 6 else "")
    return Finding("ok", f"{len(now.models)} installed: {shown}.")


async def _get(now: Examination, path: str) -> HttpAnswer:
    return await get(now.settings.base_url, path, timeout_seconds=2.5)


def _member(answer: HttpAnswer, key: str) -> object:
    try:
        body = json.loads(answer.text) if answer.status == 200 else None
    except ValueError:
        return None
    return body.get(key) if isinstance(body, dict) else None


def _not_ollama(now: Examination, path: str) -> Finding:
    return Finding("failed", f"{path} is not answered as Ollama does.", mends.not_ollama(now.root, now.parts.path))


CHECKS = (
    Check("url", "Address is well formed", _url),
    Check(
        "dns",
        "Name is known",
        _dns,
        needs=("url",),
        slow="The name server does not answer.",
        slow_fix="Write the IP address instead of the name, or look at the network's name server.",
    ),
    Check("tcp", "Port is open", _tcp, needs=("dns",)),
    Check("http", "Answers HTTP", _http, needs=("tcp",)),
    Check("version", "Is Ollama", _version, needs=("http",)),
    Check("tags", "Lists its models", _tags, needs=("version",)),
)
