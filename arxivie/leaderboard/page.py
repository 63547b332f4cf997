"""A leaderboard as one HTML page: no script, no address but those of papers, every figure opens its sentence."""

from __future__ import annotations

from arxivie.export.safe import html_link, html_text
from arxivie.leaderboard.board import Board
from arxivie.leaderboard.boards import Leaderboard
from arxivie.leaderboard.render import title
from arxivie.leaderboard.row import Row

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a;
  background: #fff }
table { border-collapse: collapse; width: 100% } caption { text-align: left; font-weight: 600; padding: .4rem 0 }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #ccc }
tr.quoted { color: #555; font-style: italic } tr.best td { background: #eef6ee } a { color: #0645ad }
summary { cursor: pointer } mark { background: #ffef9e; color: inherit } section { overflow-x: auto; margin: 2rem 0 }
"""


def to_html(leaderboard: Leaderboard) -> str:
    """The whole page; what papers say is escaped, and only http and https addresses become links."""
    boards = "\n".join(_section(board) for board in leaderboard.boards) or "<p>No figures.</p>"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Leaderboards</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Leaderboards</h1>\n"
        f"{boards}\n{_claims(leaderboard)}</main>\n</body>\n</html>\n"
    )


def _section(board: Board) -> str:
    tables = _table(title(board), board.rows) if board.rows else f"<h2>{html_text(title(board))}</h2>"
    return f"<section>\n{tables}{_table('Changes', board.changes) if board.changes else ''}</section>"


def _table(caption: str, rows: tuple[Row, ...]) -> str:
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Rank", "Score", "Method", "Task", "Paper", "Date", ""))
    body = "\n".join(_row(row) for row in rows)
    return (
        f"<table>\n<caption>{html_text(caption)}</caption>\n"
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"
    )


def _row(row: Row) -> str:
    kind = "quoted" if row.quoted else "best" if row.best_so_far else ""
    score = f"<details><summary>{html_text(row.figure)}</summary>{_sentence(row)}</details>"
    paper = f"{html_link(row.url, row.paper)}<br>{html_text(row.title)}"
    notes = html_text(", ".join(row.notes))
    cells = [str(row.rank or ""), score, html_text(row.method or ""), html_text(row.task or ""), paper, row.day, notes]
    return f'<tr class="{kind}">' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _sentence(row: Row) -> str:
    """The sentence with the figure marked in it."""
    if row.text is None or row.sentence_text is None or not row.sentence_text.contains(row.text):
        return f"<p>{html_text(row.sentence)}</p>"
    start, end = row.text.shift(-row.sentence_text.start)
    parts = row.sentence[:start], row.sentence[start:end], row.sentence[end:]
    before, figure, behind = (html_text(part) for part in parts)
    return f"<p>{before}<mark>{figure}</mark>{behind}</p>"


def _claims(leaderboard: Leaderboard) -> str:
    if not leaderboard.claims:
        return ""
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Paper", "Claim", "Dataset", "Numbers", "Quote"))
    rows = "\n".join(
        "<tr>"
        + "".join(
            f"<td>{html_text(cell)}</td>"
            for cell in (
                claim.paper,
                claim.status,
                claim.dataset or "",
                ("contradicted: " if claim.contradicted else "") + claim.shows,
                claim.quote,
            )
        )
        + "</tr>"
        for claim in leaderboard.claims
    )
    return (
        "<section>\n<table>\n<caption>Claims beside the numbers</caption>\n"
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</section>\n"
    )
