"""Counting: what the claims of an incident say together, and what it counts as by a named policy.

``docs/counting.md`` says how each policy counts and how to copy and change one. Nothing here reads files or decides for people.
"""

from marsad.counting.count import Count, LeftOut, count
from marsad.counting.dossier import GRADES, Dossier, Told, told
from marsad.counting.figures import Figure
from marsad.counting.grading import Grade, suggest
from marsad.counting.policy import Policy, policies, policy, policy_text, read_policy
from marsad.counting.summaries import summary, title
from marsad.counting.sums import SumCheck, check_sums
from marsad.counting.together import Together, together
from marsad.counting.totals import BY, Row, Sum, Total, total

__all__ = [
    "BY", "GRADES", "Count", "Dossier", "Figure", "Grade", "LeftOut", "Policy", "Row", "Sum", "SumCheck", "Together", "Told", "Total",
    "check_sums", "count", "policies", "policy", "policy_text", "read_policy", "suggest", "summary", "title", "together", "told", "total",
]  # fmt: skip
