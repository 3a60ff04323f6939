"""Signs in with the official Python SDK, and calls a tool whenever it is told how many seconds have passed.

Arguments: address of the MCP server; `sessions` for version 1 of the SDK, else the mode of version 2 (`auto`, `legacy`).
Prints one line of JSON for each call, with what the tool said and how often somebody had to sign in.
"""

import asyncio
import json
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import asynccontextmanager

from mcp.client.auth import OAuthClientProvider
from mcp.shared.auth import OAuthClientMetadata

URL, MODE = sys.argv[1:3]
REDIRECT = "http://127.0.0.1:33418/callback"

passed = 0.0
system_time = time.time
# The SDK's own clock runs with that of the server, so that no test has to wait.
time.time = lambda: system_time() + passed


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


@asynccontextmanager
async def connected(auth):
    if MODE == "sessions":
        from mcp import ClientSession
        from mcp.client.streamable_http import streamablehttp_client

        async with streamablehttp_client(URL, auth=auth) as (read, write, _):
            async with ClientSession(read, write) as session:
                await session.initialize()
                yield session
    else:
        from mcp import Client
        from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client

        async with create_mcp_http_client(auth=auth) as http:
            async with Client(streamable_http_client(URL, http_client=http), mode=MODE) as client:
                yield client


async def main():
    global passed
    seen = {"signIns": 0}

    async def redirect(address):
        seen["signIns"] += 1
        seen["callback"] = await asyncio.to_thread(browse, address)

    async def callback():
        given = seen["callback"]
        if MODE == "sessions":
            return given["code"], given["state"]
        from mcp.shared.auth import AuthorizationCodeResult

        return AuthorizationCodeResult(code=given["code"], state=given["state"], iss=given.get("iss"))

    auth = OAuthClientProvider(
        server_url=URL,
        client_metadata=OAuthClientMetadata(client_name="Python SDK", redirect_uris=[REDIRECT]),
        storage=Memory(),
        redirect_handler=redirect,
        callback_handler=callback,
    )
    async with connected(auth) as client:
        await client.list_tools()
        while line := await asyncio.to_thread(sys.stdin.readline):
            passed += float(line)
            result = await client.call_tool("atlassianUserInfo", {})
            print(json.dumps({"signIns": seen["signIns"], "text": result.content[0].text}), flush=True)


asyncio.run(main())
