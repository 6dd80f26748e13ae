"""A run -> what others read: HTML for a meeting, Markdown for a pull request, XML for a CI."""

from evals.reports.writing import write_all

__all__ = ["write_all"]
