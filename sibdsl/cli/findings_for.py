"""Findings as other programs read them; apart from the command, which most often shows them to people."""

from importlib.metadata import version

from sibdsl.documents.findings_github import findings_github
from sibdsl.documents.findings_gitlab import findings_gitlab
from sibdsl.documents.findings_json import findings_json_of_all
from sibdsl.documents.findings_junit import findings_junit
from sibdsl.documents.findings_markdown import findings_markdown
from sibdsl.documents.findings_sarif import findings_sarif
from sibdsl.documents.found import Found


def written(every: tuple[Found, ...], format: str) -> str:
    """What was found in all files, in a format: json, markdown, github, gitlab, sarif or junit."""
    match format:
        case "markdown":
            return findings_markdown(every)
        case "github":
            return findings_github(every)
        case "gitlab":
            return findings_gitlab(every)
        case "sarif":
            return findings_sarif(every, version("sibdsl"))
        case "junit":
            return findings_junit(every)
        case _:
            return findings_json_of_all(every)
