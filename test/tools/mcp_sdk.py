"""Signs in with the official Python SDK, calls a tool again and again, and prints what it saw as JSON.

Arguments: address of the MCP server, mode of the client (`auto`, `legacy`), calls, seconds between them.
"""

import asyncio
import json
import re
import sys
import urllib.error
import urllib.parse
import urllib.request

from mcp import Client
from mcp.client.auth import OAuthClientProvider
from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientMetadata

URL, MODE, CALLS, PAUSE = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
REDIRECT = "http://127.0.0.1:33418/callback"


class Memory:
    def __init__(self):
        self.tokens = None
        self.client = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client_info):
        self.client = client_info


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def browse(address):
    """What a browser does: shows the page that waits, follows it, and is sent to the callback."""
    opener = urllib.request.build_opener(Stay)
    page = opener.open(address).read().decode()
    waiting = urllib.parse.urljoin(address, re.search(r'content="1;url=([^"]+)"', page).group(1))
    try:
        opener.open(waiting)
    except urllib.error.HTTPError as answer:
        query = urllib.parse.urlparse(answer.headers["location"]).query
        return {name: values[0] for name, values in urllib.parse.parse_qs(query).items()}
    raise RuntimeError("nobody was redirected")


async def main():
    seen = {"signIns": 0}

    async def redirect(address):
        seen["signIns"] += 1
        seen["callback"] = await asyncio.to_thread(browse, address)

    async def callback():
        given = seen["callback"]
        return AuthorizationCodeResult(code=given["code"], state=given["state"], iss=given.get("iss"))

    auth = OAuthClientProvider(
        server_url=URL,
        client_metadata=OAuthClientMetadata(client_name="Python SDK", redirect_uris=[REDIRECT]),
        storage=Memory(),
        redirect_handler=redirect,
        callback_handler=callback,
    )
    texts = set()
    async with create_mcp_http_client(auth=auth) as http:
        async with Client(streamable_http_client(URL, http_client=http), mode=MODE) as client:
            tools = [tool.name for tool in (await client.list_tools()).tools]
            for _ in range(CALLS):
                result = await client.call_tool("atlassianUserInfo", {})
                texts.add(result.content[0].text)
                await asyncio.sleep(PAUSE)
    print(json.dumps({"signIns": seen["signIns"], "tools": len(tools), "texts": sorted(texts)}))


asyncio.run(main())
