"""Assistants: the protocol's own Python client asks the endpoint as Claude and others do; without the client, its messages by hand."""
import asyncio, concurrent.futures, json, urllib.error, urllib.request
import pytest


def post(house, message, headers=None):
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    request = urllib.request.Request(house.base + "/mcp", body, {
        "Content-Type": "application/json", "Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18", **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def call(house, method, params=None):
    status, body = post(house, {"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}})
    assert status == 200
    return json.loads(body)


def test_the_handshake_by_hand(house):
    params = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    assert call(house, "initialize", params)["result"]["protocolVersion"] == "2025-06-18"
    assert post(house, {"jsonrpc": "2.0", "method": "notifications/initialized"}) == (202, "")
    assert [tool["name"] for tool in call(house, "tools/list")["result"]["tools"]] == ["search", "fetch_article", "verify_quotation", "cited_by"]


@pytest.mark.parametrize("message, headers, status", [
    (b"{", {}, 400), (b"[]", {}, 400), (b"x" * 70_000, {}, 413), ({"jsonrpc": "2.0", "id": 1, "method": "ping"}, {"Origin": "http://evil.example"}, 403),
    ({"jsonrpc": "2.0", "id": 1, "method": "ping"}, {"Content-Type": "text/plain"}, 415)])
def test_what_is_not_taken(house, message, headers, status):
    assert post(house, message, headers)[0] == status


def test_the_client_of_the_protocol_finds_fetches_and_verifies(house):
    pytest.importorskip("mcp", reason="the protocol's own client: pip install mcp")
    from mcp import Client

    async def ask():
        async with Client(house.base + "/mcp") as client:
            assert [tool.name for tool in (await client.list_tools()).tools][1] == "fetch_article"
            found = (await client.call_tool("search", {"question": "专利", "limit": 3})).structured_content
            assert found["total"] > 0 and found["results"][0]["proof"]["leaf"] >= 0
            first = next(result for result in found["results"] if result["article"])
            title = first["title"]
            article = (await client.call_tool("fetch_article", {"title": title, "article": first["article"]})).structured_content
            assert article["status"] and article["url"].startswith(house.base)
            words = max((line["text"] for line in article["articles"] if line.get("text")), key=len)[:60]
            verified = (await client.call_tool("verify_quotation", {"quotation": words, "title": title, "at": article["at"]})).structured_content
            assert verified["occurs"] or verified["elsewhere"]
            refused = await client.call_tool("fetch_article", {"title": "没有这部法"})
            assert refused.is_error and "No public work" in refused.content[0].text

    # The browser's own loop may be running in this thread.
    with concurrent.futures.ThreadPoolExecutor(1) as other:
        other.submit(asyncio.run, ask()).result()
