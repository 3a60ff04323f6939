"""Uses one library as its documentation shows, with the address and the token of the environment; prints what it read."""

import os
import sys

LIBRARY, AUTH = sys.argv[1:3]
JIRA = os.environ["ATLASSIAN_JIRA_API_URL"]
CONFLUENCE = os.environ["ATLASSIAN_CONFLUENCE_API_URL"]
TOKEN = os.environ["ATLASSIAN_ACCESS_TOKEN"]
MYSELF = JIRA + "/rest/api/3/myself"


def sent():
    """The token, in each of the places that the libraries have for one."""
    if AUTH == "basic":
        return {"auth": ("someone", TOKEN)}
    if AUTH == "header":
        return {"headers": {"X-Tokentray-Key": TOKEN}}
    return {"headers": {"Authorization": "Bearer " + TOKEN}}


def answer(response):
    response.raise_for_status()
    return response.json()["displayName"]


def with_requests():
    import requests

    with requests.Session() as session:
        upload = session.post(
            JIRA + "/rest/api/3/issue/TRAY-1/attachments",
            files={"file": ("a.txt", b"x" * 100000)},
            **{**sent(), "headers": {**sent().get("headers", {}), "X-Atlassian-Token": "no-check"}},
        )
        upload.raise_for_status()
        assert upload.json()[0]["size"] == 100000
        return answer(session.get(MYSELF, **sent()))


def with_httpx():
    import httpx

    with httpx.Client() as client:
        return answer(client.get(MYSELF, **sent()))


def with_atlassian():
    from atlassian import Confluence, Jira

    login = {"username": "someone", "password": TOKEN} if AUTH == "basic" else {"token": TOKEN}
    jira = Jira(url=JIRA, cloud=True, **login)
    assert jira.enhanced_jql("project = TRAY", fields=["summary"])["issues"][0]["key"] == "TRAY-1"
    confluence = Confluence(url=CONFLUENCE, cloud=True, **login)
    # Which address its own methods ask depends on the host's name; a path is the same everywhere.
    assert confluence.get("wiki/api/v2/spaces")["results"][0]["key"] == "TEAM"
    return jira.myself()["displayName"]


print({"requests": with_requests, "httpx": with_httpx, "atlassian-python-api": with_atlassian}[LIBRARY]())
