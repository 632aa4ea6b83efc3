"""The explorer as an ASGI application: addresses to pages, files and answers. Needs the extra ``explore``."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kg import resources
from kg.errors import ConfigError, GraphError, KgError, QueryError
from kg.explore import page
from kg.explore.console import asked, console
from kg.explore.guard import COOKIE, Guard, TooLargeError, equal, onward_of
from kg.explore.questions import QueryLimitError, QueryTimeoutError, Question
from kg.explore.results_xml import results_xml
from kg.explore.sparql import ProtocolError, fields, operation

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from kg.explore.questions import Answer, Questions
    from kg.explore.site import Site

_STATIC: Final = {"explore.css": "text/css", "explore.js": "text/javascript"}
_KEPT: Final = 64
_VIEWS: Final = ("actor", "pair", "timeline", "map", "events", "event", "relation", "documents", "document", "search")


def application(site: Site, questions: Questions | None = None, *, token: str = "", local: bool = True) -> ASGIApp:
    """Return the explorer of a graph.

    Args:
        site: Its pages.
        questions: What answers queries; without it there is no endpoint, and the console says so.
        token: What callers must show; "" for nothing.
        local: Whether the server is reached from this machine alone.
    """
    serving = _Serving(site, questions, token)
    routes = [
        Route("/", serving.view(site.overview)),
        *(Route(f"/{name}", serving.view(getattr(site, name))) for name in _VIEWS),
        Route("/events.csv", serving.file(site.events_csv, "text/csv", "events.csv")),
        Route("/events.json", serving.file(site.events_json, "application/json", "events.json")),
        Route("/names", serving.names),
        Route("/console", serving.console),
        Route("/answer.{format:str}", serving.download),
        Route("/sparql", serving.sparql, methods=["GET", "POST"]),
        Route("/token", serving.show_token, methods=["POST"]),
        Route("/static/{name:str}", _static),
    ]
    return Guard(Starlette(routes=routes, exception_handlers=serving.handlers()), token=token, local=local)


class _Serving:
    """What answers requests."""

    def __init__(self, site: Site, questions: Questions | None, token: str) -> None:
        self.site = site
        self.questions = questions
        self.token = token

    def view(self, make: Callable[[Mapping[str, str]], str]) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers with a page; those asked for lately are kept. Empty fields are taken from addresses."""

        @lru_cache(_KEPT)
        def made(given: tuple[tuple[str, str], ...]) -> str:
            return make(dict(given))

        async def answer(request: Request) -> Response:
            asked_for = request.query_params.multi_items()
            filled = [(name, value) for name, value in asked_for if value.strip()]
            if len(filled) < len(asked_for):
                return RedirectResponse(request.url.path + page.query(filled), 303)
            given = tuple(sorted(_given(request).items()))
            return HTMLResponse(await run_in_threadpool(made, given))

        return answer

    def file(
        self, make: Callable[[Mapping[str, str]], str], media_type: str, name: str
    ) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers with a file to keep."""

        async def answer(request: Request) -> Response:
            content = await run_in_threadpool(make, _given(request))
            return _file(content, media_type, name)

        return answer

    async def names(self, request: Request) -> Response:
        """Answer with who bears a name."""
        return JSONResponse(await run_in_threadpool(self.site.hits, _given(request)))

    async def console(self, request: Request) -> Response:
        """Answer with the console, and what a query asked by it answers."""
        given = _given(request)
        answer, error, status = None, "", 200
        try:
            question = asked(given)
            answer = await self._ask(question, request) if question is not None else None
        except QueryError as reason:
            error, status = str(reason), _status(reason)
        seconds = self.questions.limits.seconds if self.questions is not None else 0.0
        return HTMLResponse(await run_in_threadpool(console, self.site, given, seconds, answer, error), status)

    async def download(self, request: Request) -> Response:
        """Answer a query of the console with a file."""
        kind = request.path_params["format"]
        question = asked(_given(request))
        if question is None or kind not in ("csv", "json"):
            raise GraphError("there is no such file")
        wanted = Question(question.query, question.name, question.arguments, "sheet" if kind == "csv" else kind)
        media_type = "text/csv" if kind == "csv" else "application/sparql-results+json"
        return _file((await self._ask(wanted, request)).text, media_type, f"answer.{kind}")

    async def sparql(self, request: Request) -> Response:
        """Answer after the SPARQL 1.1 Protocol."""
        accept, content_type = request.headers.get("accept", ""), request.headers.get("content-type", "")
        method = "GET" if request.method == "HEAD" else request.method
        if method == "GET" and not request.url.query:
            return RedirectResponse("/console", 303)
        body = await request.body()
        wanted = operation(method, request.scope["query_string"], content_type, body, accept)
        rows = "json" if wanted.rows == "xml" else wanted.rows
        found = await self._ask(Question(wanted.query, format=rows, graph_format=wanted.graph), request)
        media_type = wanted.graph_type if found.kind == "graph" else wanted.rows_type
        text = found.text
        if wanted.rows == "xml" and found.kind != "graph":
            text = await run_in_threadpool(results_xml, text)
        return Response(text.encode("utf-8", "replace"), media_type=media_type, headers={"Vary": "Accept"})

    async def show_token(self, request: Request) -> Response:
        """Take the token, let the browser keep it, and go on to what was asked for."""
        given = dict(fields(await request.body()))
        onward = onward_of(given.get("next", ""))
        if not self.token or not equal(given.get("token", "").strip(), self.token):
            return HTMLResponse(page.render("token", wrong=True, onward=onward), 401)
        answer = RedirectResponse(onward, 303)
        # Lax, so that a link from elsewhere opens: it lets GETs through alone, which only read.
        answer.set_cookie(COOKIE, self.token, httponly=True, samesite="lax")
        return answer

    def handlers(self) -> dict[Any, Any]:
        """Return what answers when something goes wrong."""

        async def refused(request: Request, error: Exception) -> Response:
            if isinstance(error, QueryError):
                return PlainTextResponse(f"{error}\n".encode("utf-8", "replace"), _status(error))
            if isinstance(error, ConfigError):
                content = await run_in_threadpool(self.site.refused, request.url.path, _given(request), str(error))
                return HTMLResponse(content, 400)
            missing = isinstance(error, GraphError)
            title = "Not found" if missing else "That cannot be shown"
            return HTMLResponse(self.site.error(title, str(error)), 404 if missing else 400)

        async def missing(_request: Request, _error: Exception) -> Response:
            return HTMLResponse(self.site.error("Not found", "There is no such page."), 404)

        async def too_large(_request: Request, _error: Exception) -> Response:
            return PlainTextResponse("the request is too large\n", 413)

        return {KgError: refused, 404: missing, TooLargeError: too_large}

    async def _ask(self, question: Question, request: Request) -> Answer:
        if self.questions is None:
            raise QueryError("queries cannot be answered here")
        return await self.questions.ask(question, request.client.host if request.client else "")


def _given(request: Request) -> dict[str, str]:
    return dict(request.query_params)


def _status(error: QueryError) -> int:
    if isinstance(error, ProtocolError):
        return error.status
    if isinstance(error, QueryTimeoutError):
        return 503
    return 413 if isinstance(error, QueryLimitError) else 400


def _file(content: str, media_type: str, name: str) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content.encode("utf-8", "replace"), media_type=f"{media_type}; charset=utf-8", headers=disposition)


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _STATIC:
        raise GraphError("there is no such file")
    headers = {"Cache-Control": "max-age=3600"}
    return Response(resources.read_text(f"{page.FOLDER}/{name}"), media_type=_STATIC[name], headers=headers)
